"""Titles listed without their pages beside them: which lines are one title, a section, an author."""

from __future__ import annotations

from dataclasses import replace

from .bylines import parse_byline
from .cuts import best_cut, signed_below
from .lines import width
from .shelf import Shelf
from .words import Word, clean_section, text_of

__all__ = ["partition"]


def partition(rows: list[list[Word]], shelf: Shelf, wanted: int) -> tuple[list[list[Word]], list[str | None]]:
    """Divide lines into titles of one to three lines, sections and authors (dynamic programming)."""
    rows = rows[:240]
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]
    for end in range(1, len(rows) + 1):
        options = []
        for size in (1, 2, 3):
            if end - size >= 0:
                above = text_of(rows[end - size - 1]) if end > size else ""
                value, kind = _row_value(rows[end - size : end], shelf, above)
                options.append((best[end - size][0] + value, size, kind))
        best.append(max(options))
    steps: list[tuple[int, int, str]] = []
    end = len(rows)
    while end:
        _, size, kind = best[end]
        steps.append((end - size, end, kind))
        end -= size
    return _steps_to_groups(rows, steps[::-1], wanted)


def _row_value(rows: list[list[Word]], shelf: Shelf, above: str) -> tuple[float, str]:
    if len(rows) > 1 and any(r[0].marked for r in rows):
        return -9.0, "title"
    text = " ".join(text_of(r) for r in rows)
    found = shelf.best(text)
    title = 5 * found if found >= 0.6 else 0.3
    if len(rows) == 1:
        if rows[0][0].marked and found < 0.8:
            return 2.5, "section"
        _before, part, after = best_cut(rows[0], shelf)
        if after and shelf.best(text_of(part)) >= 0.95:
            return 5.0, "title"
        if (parse_byline(text) and found < 0.9) or signed_below(above, text, shelf) == 1.0:
            return 2.0, "author"
        if width(text) <= 8 and found < 0.8:
            return 0.5, "section"
        if after:
            title = max(title, 5 * shelf.best(text_of(rows[0][: len(rows[0]) - len(after)])))
    return title - 0.4 * (len(rows) - 1), "title"


def _steps_to_groups(
    rows: list[list[Word]], steps: list[tuple[int, int, str]], wanted: int
) -> tuple[list[list[Word]], list[str | None]]:
    groups: list[list[Word]] = []
    sections: list[str | None] = []
    section: str | None = None
    authors: list[list[Word]] = []
    for a, b, kind in steps:
        words = [w for r in rows[a:b] for w in r]
        if kind == "section":
            section = clean_section(text_of(words))
        elif kind == "title":
            groups.append(words)
            sections.append(section)
            section = None
        elif groups:
            authors.append(words)
            groups[-1] += [replace(w, behind=True, marked=False) for w in words]
    return groups, sections
