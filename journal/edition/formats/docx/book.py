"""A Word file while it is written: its package, its notes, lists and pictures, each with its own count."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from journal.edition.formats.blocks import Align, FigureText
from journal.edition.formats.packed import changed
from journal.edition.formats.text import ArticleText, IssueText

from .markup import w
from .package import Package, Part
from .pictures import Picture, picture_for_word
from .settings import footer, header, settings
from .styles import font_table, styles

__all__ = ["STEP", "Book", "Spot"]

DEEPEST = 8  # Word counts nine levels of lists, from 0
BULLETS = "•◦▪"
STEP = 420  # twips a level of a list is set in


@dataclass(frozen=True)
class Spot:
    """Where something is written: the part, the article for messages, the style, the width left (in EMU)."""

    part: Part
    place: str
    width: int
    style: str = "Body"
    level: int = -1  # of the list it stands in
    align: Align = ""  # of what says none itself

    def inside(self, **changes: Any) -> Spot:
        return replace(self, **changes)


@dataclass
class Book:
    """One file; ``document`` and ``footnotes`` are its parts that hold text."""

    package: Package
    site: str
    document: Part
    footnotes: Part
    numbering: Any
    footer: str  # its relation id
    notes: int = 0
    lists: int = 0
    drawings: int = 0
    bookmarks: int = 0
    heads: dict[tuple[str, str], str] = field(default_factory=dict)
    pictures: dict[tuple[str, str], Picture] = field(default_factory=dict)

    @classmethod
    def new(cls, title: str, issue: IssueText, *articles: ArticleText) -> Book:
        """An empty file for these articles of ``issue``."""
        package = Package(title, issue.journal.name, changed(issue, *articles))
        document = package.add("document")
        numbering = w("numbering", bullets(), numbers())
        footnotes = w("footnotes", separator(-1, "separator"), separator(0, "continuationSeparator"))
        package.add("styles", root=styles())
        package.add("settings", root=settings())
        package.add("fontTable", root=font_table())
        package.add("numbering", root=numbering)
        notes = package.add("footnotes", root=footnotes)
        foot = package.add("footer", root=footer())
        return cls(package, issue.journal.site, document, notes, numbering, foot.id)

    def picture(self, figure: FigureText, place: str) -> Picture:
        """Read once, however often it stands in the file."""
        key = (figure.file.name, place)
        if key not in self.pictures:
            self.pictures[key] = picture_for_word(figure, place)
        return self.pictures[key]

    def next_note(self) -> int:
        self.notes += 1
        return self.notes

    def next_bookmark(self) -> int:
        self.bookmarks += 1
        return self.bookmarks

    def next_drawing(self) -> int:
        self.drawings += 1
        return self.drawings

    def new_list(self, start: int | None, level: int) -> tuple[int, int]:
        """``(list, level)`` of a list that counts from ``start``, or has dots."""
        self.lists += 1
        level = min(level, DEEPEST)
        self.numbering.append(
            w(
                "num",
                w("abstractNumId", val=int(start is not None)),
                None if start is None else w("lvlOverride", w("startOverride", val=start), ilvl=level),
                numId=self.lists,
            )
        )
        return self.lists, level

    def header(self, left: str, right: str) -> str:
        """The relation id of a running head, the same for the same words."""
        key = (left, right)
        if key not in self.heads:
            name = f"header{len(self.heads) + 1}"
            self.heads[key] = self.package.add(name, "header", header(left, right)).id
        return self.heads[key]


def separator(id: int, kind: str) -> Any:
    """The line between text and notes."""
    return w("footnote", w("p", w("r", w(kind))), type=kind, id=id)


def bullets() -> Any:
    signs = (BULLETS[level % len(BULLETS)] for level in range(DEEPEST + 1))
    return abstract(0, [level_of(n, "bullet", sign) for n, sign in enumerate(signs)])


def numbers() -> Any:
    return abstract(1, [level_of(n, "decimal", f"%{n + 1}.") for n in range(DEEPEST + 1)])


def abstract(id: int, levels: list[Any]) -> Any:
    return w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=id)


def level_of(level: int, kind: str, sign: str) -> Any:
    indent = w("pPr", w("ind", left=STEP * (level + 2), hanging=STEP))
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("lvlText", val=sign),
        w("lvlJc", val="left"),
        indent,
        ilvl=level,
    )
