"""A typographic cover for an issue without one: drawn from its year and number, always the same way.

The plate is 210 × 285 units, the trim of the usual large sixteenmo in millimetres. A hash of year and number
picks the ink, one of six compositions and every measure in it, so that no two issues look alike and none ever
changes. Site and print draw the same plate; each gives the faces, shapes are data.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass

from articles.models.issue import sort_number

__all__ = ["COMPOSITIONS", "INKS", "Cover", "cover_for"]

#: Printing inks after the traditional names: 墨绿 黛蓝 赭石 茶褐 灰青 绛紫 石绿 藏青.
INKS = ("#2f4f43", "#33475f", "#8a5a34", "#5d4a3a", "#5b7078", "#5a3b4d", "#57764f", "#27344a")
GROUNDS = ("#f1ece0", "#ece7da", "#eef0ea", "#f3eee6")
LEFT, RIGHT, TOP, BOTTOM = 14, 196, 74, 188  # the field the composition fills


class Numbers:
    """A small stream of numbers from a seed: the same on every machine and in every Python."""

    def __init__(self, seed: str) -> None:
        self.seed, self.count = seed, 0

    def below(self, limit: int) -> int:
        self.count += 1
        digest = hashlib.sha256(f"{self.seed}/{self.count}".encode()).digest()
        return int.from_bytes(digest[:6], "big") % limit

    def between(self, low: float, high: float) -> float:
        return round(low + (high - low) * self.below(10_000) / 9_999, 1)


@dataclass(frozen=True)
class Cover:
    """``lines`` are path data with a stroke width, ``blocks`` path data with an opacity; both as text."""

    ink: str
    ground: str
    lines: tuple[tuple[str, str], ...]
    blocks: tuple[tuple[str, str], ...]


Shapes = tuple[list[tuple[str, float]], list[tuple[str, float]]]


def box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"


def strata(numbers: Numbers) -> Shapes:
    """Level lines, closer and closer together, a few of them filled: water, or a page of text."""
    lines, blocks, y, step = [], [], float(TOP), numbers.between(11, 15)
    while y <= BOTTOM:
        inset = numbers.between(0, 90) if numbers.below(3) == 0 else 0
        from_left = numbers.below(2)
        start, end = (LEFT + inset, RIGHT) if from_left else (LEFT, RIGHT - inset)
        lines.append((f"M{start:.1f} {y:.1f}H{end:.1f}", 0.7))
        if numbers.below(4) == 0 and y + step < BOTTOM:
            blocks.append((box(start, y, end - start, step * 0.94), numbers.between(0.55, 1)))
        y, step = y + step, max(2.2, step * numbers.between(0.86, 0.96))
    blocks = blocks or [(box(LEFT, TOP, RIGHT - LEFT, 12), 1.0)]
    return lines, blocks


def columns(numbers: Numbers) -> Shapes:
    """Standing bars of uneven height on one foot: shelves, piles, a count kept by hand."""
    lines, blocks, x = [], [], float(LEFT)
    while x < RIGHT - 3:
        width = min(numbers.between(3, 19), RIGHT - x)
        height = numbers.between(24, BOTTOM - TOP)
        if numbers.below(3):
            blocks.append((box(x, BOTTOM - height, width, height), numbers.between(0.5, 1)))
        else:
            lines += [(f"M{x + i:.1f} {BOTTOM}V{BOTTOM - height:.1f}", 0.6) for i in range(0, int(width), 2)]
        x += width + (2.4 if numbers.below(2) else 1.2)
    lines.append((f"M{LEFT} {BOTTOM + 2}H{RIGHT}", 1.0))
    return lines, blocks


def arcs(numbers: Numbers) -> Shapes:
    """Rings about one point near an edge: a kiln, a wheel, the sound of a drum."""
    centre_x = (LEFT, RIGHT, (LEFT + RIGHT) / 2)[numbers.below(3)]
    centre_y = BOTTOM if numbers.below(2) else TOP
    reach = (RIGHT - LEFT) / (2 if centre_x not in (LEFT, RIGHT) else 1)
    reach = min(reach, BOTTOM - TOP)
    turn = -1 if centre_y == BOTTOM else 1
    lines, blocks, radius = [], [], numbers.between(12, 26)
    while radius < reach:
        lines.append((half_ring(centre_x, centre_y, radius, turn), 0.7))
        if numbers.below(3) == 0:
            blocks.append((half_disc_band(centre_x, centre_y, radius, min(radius + 9, reach), turn), 1.0))
        radius += numbers.between(4, 13)
    blocks.append((half_disc_band(centre_x, centre_y, 0, numbers.between(6, 11), turn), 1.0))
    return lines, blocks


def span(centre: float) -> tuple[float, float]:
    """From where to where a ring runs, in quarter turns, so that it stays inside the field."""
    if centre == LEFT:
        return 0, 90
    if centre == RIGHT:
        return 90, 180
    return 0, 180


def point(x: float, y: float, radius: float, degrees: float, turn: int) -> str:
    angle = math.radians(degrees)
    return f"{x + radius * math.cos(angle):.1f} {y + turn * radius * math.sin(angle):.1f}"


def half_ring(x: float, y: float, radius: float, turn: int) -> str:
    start, end = span(x)
    sweep = 1 if turn > 0 else 0
    return (
        f"M{point(x, y, radius, start, turn)}A{radius:.1f} {radius:.1f} 0 0 {sweep}"
        f" {point(x, y, radius, end, turn)}"
    )


def half_disc_band(x: float, y: float, inner: float, outer: float, turn: int) -> str:
    start, end = span(x)
    sweep = 1 if turn > 0 else 0
    return (
        f"M{point(x, y, outer, start, turn)}A{outer:.1f} {outer:.1f} 0 0 {sweep}"
        f" {point(x, y, outer, end, turn)}L{point(x, y, inner, end, turn)}"
        f"A{inner:.1f} {inner:.1f} 0 0 {1 - sweep} {point(x, y, inner, start, turn)}z"
    )


def fields(numbers: Numbers) -> Shapes:
    """The plate divided again and again: plots of land, a plan of rooms, a page's columns."""
    lines: list[tuple[str, float]] = []
    blocks: list[tuple[str, float]] = []

    def divide(x: float, y: float, width: float, height: float, depth: int) -> None:
        if depth == 0 or min(width, height) < 22:
            kind = numbers.below(8)
            if kind < 3:
                blocks.append((box(x, y, width, height), (1.0, 1.0, 0.55)[kind]))
            elif kind == 3:
                lines.append((box(x + 0.3, y + 0.3, width - 0.6, height - 0.6), 0.6))
            elif kind < 6:
                step = numbers.between(2.5, 4.5)
                count = int(height / step)
                lines.extend((f"M{x:.1f} {y + step * i:.1f}h{width:.1f}", 0.6) for i in range(1, count))
            return
        share = numbers.between(0.3, 0.7)
        if width * 1.15 > height:
            divide(x, y, width * share - 1.5, height, depth - 1)
            divide(x + width * share + 1.5, y, width * (1 - share) - 1.5, height, depth - 1)
        else:
            divide(x, y, width, height * share - 1.5, depth - 1)
            divide(x, y + height * share + 1.5, width, height * (1 - share) - 1.5, depth - 1)

    blocks.append((box(LEFT, TOP, RIGHT - LEFT, 3), 1.0))
    divide(LEFT, TOP + 6, RIGHT - LEFT, BOTTOM - TOP - 6, 4)
    return lines, blocks


