"""The difference of two marked texts, by character, snapped to words and never across punctuation.

A text is cut into tokens: a run of digits, a run of letters (Latin, Greek, Cyrillic …), or one single
character – so in Chinese the changed character is marked and nothing beside it, while ``LED`` → ``LCD`` and
``1240`` → ``1340`` change whole. Tokens are aligned with the fewest edits; then the edits are made
readable: cut where a punctuation mark stayed, moved to the beginning of a clause where that costs nothing,
and joined when a single character alone stayed between two rewritten ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq, Levenshtein

from articles.difference.align import Unit, align

__all__ = ["BREAK", "Kind", "Marked", "Run", "changes_between", "count_changes", "runs_between"]

Kind = Literal["same", "del", "ins"]

#: Stands between two paragraphs that are compared with one; no cleaned text holds it.
BREAK = "\uffff"
#: Tokens × tokens that are aligned at once (a megabyte of memory, milliseconds); beyond, by sentences.
AT_ONCE = 16_000_000
SLIDE = 200  # tokens an insertion is moved at most

#: Written one character a word (or a sign that looks like one): never grouped.
SINGLE = r"\u00b2\u00b3\u00b9\u2070-\u209f\u2150-\u218f\u2460-\u24ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
SINGLE += r"\uff66-\uffdc\U0001f100-\U0001f2ff\U00020000-\U0003ffff"
TOKEN = re.compile(rf"\d+|(?:(?![\d_{SINGLE}])\w[\u0300-\u036f]*)+|.", re.DOTALL)
SENTENCE = re.compile(r"[^。！？；!?;\n]*(?:[。！？；!?;\n]+[”’」』》）)]*|$)")
LINES = frozenset("\n\t" + BREAK)
FULL_STOPS = frozenset("。！？!?…") | LINES
PAUSES = frozenset("，；：、,;:”’」』）)")


class Run(NamedTuple):
    """A stretch of one kind and one look. ``mark`` names its formatting, outermost first: ``strong``,
    ``a:https://…``, ``footnote``, ``img:…``, ``td`` before a cell, ``break`` (no text) for a paragraph's end.
    """

    kind: Kind
    text: str
    mark: str = ""


@dataclass(frozen=True)
class Marked:
    """Text with the formatting of each of its characters."""

    text: str
    marks: tuple[str, ...]

    @classmethod
    def plain(cls, text: str) -> Marked:
        return cls(text, ("",) * len(text))

    def part(self, start: int, end: int | None = None) -> Marked:
        return Marked(self.text[start:end], self.marks[start:end])

    def spans(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """Text and mark of each stretch of one look."""
        for mark, group in groupby(self.marks[start:end]):
            length = sum(1 for _ in group)
            yield self.text[start : start + length], mark
            start += length


class Change(NamedTuple):
    """``old[i1:i2]`` became ``new[j1:j2]``; one of them may be empty."""

    i1: int
    i2: int
    j1: int
    j2: int


def runs_between(old: Marked, new: Marked) -> list[Run]:
    """All runs in reading order, what went before what came; a change of formatting goes and comes, too."""
    runs: list[Run] = []
    i = j = 0
    for change in (*changes_between(old.text, new.text), Change(len(old.text), 0, len(new.text), 0)):
        runs += same_runs(old, new, i, j, change.i1 - i)
        runs += (Run("del", *span) for span in old.spans(change.i1, change.i2))
        runs += (Run("ins", *span) for span in new.spans(change.j1, change.j2))
        i, j = change.i2, change.j2
    return runs


def same_runs(old: Marked, new: Marked, i: int, j: int, length: int) -> Iterator[Run]:
    """Equal characters; where only their formatting differs, once as they were and once as they are."""
    looks = list(zip(old.marks[i : i + length], new.marks[j : j + length], strict=True))
    place = 0
    for (before, after), group in groupby(looks):
        end = place + sum(1 for _ in group)
        text = old.text[i + place : i + end]
        if before == after:
            yield Run("same", text, before)
        else:
            yield Run("del", text, before)
            yield Run("ins", text, after)
        place = end


def count_changes(runs: Sequence[Run]) -> int:
    """Places that changed: what went and what came in its stead is one."""
    return sum(changed for changed, _ in groupby(run.kind != "same" for run in runs))


def changes_between(old: str, new: str) -> list[Change]:
    """What changed, in characters, in order."""
    return [change for change in token_changes(old, new) if change.i1 < change.i2 or change.j1 < change.j2]


def token_changes(old: str, new: str) -> list[Change]:
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    head = common(a, b)
    tail = common(a[head:][::-1], b[head:][::-1])
    middle = Change(head, len(a) - tail, head, len(b) - tail)
    if (middle.i2 - middle.i1) * (middle.j2 - middle.j1) > AT_ONCE:
        return by_sentences(old, new)
    changes = joined(slid(refined(a, b, middle), a, b), a, b)
    starts_a, starts_b = offsets(a), offsets(b)
    return [
        narrowed(Change(starts_a[c.i1], starts_a[c.i2], starts_b[c.j1], starts_b[c.j2]), c, old, new)
        for c in changes
    ]


def common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many tokens both begin with."""
    for place, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return place
    return min(len(a), len(b))


