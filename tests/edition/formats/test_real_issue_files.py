"""The one real issue as a book, a contents page and a table: what a careful person saw in it is there."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from articles.models import Article, Issue
from journal.edition.formats import contract
from journal.edition.formats.reading import read_issue
from journal.edition.formats.text import IssueText
from tests.edition.formats.epubcheck import messages

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def letters(text: str) -> str:
    """What is compared: characters, not widths of punctuation or spaces."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "import" / "issue-2024-07"


@pytest.fixture
def listed(folder: Path) -> list[dict[str, Any]]:
    """The entries of the printed contents page, in its order."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    return [entry for section in truth["sections"] for entry in section["articles"]]


@pytest.fixture
def taken_in(folder: Path) -> IssueText:
    call_command("import_issue", str(folder / "source.md"), verbosity=0)
    return read_issue(Issue.objects.get(year=2024, number="7"), published=False)


def test_the_real_issue_is_a_sound_book(taken_in: IssueText, tmp_path: Path) -> None:
    contract.build("epub", taken_in, tmp_path / "issue.epub")
    assert messages(tmp_path / "issue.epub") == []


def test_the_real_contents_page_has_its_titles_authors_and_pages_in_order(
    taken_in: IssueText, listed: list[dict[str, Any]], tmp_path: Path
) -> None:
    contract.build("contents", taken_in, tmp_path / "contents.txt")
    lines = [letters(line) for line in (tmp_path / "contents.txt").read_text("utf-8").splitlines()]
    place, missing = 0, []
    for entry in listed:
        titles = [letters(title) for title in (entry["title"], *entry["title_accept"])]
        place = next(
            number
            for number, line in enumerate(lines)
            if number >= place and any(line.startswith(title) for title in titles)
        )
        assert lines[place].endswith(str(entry["page"]))
        names = [letters(author["name"]) for author in entry["authors"]]
        missing += [name for name in names if name not in lines[place]]
    assert len(missing) <= 1  # the printed issue itself writes one name in two ways


def test_the_real_table_counts_characters_as_the_desk_does(taken_in: IssueText, tmp_path: Path) -> None:
    contract.build("sheet", taken_in, tmp_path / "issue.xlsx")
    sheet = load_workbook(tmp_path / "issue.xlsx").worksheets[0]
    counted = {row[20]: row[16] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert counted == {article.code: article.character_count for article in Article.objects.all()}
    assert len(counted) == 26
