"""The whole text printed twice on one page: which lines are the second printing, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .line import Area, Line, key

__all__ = ["Doubles", "find_doubles"]

_SHINGLE = 6
_LONG = 14
_ALIKE = 0.55


@dataclass(frozen=True, slots=True)
class Doubles:
    """``dropped`` are lines of second printings; ``differing`` are unlike lines as (kept, dropped)."""

    dropped: frozenset[int] = frozenset()
    runs: tuple[tuple[int, int], ...] = ()
    differing: tuple[tuple[int, int], ...] = ()
    missing: tuple[int, ...] = ()  # lines of a dropped run that the kept printing lacks


def find_doubles(lines: Sequence[Line]) -> Doubles:
    """Find runs of lines that repeat earlier lines, exactly or nearly, and choose the fuller printing."""
    keys = [key(line.text) if line.area is Area.PAGE else "" for line in lines]
    partners = _partners(keys)
    dropped: set[int] = set()
    runs: list[tuple[int, int]] = []
    differing: list[tuple[int, int]] = []
    missing: list[int] = []
    for first, last in _runs(keys, partners):
        start, end = _widen_run(keys, first, last, partners)
        runs.append((start, end))
        dropped.update(range(start, end))
        for index in range(start, end):
            partner = partners.get(index)
            if partner is not None and keys[index] != keys[partner] and _same_wrap(keys, index, partner):
                differing.append((partner, index))
            elif partner is None and len(keys[index]) >= _LONG:
                missing.append(index)
    return Doubles(frozenset(dropped), tuple(runs), tuple(differing), tuple(missing))


def _same_wrap(keys: Sequence[str], index: int, partner: int) -> bool:
    """Lines of like length can differ in words; lines of unlike length are only broken elsewhere."""
    return abs(len(keys[index]) - len(keys[partner])) <= 0.15 * max(len(keys[index]), len(keys[partner]))


def _shingles(text: str) -> set[str]:
    return {text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1)}


def _partners(keys: Sequence[str]) -> dict[int, int]:
    """Map each long line to the earlier line that shares most with it, when most of it stood earlier."""
    seen: dict[str, int] = {}
    partners: dict[int, int] = {}
    for index, text in enumerate(keys):
        if len(text) < _LONG:
            continue
        shingles = _shingles(text)
        votes: dict[int, int] = {}
        for shingle in shingles:
            if shingle in seen:
                votes[seen[shingle]] = votes.get(seen[shingle], 0) + 1
        if sum(votes.values()) >= _ALIKE * len(shingles):
            partners[index] = max(votes, key=lambda i: (votes[i], -i))
        for shingle in shingles:
            seen.setdefault(shingle, index)
    return partners


def _runs(keys: Sequence[str], partners: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield ``(first, last)`` of stretches in which the long lines repeat earlier ones in their order."""
    long = [i for i, text in enumerate(keys) if len(text) >= _LONG]
    run: list[int] = []
    strangers = 0
    for index in long:
        if (
            index in partners
            and (not run or partners[index] >= partners[run[-1]])
            and partners[index] < (run or [index])[0]
        ):
            run.append(index)
            strangers = 0
        elif run and strangers == 0 and len(run) >= 2 and len(keys[index]) < 60:
            strangers += 1
        else:
            yield from _worth_dropping(keys, run, partners)
            run, strangers = ([index] if index in partners else []), 0
    yield from _worth_dropping(keys, run, partners)


def _worth_dropping(
    keys: Sequence[str], run: list[int], partners: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Two long lines, or one behind a repeated title, are a second printing; a lone quotation is not."""
    if not run:
        return
    first = run[0]
    before = [k for k in keys[max(first - 4, partners[first] + 1) : first] if k]
    headed = any(k in keys[: partners[first] + 1] for k in before)
    paragraphs = [i for i in run if len(keys[i]) >= 30]
    if len(paragraphs) >= 2 or (headed and paragraphs):
        yield run[0], run[-1] + 1


def _widen_run(keys: Sequence[str], first: int, end: int, partners: dict[int, int]) -> tuple[int, int]:
    """Take in the short lines around a run that also stood around the first printing."""
    original = partners[first]
    above = set(keys[max(original - 8, 0) : original + 1]) - {""}
    earlier = set(keys[original:first]) - {""}
    start = first
    while start - 1 > original and (not keys[start - 1] or keys[start - 1] in above):
        start -= 1
    while start < first and not keys[start]:
        start += 1
    while end < len(keys) and (not keys[end] or keys[end] in earlier):
        end += 1
    return start, end
