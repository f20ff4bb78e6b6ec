"""What a text consists of: paragraphs, headings, pictures, tables, and the words inside them.

Words are data here: nothing is escaped and nothing means anything to a format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, Protocol

__all__ = [
    "Align",
    "Block",
    "Break",
    "Cell",
    "FigureText",
    "Heading",
    "Inline",
    "ListBlock",
    "Mark",
    "Note",
    "Paragraph",
    "PictureBlock",
    "PictureFile",
    "Quote",
    "Ruby",
    "Rule",
    "Table",
    "Width",
    "Words",
    "inlines_in",
    "pictures_in",
    "plain",
]

Mark = Literal["em", "strong", "i", "u", "s", "sub", "sup"]
Align = Literal["", "left", "center", "right", "justify"]
Width = Literal["", "wide", "half"]


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

    @property
    def name(self) -> str:
        """In the media folder: ``figures/<32 hex>.jpg``."""

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
    width: Width = ""


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


def pictures_in(blocks: tuple[Block, ...]) -> list[FigureText]:
    """Every picture these blocks show, in order."""
    return [inline for inline in inlines_in(blocks) if isinstance(inline, FigureText)]


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
