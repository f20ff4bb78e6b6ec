"""How the printed page says things: one wording for every format."""

from __future__ import annotations

import datetime
from unicodedata import normalize

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.edition.formats.text import ArticleText, IssueText

__all__ = ["dated", "facts_of", "listed_title", "note_mark"]


def note_mark(number: int) -> str:
    """①…⑳, then ㉑…㊿; beyond fifty the plain number in brackets."""
    if number <= 20:
        return chr(0x2460 + number - 1)
    if number <= 35:
        return chr(0x3251 + number - 21)
    if number <= 50:
        return chr(0x32B1 + number - 36)
    return f"[{number}]"


def listed_title(article: ArticleText) -> str:
    """The title on the contents page, with the part of a serial unless it says it itself."""
    title = article.contents_title
    said = normalize("NFKC", article.part_mark) in normalize("NFKC", title)  # brackets of either width
    return title if said else title + article.part_mark


def dated(day: datetime.date) -> str:
    """``2027年1月5日``."""
    return date_format(day, "DATE_FORMAT")


def facts_of(issue: IssueText) -> list[tuple[str, str]]:
    """What the journal is known by and the masthead, as it was laid out, does not say: label and value."""
    journal, day = issue.journal, issue.publication_date
    rows = (
        (_("Authority in charge"), journal.authority),
        (_("Organiser"), journal.organiser),
        (_("Publication date"), dated(day) if day else ""),
        (_("address"), journal.address),
        (_("Postcode"), journal.postcode),
        (_("telephone"), journal.telephone),
        (_("submission address"), journal.submission_address),
    )
    labels = {line.label for line in issue.masthead}
    values = {value for line in issue.masthead for value in line.values}
    return [(label, value) for label, value in rows if value and label not in labels and value not in values]
