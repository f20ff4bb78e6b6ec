"""Tables of a saved page: data stay tables, forms of labels become lines, lay-out is only lay-out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .labels import read_pairs
from .line import Area, Line, Shape
from .strand import Piece, Strand

__all__ = ["Grid", "fold_table"]

_LABEL = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\s\u3000\u00a0]{1,12}[：:]?")
_LONGEST_CELL = 60
Cell = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """A table being read: ``rows`` hold each cell's first and last line of the lines read so far."""

    start: int
    rows: list[list[Cell]] = field(default_factory=list)
    nested: bool = False  # tables inside tables are lay-out
    opened: int | None = None

    def begin_row(self) -> None:
        self.rows.append([])

    def begin_cell(self, at: int) -> None:
        self.end_cell(at)
        self.opened = at

    def end_cell(self, at: int) -> None:
        if self.opened is not None:
            if not self.rows:
                self.begin_row()
            self.rows[-1].append((self.opened, at))
        self.opened = None


def fold_table(grid: Grid, lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a table that has been read to its end, as a table where it is one."""
    own = list(lines[grid.start :])
    rows = [[lines[a:b] for a, b in row] for row in grid.rows]
    if grid.nested or not own or any(line.area is not Area.PAGE for line in own):
        return own
    if _is_form(rows):
        return [line for row in rows for line in _form_lines(row)]
    return [_as_table(rows, own)] if _is_data(rows, own) else own


def _text(cell: Sequence[Line]) -> str:
    return " ".join(line.text.strip() for line in cell)


def _is_form(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """``索引号：`` in one cell and its value in the next, in most rows."""
    full = [row for row in rows if len(row) >= 2]
    labelled = [row for row in full if _label(_text(row[0]))]
    return len(full) >= 2 and len(labelled) * 3 >= len(full) * 2


def _label(text: str) -> str | None:
    """The words with a colon when they are a label: by their own colon, or known to the house."""
    bare = text.strip()
    if not bare or not _LABEL.fullmatch(bare):
        return None
    if bare[-1] in "：:":
        return bare
    return f"{bare}：" if read_pairs(f"{bare}：")[1] else None


def _form_lines(row: Sequence[Sequence[Line]]) -> list[Line]:
    """One line for each label with the cell behind it."""
    made: list[Line] = []
    index = 0
    while index < len(row):
        cell, label = row[index], _label(_text(row[index]))
        if label and index + 1 < len(row) and len(row[index + 1]) == 1 and not _label(_text(row[index + 1])):
            colon = "" if cell[-1].text.rstrip()[-1:] in "：:" else "："
            strand = cell[-1].strand + Strand((Piece(colon, 0, 0),)) + row[index + 1][0].strand
            made.append(Line(strand, cell[0].gap))
            index += 2
        else:
            made += cell
            index += 1
    return made


def _is_data(rows: Sequence[Sequence[Sequence[Line]]], own: Sequence[Line]) -> bool:
    """Two rows and columns at least, short words in each cell, few links, no pictures."""
    sizes = [len(row) for row in rows if row]
    if len(sizes) < 2 or max(sizes) < 2 or sum(n >= 2 for n in sizes) * 5 < len(sizes) * 4:
        return False
    if any(line.shape is not Shape.TEXT or line.level for line in own):
        return False
    cells = [cell for row in rows for cell in row]
    if any(len(cell) > 3 or len(_text(cell)) > _LONGEST_CELL for cell in cells):
        return False
    filled = sum(bool(cell) for cell in cells)
    return filled * 2 >= len(cells) and filled >= 4 and sum(line.links for line in own) < 0.3 * len(own)


def _as_table(rows: Sequence[Sequence[Sequence[Line]]], own: Sequence[Line]) -> Line:
    pieces: list[Piece] = []
    for line in own:
        pieces += [*line.strand.pieces, Piece("\n", 0, 0)]
    words = tuple(tuple(_text(cell) for cell in row) for row in rows if row)
    return Line(Strand(tuple(pieces[:-1])), own[0].gap, shape=Shape.TABLE, rows=words)