def offsets(tokens: Sequence[str]) -> list[int]:
    places = [0]
    for token in tokens:
        places.append(places[-1] + len(token))
    return places


def is_mark(token: str) -> bool:
    """Punctuation, white space, signs."""
    return not token[0].isalnum()


def refined(a: list[str], b: list[str], region: Change) -> list[Change]:
    """The fewest edits inside ``region``; what was rewritten is cut where punctuation stayed."""
    i1, i2, j1, j2 = region
    if i1 == i2 or j1 == j2:
        return [region] if region != (i1, i1, j1, j1) else []
    found: list[Change] = []
    blocks = Levenshtein.opcodes(a[i1:i2], b[j1:j2]).as_matching_blocks()
    place = Change(i1, i1, j1, j1)
    for block in blocks:
        start_a, start_b = i1 + block.a, j1 + block.b
        found += cut_at_marks(a, b, Change(place.i2, start_a, place.j2, start_b))
        place = Change(0, start_a + block.size, 0, start_b + block.size)
    return found


def cut_at_marks(a: list[str], b: list[str], region: Change) -> list[Change]:
    i1, i2, j1, j2 = region
    marks_a = [i for i in range(i1, i2) if is_mark(a[i])]
    marks_b = [j for j in range(j1, j2) if is_mark(b[j])]
    if not marks_a or not marks_b:
        return [region] if i1 < i2 or j1 < j2 else []
    kept = LCSseq.opcodes([a[i] for i in marks_a], [b[j] for j in marks_b]).as_matching_blocks()
    stays = [(marks_a[k.a + n], marks_b[k.b + n]) for k in kept for n in range(k.size)]
    if not stays:
        return [region]
    found: list[Change] = []
    for (i, j), (next_i, next_j) in pairwise([(i1 - 1, j1 - 1), *stays, (i2, j2)]):
        found += refined(a, b, Change(i + 1, next_i, j + 1, next_j))
    return found


def slid(changes: list[Change], a: list[str], b: list[str]) -> list[Change]:
    """Insertions and deletions moved to where they read best: a whole clause, or beside another change."""
    found: list[Change] = []
    for place, change in enumerate(changes):
        left = found[-1].i2 if found else 0
        right = changes[place + 1].i1 if place + 1 < len(changes) else len(a)
        shift = 0
        if change.i1 == change.i2:
            room = (change.i1 - left, right - change.i2)
            shift = best_shift(b, change.j1, change.j2, room, touching=bool(found))
        elif change.j1 == change.j2:
            room = (change.i1 - left, right - change.i2)
            shift = best_shift(a, change.i1, change.i2, room, touching=bool(found))
        moved = Change(*(point + shift for point in change))
        if found and moved.i1 == found[-1].i2 and moved.j1 == found[-1].j2:
            moved = Change(found[-1].i1, moved.i2, found.pop().j1, moved.j2)
        found.append(moved)
    return found


