"""Boats and buses."""

from collections.abc import Callable

from journal.sample.pictures.brush import arc, bar, curve, cut, gouge, hatch, outlined, oval, ribbon
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block, Point
from journal.sample.pictures.props import shelf

__all__ = ["bus", "ferryboat", "hull", "sampan"]


def sampan(block: Block, x: float, y: float, length: float, facing: int = 1, ink: int = INK) -> None:
    """A small boat, amidships on the waterline point, with a mat roof."""
    f, k = facing, length
    shape = curve(
        [
            (x - 0.5 * k * f, y - 0.09 * k),
            (x - 0.3 * k * f, y - 0.02 * k),
            (x, y),
            (x + 0.34 * k * f, y - 0.03 * k),
            (x + 0.56 * k * f, y - 0.14 * k),
        ],
        6,
    )
    low = curve([(x + 0.44 * k * f, y + 0.03 * k), (x, y + 0.07 * k), (x - 0.4 * k * f, y + 0.04 * k)], 6)
    block.fill(ribbon([*shape, *low, shape[0]], lambda _t: 7), PAPER)
    roofed = arc((x - 0.04 * k * f, y - 0.01 * k), 0.2 * k, 0.15 * k, 180, 360, 16)
    block.fill(roofed, OCHRE)
    block.fill(ribbon(roofed, lambda _t: 6), INK)
    for i in range(6):
        at = x - 0.18 * k + 0.05 * k * i
        gouge(block, (at, y - 0.03 * k), (at + 0.03 * k, y - 0.11 * k), 5, INK)
    block.fill([*shape, *low], ink)
    gouge(block, (x - 0.36 * k, y + 0.02 * k), (x + 0.38 * k, y + 0.015 * k), 5, PAPER if ink == INK else INK)


def ferryboat(block: Block, x: float, y: float, length: float, facing: int = 1, stripe: int = RED) -> None:
    """A white river ferry on the waterline point: hull, cabin with windows, wheelhouse, funnel, rail."""
    f, k = facing, length

    def at(points: list[Point]) -> list[Point]:
        return [(x + px * k * f, y + py * k) for px, py in points]

    outlined(block, at([(-0.34, -0.2), (0.2, -0.2), (0.24, -0.09), (-0.36, -0.09)]), PAPER, 5)
    for i in range(6):
        pane = at(
            [
                (-0.31 + 0.085 * i, -0.18),
                (-0.25 + 0.085 * i, -0.18),
                (-0.25 + 0.085 * i, -0.125),
                (-0.31 + 0.085 * i, -0.125),
            ]
        )
        cut(block, pane, INK, 0.8)
        gouge(block, pane[3], pane[1], 4, PAPER)
    cut(block, at([(-0.38, -0.225), (0.26, -0.225), (0.25, -0.195), (-0.37, -0.195)]), INK)
    outlined(block, at([(0.02, -0.33), (0.17, -0.33), (0.2, -0.225), (0.01, -0.225)]), PAPER, 5)
    cut(block, at([(0.08, -0.31), (0.165, -0.31), (0.18, -0.265), (0.08, -0.265)]), INK, 0.8)
    cut(block, at([(-0.01, -0.355), (0.2, -0.355), (0.19, -0.325), (0, -0.325)]), INK)
    cut(block, at([(-0.21, -0.33), (-0.12, -0.33), (-0.11, -0.225), (-0.22, -0.225)]), stripe, 1)
    _bar(block, at([(0.09, -0.35), (0.09, -0.5)]), 5)
    cut(block, at([(0.085, -0.5), (0.085, -0.45), (-0.01, -0.475)]), RED, 1)
    hull_line = at([(-0.45, -0.1), (0.3, -0.1), (0.53, -0.135), (0.44, 0.005), (-0.4, 0.005)])
    cut(block, hull_line, INK, 1)
    cut(
        block, at([(-0.44, -0.075), (0.32, -0.075), (0.46, -0.1), (0.44, -0.06), (-0.435, -0.05)]), PAPER, 0.8
    )
    cut(block, at([(-0.415, -0.018), (0.435, -0.018), (0.425, 0.008), (-0.41, 0.008)]), stripe, 0.8)
    for i in range(5):
        _bar(block, at([(0.27 + 0.05 * i, -0.1), (0.27 + 0.05 * i, -0.16 - 0.008 * i)]), 3.4)
    _bar(block, at([(0.26, -0.155), (0.5, -0.195)]), 4)
    for i in range(4):
        block.fill(
            ribbon(
                arc(at([(-0.3 + 0.2 * i, -0.028)])[0], 0.024 * k, 0.024 * k, 0, 360, 14), lambda _t: 0.014 * k
            ),
            INK,
        )


