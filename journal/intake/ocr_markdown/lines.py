"""One line of the source as a reader sees it, and the way back to where it stands."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace

from ..manuscript import Span

__all__ = ["Line", "width"]


@dataclass(slots=True, eq=False)
class Line:
    """The visible words of one line, trimmed, with the source offset of every character.

    ``start`` and ``end`` enclose the words *and* their mark-up, so that lines together cover the
    source. ``gap`` counts the blank lines above, ``indent`` the half-width columns of white space
    before the words. ``level`` is the rank of a marked heading (0: none), ``bold`` the number of
    characters set bold from the beginning. ``cells`` are ranges of ``text`` between tabs, table
    rules or table tags.
    """

    text: str
    at: array[int]
    start: int
    end: int
    gap: int = 0
    indent: int = 0
    level: int = 0
    bold: int = 0
    centred: bool = False
    table: bool = False
    cells: tuple[tuple[int, int], ...] = ()
    bullet: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def all_bold(self) -> bool:
        return bool(self.text) and self.bold >= len(self.text)

    @property
    def marked(self) -> bool:
        """Whether mark-up sets the whole line apart (a heading, bold, centred)."""
        return self.level > 0 or self.all_bold or self.centred

    def cell_texts(self) -> list[str]:
        return [self.text[a:b].strip() for a, b in self.cells]

    def cut(self, index: int) -> tuple[Line, Line]:
        """Split before the character ``index``; mark-up between the halves stays with the left one."""
        border = self.at[index]
        left_text = self.text[:index].rstrip()
        skip = len(self.text[index:]) - len(self.text[index:].lstrip())
        left = replace(self, text=left_text, at=self.at[: len(left_text)], end=border, cells=())
        left.bold = min(self.bold, len(left_text))
        right = replace(
            self, text=self.text[index + skip :], at=self.at[index + skip :], start=border, cells=()
        )
        right.gap, right.indent, right.bold = 0, 0, max(0, self.bold - index - skip)
        return left, right

    def slice(self, start: int, end: int) -> Line:
        """The words between two character positions as a line of their own."""
        line = self
        if end < len(line.text):
            line = line.cut(end)[0]
        if start > 0:
            line = line.cut(start)[1]
        return line


def width(text: str) -> float:
    """Length in full-width characters; ASCII counts half."""
    narrow = sum(c < "\u0100" for c in text)
    return len(text) - narrow / 2
