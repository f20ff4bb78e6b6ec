"""How two readings of the same words are compared: folded keys, shingles, order. Pure functions."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

__all__ = ["dice", "f1", "folded", "in_order", "longest_rise", "plain", "shingles"]


def folded(words: str | None) -> str:
    """Fold widths and drop everything that is neither letter nor digit: punctuation never counts."""
    return "".join(c for c in unicodedata.normalize("NFKC", words or "").lower() if c.isalnum())


def plain(words: str | None) -> str:
    """Fold widths and collapse blanks only: for what has to be copied as printed."""
    return " ".join(unicodedata.normalize("NFKC", words or "").split())


def shingles(words: str, size: int) -> list[str]:
    """Return all runs of ``size`` characters; a shorter text is one run."""
    return [words[i : i + size] for i in range(max(len(words) - size + 1, bool(words)))]


def dice(one: str, other: str) -> float:
    """Likeness of two short texts by their pairs of letters, 0 to 1."""
    a, b = Counter(shingles(one, 2)), Counter(shingles(other, 2))
    return 2 * (a & b).total() / max(a.total() + b.total(), 1)


def f1(true: Iterable[Hashable], found: Iterable[Hashable]) -> float:
    """Harmonic mean of precision and recall over two bags; two empty bags agree."""
    a, b = Counter(true), Counter(found)
    both = a.total() + b.total()
    return 2 * (a & b).total() / both if both else 1.0


def in_order(true: Sequence[str], found: Sequence[str]) -> float:
    """Share of the longer row that stands in the same order in both rows."""
    places: dict[str, list[int]] = {}
    for i, name in enumerate(true):
        places.setdefault(name, []).append(i)
    tails: list[int] = []
    for name in found:
        for place in reversed(places.get(name, [])):  # several equal names never count twice
            at = bisect_left(tails, place)
            tails[at : at + 1] = [place]
    return len(tails) / max(len(true), len(found), 1) if true or found else 1.0


def longest_rise(numbers: Iterable[int]) -> int:
    """Length of the longest subsequence that never falls."""
    tails: list[int] = []
    for number in numbers:
        at = bisect_right(tails, number)
        tails[at : at + 1] = [number]
    return len(tails)