def hull(block: Block, x: float, y: float, length: float, ribs: bool) -> list[Point]:
    """A wooden boat on the slip, keel at `y`: planked, or with open ribs; returns its sheer line."""
    k = length
    sheer = curve(
        [
            (x - 0.5 * k, y - 0.3 * k),
            (x - 0.25 * k, y - 0.22 * k),
            (x + 0.05 * k, y - 0.205 * k),
            (x + 0.32 * k, y - 0.25 * k),
            (x + 0.54 * k, y - 0.36 * k),
        ],
        8,
    )
    keel = curve(
        [
            (x + 0.42 * k, y - 0.1 * k),
            (x + 0.28 * k, y - 0.01 * k),
            (x, y),
            (x - 0.3 * k, y - 0.02 * k),
            (x - 0.42 * k, y - 0.12 * k),
        ],
        8,
    )
    body = [*sheer, *keel]
    block.fill(ribbon([*body, body[0]], lambda _t: 16), INK)
    block.fill(body, INK if ribs else OCHRE)
    if ribs:
        block.fill([*sheer, *[(px, py - 0.06 * k) for px, py in keel[6:-6]]], PAPER)
    for row in range(1, 6):
        t = row / 6
        line = [
            _between(sheer[round(i * (len(sheer) - 1) / 20)], keel[::-1][round(i * (len(keel) - 1) / 20)], t)
            for i in range(21)
        ]
        if not ribs or row > 3:
            block.fill(ribbon(line, lambda s: 3 + 2 * abs(s - 0.5)), PAPER if ribs else INK)
    if ribs:
        for i in range(1, 14):
            a, b = sheer[round(i * (len(sheer) - 1) / 14)], keel[::-1][round(i * (len(keel) - 1) / 14)]
            bar(block, (a[0], a[1] - 0.03 * k), b, 13, INK)
    else:
        hatch(block, body, 4, 15, lambda _u, v: max(0, 9 * v - 2.5), INK, 100)
    block.fill(ribbon(sheer, lambda _t: 0.03 * k), INK)
    block.fill(ribbon([(px, py + 2) for px, py in sheer], lambda _t: 4), PAPER)
    return sheer


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def bus(
    block: Block,
    x: float,
    base: float,
    length: float,
    facing: int = 1,
    books: bool = False,
    lit: bool = False,
    open_door: bool = True,
) -> None:
    """A country bus standing on `base`, its middle at `x`; with `books`, the long window shows shelves."""
    f, k = facing, length
    top = base - 0.43 * k

    def at(points: list[Point]) -> list[Point]:
        return [(x + px * k * f, base + py * k) for px, py in points]

    outlined(
        block,
        at(
            [
                (-0.5, -0.07),
                (-0.5, -0.37),
                (-0.47, -0.42),
                (0.44, -0.42),
                (0.48, -0.38),
                (0.5, -0.2),
                (0.5, -0.07),
            ]
        ),
        PAPER,
        7,
    )
    cut(block, at([(-0.5, -0.16), (0.495, -0.16), (0.5, -0.07), (-0.5, -0.07)]), RED, 1)
    cut(block, at([(-0.46, -0.445), (0.3, -0.445), (0.3, -0.41), (-0.46, -0.41)]), INK)
    pane = OCHRE if lit else INK
    if books:
        left = min(x - 0.46 * k * f, x + 0.06 * k * f)
        shelf(block, left, top + 0.04 * k, 0.52 * k, 0.2 * k, 2, 0.12)
    else:
        for i in range(4):
            cut(
                block,
                at(
                    [
                        (-0.46 + 0.135 * i, -0.38),
                        (-0.345 + 0.135 * i, -0.38),
                        (-0.345 + 0.135 * i, -0.22),
                        (-0.46 + 0.135 * i, -0.22),
                    ]
                ),
                pane,
                1,
            )
            _gouge(
                block, at([(-0.44 + 0.135 * i, -0.24), (-0.38 + 0.135 * i, -0.36)]), 9, INK if lit else PAPER
            )
    _door(block, at, lit, open_door)
    cut(block, at([(0.34, -0.38), (0.455, -0.38), (0.49, -0.22), (0.34, -0.22)]), pane, 1)
    _gouge(block, at([(0.38, -0.24), (0.44, -0.36)]), 9, INK if lit else PAPER)
    block.fill(oval(at([(0.475, -0.115)])[0], 0.018 * k, 0.022 * k), OCHRE)
    for hub in (-0.3, 0.36):
        centre = at([(hub, -0.062)])[0]
        block.fill(arc(centre, 0.095 * k, 0.095 * k, 180, 360, 16), PAPER)
        block.fill(oval(centre, 0.077 * k, 0.077 * k), INK)
        block.fill(oval(centre, 0.036 * k, 0.036 * k), GREY)
    hatch(
        block,
        [
            (x - 0.5 * k, base - 4),
            (x + 0.5 * k, base - 4),
            (x + 0.56 * k, base + 0.05 * k),
            (x - 0.56 * k, base + 0.05 * k),
        ],
        0,
        9,
        lambda _u, v: 9 * (1 - v) + 1,
        INK,
        120,
    )


def _door(block: Block, at: Callable[[list[Point]], list[Point]], lit: bool, open_door: bool) -> None:
    cut(block, at([(0.1, -0.39), (0.27, -0.39), (0.27, -0.06), (0.1, -0.06)]), OCHRE if lit else INK, 1)
    if open_door:
        cut(block, at([(0.1, -0.13), (0.27, -0.13), (0.27, -0.1), (0.1, -0.1)]), PAPER, 0.6)
        cut(block, at([(0.09, -0.06), (0.28, -0.06), (0.29, -0.035), (0.08, -0.035)]), INK, 0.6)
        return
    for px in (0.115, 0.195):
        outlined(block, at([(px, -0.37), (px + 0.06, -0.37), (px + 0.06, -0.1), (px, -0.1)]), GREY, 3)


def _bar(block: Block, ends: list[Point], width: float, ink: int = INK) -> None:
    bar(block, ends[0], ends[1], width, ink)


def _gouge(block: Block, ends: list[Point], width: float, ink: int = PAPER) -> None:
    gouge(block, ends[0], ends[1], width, ink)
