"""What every format is written from: an issue as text, without database, without mark-up.

The texts themselves are in ``blocks``; ``reading`` makes all of it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from journal.edition.formats.blocks import Block, FigureText, Note, inlines_in, pictures_in

__all__ = [
    "ArticleText",
    "Credit",
    "Group",
    "IssueText",
    "JournalText",
    "Line",
    "Notice",
    "Person",
    "notes_of",
    "pictures_of",
]


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
    #: What Crossref gave the office (10.12345), and who deposits there: empty where it is no member.
    doi_prefix: str = ""
    depositor: str = ""
    depositor_email: str = ""


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
        return f"{self.journal.name} {self.label}".strip()


# Questions formats ask.


def notes_of(article: ArticleText) -> list[Note]:
    """The footnotes in order."""
    return [inline for inline in inlines_in(article.blocks) if isinstance(inline, Note)]


def pictures_of(article: ArticleText) -> list[FigureText]:
    """Every picture the article shows, in order, the loose ones last."""
    return pictures_in(article.blocks) + list(article.loose_figures)
