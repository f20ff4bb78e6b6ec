"""Jumps: an article breaks off in the middle of a sentence and goes on behind or inside another one."""

from __future__ import annotations

import random

from tests.intake.traps.chunks import Chunk, cut
from tests.intake.traps.layout import Layout
from tests.intake.traps.mastheads import Journal
from tests.intake.traps.plan import Article

__all__ = ["jumped"]

Printed = list[list[Chunk]]
JUMPS = {
    "turn": ("（下转{}）", "（上接{}）"),
    "short": ("（转{}）", "（接{}）"),
    "bare": ("→下转{}", "紧接{}"),
    "titled": ("（下转{}）", "（上接{}《{}》）"),
}


def jumped(
    printed: Printed, articles: list[Article], journal: Journal, layout: Layout, rng: random.Random
) -> Printed:
    """Return the runs of chunks in the order of the file, tails carried away."""
    if layout.jump == "none":
        return printed
    able = [i for i in range(len(printed) - 2) if articles[i].printed == "full" and _place(printed[i], 0.7)]
    able = [i for i in able if articles[i + 1].printed == "full" and _place(printed[i + 1], 0.5)]
    if not able:
        return printed
    if layout.jump == "double":
        return _double(printed, rng.choice(able), rng)
    first = rng.choice(able)
    more = [i for i in able if abs(i - first) > 2]
    for i in sorted([first, *more[:1]], reverse=True):
        printed = _one(printed, i, articles, journal, layout, rng)
    return printed


def _place(chunks: list[Chunk], share: float) -> int | None:
    """Return the index of a paragraph to cut: the long one nearest to the share of the run."""
    long = [i for i, c in enumerate(chunks) if c.kind == "body" and len(c.text) >= 70]
    return min(long, key=lambda i: abs(i - share * len(chunks))) if long else None


def _halves(chunks: list[Chunk], share: float, rng: random.Random) -> tuple[list[Chunk], list[Chunk]]:
    at = _place(chunks, share)
    pair = cut(chunks[at], len(chunks[at].text) // 2, rng) if at is not None else None
    if at is None or pair is None:
        raise ValueError("nothing to cut here")
    return [*chunks[:at], pair[0]], [pair[1], *chunks[at + 1 :]]


def _one(
    printed: Printed, i: int, articles: list[Article], journal: Journal, layout: Layout, rng: random.Random
) -> Printed:
    front, tail = _halves(printed[i], 0.7, rng)
    before, after = printed[:i], printed[i + 2 :]
    if layout.jump in ("marked", "to_end"):
        far = layout.jump == "to_end"
        target = articles[-1 if far else i + 1].page
        on, back = JUMPS[layout.jump_words]
        origin = journal.page_words.format(articles[i].page)
        front.append(Chunk(on.format(journal.page_words.format(target)), "jump"))
        tail = [Chunk(back.format(origin, articles[i].title), "jump"), *tail]
        rest = [printed[i + 1], *after, tail] if far else [printed[i + 1], tail, *after]
        return [*before, front, *rest]
    if layout.jump == "inside":
        opening, closing = _halves(printed[i + 1], 0.5, rng)
        return [*before, front, [*opening, *tail, *closing], *after]
    return [*before, front, printed[i + 1], tail, *after]


def _double(printed: Printed, i: int, rng: random.Random) -> Printed:
    """One article in three pieces, each behind another neighbour."""
    front, rest = _halves(printed[i], 0.35, rng)
    if not _place(rest[1:], 0.6):
        return [*printed[:i], front, printed[i + 1], rest, *printed[i + 2 :]]
    middle, tail = _halves(rest, 0.7, rng)
    return [*printed[:i], front, printed[i + 1], middle, printed[i + 2], tail, *printed[i + 3 :]]
