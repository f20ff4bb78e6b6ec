"""Three ways to one: what two people made of the same body, put together block by block.

What only one of them touched is taken as they left it. What both touched differently is a conflict for a
person to decide; undecided, both texts stay, one after the other, so nobody's words are lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Literal

from articles.difference.align import Unit, align
from articles.difference.blocks import tokens
from articles.richtext import BLOCKS, TABLE, clean_html

__all__ = ["Choice", "Merge", "Piece", "merge"]

Kind = Literal["same", "mine", "theirs", "both", "conflict"]
Choice = Literal["mine", "theirs", "both", "base"]

#: Merged part by part when both changed something inside.
CONTAINERS = {"ul", "ol", "blockquote", "table", "thead", "tbody", "tfoot"}
ANY_TAG = re.compile(r"<[^>]*>")
SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Piece:
    """One place of the body: what stood there and what either side made of it, as HTML ("" for nothing).

    ``kind`` tells who changed it: nobody, one of them, both alike (``both``) or both differently.
    """

    kind: Kind
    base: str
    mine: str
    theirs: str

    def taken(self, choice: Choice | None = None) -> str:
        if choice == "base":
            return self.base
        if choice == "both" or (choice is None and self.kind == "conflict"):
            return self.mine if self.mine == self.theirs else after(self.mine, self.theirs)
        side = choice or self.kind
        return self.theirs if side == "theirs" else self.mine


@dataclass(frozen=True)
class Frame:
    """A list, quotation or table whose parts were merged; it goes when nothing is left in it."""

    start: str
    parts: tuple[Piece | Frame, ...]
    end: str


@dataclass(frozen=True)
class Merge:
    """``pieces`` in order, numbered from 0 as ``html(choices)`` expects them."""

    pieces: tuple[Piece, ...]
    frame: Frame

    @property
    def clean(self) -> bool:
        """Nothing for a person to decide."""
        return all(piece.kind != "conflict" for piece in self.pieces)

    def html(self, choices: Mapping[int, Choice] | None = None) -> str:
        """The merged body, cleaned. An undecided conflict keeps both texts, mine first."""
        numbers = iter(range(len(self.pieces)))
        return clean_html(written(self.frame, choices or {}, numbers))


def written(frame: Frame, choices: Mapping[int, Choice], numbers: object) -> str:
    inner = ""
    for part in frame.parts:
        if isinstance(part, Frame):
            inner = after(inner, written(part, choices, numbers))
        else:
            inner = after(inner, part.taken(choices.get(next(numbers))))  # type: ignore[call-overload]
    return f"{frame.start}{inner}{frame.end}" if inner.strip() else ""


def after(before: str, html: str) -> str:
    """``html`` behind ``before``; loose words of two origins never run together."""
    if before and html and not before[-1].isspace() and before[-1] != ">" and html[0] != "<":
        return f"{before}\n{html}"
    return before + html


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Merge two bodies that both began as ``base``. Raises ``ValidationError`` as ``clean_html`` does."""
    parts = merged(*(elements(clean_html(html)) for html in (base, mine, theirs)))
    frame = Frame("", tuple(parts), "")
    return Merge(tuple(flat(frame)), frame)


def flat(frame: Frame) -> list[Piece]:
    found: list[Piece] = []
    for part in frame.parts:
        found += flat(part) if isinstance(part, Frame) else [part]
    return found


# -- elements


@dataclass(frozen=True)
class Element:
    """A block with its source (and the space behind it); ``start`` and ``end`` are its tags."""

    source: str
    tag: str
    start: str = ""
    inner: str = ""
    end: str = ""

    @property
    def unit(self) -> Unit:
        text = SPACE.sub(" ", unescape(ANY_TAG.sub("", self.source))).strip()
        return Unit(self.source.strip(), text, self.tag if self.tag in CONTAINERS | {"figure", "hr"} else "")


