"""The archive of an issue: what ``export_issue`` writes and ``import_issue`` reads, version by version.

One zip: ``issue.json`` with every row readers' pages are made of, ``media/figures/…`` with the published
pictures under their names, on demand ``originals/figures/…``, and ``SHA256SUMS`` over all of them. The JSON
is canonical: keys sorted, no blanks, UTF-8, dates in ISO 8601, times in UTC. Rows name each other by their
permanent codes and stand in the order in which they were made.

Not in it, because it is the office's and not the issue's: reviews, signatures, versions, the record,
manuscript numbers, accounts, plans and proofs; what readers wrote and how often they came; of what was taken
down all but its title, its authors and the notice. The private originals only when they are asked for.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
from dataclasses import dataclass
from typing import Any

__all__ = [
    "FORMAT",
    "MEDIA",
    "ORIGINALS",
    "TEXT",
    "VERSION",
    "Archived",
    "ArchivedArticle",
    "ArchivedAuthor",
    "ArchivedByline",
    "ArchivedFigure",
    "ArchivedIssue",
    "ArchivedJournal",
    "ArchivedLine",
    "ArchivedMember",
    "ArchivedNotice",
    "ArchivedSection",
    "as_bytes",
]

FORMAT, VERSION = "kanwu-issue", 1
TEXT, MEDIA, ORIGINALS = "issue.json", "media/", "originals/"


@dataclass(frozen=True, slots=True)
class ArchivedJournal:
    """What readers are told of the journal; no name: nobody has set it up."""

    name: str
    pinyin_name: str
    publication_type: str
    frequency: str
    authority: str
    organiser: str
    issn: str
    cn_number: str
    licence_number: str
    licence_expires: datetime.date | None
    address: str
    postcode: str
    telephone: str
    submission_address: str
    about: str
    contributing: str


@dataclass(frozen=True, slots=True)
class ArchivedLine:
    """A line of the masthead."""

    position: int
    kind: str
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArchivedSection:
    name: str
    code: str
    position: int
    characters_per_page: int
    active: bool


@dataclass(frozen=True, slots=True)
class ArchivedMember:
    """A member of a group; ``author`` is a code."""

    author: str
    role: str
    position: int


@dataclass(frozen=True, slots=True)
class ArchivedAuthor:
    kind: str
    name: str
    unit: str
    post: str
    code: str
    biography: str
    members: tuple[ArchivedMember, ...]


@dataclass(frozen=True, slots=True)
class ArchivedByline:
    author: str
    position: int
    role: str
    printed_name: str
    printed_unit: str
    printed_post: str


@dataclass(frozen=True, slots=True)
class ArchivedFigure:
    """``image`` and ``original`` are names below ``media/`` and ``originals/``; no original: both empty."""

    image: str
    original: str
    original_name: str
    role: str
    position: int
    caption: str
    photographer: str
    credit: str
    alternative: str


@dataclass(frozen=True, slots=True)
class ArchivedNotice:
    """A dated notice: ``kind`` is ``correction`` or ``retraction``."""

    kind: str
    notice: str
    reason: str
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class ArchivedArticle:
    """``section`` is a code or empty; ``stage`` is ``published`` or ``retracted``."""

    code: str
    section: str
    position: int | None
    first_page: int | None
    last_page: int | None
    kicker: str
    title: str
    subtitle: str
    toc_title: str
    abstract: str
    keywords: tuple[str, ...]
    body: str
    source: str
    closing_notes: tuple[str, ...]
    series: str
    series_part: str
    series_status: str
    photo_story: bool
    stage: str
    bylines: tuple[ArchivedByline, ...]
    figures: tuple[ArchivedFigure, ...]
    notices: tuple[ArchivedNotice, ...]


@dataclass(frozen=True, slots=True)
class ArchivedIssue:
    """``visibility`` is who may read it, decided or by the rule of its journal."""

    year: int
    number: str
    serial_number: int | None
    publication_date: datetime.date | None
    page_count: int
    cover_pages: int
    slogans: tuple[str, ...]
    visibility: str
    published_at: datetime.datetime
    fixed_pages: dict[str, str]
    page_kinds: dict[str, str]
    masthead: tuple[ArchivedLine, ...]
    figures: tuple[ArchivedFigure, ...]


@dataclass(frozen=True, slots=True)
class Archived:
    """All of an issue."""

    journal: ArchivedJournal
    issue: ArchivedIssue
    sections: tuple[ArchivedSection, ...]
    authors: tuple[ArchivedAuthor, ...]
    articles: tuple[ArchivedArticle, ...]

    @property
    def figures(self) -> list[ArchivedFigure]:
        """Those of the issue, then those of its articles."""
        return [*self.issue.figures, *(figure for article in self.articles for figure in article.figures)]


def as_bytes(archived: Archived) -> bytes:
    """``issue.json``: the same issue, the same bytes."""
    data = {"format": FORMAT, "version": VERSION, **dataclasses.asdict(archived)}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=in_iso)
    return text.encode() + b"\n"


def in_iso(value: Any) -> str:
    """A day, or a moment in UTC."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(value)
