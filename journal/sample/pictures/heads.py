"""Heads in profile: one cut face, and the hair or the hat that tells who it is."""

import math
from collections.abc import Sequence

from journal.sample.pictures.brush import curve, gouge, ribbon
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block, Point

__all__ = ["head", "measures"]

#: Outlines in hundredths of the head round its middle, x forward, y down.
_FACE = (
    "-5 -50  18 -46  33 -33  38 -16  36 -7  42 3  48 13  39 18  41 25  37 29  39 34  "
    "34 38  36 46  27 53  10 47  6 68  -30 68  -32 36  -44 12  -46 -14  -38 -36  -24 -47"
)
_HAIR = {
    "short": (
        "32 -36  18 -53  -8 -58  -34 -48  -50 -20  -48 14  -33 40  -22 34  -16 8  -2 -2  4 -20  20 -26"
    ),
    "bob": "35 -30  24 -52  -8 -60  -40 -50  -55 -15  -56 30  -46 52  -10 50  2 20  6 -10  24 -20",
    "bun": (
        "32 -36  18 -53  -8 -58  -36 -48  -62 -40  -78 -22  "
        "-74 0  -54 8  -42 22  -30 26  -14 0  4 -20  20 -28"
    ),
    "scarf": ("38 -28  22 -54  -10 -60  -42 -48  -56 -10  -60 30  -42 62  10 66  20 50  0 30  6 -5  20 -24"),
    "cap": ("62 -20  38 -30  30 -48  2 -60  -34 -54  -50 -26  -46 6  -34 30  -24 28  -16 -2  4 -16  36 -18"),
}
_HAIR["grey"] = _HAIR["short"]
_STRAW = "-5 -78  14 -62  86 -14  84 -5  30 -16  -30 -12  -90 2  -92 -6  -24 -64"


def measures(text: str) -> list[Point]:
    """Pairs of hundredths, as points."""
    numbers = [int(word) / 100 for word in text.split()]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


class _Turned:
    """Puts head measures onto the block: scaled, tilted forward, mirrored."""

    def __init__(self, block: Block, centre: Point, size: float, facing: int, tilt: float) -> None:
        self.block, self.centre, self.size, self.facing = block, centre, size, facing
        self.cos, self.sin = math.cos(tilt), math.sin(tilt)

    def __call__(self, points: Sequence[Point]) -> list[Point]:
        return [
            (
                self.centre[0] + (x * self.cos - y * self.sin) * self.size * self.facing,
                self.centre[1] + (x * self.sin + y * self.cos) * self.size,
            )
            for x, y in points
        ]

    def line(self, points: Sequence[Point], width: float, ink: int = INK) -> None:
        wide = max(1.6, width * self.size)
        line = curve(self(points), 5)
        self.block.fill(
            ribbon(line, lambda t: wide * (0.35 + 0.65 * math.sin(math.pi * (0.1 + 0.85 * t)))), ink
        )


def head(
    block: Block, centre: Point, size: float, facing: int, tilt: float, kind: str, skin: int = PAPER
) -> None:
    """A head `size` units from crown to chin; `tilt` in radians, forward positive; `kind` as `Dress.head`."""
    at = _Turned(block, centre, size, facing, tilt)
    face = at(measures(_FACE))
    block.fill(ribbon([*face, face[0]], lambda _t: max(3.0, size * 0.07)), INK)
    block.fill(face, skin)
    if size > 34:
        _features(at, old=kind in ("grey", "bald"))
    if kind == "straw":
        block.fill(at(measures(_HAIR["short"])), INK)
        _straw(at)
    elif kind == "bald":
        at.line(((-0.4, -0.1), (-0.44, 0.1), (-0.32, 0.3)), 0.12, GREY)
    else:
        _hair(at, kind)


def _hair(at: _Turned, kind: str) -> None:
    shape = at(measures(_HAIR[kind]))
    ink = {"grey": GREY, "scarf": RED, "cap": INK}.get(kind, INK)
    if kind in ("grey", "scarf"):
        at.block.fill(ribbon([*shape, shape[0]], lambda _t: max(2.4, at.size * 0.05)), INK)
    at.block.fill(shape, ink)
    if at.size < 30:
        return
    for i in range(4):
        y = -0.42 + 0.12 * i
        a, b = at(((-0.4 + 0.04 * i, y + 0.14), (-0.02 + 0.02 * i, y - 0.04)))
        gouge(at.block, a, b, at.size * 0.025, INK if kind == "grey" else PAPER)


def _features(at: _Turned, old: bool) -> None:
    at.line(((0.17, -0.13), (0.27, -0.17), (0.37, -0.14)), 0.06)
    at.line(((0.2, -0.02), (0.27, -0.045), (0.34, -0.01)), 0.055)
    at.line(((0.25, 0.3), (0.33, 0.285), (0.38, 0.29)), 0.035)
    at.line(((0.34, 0.17), (0.36, 0.13), (0.4, 0.18)), 0.03)
    at.line(((-0.14, 0.12), (-0.17, -0.04), (-0.08, -0.08), (-0.03, 0.02), (-0.1, 0.14)), 0.035)
    at.line(((0.1, 0.46), (-0.02, 0.36), (-0.08, 0.22)), 0.04)
    if old:
        at.line(((0.2, 0.14), (0.24, 0.24), (0.2, 0.34)), 0.03)
        at.line(((0.1, 0.06), (0.12, 0.18), (0.08, 0.3)), 0.03)
        at.line(((0.12, -0.28), (0.22, -0.3), (0.32, -0.26)), 0.025)
        at.line(((0.06, -0.06), (0.11, -0.02), (0.14, 0.03)), 0.025)


def _straw(at: _Turned) -> None:
    shape = at(measures(_STRAW))
    at.block.fill(ribbon([*shape, shape[0]], lambda _t: max(2.4, at.size * 0.05)), INK)
    at.block.fill(shape, OCHRE)
    for end in (-0.7, -0.4, -0.1, 0.2, 0.5, 0.75):
        at.line(((-0.04 + end * 0.1, -0.7), (end * 0.95, -0.14)), 0.025)
