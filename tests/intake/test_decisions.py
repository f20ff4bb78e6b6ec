"""Whatever an editor decides, it replays on the same source and no block is lost or doubled."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.intake.decisions import NotADecision, answers, apply, apply_one
from journal.intake.fitting import authors_line, read_authors
from journal.intake.manuscript import Author, BlockKind, IssueManuscript
from journal.intake.stored import fingerprint, from_json, to_json
from tests.intake.made import small_issue

pytestmark = pytest.mark.database_free

ISSUE = small_issue()
BLOCKS = [b.id for m in ISSUE.manuscripts for b in m.blocks] + [b.id for b in ISSUE.unplaced]


def block_named(text: str) -> str:
    everything = [b for m in ISSUE.manuscripts for b in m.blocks] + list(ISSUE.unplaced)
    return next(b.id for b in everything if text in b.text)


def pieces(issue: IssueManuscript) -> Counter[Any]:
    blocks = [b for m in issue.manuscripts for b in m.blocks] + list(issue.unplaced)
    return Counter((b.id, b.spans, b.raw) for b in blocks)


def home_of(issue: IssueManuscript, block: str) -> str | None:
    return next((m.id for m in issue.manuscripts if block in {b.id for b in m.blocks}), None)


ids = st.sampled_from(["01", "02", "03", "04", "05"])
blocks = st.sampled_from(BLOCKS)
kinds = st.sampled_from(["", *BlockKind])
decisions = st.one_of(
    st.fixed_dictionaries({"do": st.just("move"), "block": blocks, "to": ids | st.just(""), "kind": kinds}),
    st.fixed_dictionaries({"do": st.just("split"), "block": blocks}),
    st.fixed_dictionaries({"do": st.just("merge"), "article": ids, "into": ids}),
    st.fixed_dictionaries({"do": st.just("drop"), "article": ids}),
    st.fixed_dictionaries({"do": st.just("order"), "block": blocks, "by": st.sampled_from([-1, 1])}),
    st.fixed_dictionaries({"do": st.just("text"), "block": blocks, "value": st.text(max_size=20)}),
    st.fixed_dictionaries(
        {
            "do": st.just("set"),
            "article": ids,
            "field": st.sampled_from(["title", "section", "authors", "page", "kicker", "photo_story"]),
            "value": st.text(max_size=20) | st.just("7"),
        }
    ),
    st.fixed_dictionaries(
        {
            "do": st.just("answer"),
            "question": st.sampled_from(["q1", "q2"]),
            "value": st.sampled_from(["渡口的清晨", "03", "", "01"]),
        }
    ),
)


def decide(
    issue: IssueManuscript, wanted: list[dict[str, Any]]
) -> tuple[IssueManuscript, list[dict[str, Any]]]:
    """Carry out what fits; returns the issue and the decisions that were taken."""
    taken = []
    for decision in wanted:
        try:
            issue = apply_one(issue, decision)
        except NotADecision:
            continue
        taken.append(decision)
    return issue, taken


@settings(max_examples=300, deadline=None)
@given(st.lists(decisions, max_size=12))
def test_no_block_is_ever_lost_or_doubled(wanted: list[dict[str, Any]]) -> None:
    result, taken = decide(ISSUE, wanted)
    assert pieces(result) == pieces(ISSUE)
    ids = [m.id for m in result.manuscripts]
    assert len(ids) == len(set(ids))
    planned = [i for plan in result.sections for i in plan.manuscripts]
    assert set(planned) <= set(ids)
    assert len(planned) == len(set(planned))
    assert apply(ISSUE, taken) == result


@settings(max_examples=50, deadline=None)
@given(st.lists(decisions, max_size=8))
def test_what_was_decided_survives_being_stored(wanted: list[dict[str, Any]]) -> None:
    result, _ = decide(ISSUE, wanted)
    assert from_json(IssueManuscript, to_json(result)) == result


def test_the_source_is_not_touched() -> None:
    before = fingerprint(ISSUE)
    apply(ISSUE, [{"do": "drop", "article": "01"}])
    assert fingerprint(ISSUE) == before


def test_a_moved_paragraph_stands_where_the_source_has_it() -> None:
    block = block_named("没有人认领")
    result = apply_one(ISSUE, {"do": "move", "block": block, "to": "02"})
    assert result.manuscript("02").blocks[-1].text == "这一段没有人认领。"
    result = apply_one(ISSUE, {"do": "move", "block": block_named("天还没有亮"), "to": "02"})
    assert result.manuscript("02").blocks[0].text.startswith("天还没有亮")


def test_a_moved_caption_takes_its_entry_along() -> None:
    result = apply_one(ISSUE, {"do": "move", "block": block_named("郁青 摄"), "to": "02"})
    assert result.manuscript("01").captions == ()
    assert [c.text for c in result.manuscript("02").captions] == ["老周在解缆绳 郁青 摄"]


def test_a_caption_turned_into_text_is_a_paragraph_and_no_caption() -> None:
    block = block_named("郁青 摄")
    result = apply_one(ISSUE, {"do": "move", "block": block, "to": "01", "kind": "paragraph"})
    assert result.manuscript("01").captions == ()
    assert "老周在解缆绳 郁青 摄" in result.manuscript("01").body_text


def test_a_line_made_the_byline_names_the_author() -> None:
    block = block_named("本刊记者 顾晓川")
    result = apply_one(ISSUE, {"do": "move", "block": block, "to": "03"})
    assert result.manuscript("01").authors == ()
    assert "顾晓川" in {a.name for a in result.manuscript("03").authors}


def test_text_left_out_of_every_article_is_residue_and_can_come_back() -> None:
    block = block_named("从来没有误过一班")
    out = apply_one(ISSUE, {"do": "move", "block": block, "to": ""})
    assert home_of(out, block) is None
    back = apply_one(out, {"do": "move", "block": block, "to": "01"})
    assert back.manuscript("01") == ISSUE.manuscript("01")


def test_splitting_at_a_heading_makes_it_the_title() -> None:
    result = apply_one(ISSUE, {"do": "split", "block": block_named("一、头班船")})
    assert [m.id for m in result.manuscripts] == ["01", "04", "02", "03"]
    new = result.manuscript("04")
    assert new.title == "一、头班船"
    assert new.section == "本期关注"
    assert [c.photographer for c in new.captions] == ["郁青"]
    assert result.manuscript("01").captions == ()
    assert result.sections[0].manuscripts == ("01", "04", "03")


def test_splitting_at_a_paragraph_invents_no_title() -> None:
    result = apply_one(ISSUE, {"do": "split", "block": block_named("他说这条线")})
    assert result.manuscript("04").title == ""


def test_merging_keeps_the_text_and_turns_the_title_into_a_heading() -> None:
    result = apply_one(ISSUE, {"do": "merge", "article": "03", "into": "01"})
    assert [m.id for m in result.manuscripts] == ["01", "02"]
    assert "三把水尺" in result.manuscript("01").headings
    assert result.manuscript("01").title == "渡口的早晨"


def test_an_article_left_out_gives_its_blocks_back() -> None:
    result = apply_one(ISSUE, {"do": "drop", "article": "02"})
    assert "书是从架子最底下" in "".join(b.text for b in result.unplaced)
    assert [p.name for p in result.sections] == ["本期关注"]


def test_an_answer_sets_its_field_and_closes_its_question() -> None:
    decision = {"do": "answer", "question": "q1", "value": "渡口的清晨"}
    result = apply_one(ISSUE, decision)
    assert result.manuscript("01").title == "渡口的清晨"
    assert [q.id for q in result.questions] == ["q2"]
    assert answers([decision]) == {"q1": "渡口的清晨"}
    with pytest.raises(NotADecision):
        apply_one(result, decision)


def test_an_answer_may_be_the_editors_own_words() -> None:
    result = apply_one(ISSUE, {"do": "answer", "question": "q1", "value": "渡口的一个早晨"})
    assert result.manuscript("01").title == "渡口的一个早晨"


def test_an_answer_about_a_block_moves_it() -> None:
    result = apply_one(ISSUE, {"do": "answer", "question": "q2", "value": "03"})
    assert "这一段没有人认领。" in result.manuscript("03").body_text


@pytest.mark.parametrize(
    "decision",
    [
        {},
        {"do": "nothing"},
        {"do": "move", "block": "b99999", "to": "01"},
        {"do": "move", "block": BLOCKS[0], "to": "99"},
        {"do": "move", "block": BLOCKS[0], "to": "01", "kind": "poem"},
        {"do": "move", "block": {"a": 1}, "to": "01"},
        {"do": "set", "article": "01", "field": "blocks", "value": "x"},
        {"do": "set", "article": "01", "field": "page", "value": "-3"},
        {"do": "set", "article": "01", "field": "page", "value": "٣"},
        {"do": "set", "article": "01", "field": "title", "value": "长" * 6000},
        {"do": "set", "article": "", "field": "name", "value": "某刊"},
        {"do": "merge", "article": "01", "into": "01"},
        {"do": "order", "block": BLOCKS[0], "by": -5},
        {"do": "answer", "question": "q9", "value": ""},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_with_a_sentence(decision: dict[str, Any]) -> None:
    with pytest.raises(NotADecision) as refusal:
        apply_one(ISSUE, decision)
    assert len(str(refusal.value)) > 5


@pytest.mark.parametrize(
    "author",
    [
        Author("顾晓川", role="本刊记者"),
        Author("李伟", affiliation="芦门县卫生院", post="院长"),
        Author("陶一苇", affiliation="岚江市图书馆"),
        Author("罗清越"),
    ],
    ids=lambda a: a.name,
)
def test_a_byline_written_out_is_read_back(author: Author) -> None:
    assert read_authors(authors_line((author,))) == (author,)


def test_confirming_where_a_block_stands_leaves_its_place_alone() -> None:
    first = block_named("一、头班船")
    issue = apply_one(ISSUE, {"do": "order", "block": first, "by": 1})
    assert apply_one(issue, {"do": "move", "block": first, "to": "01"}) == issue
    changed = apply_one(issue, {"do": "move", "block": first, "to": "01", "kind": "paragraph"})
    order = [b.id for b in issue.manuscript("01").blocks]
    assert [b.id for b in changed.manuscript("01").blocks] == order


def test_a_corrected_name_keeps_the_unit_printed_with_it() -> None:
    question = replace(ISSUE.questions[0], field="authors", article="02")
    issue = replace(ISSUE, questions=(question,))
    result = apply_one(issue, {"do": "answer", "question": "q1", "value": "陶一韦"})
    author = result.manuscript("02").authors[0]
    assert (author.name, author.affiliation, author.post) == ("陶一韦", "岚江市图书馆", "副研究馆员")


def test_a_question_about_a_block_may_be_answered_with_its_right_words() -> None:
    block = block_named("天还没有亮")
    issue = replace(ISSUE, questions=(replace(ISSUE.questions[1], field=f"block:{block}"),))
    result = apply_one(issue, {"do": "answer", "question": "q2", "value": "text:天刚亮。"})
    assert "天刚亮。" in result.manuscript("01").body_text
    assert pieces(result) == pieces(ISSUE)
