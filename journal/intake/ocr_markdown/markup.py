"""Source text to lines: HTML and Markdown left-overs are understood, then left out of the words.

Nothing is interpreted beyond what a scan or a saved page leaves behind: tags, entities, comments,
``#`` headings, bold, table rules, hard line breaks. Every line remembers where its characters stand.
"""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from .lines import Line
from .markdown import BLANKS, Marks, read_markdown

__all__ = ["split_lines"]

_VOID = re.compile(
    r"<!--|<(?P<name>script|style|title)\b[^<>]{0,500}>|<!doctype[^<>]{0,500}>|<\?xml[^<>]{0,500}>", re.I
)
_VOID_END = {
    "": re.compile("-->"),
    "script": re.compile(r"</script\s*>", re.I),
    "style": re.compile(r"</style\s*>", re.I),
    "title": re.compile(r"</title\s*>", re.I),
}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,12})\b([^<>]{0,1000})>")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "b strong i em u s span font a sup sub small big strike del ins mark code label",
    )
)
_BLOCK = frozenset(
    re.findall(
        r"\w+",
        "p div br hr h1 h2 h3 h4 h5 h6 table tbody thead tfoot tr ul ol li dl dt dd center section "
        "article header footer main nav aside blockquote pre figure figcaption caption body html head "
        "meta link img colgroup col form input button iframe address o",
    )
)
_CELL = frozenset({"td", "th"})
_PARAGRAPH = frozenset(
    re.findall(
        r"\w+",
        "p div h1 h2 h3 h4 h5 h6 table ul ol center section article blockquote figure",
    )
)

_WIDE_GAP = re.compile(r"\t[ \t\u3000]*|[ \u3000]{4,}|\u3000{3,}")


@dataclass(slots=True)
class _Pen:
    """Collects the characters of the line being read."""

    chars: list[str] = field(default_factory=list)
    at: array[int] = field(default_factory=lambda: array("l"))
    start: int = -1
    end: int = -1
    bold: list[bool] = field(default_factory=list)
    level: int = 0
    centred: bool = False
    table: bool = False
    bars: list[int] = field(default_factory=list)

    def touch(self, start: int, end: int) -> None:
        """Note that source characters (words or mark-up) belong to this line."""
        if self.start < 0:
            self.start = start
        self.end = max(self.end, end)

    def write(self, text: str, start: int, bold: bool) -> None:
        self.chars.extend(text)
        self.at.extend(range(start, start + len(text)))
        self.bold.extend([bold] * len(text))

    def write_entity(self, text: str, start: int, bold: bool) -> None:
        for character in text:
            self.chars.append(character)
            self.at.append(start)
            self.bold.append(bold)


class _Reader:
    """Walks over the source once, in order of offsets."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.lines: list[Line] = []
        self.gap = 0
        self.pen = _Pen()
        self.bold = 0
        self.level = 0
        self.centre = 0
        self.table = 0
        self.broken = False  # a tag has ended a line since the last line feed

    def read(self) -> list[Line]:
        position = 0
        for start, end, kind, name in _events(self.source):
            if start < position:
                continue
            self._words(position, start)
            self._event(start, end, kind, name)
            position = end
        self._words(position, len(self.source))
        self._finish(False)
        return self.lines

    def _words(self, start: int, end: int) -> None:
        if start < end:
            self.pen.write(self.source[start:end], start, self.bold > 0)
            if not self.source[start:end].isspace():
                self.pen.touch(start, end)

    def _event(self, start: int, end: int, kind: str, name: str) -> None:
        if kind == "newline":
            self._finish(True)
        elif kind == "entity":
            text = html.unescape(self.source[start:end])
            self.pen.write_entity(text, start, self.bold > 0)
            self.pen.touch(start, end)
        elif kind == "void":
            self.pen.touch(start, end)
        elif name in _CELL:
            self.pen.touch(start, end)
            self.pen.table = True
            if kind == "close":
                self.pen.bars.append(len(self.pen.chars))
                self.pen.write_entity("\t", start, False)
        elif name in _INLINE:
            self._inline(kind, name)
            self.pen.touch(start, end)
        else:
            self._block(start, end, kind, name)

    def _inline(self, kind: str, name: str) -> None:
        if name in ("b", "strong"):
            self.bold = max(0, self.bold + (1 if kind == "open" else -1))

    def _block(self, start: int, end: int, kind: str, name: str) -> None:
        """A block tag ends the line before it; a closing tag still belongs to that line."""
        if name in ("br", "p", "div") and self._in_row(start):
            self.pen.write_entity(" ", start, False)
            self.pen.touch(start, end)
            return
        if kind == "close" or name == "br":
            self.pen.touch(start, end)
            self._finish(False)
        else:
            self._finish(False)
            self.pen.touch(start, end)
        opened = 1 if kind == "open" else -1
        if len(name) == 2 and name[0] == "h" and name[1].isdigit():
            self.level = int(name[1]) if kind == "open" else 0
        elif name == "center":
            self.centre = max(0, self.centre + opened)
        elif name == "table":
            self.table = max(0, self.table + opened)
        if name in _PARAGRAPH:
            self.gap = max(self.gap, 1)
        self.pen.level, self.pen.centred = self.level, self.centre > 0
        if kind == "open" and re.search(
            r"align\s*=\s*[\"']?center|text-align:\s*center", self.source[start:end]
        ):
            self.pen.centred = True

    def _in_row(self, start: int) -> bool:
        """Inside a table's row: a line break in a cell does not end the row."""
        begin = self.source.rfind("\n", 0, start) + 1
        return self.table > 0 or (
            start - begin < 2000 and self.source[begin : begin + 8].lstrip().startswith("|")
        )

    def _finish(self, newline: bool) -> None:
        pen, self.pen = self.pen, _Pen(level=self.level, centred=self.centre > 0)
        if pen.start < 0:
            self.gap += newline and not self.broken
            self.broken = self.broken and not newline
            return
        self.broken = not newline
        line = _line(pen, self.source)
        blank = not line.text
        line.gap = self.gap
        self.lines.append(line)
        if not blank:
            self.gap = 0


