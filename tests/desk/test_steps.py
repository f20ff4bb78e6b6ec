"""The buttons of the desk move things only as the domain says, and nothing typed is lost when it says no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Issue
from articles.stages import IssueStage, Stage
from journal.intake.accept import accept_issue
from tests.factories import Cast, make_article, make_issue, make_journal
from tests.intake.made import small_issue

pytestmark = pytest.mark.django_db


def act(client: Client, thing: Article | Issue, action: str, **words: Any) -> Any:
    name = "article" if isinstance(thing, Article) else "issue"
    address = reverse(f"admin:articles_{name}_act", args=[thing.pk])
    return client.post(address, {"action": action, "version": thing.version, **words})


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW)


def test_an_editor_passes_a_manuscript_up(at_desk: Callable[..., Client], article: Article) -> None:
    response = act(at_desk("editor"), article, "pass_up", opinion="选题实在。", verdict="use")
    assert response.status_code == 302
    article.refresh_from_db()
    assert article.stage == Stage.SECOND_REVIEW
    assert article.signoffs.get().opinion == "选题实在。"
    assert article.events.last().address == "127.0.0.1"


def test_the_page_offers_the_buttons_with_their_fields(
    at_desk: Callable[..., Client], article: Article
) -> None:
    page = at_desk("editor").get(reverse("admin:articles_article_change", args=[article.pk]))
    steps = {step["offer"].action: step["form"] for step in page.context["steps"]}
    assert {"opinion", "verdict"} <= set(steps["pass_up"].fields)
    assert {"opinion", "due_on"} <= set(steps["return"].fields)
    assert "accept" not in steps


def test_without_an_opinion_it_is_refused_and_the_rest_stays(
    at_desk: Callable[..., Client], article: Article
) -> None:
    response = act(at_desk("editor"), article, "return", opinion="", due_on="2030-01-02")
    assert response.status_code == 422
    assert 'value="2030-01-02"' in response.content.decode()
    article.refresh_from_db()
    assert article.stage == Stage.FIRST_REVIEW


def test_what_the_domain_refuses_comes_back_with_what_was_typed(
    at_desk: Callable[..., Client], article: Article
) -> None:
    response = act(at_desk("editor"), article, "return", opinion="请补出处。", due_on="2001-01-01")
    assert response.status_code == 422
    assert "请补出处。" in response.content.decode()


def test_a_page_seen_too_long_ago_is_a_conflict(at_desk: Callable[..., Client], article: Article) -> None:
    article.version -= 1
    response = act(at_desk("editor"), article, "pass_up", opinion="可用。", verdict="use")
    assert response.status_code == 409
    assert "可用。" in response.content.decode()


@pytest.mark.parametrize("version", ["", "x", "999999999"])
def test_without_a_true_version_nothing_happens(
    at_desk: Callable[..., Client], article: Article, version: str
) -> None:
    response = act(at_desk("editor"), article, "pass_up", opinion="可用。", verdict="use", version=version)
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("person", "action", "status"),
    [
        ("registrar", "pass_up", 403),
        ("chief", "accept", 409),
        ("editor", "publish_now", 422),
        ("editor", "", 422),
        ("audit_officer", "pass_up", 403),
    ],
)
def test_a_forged_action_changes_nothing(
    at_desk: Callable[..., Client], article: Article, person: str, action: str, status: int
) -> None:
    response = act(at_desk(person), article, action, opinion="可用。", verdict="use")
    assert response.status_code == status
    article.refresh_from_db()
    assert article.stage == Stage.FIRST_REVIEW


def test_the_first_reviewer_cannot_give_the_second_review(
    at_desk: Callable[..., Client], cast: Cast, article: Article
) -> None:
    act(at_desk("editor"), article, "pass_up", opinion="可用。", verdict="use")
    article.refresh_from_db()
    act(at_desk("head"), article, "pass_up", opinion="同意。", verdict="use")
    article.refresh_from_db()
    assert article.stage == Stage.FINAL_REVIEW
    again = act(at_desk("superuser"), article, "accept", opinion="同意。")
    assert again.status_code in {302, 403, 409}
    assert {s.person for s in article.signoffs.all()} >= {cast.editor, cast.head}


def test_a_proof_correction_changes_exactly_the_words_named(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    issue = make_issue(cast, IssueStage.PROOFING)
    article = issue.articles.first()
    assert article is not None
    wrong = article.title[:3]
    response = act(at_desk("editor"), article, "correct_proof", wrong=wrong, right="改过的")
    assert response.status_code == 302, response.content.decode()
    article.refresh_from_db()
    assert article.title.startswith("改过的")


def test_words_that_stand_twice_are_not_guessed_at(at_desk: Callable[..., Client], cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.PROOFING)
    article = issue.articles.first()
    assert article is not None
    response = act(at_desk("editor"), article, "correct_proof", wrong="不在文中的话", right="改")
    assert response.status_code == 422


def test_the_issue_moves_by_its_buttons(at_desk: Callable[..., Client], cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.CONTENTS_APPROVED)
    assert act(at_desk("head"), issue, "typeset").status_code == 302
    issue.refresh_from_db()
    assert issue.stage == IssueStage.TYPESET
    assert act(at_desk("editor"), issue, "open_round").status_code == 403


def test_a_back_issue_is_recorded_as_printed_with_its_drafts(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    make_journal()
    issue = accept_issue(small_issue(), by=cast.head)
    page = at_desk("head").get(reverse("admin:articles_issue_change", args=[issue.pk]))
    steps = {step["offer"].action: step["form"] for step in page.context["steps"]}
    assert steps["record_as_printed"] is not None
    assert act(at_desk("head"), issue, "record_as_printed", note="旧刊补录").status_code == 302
    issue.refresh_from_db()
    assert issue.stage == IssueStage.SIGNED
    assert set(issue.articles.values_list("stage", flat=True)) == {Stage.RELEASED}


def test_publishing_at_the_desk_bakes_the_edition(
    at_desk: Callable[..., Client], cast: Cast, monkeypatch: Any
) -> None:
    issue = make_issue(cast, IssueStage.SIGNED)
    asked = []
    monkeypatch.setattr("journal.desk.steps.publish", lambda *args, **words: asked.append((args, words)))
    assert act(at_desk("publisher"), issue, "publish", note="按期").status_code == 302
    assert asked == [((issue, cast.publisher), {"note": "按期"})]
    issue.version -= 1
    assert act(at_desk("publisher"), issue, "publish").status_code == 409
    assert len(asked) == 1


def test_the_steps_need_a_post(at_desk: Callable[..., Client], article: Article) -> None:
    assert at_desk("editor").get(reverse("admin:articles_article_act", args=[article.pk])).status_code == 405
