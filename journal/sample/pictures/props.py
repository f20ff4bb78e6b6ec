"""Things: books and shelves, tables, jars, baskets, lamps, bicycles."""

import math

from journal.sample.pictures.brush import (
    arc,
    bar,
    box,
    curve,
    cut,
    fan,
    gouge,
    outlined,
    oval,
    ribbon,
    stroke,
)
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block, Point

__all__ = [
    "basket",
    "bench",
    "bicycle",
    "book",
    "bowl",
    "bulb",
    "crate",
    "jar",
    "lantern",
    "shelf",
    "stool",
    "table",
    "teapot",
]


def shelf(
    block: Block, x: float, y: float, width: float, height: float, rows: int, red: float = 0.05
) -> None:
    """A bookcase: dark frame, spines in every ink, some leaning; `red` is the share of red ones."""
    cut(block, box(x, y, width, height), INK)
    step = (height - 8) / rows
    for row in range(rows):
        top, base = y + 10 + row * step, y + (row + 1) * step - 2
        if row % 2:
            block.fill(box(x + 9, top, width - 18, base - top), GREY)
        _spines(block, x + 12, x + width - 12, top, base, red)


def _spines(block: Block, left: float, right: float, top: float, base: float, red: float) -> None:
    rng, at = block.rng, left
    while at < right - 6:
        thick = rng.uniform(0.09, 0.2) * (base - top)
        if at + thick > right:
            return
        if rng.random() < 0.07:
            at += thick
            continue
        tall = (base - top) * rng.uniform(0.66, 0.93)
        lean = rng.choice((0, 0, 0, 0, 0, 0.12)) * tall
        ink = RED if rng.random() < red else rng.choice((PAPER, PAPER, PAPER, GREY, OCHRE, INK))
        spine = [
            (at + lean, base - tall),
            (at + lean + thick - 2, base - tall),
            (at + thick - 2, base),
            (at, base),
        ]
        outlined(block, spine, ink, 2.2, 0.4, INK if ink != INK else PAPER)
        if ink in (PAPER, OCHRE, GREY) and thick > 7:
            bar(
                block,
                (at + 2 + lean * 0.8, base - tall * 0.8),
                (at + lean * 0.8 + thick - 3, base - tall * 0.8),
                3,
                INK,
            )
        at += thick + lean * 0.7


def book(block: Block, at: Point, size: float, facing: int = 1, ink: int = PAPER) -> None:
    """An open book held in the hand."""
    x, y = at
    for side in (1, -1):
        page = [
            (x, y),
            (x + side * size * 0.55 * facing, y - size * 0.24),
            (x + side * size * 0.6 * facing, y - size * 0.6),
            (x, y - size * 0.36),
        ]
        outlined(block, page, ink if side == 1 else PAPER, max(2.2, size * 0.05), 0.3)


def table(block: Block, x: float, y: float, width: float, height: float, ink: int = INK) -> None:
    """A square table seen from the side, top edge at `y`."""
    for leg in (x + width * 0.06, x + width * 0.9):
        cut(block, box(leg, y + 6, width * 0.045, height - 6), ink, 0.8)
    cut(block, box(x + width * 0.08, y + height * 0.2, width * 0.84, height * 0.06), ink, 0.8)
    cut(block, box(x, y, width, max(13, height * 0.1)), ink, 1)
    gouge(block, (x + width * 0.04, y + 5), (x + width * 0.95, y + 5), 4, PAPER if ink == INK else INK)


def bench(block: Block, x: float, y: float, width: float, height: float, ink: int = INK) -> None:
    """A long bench with splayed legs."""
    for at, out in ((0.12, -1), (0.88, 1)):
        bar(
            block,
            (x + width * at, y),
            (x + width * at + out * height * 0.16, y + height),
            max(8, height * 0.1),
            ink,
        )
    cut(block, box(x, y, width, max(10, height * 0.14)), ink, 0.8)


