"""What stands on the pages of a Word file, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

__all__ = ["Cell", "Item", "Layout", "Paragraph", "Run", "Table"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. ``note`` is a footnote that stands behind it, ``picture`` an id."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    link: str = ""
    note: str = ""
    picture: str = ""
    size: float = 0.0  # points
    font: str = ""  # of Chinese signs

    @property
    def look(self) -> tuple[bool, bool, bool, bool, str]:
        return self.bold, self.italic, self.raised, self.lowered, self.link


@dataclass(frozen=True)
class Paragraph:
    """``label`` is the number Word itself counts and shows; ``size`` in points, 0 where the file is silent.

    ``outline`` is the rank of a heading (1 highest), from its style or its own setting.
    """

    runs: tuple[Run, ...] = ()
    style: str = ""
    outline: int | None = None
    align: str = ""
    size: float = 0.0
    font: str = ""
    indented: bool = False  # its first line, by setting or by typed blanks
    label: str = ""
    bullet: bool = False
    new_page: bool = False
    boxed: bool = False  # stood in a text box

    @cached_property
    def text(self) -> str:
        """Every word, line breaks as newlines, without the counted label."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def bold(self) -> bool:
        """Whether every visible word is bold."""
        words = [run for run in self.runs if run.text.strip()]
        return bool(words) and all(run.bold for run in words)

    @property
    def pictures(self) -> tuple[str, ...]:
        return tuple(run.picture for run in self.runs if run.picture)

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.pictures


@dataclass(frozen=True, slots=True)
class Cell:
    paragraphs: tuple[Paragraph, ...]
    colspan: int = 1
    rowspan: int = 1

    @property
    def text(self) -> str:
        return "\n".join(p.text.strip() for p in self.paragraphs if p.text.strip())


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell that spans stands once, where it begins."""

    rows: tuple[tuple[Cell, ...], ...]


Item = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Layout:
    """``pictures`` are (id, part of the package, alternative text); the others are sentences."""

    items: tuple[Item, ...]
    pictures: tuple[tuple[str, str, str], ...] = ()
    not_taken: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
