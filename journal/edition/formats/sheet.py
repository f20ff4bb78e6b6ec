"""What is known of an issue as a spreadsheet: a row an article, and a sheet of the issue's own data.

Every word is text: nothing an author wrote becomes a formula, whatever it begins with.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from journal.edition.formats.blocks import Ruby, Words, inlines_in
from journal.edition.formats.contract import Format, Say
from journal.edition.formats.packed import changed, pack
from journal.edition.formats.text import ArticleText, IssueText, notes_of, pictures_of
from journal.edition.store import EditionError

__all__ = ["FORMAT"]

Value = str | int | datetime.datetime | datetime.date | None
LONGEST = 32_767  # characters a cell can hold
SHOWN = 255  # characters older programs show in a cell of the format "text"; more become ####
#: What office programs read as a sign's number: the stroke before it is written as its own number.
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
BODY = Font(name="宋体", size=10.5)
HEADING = Font(name="黑体", size=10.5)
UNDER = Border(bottom=Side(style="thin"))
LIST = "；"


# The articles.


@dataclass(frozen=True)
class Column:
    """``width`` in characters of the body's size."""

    heading: str | Promise
    width: int
    value: Callable[[ArticleText], Value]


def signed(article: ArticleText) -> str:
    return LIST.join(dict.fromkeys(person.name for person in article.people if person.signs))


def roles(article: ArticleText) -> str:
    return LIST.join(f"{person.name}（{person.role}）" for person in article.people)


def units(article: ArticleText) -> str:
    """``何田：上渡区文化馆 馆员``, whoever has a unit or a post."""
    said = ((person.name, f"{person.unit} {person.post}".strip()) for person in article.people)
    return LIST.join(f"{name}：{where}" for name, where in said if where)


def members(article: ArticleText) -> str:
    said = (" ".join((role, *names)) for person in article.people for role, names in person.members)
    return LIST.join(said)


def serial(article: ArticleText) -> str:
    return " ".join(filter(None, (article.series, article.series_part, article.series_status)))


def characters(article: ArticleText) -> int:
    """As an editor counts them: every visible one but white space, notes and captions with them."""
    said = [
        inline.text if isinstance(inline, Words) else inline.base
        for inline in inlines_in(article.blocks)
        if isinstance(inline, Words | Ruby)
    ]
    return len("".join("".join(said).split()))


def local(moment: datetime.datetime | None) -> datetime.datetime | None:
    """As the office's clock showed it: a cell knows no time zone."""
    return timezone.localtime(moment).replace(tzinfo=None) if moment else None


COLUMNS = (
    Column(gettext_lazy("First page"), 6, lambda article: article.first_page),
    Column(gettext_lazy("Last page"), 6, lambda article: article.last_page),
    Column(gettext_lazy("Section"), 12, lambda article: article.section),
    Column(gettext_lazy("Kicker"), 18, lambda article: article.kicker),
    Column(gettext_lazy("Title"), 36, lambda article: article.title_line + article.part_mark),
    Column(gettext_lazy("Subtitle"), 24, lambda article: article.subtitle),
    Column(gettext_lazy("Title in the contents"), 36, lambda article: article.contents_title),
    Column(gettext_lazy("Authors"), 20, signed),
    Column(gettext_lazy("Everybody with their role"), 30, roles),
    Column(gettext_lazy("Units"), 36, units),
    Column(gettext_lazy("Members of groups"), 30, members),
    Column(gettext_lazy("Keywords"), 24, lambda article: LIST.join(article.keywords)),
    Column(gettext_lazy("Abstract"), 50, lambda article: "\n".join(article.abstract)),
    Column(gettext_lazy("Source"), 20, lambda article: article.source),
    Column(gettext_lazy("Serial"), 20, serial),
    Column(gettext_lazy("Photo story"), 9, lambda article: _("yes") if article.photo_story else ""),
    Column(gettext_lazy("Characters"), 8, characters),
    Column(gettext_lazy("Number of pictures"), 6, lambda article: len(pictures_of(article))),
    Column(gettext_lazy("Number of notes"), 6, lambda article: len(notes_of(article))),
    Column(gettext_lazy("Address"), 44, lambda article: article.address),
    Column(gettext_lazy("Code"), 20, lambda article: article.code),
    Column(gettext_lazy("On line since"), 17, lambda article: local(article.published_at)),
    Column(gettext_lazy("Corrected on"), 17, lambda article: local(article.corrected_at)),
)