def hills(numbers: Numbers) -> Shapes:
    """Straight-edged ridges one behind the other, the nearest the darkest."""
    blocks, rows = [], 4
    for row in range(rows):
        base = TOP + 22 + row * (BOTTOM - TOP - 30) / rows
        x, path = float(LEFT), f"M{LEFT} {BOTTOM}"
        while x < RIGHT:
            path += f"L{x:.1f} {base + numbers.between(-18, 18):.1f}"
            x += numbers.between(18, 52)
        path += f"L{RIGHT} {base + numbers.between(-18, 18):.1f}V{BOTTOM}z"
        blocks.append((path, round(0.16 + 0.26 * row, 2)))
    height = TOP + numbers.between(0, 12)
    return [(f"M{LEFT} {height:.1f}H{RIGHT}", 0.7), (f"M{LEFT} {height + 2.4:.1f}H{RIGHT}", 0.7)], blocks


def weave(numbers: Numbers) -> Shapes:
    """A grid of squares, some full, some half, some ruled: a loom's draft, windows at night."""
    lines: list[tuple[str, float]] = []
    blocks: list[tuple[str, float]] = []
    across = 6 + numbers.below(4)
    cell = (RIGHT - LEFT) / across
    down = int((BOTTOM - TOP) / cell)
    for row in range(down):
        for column in range(across):
            x, y, kind = LEFT + column * cell, TOP + row * cell, numbers.below(6)
            size = cell - 1.6
            if kind == 0:
                blocks.append((box(x, y, size, size), 1.0))
            elif kind == 1:
                blocks.append((f"M{x:.1f} {y:.1f}h{size:.1f}L{x:.1f} {y + size:.1f}z", 1.0))
            elif kind == 2:
                blocks.append((f"M{x + size:.1f} {y:.1f}v{size:.1f}h{-size:.1f}z", 0.6))
            elif kind == 3:
                lines.extend((f"M{x:.1f} {y + size * i / 5:.1f}h{size:.1f}", 0.6) for i in range(6))
    return lines, blocks


COMPOSITIONS: tuple[Callable[[Numbers], Shapes], ...] = (strata, columns, arcs, fields, hills, weave)


def cover_for(year: int, number: str) -> Cover:
    """The plate of an issue; neighbours in a year get neither the same ink nor the same composition."""
    numbers, place = Numbers(f"{year}/{number}"), sort_number(number)
    lines, blocks = COMPOSITIONS[(year * 5 + place) % len(COMPOSITIONS)](numbers)
    ink = INKS[(year * 3 + place * 3) % len(INKS)]
    return Cover(ink, GROUNDS[numbers.below(len(GROUNDS))], written(lines), written(blocks))


def written(shapes: list[tuple[str, float]]) -> tuple[tuple[str, str], ...]:
    return tuple((path, f"{number:g}") for path, number in shapes)
