"""The error rate: the denominator page by page, what counts, how often, and what passes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import press
from articles.models import Issue, Journal, ProofMark
from articles.models.proof import ERROR_WEIGHTS, ErrorClass
from articles.press import IssueStage
from articles.quality import ErrorSum, error_sum, of_issue, page_lines, remaining
from tests.factories import Cast, make_issue, make_journal

JOURNAL = Journal(characters_per_line=40, lines_per_page=40)


def an_issue(**fields: Any) -> Issue:
    return Issue(**{"page_count": 48, "cover_pages": 4, **fields})


def a_mark(kind: str = "character", wrong: str = "", right: str = "", **fields: Any) -> ProofMark:
    weight = fields.pop("weight", ERROR_WEIGHTS[ErrorClass(kind)])
    return ProofMark(kind=kind, wrong=wrong, right=right, weight=weight, **fields)


def summed(*marks: ProofMark, **issue: Any) -> ErrorSum:
    return error_sum(JOURNAL, page_lines(an_issue(**issue), JOURNAL), marks)


# The denominator.


def test_the_example_of_the_rule_has_a_budget_of_sixteen() -> None:
    """48 pages of 40 × 40 characters and four covers at one half: 80,000."""
    found = summed()
    assert [(p.kind, p.count, p.full, p.per_cent, p.characters) for p in found.pages] == [
        ("text", 48, 1600, 100, 76_800),
        ("cover", 4, 1600, 50, 3_200),
    ]
    assert (found.characters, found.budget) == (80_000, Decimal("16.0"))


@pytest.mark.parametrize(("kind", "characters"), [("picture-text", 800), ("picture", 320), ("blank", 0)])
def test_a_page_counts_by_what_it_carries(kind: str, characters: int) -> None:
    found = summed(page_count=1, cover_pages=0, page_kinds={"1": kind})
    assert found.characters == characters


def test_only_the_pages_checked_count() -> None:
    pages = page_lines(an_issue(page_kinds={"2": "picture"}), JOURNAL, pages=[1, 2, 2], covers=1)
    assert sum(line.characters for line in pages) == 1600 + 320 + 800


def test_where_nothing_was_checked_there_is_no_rate() -> None:
    found = error_sum(JOURNAL, page_lines(an_issue(), JOURNAL, pages=[], covers=0), [])
    assert (found.rate, found.passes) == (None, None)


# The errors.


def test_two_in_ten_thousand_pass_and_no_more() -> None:
    marks = [a_mark(weight=Decimal(2), wrong=str(n)) for n in range(8)]
    assert summed(*marks).passes is True
    assert summed(*marks).rate == 2
    assert summed(*marks, a_mark("punctuation")).passes is False


def test_the_same_error_counts_three_times_an_issue() -> None:
    found = summed(*[a_mark(wrong="的", right="地") for _n in range(5)])
    (line,) = found.lines
    assert (line.found, line.left_out, line.weight, found.errors) == (5, 2, 3, 3)


def test_of_the_same_error_the_heaviest_count() -> None:
    marks = [a_mark(wrong="李", right="季") for _n in range(3)]
    marks.append(a_mark(wrong="李", right="季", important=True))
    assert summed(*marks).errors == 4


def test_another_word_or_another_kind_is_another_error() -> None:
    marks = [a_mark(wrong="的", right=r) for r in "地得"] + [a_mark("sense", wrong="的", right="地")]
    assert len(summed(*marks).lines) == 3


def test_errors_without_words_are_each_their_own() -> None:
    assert summed(*[a_mark("figure") for _n in range(5)]).errors == 5


def test_the_use_of_numbers_counts_one_an_issue_at_most() -> None:
    found = summed(*[a_mark("number", wrong=f"{n}年") for n in range(14)], a_mark("sense"))
    assert (found.gross, found.number_excess, found.errors) == (
        Decimal("2.4"),
        Decimal("0.4"),
        Decimal("2.0"),
    )


def test_cover_and_spine_count_double() -> None:
    assert summed(a_mark(part="cover"), a_mark(part="spine", wrong="七")).errors == 4


def test_errors_of_form_are_counted_apart_and_five_pass() -> None:
    form = [a_mark("format", part="masthead", wrong=str(n)) for n in range(5)]
    assert (summed(*form).errors, summed(*form).form_passes) == (0, True)
    assert summed(*form, a_mark("format", part="cover")).form_passes is False
    assert summed(a_mark("format")).form == ()


marks = st.builds(
    a_mark,
    kind=st.sampled_from(ErrorClass.values),
    wrong=st.sampled_from(["", "甲", "乙"]),
    right=st.sampled_from(["", "丙"]),
    important=st.booleans(),
    part=st.sampled_from(["text", "cover", "contents"]),
)


@given(st.lists(marks, max_size=30), st.randoms(use_true_random=False))
def test_the_sum_is_that_of_its_lines_in_any_order(found: list[ProofMark], random: Any) -> None:
    one = summed(*found)
    shuffled = list(found)
    random.shuffle(shuffled)
    other = summed(*shuffled)
    assert (one.errors, one.rate, len(one.form)) == (other.errors, other.rate, len(other.form))
    assert one.errors == sum(sum(m.counts for m in line.counted) for line in one.lines) - one.number_excess
    assert 0 <= one.errors <= sum((m.counts for m in found), Decimal(0))
    assert sum(line.found for line in one.lines) + len(one.form) == len(found)


@given(st.lists(marks, max_size=12), marks)
def test_one_more_error_never_makes_an_issue_better(found: list[ProofMark], more: ProofMark) -> None:
    before, after = summed(*found), summed(*found, more)
    assert after.errors >= before.errors
    assert after.passes <= before.passes


@given(st.dictionaries(st.integers(1, 48).map(str), st.sampled_from(["picture", "picture-text", "blank"])))
def test_every_page_counts_once(kinds: dict[str, str]) -> None:
    found = summed(page_kinds=kinds)
    assert sum(line.count for line in found.pages) == 48 + 4
    assert found.characters <= 80_000


# Which marks count: what stands in the printed copy.


@pytest.fixture
def cast(db: Any) -> Cast:
    return Cast()


def mark(issue: Issue, cast: Cast, **given: Any) -> ProofMark:
    given = {"kind": "character", "article": issue.articles.first(), **given}
    event = press.perform("mark_error", issue, cast.proofreader, **given)
    return ProofMark.objects.get(pk=event.data["mark"])


def test_what_was_found_in_proof_and_mended_is_no_error_of_the_issue(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.READING)
    mended, stet, left = (mark(issue, cast, wrong=w, required=False) for w in "甲乙丙")
    press.perform("settle_mark", issue, cast.editor, mark=mended, outcome="corrected")
    press.perform("settle_mark", issue, cast.editor, mark=stet, outcome="stet")
    assert remaining(issue) == [left]


def test_what_was_left_open_is_printed_even_if_it_is_mended_on_line_later(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.READING)
    left = mark(issue, cast, required=False)
    press.perform("sign_reading", issue, cast.editor)
    press.perform("sign", issue, cast.chief)
    press.perform("publish", issue, cast.publisher)
    found = mark(issue, cast, part="cover", article=None, required=False)
    press.perform("settle_mark", issue, cast.editor, mark=left, outcome="corrected")
    assert set(remaining(issue)) == {left, found}
    press.perform("settle_mark", issue, cast.editor, mark=found, outcome="stet")
    assert remaining(issue) == [left]


def test_an_issue_s_sum_takes_the_journal_s_page_and_the_errors_on_pages_checked(cast: Cast) -> None:
    make_journal(characters_per_line=30, lines_per_page=20)
    issue = make_issue(cast, IssueStage.PUBLISHED)
    for page in (1, 4, None):
        mark(issue, cast, page=page, wrong=str(page))
    mark(issue, cast, part="spine", article=None)
    journal = Journal.objects.current()
    assert (of_issue(issue, journal).characters, of_issue(issue, journal).errors) == (4 * 600 + 4 * 300, 5)
    sample = of_issue(issue, journal, pages=[1, 2], covers=0)
    assert (sample.characters, sample.errors) == (1200, 2)
