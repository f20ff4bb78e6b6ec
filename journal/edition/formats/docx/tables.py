"""Tables: cells laid on a grid, those that span rows continued below as Word wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from journal.edition.formats.blocks import Block, Cell, Table, inlines_in, plain
from journal.edition.store import EditionError

from .book import Book, Spot
from .markup import w
from .pictures import EMU

__all__ = ["table"]

#: More columns Word does not open.
MOST_COLUMNS = 63
#: The share of a column goes by its longest words, between these numbers of signs.
NARROWEST, WIDEST = 3, 16
EMPTY = Cell(())
#: Up to so many rows a table stays on one page.
SHORT = 12

WriteBlocks = Callable[[Book, Iterable[Block], Spot], Iterator[Any]]


@dataclass(frozen=True)
class Slot:
    """A cell in one row; ``merge`` says whether it begins here (restart) or goes on from above (continue)."""

    cell: Cell
    column: int
    columns: int = 1
    merge: str = ""


def table(book: Book, block: Table, spot: Spot, write: WriteBlocks) -> Any:
    """``w:tbl``, as wide as the text. Raises ``EditionError`` for more columns than Word opens."""
    rows = laid_out(block)
    widths = widths_of(rows, spot.width // EMU)
    if len(widths) > MOST_COLUMNS:
        raise EditionError(
            _(
                "A table of %(place)s has %(columns)s columns; Word opens at most %(most)s. "
                "Divide it. Nothing was written."
            )
            % {"place": spot.place, "columns": len(widths), "most": MOST_COLUMNS}
        )
    head = block.head if block.head < len(rows) else 0
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val="ArticleTable"),
            w("tblW", w=sum(widths), type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *kept_together(
            [row(book, slots, number < head, widths, spot, write) for number, slots in enumerate(rows)]
        ),
    )


def kept_together(rows: list[Any]) -> list[Any]:
    """A short table is not torn: each paragraph but those of its last row stays with what follows."""
    if len(rows) <= SHORT:
        for line in (line for each in rows[:-1] for line in each.iter(w("pPr").tag)):
            if line.find(w("keepNext").tag) is None:
                line.insert(1, w("keepNext"))
    return rows


def laid_out(block: Table) -> list[list[Slot]]:
    """The rows as Word wants them: every column of every row belongs to one slot.

    A cell that would lie over another is made as narrow as there is room; what is left empty gets a cell.
    """
    taken: dict[tuple[int, int], Slot] = {}
    for number, cells in enumerate(block.rows):
        column = 0
        for cell in cells:
            while (number, column) in taken:
                column += 1
            place(taken, cell, number, column, len(block.rows))
    across = max((column for _row, column in taken), default=0) + 1
    return [list(slots_of(taken, number, across)) for number in range(len(block.rows))]


def place(taken: dict[tuple[int, int], Slot], cell: Cell, row: int, column: int, rows: int) -> None:
    """Take all columns and rows ``cell`` spans from here, as far as they are free."""
    columns = 1
    while columns < cell.columns and (row, column + columns) not in taken:
        columns += 1
    deep = min(cell.rows, rows - row)
    for down in range(deep):
        merge = "" if deep == 1 else "continue" if down else "restart"
        for over in range(columns):
            taken[row + down, column + over] = Slot(cell, column, columns, merge)


def slots_of(taken: dict[tuple[int, int], Slot], row: int, across: int) -> Iterator[Slot]:
    column = 0
    while column < across:
        slot = taken.get((row, column)) or Slot(EMPTY, column)
        yield slot
        column += slot.columns


def widths_of(rows: list[list[Slot]], whole: int) -> list[int]:
    """Twips of each column: together ``whole``, each by the longest words that stand in it alone."""
    across = sum(slot.columns for slot in rows[0]) if rows else 1
    longest = [NARROWEST] * across
    for slot in (slot for slots in rows for slot in slots if slot.columns == 1):
        signs = len(plain(tuple(inlines_in(slot.cell.blocks))))
        longest[slot.column] = max(longest[slot.column], min(signs, WIDEST))
    together = sum(longest)
    return [whole * signs // together for signs in longest]


def row(book: Book, slots: list[Slot], head: bool, widths: list[int], spot: Spot, write: WriteBlocks) -> Any:
    """A row stays on one page; those of the head are repeated on each."""
    properties = w("trPr", w("cantSplit"), w("tblHeader") if head else None)
    return w("tr", properties, *(cell(book, slot, widths, spot, write) for slot in slots))


def cell(book: Book, slot: Slot, widths: list[int], spot: Spot, write: WriteBlocks) -> Any:
    width = sum(widths[slot.column : slot.column + slot.columns])
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=slot.columns) if slot.columns > 1 else None,
        w("vMerge", val=slot.merge) if slot.merge else None,
        w("vAlign", val="center"),
    )
    style = "TableHead" if slot.cell.header else "TableCell"
    inside = spot.inside(style=style, width=width * EMU * 9 // 10, align=slot.cell.align, level=-1)
    texts = () if slot.merge == "continue" else slot.cell.blocks
    written = list(write(book, texts, inside))
    if not written or not written[-1].tag.endswith("}p"):  # a cell ends with a paragraph
        written.append(w("p", w("pPr", w("pStyle", val=style))))
    return w("tc", properties, *written)
