"""Is the text of every article there, whole, alone and in order?

Every run of seven characters that is unique among the true texts marks its place; an imported text is read
as a walk over these places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.likeness import folded, longest_rise, shingles

__all__ = ["Walk", "lines_of", "walk"]

SIZE = 7
WHOLE, PURE, ORDERED = 0.99, 0.97, 0.98


@dataclass(frozen=True, slots=True)
class Walk:
    """Shares of one article, 0 to 1. ``complete``: of its true text, found here. ``pure``: of what is found
    here, its own. ``order``: of the steps, in the right order."""

    complete: float
    pure: float
    order: float

    @property
    def perfect(self) -> bool:
        return self.complete >= WHOLE and self.pure >= PURE and self.order >= ORDERED


def lines_of(article: dict[str, Any], free: set[str]) -> list[str]:
    """Return the folded lines of a body, without those that may stand in it or beside it."""
    lines = (folded(line) for line in (article.get("body_text") or "").split("\n"))
    return [line for line in lines if line and re.sub(r"^\d+", "", line) not in free]


def walk(true: list[str], pairs: dict[int, str]) -> list[Walk]:
    """Compare each true text with the one its article got; ``pairs`` maps the place of a text to it."""
    marks = _marks(true)
    return [_one(i, text, pairs.get(i), marks) for i, text in enumerate(true)]


def _marks(true: list[str]) -> dict[str, tuple[int, int]]:
    marks: dict[str, tuple[int, int]] = {}
    common: set[str] = set()
    for i, text in enumerate(true):
        for at, run in enumerate(shingles(text, SIZE)):
            if run in marks:
                common.add(run)
            marks[run] = (i, at)
    return {run: place for run, place in marks.items() if run not in common}


def _one(i: int, true: str, found: str | None, marks: dict[str, tuple[int, int]]) -> Walk:
    if found is None:
        return Walk(0.0, 0.0, 0.0) if true else Walk(0.0, 1.0, 1.0)
    if not true:
        empty = float(not found)
        return Walk(empty, empty, 1.0)
    steps = [(at, marks[run]) for at, run in enumerate(shingles(found, SIZE)) if run in marks]
    own = [(at, place) for at, (article, place) in steps if article == i]
    markable = [at for at, run in enumerate(shingles(true, SIZE)) if run in marks]
    covered = _covered((place for _, place in own), len(true))
    coverable = _covered(markable, len(true))
    mine = _covered((at for at, _ in own), len(found))
    repeats = mine - covered if mine > covered else 0  # a text printed twice is not pure
    order = longest_rise(place for _, place in own) / max(len(own), 1)
    return Walk(covered / max(coverable, 1), (mine - repeats) / max(len(found), 1), order)


def _covered(starts: Any, length: int) -> int:
    seen = bytearray(length)
    for start in starts:
        seen[start : start + SIZE] = b"\1" * min(SIZE, length - start)
    return sum(seen)