def best_shift(tokens: list[str], start: int, end: int, room: tuple[int, int], *, touching: bool) -> int:
    """How far ``tokens[start:end]`` may move (the same words come or go) and reads best, nearest first."""
    shifts = [0]
    least, most = -min(room[0], SLIDE), min(room[1], SLIDE)
    while shifts[-1] > least and tokens[start + shifts[-1] - 1] == tokens[end + shifts[-1] - 1]:
        shifts.append(shifts[-1] - 1)
    lowest = shifts[-1]
    shifts.append(0)
    while shifts[-1] < most and tokens[start + shifts[-1]] == tokens[end + shifts[-1]]:
        shifts.append(shifts[-1] + 1)

    def worth(shift: int) -> tuple[int, int]:
        beside = touching and shift == lowest == -room[0]
        ends = clause_end(tokens, start + shift) + clause_end(tokens, end + shift)
        return (8 if beside else ends, -abs(shift))

    return max(shifts, key=worth)


def clause_end(tokens: list[str], place: int) -> int:
    """How well a cut before ``tokens[place]`` reads."""
    if place in (0, len(tokens)) or tokens[place - 1] in FULL_STOPS or tokens[place] in LINES:
        return 3
    return 2 if tokens[place - 1] in PAUSES else 0


def joined(changes: list[Change], a: list[str], b: list[str]) -> list[Change]:
    """Two rewritten places with one single word left standing between them read better as one."""
    found: list[Change] = []
    for change in changes:
        if found and change.i1 - found[-1].i2 == 1 and not is_mark(a[found[-1].i2]):
            both = Change(found[-1].i1, change.i2, found[-1].j1, change.j2)
            if reads_better(found[-1], change) and not holds_mark(
                a[both.i1 : both.i2] + b[both.j1 : both.j2]
            ):
                found[-1] = both
                continue
        found.append(change)
    return found


def reads_better(one: Change, other: Change) -> bool:
    """As one change: where words were rewritten, not where two were put in or left out."""
    went = one.i2 - one.i1 + other.i2 - other.i1
    came = one.j2 - one.j1 + other.j2 - other.j1
    return (rewritten(one) and rewritten(other)) or min(went, came) >= 2


def rewritten(change: Change) -> bool:
    return change.i1 < change.i2 and change.j1 < change.j2


def holds_mark(tokens: Sequence[str]) -> bool:
    return any(map(is_mark, tokens))


def narrowed(change: Change, tokens: Change, old: str, new: str) -> Change:
    """Where a word fell apart or grew together by one character, that character alone is marked."""
    if tokens.i2 - tokens.i1 == tokens.j2 - tokens.j1 == 1 or not rewritten(change):
        return change
    i1, i2, j1, j2 = change
    head = common(old[i1:i2], new[j1:j2])
    tail = common(old[i1 + head : i2][::-1], new[j1 + head : j2][::-1])
    if i2 - i1 - head - tail <= 1 and j2 - j1 - head - tail <= 1:
        return Change(i1 + head, i2 - tail, j1 + head, j2 - tail)
    return change


def by_sentences(old: str, new: str) -> list[Change]:
    """Very long texts: sentences are aligned first; what has no counterpart is marked whole."""
    a, b = SENTENCE.findall(old), SENTENCE.findall(new)
    starts_a, starts_b = offsets(a), offsets(b)
    pairs = align([Unit(s, s) for s in a], [Unit(s, s) for s in b])
    found: list[Change] = []
    done_a = done_b = 0
    for i, j in (*pairs, (len(a), len(b))):
        found.append(Change(starts_a[done_a], starts_a[i], starts_b[done_b], starts_b[j]))
        if i < len(a):
            found += inside(a[i], b[j], starts_a[i], starts_b[j])
        done_a, done_b = i + 1, j + 1
    return found


def inside(old: str, new: str, i: int, j: int) -> list[Change]:
    if len(old) * len(new) > AT_ONCE and old != new:
        return [Change(i, i + len(old), j, j + len(new))]
    return [Change(c.i1 + i, c.i2 + i, c.j1 + j, c.j2 + j) for c in token_changes(old, new)]
