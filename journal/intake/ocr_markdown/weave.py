"""Contents pages set in two columns and read across: which line belongs to which column."""

from __future__ import annotations

import re
from itertools import pairwise

from .contents import Token
from .lines import Line

__all__ = ["undo_columns"]


def undo_columns(
    lines: list[Line], rows: list[tuple[int, list[Token]]]
) -> list[list[tuple[int, list[Token]]]]:
    """Undo a contents page set in two columns and read across."""
    double = [tokens for _, tokens in rows if _two_entries(tokens)]
    if len(double) >= max(2, 0.25 * len(rows)):
        return _halves(lines, rows)
    pages = [t.page for _, tokens in rows for t in tokens if t.kind == "page" and t.page is not None]
    border = _border(pages)
    return _woven(rows, border) if border is not None else [rows]


def _border(pages: list[int]) -> int | None:
    """First page of the right column when two rising series are woven into each other."""
    falls = sum(b < a for a, b in pairwise(pages))
    if len(pages) < 5 or falls < 2 or falls < 0.2 * len(pages):
        return None
    for border in sorted(set(pages))[1:]:
        left, right = [p for p in pages if p < border], [p for p in pages if p >= border]
        if min(len(left), len(right)) >= 2 and left == sorted(left) and right == sorted(right):
            return border
    return None


def _woven(rows: list[tuple[int, list[Token]]], border: int) -> list[list[tuple[int, list[Token]]]]:
    """Give every row its column: entries by their page, lines without one by the alternation of the weave."""
    sides = [_side(tokens, border) for _, tokens in rows]
    columns: list[list[tuple[int, list[Token]]]] = [[], []]
    for number, row in enumerate(rows):
        side = sides[number]
        if side is None:
            side = _by_turns(sides, number)
        columns[side].append(row)
    return columns


def _side(tokens: list[Token], border: int) -> int | None:
    page = next((t.page for t in tokens if t.kind == "page"), None)
    return None if page is None else int(page >= border)


def _by_turns(sides: list[int | None], number: int) -> int:
    """The side of a line without a page: alternately from the entry above, but never an exhausted side."""
    ahead = {s for s in sides[number + 1 :] if s is not None}
    if len(ahead) == 1:
        return ahead.pop()
    for above in range(number - 1, -1, -1):
        if (side := sides[above]) is not None:
            return (side + number - above) % 2
    for below in range(number + 1, len(sides)):
        if (side := sides[below]) is not None:
            return (side + below - number) % 2
    return 0


def _two_entries(tokens: list[Token]) -> bool:
    kinds = "".join(t.kind[0] for t in tokens if t.kind != "leader")
    return bool(re.search("t+pt+p|pt+pt+", kinds))


def _halves(lines: list[Line], rows: list[tuple[int, list[Token]]]) -> list[list[tuple[int, list[Token]]]]:
    left: list[tuple[int, list[Token]]] = []
    right: list[tuple[int, list[Token]]] = []
    first_right = min((t.page for _, ts in rows if _two_entries(ts) for t in ts[-1:] if t.page), default=None)
    for index, tokens in rows:
        cut = _half(tokens)
        if cut is None:
            side = right if _belongs_right(lines[index], tokens, first_right) else left
            side.append((index, tokens))
        else:
            left.append((index, tokens[:cut]))
            right.append((index, tokens[cut:]))
    return [left, right]


def _half(tokens: list[Token]) -> int | None:
    """Where the right column begins in a row of two."""
    pages = [n for n, t in enumerate(tokens) if t.kind == "page"]
    if len(pages) >= 2:
        return pages[0] + 1 if tokens[0].kind != "page" else pages[1]
    texts = [n for n, t in enumerate(tokens) if t.kind == "text"]
    if len(texts) >= 2 and not pages:
        return texts[1]
    return (
        pages[0] + 1
        if len(pages) == 1 and texts and texts[-1] > pages[0] and tokens[0].kind == "text"
        else None
    )


def _belongs_right(line: Line, tokens: list[Token], first_right: int | None) -> bool:
    page = next((t.page for t in tokens if t.kind == "page"), None)
    if page is not None and first_right is not None:
        return page >= first_right
    return line.indent >= 16
