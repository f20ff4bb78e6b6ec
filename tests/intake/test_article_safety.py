"""What the page reader promises for any input: no crash, the same answer twice, no word from elsewhere."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.intake.article_page import read_page
from journal.intake.article_page.hypertext import is_hypertext
from journal.intake.manuscript import NotAManuscript
from journal.intake.page_json import page_as_json
from tests.benchmarks.article_scores import PAGES, read_truth, truths

pytestmark = pytest.mark.database_free


def printed_lines() -> list[str]:
    found: list[str] = []
    for path in truths():
        data = (PAGES / read_truth(path)["file"]).read_bytes()
        for encoding in ("utf-8", "gb18030"):
            try:
                found += data.decode(encoding).splitlines()
                break
            except UnicodeDecodeError:
                continue
    return sorted(set(found))


SCRAPS = [
    "",
    "（",
    "）",
    "：",
    "|",
    "<",
    "&",
    "□",
    "**",
    "# ",
    "。",
    "(下转第3版)",
    "（上接第2版）",
    "——",
    "　",
    "<![x",
    "\x00",
]
LINES = st.sampled_from(printed_lines())
TORN = st.tuples(LINES, st.sampled_from(SCRAPS), LINES, st.integers(0, 40)).map(
    lambda t: t[0][: t[3]] + t[1] + t[2][t[3] :]
)
PAGE = st.lists(st.one_of(LINES, TORN, st.sampled_from(SCRAPS)), min_size=1, max_size=30).map("\n".join)
ANYTHING = st.one_of(PAGE, st.text(max_size=300))


def answer(data: bytes) -> object:
    """The articles, or the sentence that says why there are none."""
    try:
        return page_as_json(read_page(data, "page.txt"))["articles"]
    except NotAManuscript as error:
        return str(error).strip()


def fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(ANYTHING)
def test_any_text_is_read_the_same_way_twice_or_refused_with_a_sentence(text: str) -> None:
    first = answer(text.encode("utf-8", "replace"))
    assert first
    assert answer(text.encode("utf-8", "replace")) == first


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(PAGE)
def test_no_word_of_a_body_comes_from_elsewhere_and_none_is_printed_twice(text: str) -> None:
    try:
        page = read_page(text.encode("utf-8", "replace"))
    except NotAManuscript:
        return
    used: list[tuple[int, int]] = []
    for manuscript in page.manuscripts:
        for block in manuscript.body:
            assert block.raw == "".join(page.source_text[s.start : s.end] for s in block.spans)
            used += [(s.start, s.end) for s in block.spans]
            if not is_hypertext(text) and not re.search(r"[<&\[*`\\]", block.raw) and not block.rows:
                assert fold(block.text) == fold(block.raw)
    used.sort()
    assert all(end <= start for (_, end), (start, _) in pairwise(used))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    assert answer(data)
