"""What a parser understood, before anything is written: frozen, free of the database.

Every position is a pair of Python character offsets ``[start, end)`` into the *decoded
source text* (``IssueManuscript.source_text``: decoded, BOM removed, line ends folded to
``\\n``; nothing else changed), so a screen can colour the source and a test can prove that
no character went missing.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

__all__ = [
    "Author",
    "AuthorKind",
    "Block",
    "BlockKind",
    "Caption",
    "Choice",
    "Credit",
    "IssueManuscript",
    "Manuscript",
    "Masthead",
    "NotAManuscript",
    "Question",
    "SectionPlan",
    "Span",
]


class NotAManuscript(Exception):
    """The input cannot be read as what was asked for; the message is one sentence for the sender."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of the source text, in characters."""

    start: int
    end: int


class BlockKind(enum.StrEnum):
    """What a run of source text is. ``PARAGRAPH`` and ``HEADING`` (and lists, tables) make the body."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    TABLE = "table"
    TITLE = "title"
    KICKER = "kicker"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    CAPTION = "caption"
    SOURCE = "source"
    CREDITS = "credits"
    CLOSING_NOTE = "closing_note"
    FOOTNOTE = "footnote"
    END_MARK = "end_mark"
    JUMP = "jump"
    CONTENTS = "contents"
    MASTHEAD = "masthead"
    SLOGAN = "slogan"
    RUNNING_HEAD = "running_head"
    RESIDUE = "residue"


class AuthorKind(enum.StrEnum):
    PERSON = "person"
    CORPORATE = "corporate"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Block:
    """One unit an editor can see, colour and re-assign.

    ``id`` is stable for one source text (derived from the first offset). ``spans`` lists every
    piece of the source it was joined from, in reading order: a paragraph cut by a column, a page
    or a caption has several. ``raw`` is the source joined over the spans; ``text`` is what the
    importer proposes (width of punctuation, joined lines, inner spaces), never other words.
    ``level`` is the heading rank, 1 being the highest inside the article; ``rows`` holds a
    table's cells.
    """

    id: str
    kind: BlockKind
    text: str
    raw: str
    spans: tuple[Span, ...]
    level: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    kind: AuthorKind = AuthorKind.PERSON
    affiliation: str | None = None
    post: str | None = None
    role: str = "作者"


@dataclass(frozen=True, slots=True)
class Credit:
    """A printed role with its names: 课题组组长, 执笔, 整理, 摄, 供图, 本报记者, 通讯员 …"""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """``text`` is the whole line as printed; the photographer is taken out beside it."""

    text: str
    photographer: str | None = None
    role: str | None = None  # 摄, 供图 …
    block: str | None = None  # id of the caption's Block


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. ``value`` is what answering writes, ``label`` what the editor reads."""

    value: str
    label: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt the importer will not settle by itself.

    ``field`` names the attribute of the manuscript an answer sets (``title``, ``toc_title``,
    ``kicker``, ``subtitle``, ``authors``, ``page``, ``source``, ``block:<id>`` for "which article
    does this block belong to", ``entry`` for an article or contents entry without its partner).
    ``proposal`` is the value used until somebody answers; it is one of ``choices``.
    ``code`` is a short stable identifier of the rule that asked (``contents-title-differs`` …).
    """

    id: str
    code: str
    article: str | None
    field: str
    message: str
    choices: tuple[Choice, ...] = ()
    proposal: str | None = None
    spans: tuple[Span, ...] = ()
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One article as understood. ``id`` is ``"01"``, ``"02"`` … in contents order, then the strays."""

    id: str
    title: str
    body_title: str | None = None
    toc_title: str | None = None
    toc_title_raw: str | None = None
    toc_author: str | None = None
    page: int | None = None
    last_page: int | None = None
    section: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    series_part: str | None = None  # 上 中 下 一 二 …
    series_status: str | None = None  # 待续, 续完 …
    authors: tuple[Author, ...] = ()
    credits: tuple[Credit, ...] = ()
    source: str | None = None
    abstract: str | None = None
    keywords: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    footnotes: tuple[str, ...] = ()
    closing_notes: tuple[str, ...] = ()
    end_mark: bool = False
    publish_date: str | None = None  # ISO 8601
    photo_story: bool = False
    blocks: tuple[Block, ...] = ()  # all of them, in reading order

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks that are printed as the text: paragraphs, headings, list items, tables."""
        kinds = {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.TABLE}
        return tuple(b for b in self.blocks if b.kind in kinds)

    @property
    def body_text(self) -> str:
        """Paragraphs and headings, one a line."""
        return "\n".join(b.text for b in self.body)

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(b.text for b in self.blocks if b.kind is BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Masthead:
    """One line of the masthead: a role and the names printed under it."""

    role: str
    names: tuple[str, ...]
    kind: AuthorKind = AuthorKind.PERSON


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A section of the contents page with the ids of its manuscripts, in contents order."""

    name: str
    manuscripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueManuscript:
    """A whole issue as understood.

    ``facts`` maps the labels of ``truth.json`` (address, postcode, phone, fax, licence, email,
    printer, print_run, distribution …) to what is printed. ``unplaced`` holds blocks that belong to
    no article (contents page, masthead, running heads, residue, and text nobody claimed): together
    with the manuscripts' blocks they cover every non-blank character of ``source_text``.
    """

    source_text: str
    encoding: str
    year: int | None
    number: str | None  # "7", "9-10", "S1"
    serial_number: int | None
    frequency: str | None = None
    name: str | None = None
    masthead: tuple[Masthead, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    slogans: tuple[str, ...] = ()
    sections: tuple[SectionPlan, ...] = ()
    manuscripts: tuple[Manuscript, ...] = ()
    unplaced: tuple[Block, ...] = ()
    questions: tuple[Question, ...] = ()

    def manuscript(self, id: str) -> Manuscript:
        """Return one manuscript by its id; raises ``KeyError``."""
        for m in self.manuscripts:
            if m.id == id:
                return m
        raise KeyError(id)