def elements(html: str) -> list[Element]:
    """The outermost blocks of ``html``; words outside any block stand as one without a tag."""
    found: list[Element] = []
    depth = 0
    pieces: list[str] = []
    for text, tag in tokens(html):
        block = tag is not None and tag[2] in BLOCKS | TABLE
        if depth == 0 and (block or not pieces) and not (tag and tag[1]):
            if not text.strip() and found:
                found[-1] = with_space(found[-1], text)
                continue
            found += whole(pieces)
            pieces = []
        pieces.append(text)
        if block and tag is not None and tag[2] not in {"hr", "col"}:
            depth += -1 if tag[1] else 1
        if block and depth == 0:
            found += whole(pieces)
            pieces = []
    return found + whole(pieces)


def with_space(element: Element, space: str) -> Element:
    return Element(element.source + space, element.tag, element.start, element.inner, element.end)


def whole(pieces: Sequence[str]) -> list[Element]:
    if not pieces:
        return []
    name = re.match(r"<([a-z0-9]+)", pieces[0])
    tag = name[1] if name and name[1] in BLOCKS | TABLE else ""
    if not tag or len(pieces) == 1:
        return [Element("".join(pieces), tag)]
    return [Element("".join(pieces), tag, pieces[0], "".join(pieces[1:-1]), pieces[-1])]


# -- merging


@dataclass(frozen=True)
class Side:
    """What one person made of the base: each element (``None``: removed), and what they put in before it."""

    became: list[Element | None]
    before: list[list[Element]]


def side(base: Sequence[Element], changed: Sequence[Element]) -> Side:
    became: list[Element | None] = [None] * len(base)
    before: list[list[Element]] = [[] for _ in range(len(base) + 1)]
    place = done = 0
    pairs = align([e.unit for e in base], [e.unit for e in changed])
    for i, j in (*pairs, (len(base), len(changed))):
        before[place] += changed[done:j]
        if i < len(base):
            became[i] = changed[j]
        place, done = i + 1, j + 1
    return Side(became, before)


def merged(
    base: Sequence[Element], mine: Sequence[Element], theirs: Sequence[Element]
) -> list[Piece | Frame]:
    one, other = side(base, mine), side(base, theirs)
    parts: list[Piece | Frame] = []
    for place in range(len(base) + 1):
        parts += put_in(source(one.before[place]), source(other.before[place]))
        if place < len(base):
            parts.append(decided(base[place], one.became[place], other.became[place]))
    return fused(parts)


def source(row: Sequence[Element]) -> str:
    html = ""
    for element in row:
        html = after(html, element.source)
    return html


def put_in(mine: str, theirs: str) -> list[Piece | Frame]:
    return [piece("", mine, theirs)] if mine or theirs else []


def piece(base: str, mine: str, theirs: str) -> Piece:
    """White space between blocks is nobody's change."""
    a, b, c = base.strip(), mine.strip(), theirs.strip()
    if a == b == c:
        return Piece("same", base, theirs if mine == base else mine, theirs)
    if b == c:
        return Piece("both", base, mine, theirs)
    if a == b:
        return Piece("theirs", base, mine, theirs)
    return Piece("mine" if a == c else "conflict", base, mine, theirs)


def decided(base: Element, mine: Element | None, theirs: Element | None) -> Piece | Frame:
    found = piece(base.source, mine.source if mine else "", theirs.source if theirs else "")
    if found.kind == "conflict" and mine and theirs and base.tag in CONTAINERS:
        tags = piece(base.start, mine.start, theirs.start)
        if mine.tag == base.tag == theirs.tag and tags.kind != "conflict":
            parts = merged(elements(base.inner), elements(mine.inner), elements(theirs.inner))
            return Frame(tags.taken(), tuple(parts), base.end)
    return found


def fused(parts: Sequence[Piece | Frame]) -> list[Piece | Frame]:
    """What was put in beside a conflict belongs to it: it may be the other half of a split paragraph."""
    found: list[Piece | Frame] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(last, Piece) and isinstance(part, Piece) and belong(last, part):
            found[-1] = Piece(
                "conflict",
                after(last.base, part.base),
                after(last.mine, part.mine),
                after(last.theirs, part.theirs),
            )
        else:
            found.append(part)
    return found


def belong(one: Piece, other: Piece) -> bool:
    kinds = {one.kind, other.kind}
    return "conflict" in kinds and "same" not in kinds and not (one.base and other.base)
