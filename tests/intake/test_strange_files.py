"""Files that are no issue, or far too much of one: refused in a sentence or read in time in proportion.

Growth is measured, not time: four times as much of a shape may take at most eight times as long.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from journal.intake.manuscript import IssueManuscript, NotAManuscript
from journal.intake.ocr_markdown import read_issue
from tests.intake.traps import Layout, print_issue
from tests.intake.traps.texts import pool

pytestmark = pytest.mark.database_free

ISSUE = print_issue(Layout(), 11).text
LETTERS = sorted(
    {letter for text in pool() for piece in text.pieces for letter in piece.text if letter > "一"}
)


def title(number: int) -> str:
    """Return a title like no other: the number written in letters."""
    size = len(LETTERS)
    return "".join(LETTERS[(number * (7 + 2 * k) + 131 * k * k + number // size) % size] for k in range(11))


def entries(count: int) -> str:
    return "# 目录\n\n" + "".join(f"{title(i)} ..... 顾川禾 {i}\n" for i in range(1, count + 1))


def articles(count: int) -> str:
    body = "\n\n".join(piece.text for piece in pool()[0].pieces if piece.kind == "paragraph")
    return "".join(f"# {title(i)}\n\n顾川禾\n\n{body}□\n\n" for i in range(1, count + 1))


SHAPES: dict[str, Callable[[int], str]] = {
    "a line without an end": lambda n: "渡口" * 2000 * n,
    "lines of one letter": lambda n: "短\n" * 300 * n,
    "paragraphs without a stop": lambda n: (title(n) * 5 + "\n\n") * 50 * n,
    "hashes": lambda n: "#" * 20_000 * n,
    "lines of hashes": lambda n: "#\n" * 5_000 * n,
    "open tags": lambda n: "<div>" * 1_000 * n,
    "tables in tables": lambda n: "<table><tr><td>" * 500 * n,
    "open comments": lambda n: "<!-- 渡口 " * 500 * n,
    "rows of a table": lambda n: "| 渡口 | 顾川禾 | 3 |\n" * 300 * n,
    "entries alike": lambda n: "# 目录\n\n" + "题目 ..... 顾川禾 1\n" * 200 * n,
    "entries without articles": lambda n: ISSUE + entries(60 * n),
    "entries with articles": lambda n: entries(12 * n) + "\n" + articles(12 * n),
    "articles without entries": lambda n: articles(12 * n),
    "jumps to nowhere": lambda n: ISSUE + "（下转第2页）\n\n（上接第1页）\n\n" * 60 * n,
    "captions": lambda n: ISSUE + "（图为渡口 郁青禾 摄）\n\n" * 200 * n,
    "names": lambda n: ISSUE + "文/" + "顾川禾 " * 1_000 * n,
    "an issue many times": lambda n: (ISSUE + "\n\n") * 3 * n,
    "escapes": lambda n: ISSUE + "\\" * 20_000 * n,
    "blanks inside a line": lambda n: "渡" + " " * 20_000 * n + "口\n",
}


def read_or_refusal(data: bytes) -> IssueManuscript | str:
    try:
        return read_issue(data, "issue.md")
    except NotAManuscript as refused:
        return str(refused)


def seconds(data: bytes) -> float:
    started = time.process_time()
    assert read_or_refusal(data)
    return time.process_time() - started


@pytest.mark.parametrize("shape", SHAPES)
def test_the_time_grows_with_the_file_and_no_faster(shape: str) -> None:
    once, four = SHAPES[shape](2).encode(), SHAPES[shape](8).encode()
    ratios = []
    for _ in range(3):
        ratios.append(seconds(four) / max(seconds(once), 0.01))
        if ratios[-1] < 8:
            return
    pytest.fail(f"four times as much took {min(ratios):.1f} times as long")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n",
        "\u3000\ufeff\u200b".encode(),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        b"%PDF-1.7\n1 0 obj << >> endobj\n",
        b"PK\x03\x04" + bytes(200),
        b"\0" * 5000,
        bytes(range(256)) * 100,
        b"a" * 30_000_000,
        b"#" * 5_000_000,
    ],
    ids=["empty", "blanks", "invisible", "picture", "pdf", "archive", "zeros", "bytes", "30 MB", "5 MB of #"],
)
def test_what_is_no_issue_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(NotAManuscript) as refused:
        read_issue(data, "issue.md")
    assert 10 < len(str(refused.value)) < 300
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("cut", [1, 2, 3])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_cut_inside_a_letter_is_still_read(encoding: str, cut: int) -> None:
    issue = read_or_refusal(ISSUE.encode(encoding)[:-cut])
    assert isinstance(issue, IssueManuscript)
    assert len(issue.manuscripts) == 8
