"""Blocks and words of an article as JSON, its pictures as files. No mark-up is made here."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from journal.edition.formats.blocks import (
    Block,
    Break,
    Cell,
    FigureText,
    Heading,
    Inline,
    ListBlock,
    Note,
    Paragraph,
    PictureBlock,
    Quote,
    Ruby,
    Rule,
    Table,
    Words,
    inlines_in,
    plain,
)
from journal.edition.formats.sound import read_picture

__all__ = ["Blocks", "Pictures", "clean"]

#: Signs without a place to break after which one is made: an address must not run into the next column.
LONGEST_WORD = 20
UNBROKEN = re.compile(rf"[!-~]{{{LONGEST_WORD},}}")
#: A table with more stands over all columns of the page.
NARROW_COLUMNS = 6
#: Only these lead out of a printed file.
OUTSIDE = ("http://", "https://", "mailto:")
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


class Pictures:
    """Writes each picture once into a private folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: dict[str, tuple[str, int, int]] = {}

    def data(self, figure: FigureText, place: str) -> dict[str, Any]:
        """Raises ``EditionError`` for a file that is missing or damaged, naming ``place``."""
        name = figure.file.name
        if name not in self.written:
            read = read_picture(figure, place)
            with Image.open(io.BytesIO(read)) as opened:
                file = f"pictures/{len(self.written)}.{ENDINGS[opened.format or '']}"
                self.written[name] = (file, *opened.size)
            (self.folder / file).write_bytes(read)
        file, width, height = self.written[name]
        words = figure.alternative or plain(figure.caption) or figure.credit or place
        return {"t": "picture", "file": file, "width": width, "height": height, "alt": clean(words)}


class Blocks:
    """Blocks of one article as data; ``across``: its single pictures stand over all columns."""

    def __init__(self, pictures: Pictures, place: str, across: bool) -> None:
        self.pictures, self.place, self.across = pictures, place, across

    def data(self, blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
        for block in blocks:
            yield self.block(block)

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Paragraph():
                said = {"align": block.align, "indent": block.indent, "sign": block.sign}
                return {"t": "paragraph", "content": self.inlines(block.content), **said}
            case Heading():
                rank = {"level": block.level, "align": block.align}
                return {"t": "heading", "content": self.inlines(block.content), **rank}
            case Quote():
                return {"t": "quote", "blocks": list(self.data(block.blocks))}
            case ListBlock():
                items = [list(self.data(item)) for item in block.items]
                return {"t": "list", "items": items, "start": block.start}
            case PictureBlock():
                return self.picture_block(block)
            case Table():
                return self.table(block)
            case Rule():
                return {"t": "rule"}

    def picture_block(self, block: PictureBlock) -> dict[str, Any]:
        return {
            "t": "picture",
            "pictures": [self.pictures.data(each, self.place) for each in block.pictures],
            "caption": self.inlines(block.caption),
            "credit": clean(block.credit),
            "wide": block.width == "wide" or (self.across and block.width != "half"),
        }

    def table(self, table: Table) -> dict[str, Any]:
        columns = shares(table)
        return {
            "t": "table",
            "rows": [[self.cell(cell) for cell in row] for row in table.rows],
            "head": table.head,
            "caption": self.inlines(table.caption),
            "wide": table.wide or len(columns) > NARROW_COLUMNS,
            "shares": columns,
        }

    def cell(self, cell: Cell) -> dict[str, Any]:
        return {
            "blocks": list(self.data(cell.blocks)),
            "header": cell.header,
            "columns": cell.columns,
            "rows": cell.rows,
            "align": "left" if cell.align == "justify" else cell.align,
        }

    def inlines(self, content: tuple[Inline, ...]) -> list[dict[str, Any]]:
        return [self.inline(each) for each in content]

    def inline(self, inline: Inline) -> dict[str, Any]:
        match inline:
            case Words():
                href = inline.href if inline.href.startswith(OUTSIDE) else ""
                return {
                    "t": "words",
                    "text": breakable(folded(inline.text)),
                    "marks": sorted(inline.marks),
                    "href": href,
                }
            case Break():
                return {"t": "break"}
            case Ruby():
                return {"t": "ruby", "base": clean(inline.base), "reading": clean(inline.reading)}
            case Note():
                return {"t": "note", "content": self.inlines(inline.content)}
            case FigureText():
                return self.pictures.data(inline, self.place)


def shares(table: Table) -> list[int]:
    """How wide the columns are, by their longest cell: from 4 to 16 signs."""
    widths: dict[int, int] = {}
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        at = 0
        for cell in row:
            while (number, at) in taken:
                at += 1
            over = {(number + down, at + on) for down in range(cell.rows) for on in range(cell.columns)}
            taken |= over
            long = len(plain(tuple(inlines_in(cell.blocks)))) if cell.columns == 1 else 0
            for _row, column in over:
                widths[column] = max(widths.get(column, 4), min(long, 16))
            at += cell.columns
    return [widths[column] for column in sorted(widths)]


def clean(text: str) -> str:
    return breakable(folded(text).strip(" "))


def folded(text: str) -> str:
    """White space as one blank; the wide blank of Chinese stays."""
    return re.sub(r"[^\S\u3000]+", " ", text)


def breakable(text: str) -> str:
    return UNBROKEN.sub(lambda found: "\u200b".join(found.group()), text)
