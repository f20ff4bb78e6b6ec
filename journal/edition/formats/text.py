"""What every format is written from: an issue as text, without database, without mark-up.

Words are data here: nothing is escaped and nothing means anything to a format. ``reading`` makes it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, Protocol

__all__ = [
    "ArticleText",
    "Block",
    "Break",
    "Cell",
    "Credit",
    "FigureText",
    "Group",
    "Heading",
    "Inline",
    "IssueText",
    "JournalText",
    "Line",
    "ListBlock",
    "Mark",
    "Note",
    "Notice",
    "Paragraph",
    "Person",
    "PictureBlock",
    "PictureFile",
    "Quote",
    "Ruby",
    "Rule",
    "Table",
    "Words",
    "notes_of",
    "pictures_of",
    "plain",
]

Mark = Literal["em", "strong", "i", "u", "s", "sub", "sup"]
Align = Literal["", "left", "center", "right", "justify"]


# Inside a paragraph.


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text with the marks it bears; ``href`` when it is a link (http, https, mailto, / or #)."""

    text: str
    marks: frozenset[Mark] = frozenset()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A forced line break."""


@dataclass(frozen=True, slots=True)
class Ruby:
    """Words and how they are read, ``reading`` above ``base``."""

    base: str
    reading: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote at its place; ``number`` counts from 1 in each article. A note holds no note."""

    number: int
    content: tuple[Inline, ...]


# Pictures.


class PictureFile(Protocol):
    """A published derivative (JPEG, PNG or WebP), read when it is wanted."""

    name: str  # figures/<32 hex>.jpg

    def open(self) -> BinaryIO:
        """Raises ``FileNotFoundError``."""


@dataclass(frozen=True, slots=True)
class FigureText:
    """A picture with its words; ``width`` and ``height`` in pixels, ``credit`` is ``郁青 摄``."""

    file: PictureFile
    width: int
    height: int
    caption: tuple[Inline, ...] = ()
    credit: str = ""
    alternative: str = ""


Inline = Words | Break | Ruby | Note | FigureText


# Blocks.


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``indent``: begins two signs in; ``sign``: the line a text is signed with, set right."""

    content: tuple[Inline, ...]
    align: Align = ""
    indent: bool = True
    sign: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1, 2 or 3 inside the article."""

    level: int
    content: tuple[Inline, ...]
    align: Align = ""


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """``start`` is the first number of a numbered list, ``None`` for one with dots."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """One figure of the text; several pictures may share its caption and credit, those of the first."""

    pictures: tuple[FigureText, ...]
    caption: tuple[Inline, ...] = ()
    credit: str = ""
    width: Literal["", "wide", "half"] = ""


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Block, ...]
    header: bool = False
    columns: int = 1
    rows: int = 1
    align: Align = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` from top to bottom, ``head`` of them the heading rows; spans as in HTML."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    caption: tuple[Inline, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts of a text."""


Block = Paragraph | Heading | Quote | ListBlock | PictureBlock | Table | Rule


# People.


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a byline. ``kind``: person, corporate or group; ``members``: (role, names) of a group."""

    name: str
    code: str
    kind: str
    role: str  # BylineRole's value: 作者, 摄, 译 …
    unit: str = ""
    post: str = ""
    signs: bool = True  # counts as author of the text (articles.credits.signing)
    members: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """Neighbours of one role; the role's word stands ``before`` the names, ``after`` them or nowhere."""

    people: tuple[Person, ...]
    before: str = ""
    after: str = ""


# The article.


