"""A whole issue made by hand, for the tests of every format: each block and each field is used in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from journal.edition.formats import contract
from journal.edition.formats.text import ArticleText, IssueText
from tests.edition.formats.books import Make, Opened
from tests.edition.formats.january import january

__all__ = ["full_issue", "internal_issue", "make_epub", "supplement"]


@pytest.fixture
def full_issue() -> IssueText:
    """《岚江》 2027年第1期: ten articles, two on one page, one outside the contents page."""
    return january()


@pytest.fixture
def supplement(full_issue: IssueText) -> IssueText:
    """The same texts as a supplement without serial number, date and cover."""
    return replace(
        full_issue,
        number="S1",
        serial_number=None,
        name="2027年增刊第1期",
        label="2027年增刊第1期",
        address=full_issue.address.replace("/1/", "/S1/"),
        publication_date=None,
        cover=None,
    )


@pytest.fixture
def internal_issue(full_issue: IssueText) -> IssueText:
    """The same texts as a merged number of an internal publication."""
    journal = replace(
        full_issue.journal, serial=False, issn="", cn_number="", licence_number="岚内资准字〔2027〕第9号"
    )
    return replace(
        full_issue,
        journal=journal,
        number="1-2",
        name="2027年第1-2期",
        label="2027年第1-2期（总第133-134期）",
        address=full_issue.address.replace("/1/", "/1-2/"),
    )


@pytest.fixture
def make_epub(tmp_path: Path) -> Make:
    """The EPUB of an issue, or of one article of it."""

    def build(text: IssueText, one: ArticleText | None = None) -> Opened:
        contract.build("epub", text, tmp_path / "book.epub", article=one)
        return Opened(tmp_path / "book.epub")

    return build
