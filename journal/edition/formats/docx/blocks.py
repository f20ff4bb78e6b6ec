"""The blocks of a text as Word's paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from journal.edition.formats.blocks import (
    Block,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    Rule,
    Table,
)

from .book import STEP, Book, Spot
from .inlines import picture, run, runs
from .markup import w
from .tables import table

__all__ = ["blocks", "paragraph", "picture_block"]

ALIGN = {"justify": "both"}
#: Two pictures beside each other, in hundredths of the width.
PAIR = 48


def blocks(book: Book, texts: Iterable[Block], spot: Spot) -> Iterator[Any]:
    for block in texts:
        match block:
            case Paragraph():
                yield words_of(book, block, spot)
            case Heading():
                style = "TableHead" if spot.style.startswith("Table") else f"Rank{min(block.level, 3)}"
                yield paragraph(style, *runs(book, block.content, spot), align=block.align)
            case Quote():
                yield from blocks(book, block.blocks, spot.inside(style="Quotation"))
            case ListBlock():
                yield from list_items(book, block, spot)
            case PictureBlock():
                yield from picture_block(book, block, spot)
            case Table():
                yield from table_block(book, block, spot)
            case Rule():
                yield paragraph("Parting")


def paragraph(
    style: str,
    *pieces: Any,
    align: str = "",
    keep: bool = False,
    numbering: tuple[int, int] | None = None,
    own: Any = None,
) -> Any:
    """``w:p``; what is not said is as the style has it. ``own``: its own spacing or indents."""
    properties = w(
        "pPr",
        w("pStyle", val=style),
        w("keepNext") if keep else None,
        w("numPr", w("ilvl", val=numbering[1]), w("numId", val=numbering[0])) if numbering else None,
        own,
        w("jc", val=ALIGN.get(align, align)) if align else None,
    )
    return w("p", properties, *pieces)


def words_of(book: Book, block: Paragraph, spot: Spot) -> Any:
    pieces = runs(book, block.content, spot)
    if block.sign:
        return paragraph("Signed", *pieces)
    align = block.align or spot.align
    if spot.style == "Body":
        return paragraph("Body" if block.indent else "Flush", *pieces, align=align)
    return paragraph(spot.style, *pieces, align=align, own=indent_of(block, spot))


def indent_of(block: Paragraph, spot: Spot) -> Any:
    """Of a later paragraph of a list's item, and of a quoted one that begins flush."""
    if spot.level >= 0:
        return w("ind", left=STEP * (spot.level + 2))
    if spot.style == "Quotation" and not block.indent:
        return w("ind", firstLineChars=0, firstLine=0)
    return None


def list_items(book: Book, block: ListBlock, spot: Spot) -> Iterator[Any]:
    """Each list counts for itself; an item's first paragraph bears its number. In a table it is set small."""
    counted = book.new_list(block.start, spot.level + 1)
    style = spot.style if spot.style.startswith("Table") else "Item"
    inside = spot.inside(style=style, level=counted[1])
    for item in block.items:
        rest = item
        if item and isinstance(first := item[0], Paragraph):
            yield paragraph(style, *runs(book, first.content, inside), align=first.align, numbering=counted)
            rest = item[1:]
        else:
            yield paragraph(style, numbering=counted)
        yield from blocks(book, rest, inside)


def table_block(book: Book, block: Table, spot: Spot) -> Iterator[Any]:
    """The words over it, the table, and a little gap without which Word joins two tables."""
    if block.caption:
        yield paragraph("TableWords", *runs(book, block.caption, spot))
    yield table(book, block, spot, blocks)
    yield paragraph("TableEnd")


def picture_block(book: Book, block: PictureBlock, spot: Spot) -> Iterator[Any]:
    """The pictures, then the words under them on the same page."""
    width, fill = width_of(block, spot)
    pieces: list[Any] = []
    for number, figure in enumerate(block.pictures):
        pieces += [run(" ")] if number else []
        pieces.append(picture(book, figure, spot, width=width, fill=fill))
    said = list(caption(book, block.caption, block.credit, spot))
    yield paragraph("Picture", *pieces, keep=bool(said))
    if said:
        yield paragraph("PictureWords", *said)


def width_of(block: PictureBlock, spot: Spot) -> tuple[int, bool]:
    """The most EMU one of the pictures may take, and whether it is to fill them."""
    if len(block.pictures) > 1:
        return spot.width * PAIR // 100, True
    if block.width == "wide":
        return spot.width, True
    return (spot.width // 2 if block.width == "half" else spot.width * 2 // 3), False


def caption(book: Book, content: tuple[Inline, ...], credit: str, spot: Spot) -> Iterator[Any]:
    yield from runs(book, content, spot)
    if credit:
        yield run(f"（{credit}）" if content else credit)
