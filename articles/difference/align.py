"""Which block of one text is which block of another: equal ones first, then the most alike, always in order.

Blocks that stand once in both texts are the anchors. Between them every pair that shares enough of its
characters is weighed, and the heaviest set of pairs that keeps the order wins, so an insertion at the start
or a run of empty paragraphs does not push everything out of place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

__all__ = ["Unit", "align", "shared_characters"]

#: Least share of common characters of two blocks that are one block edited. Two unrelated paragraphs of
#: Chinese share about a quarter.
ALIKE = 0.45
#: Least share of the shorter that stands inside the longer (a paragraph was split or joined).
WITHIN = 0.8
WITHIN_LENGTH = 8
#: What a heading that may have become a paragraph counts beside a heading that stayed one.
OTHER_TAG = 0.6
#: Pairs, and characters times characters, weighed one by one; beyond, only what shares rare runs.
ALL_PAIRS = 40_000
ALL_CHARACTERS = 1_000_000_000
SHINGLE = 4
RARE = 3
#: Least share of the shorter one's runs that must be shared before two blocks are weighed.
SHARED_RUNS = 0.05

Pair = tuple[int, int]
Weighed = tuple[int, int, float]


class Unit(NamedTuple):
    """``key`` decides what is equal, ``text`` what is alike; only units of one ``kind`` can be alike, and
    those of one ``tag`` go before others."""

    key: Hashable
    text: str
    kind: str = ""
    tag: str = ""


def align(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Pairs of positions, rising on both sides."""
    pairs: list[Pair] = []
    start_a = start_b = 0
    for i, j in (*anchors(old, new), (len(old), len(new))):
        pairs += between(old, new, range(start_a, i), range(start_b, j))
        if i < len(old):
            pairs.append((i, j))
        start_a, start_b = i + 1, j + 1
    return pairs


def anchors(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Equal units that stand once on each side, and everything equal at both ends."""
    head = equal_ends(old, new)
    tail = equal_ends(old[head:][::-1], new[head:][::-1])
    places_a, places_b = once(old), once(new)
    inner = [
        (i, places_b[key], len(old[i].text) + 1.0)
        for key, i in places_a.items()
        if key in places_b and i >= head and i < len(old) - tail
    ]
    inner = [found for found in inner if head <= found[1] < len(new) - tail]
    ends = [(len(old) - k, len(new) - k) for k in range(tail, 0, -1)]
    return [(k, k) for k in range(head)] + heaviest(inner) + ends


def equal_ends(old: Sequence[Unit], new: Sequence[Unit]) -> int:
    for place, (a, b) in enumerate(zip(old, new, strict=False)):
        if a.key != b.key:
            return place
    return min(len(old), len(new))


def once(units: Sequence[Unit]) -> dict[Hashable, int]:
    seen = Counter(unit.key for unit in units)
    return {unit.key: place for place, unit in enumerate(units) if seen[unit.key] == 1}


def between(old: Sequence[Unit], new: Sequence[Unit], rows: range, columns: range) -> list[Pair]:
    """The heaviest pairs of one gap between anchors."""
    sizes = sum(len(old[i].text) for i in rows), sum(len(new[j].text) for j in columns)
    if len(rows) * len(columns) <= ALL_PAIRS and sizes[0] * sizes[1] <= ALL_CHARACTERS:
        candidates: Iterator[Pair] = ((i, j) for i in rows for j in columns)
    else:
        candidates = likely(old, new, rows, columns)
    weighed = ((i, j, weight(old[i], new[j])) for i, j in candidates)
    return heaviest([found for found in weighed if found[2]])


def likely(old: Sequence[Unit], new: Sequence[Unit], rows: range, columns: range) -> Iterator[Pair]:
    """Equal ones in order, and pairs with a run of characters that is rare on both sides."""
    equal = LCSseq.opcodes([old[i].key for i in rows], [new[j].key for j in columns]).as_matching_blocks()
    for block in equal:
        yield from ((rows[block.a + k], columns[block.b + k]) for k in range(block.size))
    index = shingles(new, columns)
    votes: Counter[Pair] = Counter()
    for shingle, holders in shingles(old, rows).items():
        if len(holders) <= RARE and len(others := index.get(shingle, ())) <= RARE:
            votes.update((i, j) for i in holders for j in others)
    for (i, j), count in votes.items():
        if count > SHARED_RUNS * min(len(old[i].text), len(new[j].text)):
            yield i, j


def shingles(units: Sequence[Unit], places: range) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place in places:
        text = units[place].text
        for shingle in {text[k : k + SHINGLE] for k in range(max(1, len(text) - SHINGLE + 1))}:
            found[shingle].append(place)
    return found


def weight(a: Unit, b: Unit) -> float:
    """How much speaks for ``a`` being ``b``: about the characters they share; 0 when they are no pair."""
    if a.key == b.key:
        return len(a.text) + 1.5
    if a.kind != b.kind:
        return 0
    if not a.text or not b.text:
        return 0.5 if a.text == b.text or a.kind in {"table", "figure"} else 0
    shared = shared_characters(a.text, b.text)
    return shared if a.tag == b.tag else shared * OTHER_TAG


def shared_characters(a: str, b: str) -> int:
    """Characters in common, in order; 0 for texts that are not alike."""
    if a == b:
        return len(a) + 1
    shorter = min(len(a), len(b))
    least = ceil(ALIKE * (len(a) + len(b)) / 2)
    if shorter >= WITHIN_LENGTH:
        least = min(least, ceil(WITHIN * shorter))
    if shorter < least or (len(a) * len(b) > ALL_CHARACTERS and not share_runs(a, b, shorter)):
        return 0
    shared = LCSseq.similarity(a, b, score_cutoff=least)
    return int(shared) if shared >= least else 0


def share_runs(a: str, b: str, shorter: int) -> bool:
    """A quick look at two very long texts before they are compared in earnest."""
    runs = [{text[k : k + SHINGLE] for k in range(len(text) - SHINGLE + 1)} for text in (a, b)]
    return len(runs[0] & runs[1]) > SHARED_RUNS * shorter


def heaviest(candidates: Sequence[Weighed]) -> list[Pair]:
    """The set of pairs rising on both sides with the greatest sum; ``O(n log n)``."""
    ordered = sorted(candidates, key=lambda found: (found[0], -found[1]))
    columns = sorted({found[1] for found in ordered})
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(columns) + 1)  # a tree of greatest sums
    before: list[int] = []
    for number, (_i, j, gain) in enumerate(ordered):
        rank = bisect_right(columns, j)
        total, last = greatest(best, rank - 1)
        before.append(last)
        while rank < len(best):
            if total + gain > best[rank][0]:
                best[rank] = (total + gain, number)
            rank += rank & -rank
    chain: list[Pair] = []
    number = greatest(best, len(columns))[1]
    while number >= 0:
        chain.append(ordered[number][:2])
        number = before[number]
    return chain[::-1]


def greatest(tree: Sequence[tuple[float, int]], rank: int) -> tuple[float, int]:
    found = (0.0, -1)
    while rank:
        found = max(found, tree[rank])
        rank -= rank & -rank
    return found
