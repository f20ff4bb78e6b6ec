"""The printed lines of a manuscript, each with the part it plays once somebody has found out."""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from .edits import divided, tidied
from .layout import Cell, Item, Paragraph, Table
from .wrapped import rejoined

__all__ = ["ENDS_SENTENCE", "Line", "Page", "Part", "page_of"]

ENDS_SENTENCE = re.compile("[。！？!?…；;，,：:][”’』」）)》\"']*$")
LONG = 45  # characters; a line of a head seldom has more
#: The share of bold characters above which boldness says nothing any more.
ALL_BOLD = 0.5
LAYOUT_CELLS = 2
MOSTLY = 0.6
HEAVY = re.compile("黑体|黑_|小标宋|大标宋|中宋|雅黑|Hei|粗", re.IGNORECASE)
USUAL_SIZE = 10.5  # points, where a file does not say; 五号, the default of Chinese Word and WPS
NUMBERED = re.compile(
    r"\s*(?:(?P<one>[一二三四五六七八九十百]{1,4}、|第[一二三四五六七八九十百\d]{1,4}[章节篇部]分?(?=[\s：:、]|$|\S))"
    r"|(?P<two>[（(][一二三四五六七八九十百]{1,4}[）)])、?"
    r"|(?P<three>\d{1,2}(?:[.．](?!\d)|、))"
    r"|(?P<four>[（(]\d{1,2}[）)]|\d{1,2}[）)])"
    r"|(?P<five>[①-⑳]))"
)
RANKS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


class Part(enum.StrEnum):
    """What a line is; ``TEXT`` until something else is known."""

    TEXT = "text"
    HEADING = "heading"
    TITLE = "title"
    KICKER = "kicker"
    SUBTITLE = "subtitle"
    PEOPLE = "people"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    SOURCE = "source"
    NOTE = "note"  # closing notes and affiliations
    CAPTION = "caption"
    TABLE_CAPTION = "table caption"
    PRIVATE = "private"
    LEFT_OUT = "left out"  # word counts, dates, page furniture