def _events(source: str) -> list[tuple[int, int, str, str]]:
    """All offsets where something other than words happens: ``(start, end, kind, tag name)``."""
    events: list[tuple[int, int, str, str]] = []
    if "<" in source:
        voids = _voids(source)
        events += [(a, b, "void", "") for a, b in voids]
        events += [e for e in _tags(source) if not _inside(e[0], voids)]
    if "&" in source:
        events += [(*m.span(), "entity", "") for m in _ENTITY.finditer(source)]
    events += [(m.start(), m.end(), "newline", "") for m in re.finditer("\n", source)]
    events.sort()
    return events


def _voids(source: str) -> list[tuple[int, int]]:
    """Comments, scripts and the like; what is opened and never closed is left as it stands."""
    found: list[tuple[int, int]] = []
    unclosed: set[str] = set()
    position = 0
    while opening := _VOID.search(source, position):
        start, end = opening.span()
        position = end
        name = (opening["name"] or "").lower()
        if name or opening.group() == "<!--":
            if name in unclosed:
                continue
            closing = _VOID_END[name].search(source, end)
            if closing is None:
                unclosed.add(name)
                continue
            position = closing.end()
        found.append((start, position))
    return found


def _inside(offset: int, ranges: list[tuple[int, int]]) -> bool:
    index = bisect_left(ranges, (offset + 1, 0)) - 1
    return index >= 0 and ranges[index][0] <= offset < ranges[index][1]


def _tags(source: str) -> list[tuple[int, int, str, str]]:
    found = []
    for match in _TAG.finditer(source):
        name = match.group(2).lower()
        if name in _INLINE or name in _BLOCK or name in _CELL:
            found.append((*match.span(), "close" if match.group(1) else "open", name))
    return found


def _line(pen: _Pen, source: str) -> Line:
    text = "".join(pen.chars)
    hidden = bytearray(len(text))
    marks = Marks(level=pen.level, bars=list(pen.bars))
    read_markdown(text, hidden, marks)
    keep = [i for i in range(len(text)) if not hidden[i] and text[i] not in "\u200b\ufeff\u00ad"]
    first, last = _trim(text, keep)
    kept = keep[first:last]
    words = "".join(" " if text[i] in "\u00a0\u2002\u2003\u2009\x0b\x0c" else text[i] for i in kept)
    start, end = _extent(source, pen)
    return Line(
        text=words,
        at=array("l", (pen.at[i] for i in kept)),
        start=start,
        end=end,
        indent=sum(2 if text[i] in "\u3000\u2003" else 1 for i in keep[:first]),
        level=marks.level,
        bold=_leading_bold(pen.bold, marks.bold, kept),
        centred=pen.centred,
        table=pen.table or marks.table,
        cells=_cells(words, kept, marks.bars, pen.table),
        bullet=marks.bullet,
    )


def _trim(text: str, keep: list[int]) -> tuple[int, int]:
    first, last = 0, len(keep)
    while first < last and (text[keep[first]] in BLANKS or text[keep[first]].isspace()):
        first += 1
    while last > first and (text[keep[last - 1]] in BLANKS or text[keep[last - 1]].isspace()):
        last -= 1
    return first, last


def _extent(source: str, pen: _Pen) -> tuple[int, int]:
    start, end = pen.start, pen.end
    while start < end and source[start].isspace():
        start += 1
    while end > start and source[end - 1].isspace():
        end -= 1
    return start, end


def _leading_bold(bold: list[bool], ranges: list[tuple[int, int]], kept: list[int]) -> int:
    count = 0
    for index in kept:
        if not (bold[index] or any(a <= index < b for a, b in ranges)):
            break
        count += 1
    return count


def _cells(words: str, kept: list[int], bars: list[int], html_cells: bool) -> tuple[tuple[int, int], ...]:
    """Ranges of ``words`` between bars (tables) or, failing bars, between tabs and wide gaps."""
    if bars:
        cuts = [bisect_left(kept, bar) for bar in sorted(bars)]
        edges = [0, *cuts, len(words)]
        ranges = list(pairwise(edges))
        if not words[slice(*ranges[0])].strip(BLANKS) and not html_cells:
            ranges = ranges[1:]  # before the first rule of a Markdown row
        return tuple(ranges[:-1] if not words[slice(*ranges[-1])].strip(BLANKS) else ranges)
    ranges, last = [], 0
    for gap in _WIDE_GAP.finditer(words):
        ranges.append((last, gap.start()))
        last = gap.end()
    return (*ranges, (last, len(words))) if ranges else ()


def split_lines(source: str) -> list[Line]:
    """Return the lines of ``source`` that hold anything but white space, in order.

    A line of mark-up only has an empty ``text``. Between them the lines cover every non-blank
    character of the source exactly once.
    """
    return _Reader(source).read()