def stool(block: Block, x: float, y: float, size: float, ink: int = INK) -> None:
    """A low stool, seat centre top at (x, y)."""
    bench(block, x - size / 2, y, size, size * 0.8, ink)


def jar(block: Block, x: float, base: float, height: float, ink: int = INK) -> None:
    """A shouldered jar, lit from the left by ring cuts."""
    h = height
    half = [(0.16, -1), (0.2, -0.93), (0.15, -0.88), (0.34, -0.74), (0.38, -0.5), (0.3, -0.2), (0.2, 0)]
    side = curve([(x + a * h, base + b * h) for a, b in half], 5)
    other = curve([(x - a * h, base + b * h) for a, b in half], 5)
    shape = side + other[::-1]
    block.fill(ribbon([*shape, shape[0]], lambda _t: max(3, h * 0.03)), INK)
    block.fill(shape, ink)
    mark = PAPER if ink == INK else INK
    for i in range(9):
        y = base - h * (0.14 + 0.075 * i)
        reach = h * (0.12 + 0.2 * math.sin(math.pi * (0.2 + 0.075 * i)))
        gouge(
            block, (x - reach, y), (x - reach * block.rng.uniform(0.1, 0.5), y + h * 0.012), h * 0.022, mark
        )
    block.fill(oval((x, base - h * 0.985), h * 0.15, h * 0.035), INK)
    block.fill(
        ribbon(arc((x, base - h * 0.985), h * 0.16, h * 0.04, 0, 360), lambda _t: max(2, h * 0.014)), mark
    )


def basket(block: Block, x: float, base: float, width: float, height: float, ink: int = OCHRE) -> None:
    """A woven basket."""
    shape = [
        (x - width / 2, base - height),
        (x + width / 2, base - height),
        (x + width * 0.38, base),
        (x - width * 0.38, base),
    ]
    outlined(block, shape, ink, max(3, width * 0.03))
    for row in range(5):
        y = base - height * (0.1 + 0.17 * row)
        half = width * (0.36 + 0.02 * row)
        for i in range(7):
            at = x - half + 2 * half * (i + (0.5 if row % 2 else 0)) / 7
            gouge(block, (at, y), (at + half * 0.26, y - height * 0.03), max(3, height * 0.04), INK)
    bar(
        block, (x - width * 0.54, base - height), (x + width * 0.54, base - height), max(6, height * 0.1), INK
    )


def crate(block: Block, x: float, base: float, width: float, height: float, ink: int = PAPER) -> None:
    """A box with a lid."""
    outlined(block, box(x - width / 2, base - height, width, height), ink, 4)
    bar(
        block,
        (x - width * 0.53, base - height * 0.92),
        (x + width * 0.53, base - height * 0.92),
        height * 0.18,
        INK,
    )
    gouge(block, (x - width * 0.3, base - height * 0.5), (x + width * 0.3, base - height * 0.48), 5, INK)


def bowl(block: Block, x: float, y: float, size: float, ink: int = PAPER) -> None:
    """A bowl standing on y."""
    outlined(
        block, arc((x, y - size * 0.5), size / 2, size * 0.5, 0, 180, 10), ink, max(2.4, size * 0.07), 0.2
    )


def teapot(block: Block, x: float, y: float, size: float, ink: int = INK) -> None:
    """A teapot standing on y, spout to the right."""
    block.fill(
        ribbon(
            curve(
                [
                    (x + size * 0.3, y - size * 0.3),
                    (x + size * 0.55, y - size * 0.35),
                    (x + size * 0.7, y - size * 0.65),
                ],
                4,
            ),
            lambda t: size * (0.2 - 0.1 * t),
        ),
        ink,
    )
    block.fill(
        ribbon(
            arc((x - size * 0.1, y - size * 0.6), size * 0.42, size * 0.5, 150, 350, 12),
            lambda _t: size * 0.06,
        ),
        ink,
    )
    block.fill(oval((x, y - size * 0.36), size * 0.45, size * 0.36), ink)
    block.fill(oval((x, y - size * 0.75), size * 0.1, size * 0.08), ink)
    gouge(
        block,
        (x - size * 0.28, y - size * 0.45),
        (x - size * 0.05, y - size * 0.6),
        size * 0.06,
        PAPER if ink == INK else INK,
    )