@dataclass(slots=True)
class Line:
    """``paragraph`` is tidied; ``gap`` says that empty lines stand above it."""

    item: Item
    part: Part = Part.TEXT
    gap: bool = False
    rank: int = 0
    caption: str = ""  # of a table
    heavy: bool = False  # in a black face (黑体) where the text is in another
    other_face: bool = False
    cleared: bool = False  # contacts were cut out of it

    @property
    def paragraph(self) -> Paragraph | None:
        return self.item if isinstance(self.item, Paragraph) else None

    @property
    def text(self) -> str:
        """The words as read, with the number Word counts; empty for a table."""
        if not isinstance(self.item, Paragraph):
            return ""
        words = self.item.text.strip()
        return f"{self.item.label}{words}" if words and not self.is_list_item else words

    @property
    def is_list_item(self) -> bool:
        item = self.item
        return isinstance(item, Paragraph) and item.bullet

    @property
    def pictures(self) -> tuple[str, ...]:
        return self.item.pictures if isinstance(self.item, Paragraph) else ()

    @property
    def free(self) -> bool:
        """A paragraph nobody has claimed."""
        return self.part is Part.TEXT and isinstance(self.item, Paragraph) and bool(self.text)

    @property
    def centered(self) -> bool:
        return isinstance(self.item, Paragraph) and self.item.align == "center"

    @property
    def right(self) -> bool:
        return isinstance(self.item, Paragraph) and self.item.align in {"right", "end"}

    @property
    def bold(self) -> bool:
        return isinstance(self.item, Paragraph) and (self.item.bold or self.heavy)

    @property
    def size(self) -> float:
        return self.item.size if isinstance(self.item, Paragraph) else 0.0

    @property
    def style(self) -> str:
        return self.item.style.lower() if isinstance(self.item, Paragraph) else ""

    @property
    def look(self) -> tuple[str, float, bool]:
        item = self.item
        return (item.align, item.size, item.bold) if isinstance(item, Paragraph) else ("", 0.0, False)

    @property
    def number_rank(self) -> int:
        """The rank of the number it opens with (一、 1 … ① 5), 0 for none."""
        found = NUMBERED.match(self.text)
        return RANKS[str(found.lastgroup)] if found else 0

    @property
    def reads_as_text(self) -> bool:
        """Long, or a sentence: what no head of an article holds."""
        if isinstance(self.item, Table):
            return True
        bare = self.text
        return len(bare) > LONG or bool(len(bare) > LONG // 2 and re.search("[。；][”」）]?$", bare))


@dataclass(slots=True)
class Page:
    """All lines, the size most characters have, and whether boldness and centring set a line apart."""

    lines: list[Line]
    size: float = 0.0
    bold_tells: bool = True
    center_tells: bool = True
    indent_tells: bool = False  # most of the text is indented
    facts: list[tuple[str, str]] = field(default_factory=list)  # label and value pairs of a form


def page_of(items: Iterable[Item]) -> Page:
    """The file's items as lines: frames opened, line breaks that mean paragraphs divided, blanks gone."""
    lines: list[Line] = []
    gap = False
    pieces = [
        piece
        for item in unframed(items)
        for piece in (divided(item) if isinstance(item, Paragraph) else (item,))
    ]
    for piece in rejoined(pieces):
        whole = tidied(piece) if isinstance(piece, Paragraph) else tidied_table(piece)
        if isinstance(whole, Paragraph) and whole.is_empty:
            gap = True
            continue
        lines.append(Line(whole, gap=gap))
        gap = False
    return measured(lines)


def measured(lines: list[Line]) -> Page:
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    indented = 0
    bold = centered = total = 0
    for line in lines:
        paragraph = line.paragraph
        if paragraph is None:
            continue
        words = len(line.text)
        total += words
        sizes[line.size] += words
        fonts[paragraph.font] += words
        indented += words if paragraph.indented else 0
        bold += sum(len(run.text.strip()) for run in paragraph.runs if run.bold)
        centered += words if line.centered else 0
    size = (sizes.most_common(1)[0][0] if sizes else 0.0) or USUAL_SIZE
    font = fonts.most_common(1)[0][0] if fonts else ""
    for line in lines:
        if line.paragraph is not None and line.paragraph.font:
            heavy = bool(HEAVY.search(line.paragraph.font))
            line.other_face = line.paragraph.font != font and (bool(font) or heavy)
            line.heavy = line.other_face and heavy
    return Page(
        lines,
        size,
        indent_tells=indented > MOSTLY * max(total, 1),
        bold_tells=bold <= ALL_BOLD * max(total, 1),
        center_tells=centered <= ALL_BOLD * max(total, 1),
    )


def tidied_table(table: Table) -> Table:
    rows = tuple(
        tuple(replace(cell, paragraphs=tuple(tidied(p) for p in cell.paragraphs)) for cell in row)
        for row in table.rows
    )
    return Table(rows)


def unframed(items: Iterable[Item]) -> Iterator[Item]:
    """Tables that only hold a place on the page (one cell, or pictures with their captions) are opened."""
    for item in items:
        if isinstance(item, Table) and is_frame(item):
            for row in item.rows:
                yield from in_reading_order(row)
        else:
            yield item


def is_frame(table: Table) -> bool:
    cells = [cell for row in table.rows for cell in row]
    filled = [cell for cell in cells if cell.text or has_picture(cell)]
    if len(cells) == 1 or (len(filled) == 1 and len(cells) <= LAYOUT_CELLS):
        return True
    return any(has_picture(cell) for cell in cells) and all(len(cell.text) <= LONG * 2 for cell in cells)


def in_reading_order(row: Sequence[Cell]) -> Iterator[Paragraph]:
    for cell in row:
        yield from (replace(paragraph, boxed=True) for paragraph in cell.paragraphs)


def has_picture(cell: Cell) -> bool:
    return any(paragraph.pictures for paragraph in cell.paragraphs)
