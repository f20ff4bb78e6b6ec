"""Trees, reeds and grass."""

import math

from journal.sample.pictures.brush import curve, cut, gouge, oval, ribbon, stroke
from journal.sample.pictures.press import INK, OCHRE, PAPER, Block, Point

__all__ = ["grass", "reeds", "tree", "willow"]


def tree(
    block: Block, foot: Point, height: float, leaf: int | None = INK, lean: float = 0, mark: int = PAPER
) -> list[Point]:
    """A broad tree: trunk, boughs, leaf masses (none when `leaf` is None); returns the ends of its twigs."""
    ends: list[Point] = []
    _bough(block, foot, -90 + lean, height * 0.36, height * 0.085, 5, ends)
    if leaf is not None:
        masses = [
            oval(end, size * 1.35, size, 14)
            for end in ends
            for size in [height * block.rng.uniform(0.05, 0.085)]
        ]
        for mass in masses if leaf == INK else []:
            block.fill(ribbon([*mass, mass[0]], lambda _t: 12), mark)
        for mass in masses:
            cut(block, mass, leaf, height * 0.013)
        for x, y in ends:
            for _ in range(3):
                dx, dy = block.rng.uniform(-0.09, 0.07) * height, block.rng.uniform(-0.08, 0.04) * height
                gouge(
                    block,
                    (x + dx, y + dy),
                    (x + dx + height * 0.05, y + dy + height * 0.018),
                    height * 0.012,
                    mark,
                )
    return ends


def _bough(
    block: Block, start: Point, angle: float, length: float, width: float, depth: int, ends: list[Point]
) -> None:
    rng = block.rng
    a = math.radians(angle)
    bend = math.radians(angle + rng.uniform(-16, 16))
    middle = (start[0] + math.cos(bend) * length * 0.5, start[1] + math.sin(bend) * length * 0.5)
    stop = (start[0] + math.cos(a) * length, start[1] + math.sin(a) * length)
    block.fill(ribbon(curve([start, middle, stop], 5), lambda t: max(1.8, width * (1 - 0.38 * t))), INK)
    if depth == 5:
        for i in range(5):
            x = start[0] + width * (-0.3 + 0.14 * i)
            gouge(
                block,
                (x, start[1] - length * 0.05),
                (x + (stop[0] - start[0]) * 0.7, start[1] - length * rng.uniform(0.5, 0.85)),
                width * 0.07,
                PAPER,
            )
    if depth == 0:
        ends.append(stop)
        return
    for side in (-1, 1) if depth < 5 or rng.random() < 0.4 else (-1, 0, 1):
        turn = side * rng.uniform(17, 40) + rng.uniform(-6, 6)
        _bough(block, stop, angle + turn, length * rng.uniform(0.62, 0.84), width * 0.62, depth - 1, ends)


def willow(block: Block, foot: Point, height: float, ink: int = INK) -> None:
    """A willow: a leaning trunk and hanging strands."""
    ends = tree(block, foot, height, None, block.rng.uniform(-10, 10))
    for x, y in ends:
        fall = height * block.rng.uniform(0.2, 0.42)
        sway = block.rng.uniform(-0.06, 0.06) * height
        stroke(
            block,
            curve([(x, y), (x + sway, y + fall * 0.4), (x + sway * 0.7, y + fall)], 5),
            max(3.2, height * 0.008),
            ink,
            taper=True,
        )


def reeds(block: Block, left: float, right: float, base: float, height: float, ink: int = INK) -> None:
    """Reeds along a bank, some with a plume."""
    rng, x = block.rng, left
    while x < right:
        tall, lean = height * rng.uniform(0.5, 1), rng.uniform(-0.25, 0.3) * height
        line = curve([(x, base), (x + lean * 0.25, base - tall * 0.6), (x + lean, base - tall)], 5)
        block.fill(ribbon(line, lambda t: 7 * (1 - t) + 1), ink)
        if rng.random() < 0.3:
            block.fill(oval(line[-1], 5, 17, 10, lean / height), OCHRE if rng.random() < 0.5 else ink)
        x += rng.uniform(6, 20)


def grass(block: Block, left: float, right: float, base: float, size: float, ink: int = INK) -> None:
    """Tufts along a line."""
    rng, x = block.rng, left
    while x < right:
        for _ in range(4):
            gouge(
                block,
                (x, base),
                (x + rng.uniform(-0.6, 0.6) * size, base - size * rng.uniform(0.5, 1)),
                5,
                ink,
            )
        x += rng.uniform(18, 60)
