"""The importer against every kind of trap: no kind may fall below what it has reached.

The floors stand in ``traps/least.toml``; ``python -m tests.benchmarks.floors`` raises them when the importer
has become better. The full table is ``python -m tests.benchmarks.import_scores``.
"""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from journal.intake.manuscript import Block, IssueManuscript, NotAManuscript, Span
from journal.intake.ocr_markdown import read_issue
from tests.benchmarks.floors import least, marks_of, shown
from tests.intake.traps import CHOICES, Layout, journals, print_issue

pytestmark = pytest.mark.database_free

layouts = st.builds(Layout, **{name: st.sampled_from(some) for name, some in CHOICES.items()})
codes = st.sampled_from([journal.code for journal in journals()])
calm = settings(
    deadline=None,
    max_examples=15,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # a layout is short enough to be read as it is
    suppress_health_check=[HealthCheck.too_slow],
)


def every_block(issue: IssueManuscript) -> Iterable[Block]:
    for manuscript in issue.manuscripts:
        yield from manuscript.blocks
    yield from issue.unplaced


def visible(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) not in ("Cf", "Cc")


def claims(issue: IssueManuscript) -> Counter[int]:
    """Count how often each visible character of the source is claimed by a block."""
    counted: Counter[int] = Counter()
    for block in every_block(issue):
        for span in block.spans:
            counted.update(range(span.start, span.end))
    return Counter({at: n for at, n in counted.items() if visible(issue.source_text[at])})


def read_or_refusal(data: bytes) -> IssueManuscript | str:
    try:
        return read_issue(data, "issue.md")
    except NotAManuscript as refused:
        return str(refused)


def read(layout: Layout, code: str, seed: int) -> IssueManuscript:
    """Read a printed issue. Without its contents page it may be refused."""
    try:
        return read_issue(print_issue(layout, seed, code).data, "issue.md")
    except NotAManuscript:
        assert layout.contents_place == "missing"
        reject()


@pytest.mark.parametrize("kind", shown())
def test_a_kind_of_trap_keeps_the_marks_it_has_reached(kind: str) -> None:
    marks = marks_of(shown()[kind])
    low = {name: round(value, 3) for name, value in marks.items() if value < 0.9}
    assert marks["overall"] >= least().get(kind, 0.0), low


def test_every_kind_of_trap_has_a_floor() -> None:
    assert set(least()) == set(shown())
    assert min(least().values()) > 0.5


@calm
@given(layouts, codes, st.integers(0, 10_000))
def test_no_character_of_any_layout_is_lost_or_claimed_twice(layout: Layout, code: str, seed: int) -> None:
    issue = read(layout, code, seed)
    counted = claims(issue)
    lost = [at for at, letter in enumerate(issue.source_text) if visible(letter) and not counted[at]]
    twice = [at for at, n in counted.items() if n > 1]
    assert not lost, issue.source_text[max(lost[0] - 20, 0) : lost[0] + 20]
    assert not twice, issue.source_text[max(twice[0] - 20, 0) : twice[0] + 20]


@calm
@given(layouts, codes, st.integers(0, 10_000))
def test_the_same_file_is_always_understood_alike(layout: Layout, code: str, seed: int) -> None:
    assert read(layout, code, seed) == read(layout, code, seed)


@calm
@given(layouts, codes, st.integers(0, 10_000))
def test_a_block_is_joined_from_its_spans(layout: Layout, code: str, seed: int) -> None:
    issue = read(layout, code, seed)
    for block in every_block(issue):
        assert block.raw == "".join(issue.source_text[s.start : s.end] for s in block.spans)
        assert all(0 <= s.start < s.end <= len(issue.source_text) for s in block.spans)
    ids = [block.id for block in every_block(issue)]
    assert len(ids) == len(set(ids))


@calm
@given(layouts, codes, st.integers(0, 10_000))
def test_questions_can_be_answered(layout: Layout, code: str, seed: int) -> None:
    issue = read(layout, code, seed)
    known = {manuscript.id for manuscript in issue.manuscripts} | {None}
    assert len({q.id for q in issue.questions}) == len(issue.questions)
    for question in issue.questions:
        assert question.article in known
        assert question.message
        if question.proposal is not None and question.choices:
            assert question.proposal in {choice.value for choice in question.choices}
        assert all(span <= Span(len(issue.source_text), len(issue.source_text)) for span in question.spans)


@calm
@given(st.text(alphabet="#*|<>（）□\n 　.0123目录第期页上接下转文/：。，的一二三", max_size=400))
def test_scraps_of_marks_are_claimed_once_or_refused(words: str) -> None:
    issue = read_or_refusal(words.encode())
    assert issue if isinstance(issue, str) else set(claims(issue).values()) <= {1}


@calm
@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    assert read_or_refusal(data)


@calm
@given(layouts, codes, st.integers(0, 10_000))
def test_a_damaged_issue_is_still_covered(layout: Layout, code: str, seed: int) -> None:
    """Lines lost, doubled and exchanged, as by a bad scan."""
    rng = random.Random(seed)
    lines = print_issue(layout, seed, code).text.split("\n")
    for _ in range(10):
        a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
        del lines[rng.randrange(len(lines))]
        lines.insert(rng.randrange(len(lines)), lines[a % len(lines)])
    issue = read_or_refusal("\n".join(lines).encode())
    if isinstance(issue, str):
        reject()
    counted = claims(issue)
    assert set(counted.values()) <= {1}
    assert all(counted[at] for at, letter in enumerate(issue.source_text) if visible(letter))