@dataclass(frozen=True, slots=True)
class Notice:
    """A dated correction readers were given."""

    day: datetime.date
    words: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    """``title`` is one line or several; ``place`` says where it stands, for whom has to mend it."""

    pk: int
    code: str
    address: str  # absolute, of the readers' page
    section: str
    section_code: str
    kicker: str
    title: tuple[str, ...]
    subtitle: str
    contents_title: str
    abstract: tuple[str, ...]  # paragraphs
    keywords: tuple[str, ...]
    credits: tuple[Credit, ...]
    blocks: tuple[Block, ...]
    #: Pictures the text does not place, to be shown behind it.
    loose_figures: tuple[FigureText, ...]
    closing_notes: tuple[str, ...]
    source: str
    series: str
    series_part: str  # 上, 2
    part_mark: str  # （上）, unless the title says it
    series_status: str  # 待续, 续完
    photo_story: bool
    first_page: int | None
    last_page: int | None
    published_at: datetime.datetime | None
    corrected_at: datetime.datetime | None
    notices: tuple[Notice, ...] = ()

    @property
    def title_line(self) -> str:
        return " ".join(self.title)

    @property
    def people(self) -> tuple[Person, ...]:
        return tuple(person for credit in self.credits for person in credit.people)

    @property
    def names(self) -> tuple[str, ...]:
        """Each name once, in order: what the contents page prints."""
        return tuple(dict.fromkeys(person.name for person in self.people))

    @property
    def pages(self) -> str:
        """``4-9``, ``4`` or empty."""
        if self.first_page is None:
            return ""
        last = self.last_page or self.first_page
        return str(self.first_page) if last == self.first_page else f"{self.first_page}-{last}"

    @property
    def place(self) -> str:
        """How a message names it: ``《题名》（第4-9页）``."""
        return f"《{self.title_line}》" + (f"（第{self.pages}页）" if self.pages else "")


# The issue.


@dataclass(frozen=True, slots=True)
class JournalText:
    name: str
    pinyin_name: str
    serial: bool  # with a CN number; else an internal publication with a licence
    frequency: str  # the word, 月刊
    authority: str
    organiser: str
    issn: str
    cn_number: str
    licence_number: str
    address: str
    postcode: str
    telephone: str
    submission_address: str
    site: str  # absolute address of the readers' site, no stroke at its end


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the masthead: a role with its names (``people``), or a label with its value."""

    label: str
    values: tuple[str, ...]
    people: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A section and its articles as the contents page has them; ``section`` may be empty."""

    section: str
    articles: tuple[ArticleText, ...]


@dataclass(frozen=True, slots=True)
class IssueText:
    """``articles`` by pages; ``groups`` and ``photo_stories`` as the contents page has them."""

    pk: int
    journal: JournalText
    year: int
    number: str  # 7, 9-10, S1
    serial_number: int | None
    name: str  # 2024年第7期
    label: str  # 2024年第7期（总第243期）
    address: str
    publication_date: datetime.date | None
    page_count: int
    fixed_pages: dict[int, str] = field(hash=False)  # page → what stands on it
    slogans: tuple[str, ...]
    masthead: tuple[Line, ...]
    cover: FigureText | None
    articles: tuple[ArticleText, ...]
    groups: tuple[Group, ...]
    photo_stories: tuple[ArticleText, ...]
    #: For readers: only what is published, with the corrections; else as it stands on the desk.
    published: bool

    @property
    def title(self) -> str:
        return f"{self.journal.name} {self.label}"


# Questions formats ask.


def inlines_in(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline of these blocks, notes and captions opened after their own place."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from opened(block.content)
            case Quote():
                yield from inlines_in(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from inlines_in(item)
            case PictureBlock():
                yield from block.pictures
                yield from opened(block.caption)
            case Table():
                yield from opened(block.caption)
                for row in block.rows:
                    for cell in row:
                        yield from inlines_in(cell.blocks)


def opened(content: tuple[Inline, ...]) -> Iterator[Inline]:
    for inline in content:
        yield inline
        if isinstance(inline, Note):
            yield from opened(inline.content)


def notes_of(article: ArticleText) -> list[Note]:
    """The footnotes in order."""
    return [inline for inline in inlines_in(article.blocks) if isinstance(inline, Note)]


def pictures_of(article: ArticleText) -> list[FigureText]:
    """Every picture the article shows, in order, the loose ones last."""
    shown = [inline for inline in inlines_in(article.blocks) if isinstance(inline, FigureText)]
    return shown + list(article.loose_figures)


def plain(content: tuple[Inline, ...]) -> str:
    """The words on one line, without notes and pictures."""
    said = []
    for inline in content:
        match inline:
            case Words():
                said.append(inline.text)
            case Ruby():
                said.append(inline.base)
            case Break():
                said.append(" ")
    return "".join(said)
