"""The record is told in the office's words, each by the stage it belongs to."""

from __future__ import annotations

from journal.desk.words import action_words, all_words, stage_words


def test_passing_up_is_called_after_the_review_it_leads_to() -> None:
    assert action_words("pass_up", "first_review") == "送复审"
    assert action_words("pass_up", "second_review") == "送终审"
    assert all_words("pass_up") == "送复审、送终审"


def test_a_code_nobody_knows_any_more_is_shown_as_it_is() -> None:
    assert action_words("folded", "draft") == all_words("folded") == "folded"
    assert stage_words("folded", of_article=True) == "folded"


def test_a_stage_both_tables_know_is_called_after_its_own() -> None:
    assert stage_words("published", of_article=True) == "已刊发"
    assert stage_words("published", of_article=False) == "已出刊"
    assert stage_words("proofing", of_article=True) == "校对"  # a proof is signed on an article of an issue