def bulb(block: Block, at: Point, size: float, reach: float, drop: float, dark: bool = True) -> None:
    """A bare lamp hanging `drop` units, with its rays (white on dark, black on light)."""
    x, y = at
    mark = PAPER if dark else INK
    bar(block, (x, y - drop), (x, y - size), 4, mark)
    fan(block, at, size * 1.7, reach, 30, max(5, size * 0.3), mark)
    cut(
        block,
        [
            (x - size * 0.5, y - size * 1.6),
            (x + size * 0.5, y - size * 1.6),
            (x + size * 1.4, y - size * 0.2),
            (x - size * 1.4, y - size * 0.2),
        ],
        INK,
        0.8,
    )
    if dark:
        stroke(
            block,
            [
                (x - size * 1.4, y - size * 0.2),
                (x - size * 0.5, y - size * 1.6),
                (x + size * 0.5, y - size * 1.6),
                (x + size * 1.4, y - size * 0.2),
            ],
            3,
            PAPER,
        )
    block.fill(oval((x, y + size * 0.1), size * 0.6, size * 0.7), OCHRE)


def lantern(block: Block, x: float, y: float, size: float) -> None:
    """A red lantern hung at (x, y)."""
    bar(block, (x, y - size * 0.4), (x, y + size * 1.5), 3)
    block.fill(oval((x, y + size * 0.55), size * 0.56, size * 0.46), RED)
    for turn in (-0.6, -0.2, 0.2, 0.6):
        block.fill(
            ribbon(arc((x, y + size * 0.55), size * 0.56 * turn, size * 0.45, -80, 80, 10), lambda _t: 2.6),
            PAPER,
        )
    bar(block, (x - size * 0.25, y + size * 0.1), (x + size * 0.25, y + size * 0.1), size * 0.1)
    bar(block, (x - size * 0.25, y + size), (x + size * 0.25, y + size), size * 0.1)


def bicycle(block: Block, x: float, base: float, size: float, facing: int = 1, ink: int = INK) -> None:
    """A roadster, `size` units from hub to hub, standing on `base`; (x) is midway."""
    r = size * 0.34
    rear, front = (x - facing * size / 2, base - r), (x + facing * size / 2, base - r)
    for hub in (rear, front):
        ring = arc(hub, r, r, 0, 360, 32)
        block.fill(ribbon(ring, lambda _t: max(4.5, size * 0.035)), ink)
        for i in range(8):
            a = math.tau * i / 8 + 0.2
            bar(block, hub, (hub[0] + r * math.cos(a), hub[1] + r * math.sin(a)), 1.8, ink)
    crank = (x - facing * size * 0.06, base - r * 0.9)
    seat = (x - facing * size * 0.2, base - size * 0.78)
    stem = (x + facing * size * 0.3, base - size * 0.8)
    wide = max(5, size * 0.04)
    for one, other in (
        (rear, crank),
        (crank, seat),
        (seat, rear),
        (seat, stem),
        (crank, stem),
        (stem, front),
    ):
        bar(block, one, other, wide, ink)
    bar(block, (seat[0] - size * 0.1, seat[1] - 4), (seat[0] + size * 0.1, seat[1] - 4), wide * 2, ink)
    bar(block, stem, (stem[0] - facing * size * 0.02, stem[1] - size * 0.14), wide, ink)
    bar(
        block,
        (stem[0] - facing * size * 0.14, stem[1] - size * 0.13),
        (stem[0] + facing * size * 0.04, stem[1] - size * 0.15),
        wide,
        ink,
    )
    bar(block, (rear[0] - facing * size * 0.1, base - r * 2.1), (seat[0], base - r * 2.1), wide, ink)
