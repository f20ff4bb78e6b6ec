"""The spreadsheet of an issue: what its rows say, and that every word in it stays a word."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from journal.edition.formats import contract
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError
from tests.edition.formats.making import article, issue, paragraph, person, written_by
from tests.edition.formats.payloads import LITERALS

pytestmark = pytest.mark.database_free

Write = Callable[[IssueText], Workbook]
#: The columns in their order, by what they hold.
NAMES = [
    *("first", "last", "section", "kicker", "title", "subtitle", "listed"),
    *("authors", "roles", "units", "members", "keywords", "abstract", "source", "serial", "story"),
    *("characters", "pictures", "notes", "address", "code", "published", "corrected"),
]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def book(text: IssueText) -> Workbook:
        contract.build("sheet", text, tmp_path / "issue.xlsx")
        return load_workbook(tmp_path / "issue.xlsx")

    return book


def rows(book: Workbook) -> list[dict[str, Any]]:
    sheet = book.worksheets[0]
    return [dict(zip(NAMES, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]


def facts(book: Workbook) -> dict[str, Any]:
    return {str(label): value for label, value in book.worksheets[1].iter_rows(values_only=True)}


def test_each_article_has_a_row_in_the_order_of_the_pages(write: Write, full_issue: IssueText) -> None:
    found = rows(write(full_issue))
    assert [row["code"] for row in found] == [each.code for each in full_issue.articles]
    assert [(row["first"], row["last"]) for row in found[:2]] == [(1, 1), (4, 9)]


def test_a_row_tells_all_that_is_known(write: Write, full_issue: IssueText) -> None:
    row = rows(write(full_issue))[1]
    assert row["title"] == "十一个渡口 还剩几条船（上）"
    assert row["listed"] == "十一个渡口还剩几条船"
    assert row["authors"] == "渡口调查组；岚江市航道管理所"
    assert row["roles"] == "渡口调查组（作者）；岚江市航道管理所（作者）；郁青（摄）"
    assert row["units"] == "渡口调查组：岚江杂志社；郁青：本刊 摄影记者"
    assert row["members"] == "组长 沈砚秋；成员 陆小满 何田 欧阳砚；执笔 何田"
    assert row["keywords"] == "渡口；航运；地方交通"
    assert row["abstract"] == "清点了岚江两岸的十一个渡口。\n四个还在开，七个只剩石阶。"
    assert row["serial"] == "岚江渡口调查 上 待续"
    assert (row["pictures"], row["notes"]) == (5, 4)


def test_characters_are_counted_without_blanks(write: Write) -> None:
    row = rows(write(issue(article("one", "甲", paragraph("一 二　三"), paragraph("四。")))))[0]
    assert row["characters"] == 5


def test_times_are_the_offices_own(write: Write, full_issue: IssueText) -> None:
    row = rows(write(full_issue))[3]
    assert row["published"] == datetime.datetime(2027, 1, 5, 6, 30)
    assert row["corrected"] == datetime.datetime(2027, 1, 12, 9, 0)


def test_the_second_sheet_tells_about_the_issue(write: Write, full_issue: IssueText) -> None:
    told = facts(write(full_issue))
    assert told["ISSN"] == "9999-9994"
    assert told["责任编辑"] == "陆小满；何田"
    assert {"岚江", 2027, "1", 133, datetime.datetime(2027, 1, 5), 32} <= set(told.values())


def test_an_internal_publication_shows_its_licence(write: Write, internal_issue: IssueText) -> None:
    told = facts(write(internal_issue))
    assert "岚内资准字〔2027〕第9号" in told.values()
    assert "ISSN" not in told


def test_headings_stay_in_sight_and_on_every_printed_page(write: Write, full_issue: IssueText) -> None:
    sheet = write(full_issue).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0
    headings = [cell.value for cell in sheet[1]]
    assert len(headings) == len(set(headings)) == len(NAMES)
    assert all(sheet.column_dimensions[cell.column_letter].width >= 6 for cell in sheet[1])


# Author text is data.


def named_by(number: int, text: str) -> ArticleText:
    return article(
        f"text-{number}",
        text,
        paragraph(text),
        kicker=text,
        abstract=(text,),
        source=text,
        section=text,
        credits=written_by(person(text, unit=text)),
    )


def test_what_authors_typed_stays_text(write: Write) -> None:
    book = write(issue(*(named_by(number, text) for number, text in enumerate(LITERALS))))
    for row, text in zip(rows(book), LITERALS, strict=True):
        said = {
            row[name] for name in ("title", "listed", "kicker", "abstract", "source", "section", "authors")
        }
        assert said == {text}
        assert row["units"] == f"{text}：{text}"


def test_no_cell_is_a_formula_an_error_or_a_link(write: Write, tmp_path: Path) -> None:
    book = write(issue(*(named_by(number, text) for number, text in enumerate(LITERALS))))
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@")
            assert cell.hyperlink is None
    with zipfile.ZipFile(tmp_path / "issue.xlsx") as archive:
        written = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert b"<f>" not in written
    assert b"<f " not in written


def test_a_signs_number_typed_out_is_not_read_as_the_sign(write: Write, tmp_path: Path) -> None:
    write(issue(article("one", "甲_x0041_乙", paragraph("字"))))
    with zipfile.ZipFile(tmp_path / "issue.xlsx") as archive:
        written = b"".join(archive.read(name) for name in archive.namelist() if "worksheets/" in name)
    assert written.count(b"_x0041_") == written.count(b"_x005F_x0041_") == 2


def test_a_long_text_is_text_without_the_format_that_hides_it(write: Write) -> None:
    sheet = write(issue(article("long", "长篇", abstract=("=" + "长" * 300,)))).worksheets[0]
    (cell,) = [cell for cell in sheet[2] if str(cell.value).startswith("=长")]
    assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "General")


# The file.


def test_the_same_issue_gives_the_same_bytes(write: Write, full_issue: IssueText, tmp_path: Path) -> None:
    write(full_issue)
    first = (tmp_path / "issue.xlsx").read_bytes()
    book = write(full_issue)
    assert (tmp_path / "issue.xlsx").read_bytes() == first
    moment = datetime.datetime(2027, 1, 12, 1, 0)
    assert (
        book.properties.created
        == book.properties.modified
        == moment.replace(tzinfo=book.properties.created.tzinfo)
    )


def test_a_text_no_cell_can_hold_is_refused_with_its_place(write: Write, tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="《长篇》"):
        write(issue(article("long", "长篇", abstract=("长" * 40_000,))))
    assert list(tmp_path.glob("*issue*")) == []


def test_a_control_character_is_refused_with_its_place(write: Write, tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="《铃声》"):
        write(issue(article("bell", "铃声", keywords=("响\x0b",))))
    assert list(tmp_path.glob("*issue*")) == []
