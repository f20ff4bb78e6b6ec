"""A page saved from a browser to lines: words with their offsets, and what the tags said about them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .line import Area, Line, Shape
from .strand import Piece, Strand
from .tables import Grid, fold_table
from .tags import BLOCKS, CLOSES_ITSELF, DROPPED, FURNITURE_NAMES, FURNITURE_TAGS, VOID

__all__ = ["is_hypertext", "read_hypertext"]

_STRUCTURE = re.compile(
    r"<(?:!doctype\s+html|html|body|head|div|p|td|span|br|h[1-6]|article|section)\b[^<>]*>", re.I
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CENTERED = re.compile(r"text-align\s*:\s*center", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_DEPTH = 400  # no browser nests deeper; tags beyond it change nothing here
_STRAY_SECTION = re.compile(r"<(?=!\[(?!(?:if|else|endif|cdata|temp|include|ignore|rcdata)\b))", re.I)
"""A ``<![`` the standard library's parser stops at; masked with one character, so offsets stay."""
_META_NAMES = re.compile(
    r"(?:^|:)(author|source|contentsource|pubdate|publishdate|publish_?time|published_time|articletitle|title|og:title"
    r"|editor|catalogs|firstpublishedtime)$",
    re.I,
)


def is_hypertext(text: str) -> bool:
    """A saved page has tags all through; a text that merely mentions ``<br>`` has not."""
    tags = _STRUCTURE.findall(text[:200_000])
    whole = re.match(
        r"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype|html|head|body)\b", text[:5000], re.I | re.S
    )
    return bool(whole) or (sum(len(t) for t in tags) * 40 > min(len(text), 200_000) and len(tags) >= 6)


def read_hypertext(text: str) -> tuple[Line, ...]:
    """Return the visible lines of a page, its window title and telling ``<meta>`` values among them."""
    reader = _Reader(text)
    reader.feed(_STRAY_SECTION.sub("\ufffd", text))
    reader.close()
    reader.finish()
    return tuple(reader.lines)


@dataclass(slots=True)
class _Element:
    tag: str
    dropped: bool = False
    furniture: bool = False
    link: bool = False
    bold: bool = False
    centered: bool = False
    indented: bool = False
    level: int = 0


@dataclass(slots=True)
class _Draft:
    """The line being collected."""

    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    size: int = 0


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self._text = text
        self.lines: list[Line] = []
        self._stack: list[_Element] = []
        self._draft = _Draft()
        self._gap = 0
        self._grids: list[Grid] = []

    # -- tags ---------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        if tag in BLOCKS:
            self._break()
        self._begin_table(tag)
        if tag in ("br", "p", "div", "h1", "h2", "h3", "hr"):
            self._gap += tag == "hr"
        if tag == "img":
            self._image()
        elif tag == "hr":
            self._rule()
        elif tag == "meta":
            self._meta(values)
        if tag not in VOID and len(self._stack) < _DEPTH:
            self._open(tag, values)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._break()
        self._end_table(tag)
        for index in range(len(self._stack) - 1, -1, -1):
            if self._stack[index].tag == tag:
                del self._stack[index:]
                return

    def _begin_table(self, tag: str) -> None:
        if tag == "table":
            for grid in self._grids:
                grid.nested = True
            self._grids.append(Grid(len(self.lines)))
        elif self._grids and tag == "tr":
            self._grids[-1].end_cell(len(self.lines))
            self._grids[-1].begin_row()
        elif self._grids and tag in ("td", "th"):
            self._grids[-1].begin_cell(len(self.lines))

    def _end_table(self, tag: str) -> None:
        if self._grids and tag in ("td", "th", "tr", "table"):
            self._grids[-1].end_cell(len(self.lines))
        if self._grids and tag == "table":
            grid = self._grids.pop()
            self.lines[grid.start :] = fold_table(grid, self.lines)

    def _open(self, tag: str, values: dict[str, str]) -> None:
        if tag in CLOSES_ITSELF and self._stack and self._stack[-1].tag == tag:
            self._stack.pop()
        style = values.get("style", "")
        names = f"{values.get('class', '')} {values.get('id', '')}"
        furniture = tag in FURNITURE_TAGS or (
            tag not in ("body", "html") and bool(FURNITURE_NAMES.search(names))
        )
        self._stack.append(
            _Element(
                tag,
                dropped=tag in DROPPED - {"form"} or "hidden" in values or bool(_HIDDEN.search(style)),
                furniture=furniture,
                link=tag == "a" and bool(values.get("href")),
                bold=tag in ("b", "strong") or bool(_BOLD.search(style)),
                centered=tag == "center" or values.get("align") == "center" or bool(_CENTERED.search(style)),
                indented="text-indent" in style,
                level=int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0,
            )
        )

    # -- words --------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        start = self._offset()
        self._say(self._text[start : start + len(data)], start, len(data))

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name}")

    def _entity(self, source: str) -> None:
        start = self._offset()
        if self._text[start + len(source) : start + len(source) + 1] == ";":
            source += ";"
        self._say(html.unescape(source), start, len(source))

    def _say(self, text: str, start: int, length: int) -> None:
        if any(e.dropped for e in self._stack) or (not text.strip() and not self._draft.pieces):
            return
        if any(e.tag == "head" for e in self._stack) and not self._inside("title"):
            return
        if self._inside("pre") and "\n" in text:
            self._say_lines(text, start)
            return
        self._draft.pieces.append(Piece(text, start, start + length))
        count = len(text.strip())
        self._draft.size += count
        self._draft.linked += count if any(e.link for e in self._stack) else 0
        self._draft.bold += count if any(e.bold for e in self._stack) else 0

    def _say_lines(self, text: str, start: int) -> None:
        for index, part in enumerate(text.split("\n")):
            if index:
                self._gap += 0 if self._draft.pieces else 1
                self._break()
            if part.strip():
                self._say(part, start, len(part))
            start += len(part) + 1

    # -- lines --------------------------------------------------------------------------------

    def _break(self) -> None:
        draft, self._draft = self._draft, _Draft()
        strand = _fold_blanks(draft.pieces)
        if not strand.text.strip():
            return
        first = strand.text
        self.lines.append(
            Line(
                strand.strip(),
                self._gap,
                max((e.level for e in self._stack), default=0),
                draft.bold >= draft.size > 0,
                any(e.centered for e in self._stack),
                first[:1] in "\u3000\u00a0" or any(e.indented for e in self._stack),
                draft.linked / max(draft.size, 1),
                self._area(),
                self._shape(),
            )
        )
        self._gap = 0

    def _area(self) -> Area:
        if self._inside("title"):
            return Area.WINDOW_TITLE
        return Area.FURNITURE if any(e.furniture for e in self._stack) else Area.PAGE

    def _shape(self) -> Shape:
        if self._inside("figcaption"):
            return Shape.CAPTION
        return Shape.ITEM if self._inside("li") else Shape.TEXT

    def _inside(self, tag: str) -> bool:
        return any(e.tag == tag for e in self._stack)

    def _image(self) -> None:
        if any(e.dropped or e.furniture for e in self._stack):
            return
        self._break()
        start = self._offset()
        length = len(self.get_starttag_text() or "")
        self.lines.append(Line(Strand((Piece("", start, start + length),)), self._gap, shape=Shape.IMAGE))

    def _rule(self) -> None:
        start = self._offset()
        piece = Piece("", start, start + len(self.get_starttag_text() or ""))
        self.lines.append(Line(Strand((piece,)), self._gap, shape=Shape.RULE))

    def _meta(self, values: dict[str, str]) -> None:
        name = values.get("name") or values.get("property") or ""
        content = values.get("content", "").strip()
        if content and _META_NAMES.search(name):
            start = self._offset()
            piece = Piece(content, start, start + len(self.get_starttag_text() or ""))
            self.lines.append(Line(Strand((piece,)), area=Area.META, name=name.lower()))

    def _offset(self) -> int:
        row, column = self.getpos()
        return self._starts[min(row - 1, len(self._starts) - 1)] + column

    def finish(self) -> None:
        self._break()


def _fold_blanks(pieces: list[Piece]) -> Strand:
    """Line ends inside a paragraph of the file are nothing between Chinese, one blank elsewhere."""
    strand = Strand(tuple(pieces))
    text = strand.text
    ranges = []
    for found in re.finditer(r"[ \t\r\n]*\n[ \t\r\n]*|[ \t]{2,}", text):
        before, after = text[: found.start()][-1:], text[found.end() : found.end() + 1]
        spaced = before.isascii() and after.isascii() and before and after
        ranges.append((found.start() + 1 if spaced else found.start(), found.end()))
    return strand.without(ranges).squeeze()