# The issue.


def facts(issue: IssueText) -> Iterator[tuple[str, Value]]:
    journal = issue.journal
    yield _("Journal"), journal.name
    yield _("Name in pinyin"), journal.pinyin_name
    yield _("Issue"), issue.label
    yield _("Year"), issue.year
    yield _("Number of the issue"), issue.number
    yield _("Serial number"), issue.serial_number
    yield _("Date of publication"), issue.publication_date
    yield _("Number of pages"), issue.page_count
    yield _("Number of articles"), len(issue.articles)
    yield _("Address"), issue.address
    yield _("Frequency"), journal.frequency
    yield _("Authority in charge"), journal.authority
    yield _("Organiser"), journal.organiser
    if journal.serial:
        yield "ISSN", journal.issn
        yield "CN", journal.cn_number
    else:
        yield _("Licence"), journal.licence_number
    yield from ((line.label, LIST.join(line.values)) for line in issue.masthead)
    yield from ((_("Slogan"), slogan) for slogan in issue.slogans)
    for page, words in sorted(issue.fixed_pages.items()):
        yield _("p. %(pages)s") % {"pages": page}, words


# Writing.


def write_sheet(issue: IssueText, out: BinaryIO, say: Say) -> None:
    say(_("Writing the spreadsheet of %(issue)s") % {"issue": issue.label})
    book = Workbook()
    articles = book.active
    assert isinstance(articles, Worksheet)
    write_articles(articles, issue)
    write_facts(book.create_sheet(), issue)
    moment = changed(issue, *issue.articles)
    book.properties.creator = issue.journal.name
    book.properties.title = issue.title
    book.properties.created = book.properties.modified = moment.replace(tzinfo=None)
    held = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(held, "w")).save()  # Workbook.save would ask the clock
    with zipfile.ZipFile(held) as archive:
        pack(out, [(name, archive.read(name)) for name in archive.namelist()], moment)


def write_articles(sheet: Worksheet, issue: IssueText) -> None:
    sheet.title = _("Articles")
    for number, column in enumerate(COLUMNS, 1):
        put(sheet, 1, number, str(column.heading), heading=True)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    for row, article in enumerate(issue.articles, 2):
        for number, column in enumerate(COLUMNS, 1):
            put(sheet, row, number, column.value(article), place=article.place)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    set_page(sheet, issue, landscape=True)


def write_facts(sheet: Worksheet, issue: IssueText) -> None:
    sheet.title = _("This issue")
    for row, (label, value) in enumerate([(_("Item"), _("Content")), *facts(issue)], 1):
        put(sheet, row, 1, label, heading=row == 1, place=issue.label)
        put(sheet, row, 2, value, heading=row == 1, place=issue.label)
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 64
    sheet.freeze_panes = "A2"
    set_page(sheet, issue, landscape=False)


def set_page(sheet: Worksheet, issue: IssueText, *, landscape: bool) -> None:
    """As wide as the paper and as long as it gets, the page numbers below."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A3 if landscape else sheet.PAPERSIZE_A4)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    assert footer is not None
    footer.left.text = issue.label.replace("&", "&&")
    footer.right.text = "&P / &N"


def put(
    sheet: Worksheet, row: int, column: int, value: Value, *, heading: bool = False, place: str = ""
) -> None:
    """One cell; empty words leave it empty."""
    if value in (None, ""):
        return
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # nothing is merged
    cell.font = HEADING if heading else BODY
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if heading:
        cell.border = UNDER
    if isinstance(value, str):
        put_text(cell, value, place)
    else:
        cell.value = value
        if isinstance(value, datetime.datetime):
            cell.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, datetime.date):
            cell.number_format = "yyyy-mm-dd"


def put_text(cell: Cell, text: str, place: str) -> None:
    """Text by its type, by the mark of a typed apostrophe, and by its format where that can be shown."""
    text = CODED.sub("_x005F_", text)
    if len(text) > LONGEST:
        raise EditionError(
            _("%(place)s has a text of %(count)s characters; a cell holds %(most)s. Nothing was written.")
            % {"place": place, "count": len(text), "most": LONGEST}
        )
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True
    if len(text) <= SHOWN:
        cell.number_format = "@"


FORMAT = Format(
    "sheet",
    gettext_lazy("spreadsheet"),
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    issue=write_sheet,
    texts=False,
)
