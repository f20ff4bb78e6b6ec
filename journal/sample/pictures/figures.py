"""People: a few joints a pose, clothed as flat shapes with one cut line between arm and coat."""

import math
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from journal.sample.pictures.brush import curve, cut, gouge, oval, ribbon, stroke
from journal.sample.pictures.heads import head, measures
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, Block, Point
from journal.sample.pictures.props import basket

__all__ = ["Dress", "Person", "bystander", "person"]

#: Joints in hundredths of the body from the ground point, x forward, y up: neck, hip, then knee and foot,
#: then elbow and hand, the near side first.
_POSES = {
    "stand": "0 83  -1 50  3 26  2 0  -2 26  -6 0  -3 66  3 50  3 66  8 51",
    "hold": "0 83  -1 50  3 26  3 0  -2 26  -6 0  -1 65  15 60  3 66  17 58",
    "behind": "1 83  0 50  2 26  0 0  -1 26  -5 0  -8 66  -10 52  -8 66  -10 53",
    "walk": "4 82  0 49  10 28  15 0  -3 26  -18 2  -5 64  -5 49  10 65  18 54",
    "push": "8 81  0 49  10 28  12 0  -5 26  -20 2  15 63  30 58  18 64  31 59",
    "pole": "3 81  0 49  10 27  13 0  -4 26  -17 2  12 72  20 84  -4 65  -8 50",
    "reach": "2 83  -1 50  3 26  3 0  -2 26  -7 0  13 88  20 102  6 66  14 62",
    "bend": "21 67  -9 50  -2 26  0 0  -10 26  -13 0  27 52  36 38  31 54  40 42",
    "sweep": "12 78  -3 50  6 27  10 0  -6 26  -13 0  12 60  26 54  20 66  26 68",
    "sit": "2 64  -3 31  21 31  20 0  20 29  12 0  3 46  20 39  7 47  21 42",
    "read": "3 63  -3 31  21 31  20 0  20 29  12 0  6 44  20 50  9 46  22 52",
    "drink": "3 64  -3 31  21 31  20 0  20 29  12 0  11 47  17 62  8 47  20 42",
    "write": "8 61  -3 31  21 31  18 0  20 29  10 0  12 43  27 44  14 45  31 45",
    "plane": "16 58  -6 33  18 31  14 0  20 29  24 0  22 44  38 38  28 46  42 38",
    "kneel": "10 58  -5 29  8 3  -20 2  16 25  17 0  17 42  32 36  22 44  36 40",
    "squat": "7 50  -8 19  16 30  5 0  19 28  12 0  16 36  30 30  20 36  33 34",
}


@dataclass(frozen=True)
class Dress:
    """Inks of coat and trousers; the head is short, bun, bob, cap, straw, scarf, grey or bald."""

    coat: int = INK
    trousers: int = INK
    head: str = "short"


@dataclass(frozen=True)
class Person:
    """Where a drawn person's parts are, in units, for what they hold."""

    hand: Point
    far_hand: Point
    head: Point
    hip: Point
    shoulder: Point


def person(
    block: Block,
    ground: Point,
    height: float,
    pose: str,
    facing: int = 1,
    dress: Dress | None = None,
    halo: int | None = PAPER,
) -> Person:
    """A person `height` units tall (standing) on the ground point, facing right (1) or left (-1)."""
    dress = dress or Dress()
    joints = [(ground[0] + x * facing * height, ground[1] - y * height) for x, y in measures(_POSES[pose])]
    neck, hip, knee, foot, far_knee, far_foot, elbow, hand, far_elbow, far_hand = joints
    lean = math.atan2((neck[0] - hip[0]) * facing, hip[1] - neck[1])
    top = (
        neck[0] + facing * height * (0.012 + 0.085 * math.sin(lean * 0.7)),
        neck[1] - height * 0.085 * math.cos(lean * 0.7),
    )
    shoulder = (neck[0] + (hip[0] - neck[0]) * 0.12, neck[1] + (hip[1] - neck[1]) * 0.12)
    spine = [neck, shoulder, _bulge(shoulder, hip, -0.03 * height * facing), hip]
    if halo is not None:
        _halo(
            block,
            [
                spine,
                [hip, knee, foot],
                [hip, far_knee, far_foot],
                [shoulder, elbow, hand],
                [shoulder, far_elbow, far_hand],
            ],
            top,
            height,
            halo,
        )
    _limb(block, [shoulder, far_elbow, far_hand], height, 0.068, 0.05, dress.coat)
    _hand(block, far_elbow, far_hand, height)
    _leg(block, [hip, far_knee, far_foot], height, facing, dress.trousers)
    _leg(block, [hip, knee, foot], height, facing, dress.trousers, apart=True)
    _torso(
        block,
        spine,
        height,
        dress.coat,
        0.07 if abs(lean) < 0.2 and measures(_POSES[pose])[1][1] > 0.4 else 0.0,
    )
    head(block, top, height * 0.155, facing, lean * 0.55, dress.head)
    _arm(block, [shoulder, elbow, hand], height, dress.coat)
    if pose == "pole":
        _load(block, shoulder, height)
    return Person(hand, far_hand, top, hip, shoulder)


def _bulge(a: Point, b: Point, by: float) -> Point:
    return (a[0] + b[0]) / 2 + by, (a[1] + b[1]) / 2


def _halo(block: Block, lines: list[list[Point]], top: Point, height: float, ink: int) -> None:
    extra = max(5.0, min(9.0, height * 0.02))
    for i, line in enumerate(lines):
        width = height * (0.21 if i == 0 else 0.09) + 2 * extra
        block.fill(ribbon(line, partial(_narrowing, width, width)), ink)
        for joint in line[1:] if i == 0 else line[:2]:
            block.ellipse(joint, width / 2, width / 2, ink)
    block.ellipse(top, height * 0.085 + extra, height * 0.09 + extra, ink)


def _narrowing(start: float, stop: float, t: float) -> float:
    return start + (stop - start) * t


def _limb(block: Block, line: list[Point], height: float, start: float, stop: float, ink: int) -> None:
    """A sleeve or a trouser leg, contoured in black when its cloth is not."""
    edge = max(2.2, height * 0.008)
    for grow, colour in ((edge, INK), (-edge * 0.4, ink)):
        wide = [
            start * height + 2 * grow,
            (start + stop) / 2 * height * 1.05 + 2 * grow,
            stop * height + 2 * grow,
        ]
        for (a, b), (w0, w1) in zip(pairwise(line), pairwise(wide), strict=True):
            block.fill(ribbon([a, b], partial(_narrowing, w0, w1)), colour)
        for joint, w in list(zip(line, wide, strict=True))[:2]:
            block.ellipse(joint, w / 2, w / 2, colour)


def _leg(block: Block, line: list[Point], height: float, facing: int, ink: int, apart: bool = False) -> None:
    if apart:
        _limb_gap(block, line, height)
    _limb(block, line, height, 0.105, 0.07, ink)
    x, y = line[2]
    h = height * 0.01
    cut(
        block,
        [
            (x - 3.6 * h * facing, y - 3 * h),
            (x + 3 * h * facing, y - 3.4 * h),
            (x + 8.5 * h * facing, y - 0.6 * h),
            (x + 8.5 * h * facing, y + 1.2 * h),
            (x - 4 * h * facing, y + 1.2 * h),
        ],
        INK,
        0.4,
    )


def _limb_gap(block: Block, line: list[Point], height: float) -> None:
    gap = max(2.0, height * 0.009)
    for a, b in pairwise(line):
        block.fill(ribbon([a, b], lambda _t: height * 0.1 + 2 * gap), PAPER)


def _torso(block: Block, spine: list[Point], height: float, ink: int, skirt: float) -> None:
    neck, _, _, hip = spine
    down = math.hypot(hip[0] - neck[0], hip[1] - neck[1])
    reach = height * max(0.03, skirt) / down
    hem = (hip[0] + (hip[0] - neck[0]) * reach, hip[1] + (hip[1] - neck[1]) * reach)
    line = [*spine, hem]
    widths = (0.075, 0.17, 0.185, 0.185, 0.2) if skirt else (0.075, 0.17, 0.185, 0.175, 0.13)

    def outline(grow: float) -> list[Point]:
        return ribbon(line, lambda t: height * widths[min(4, round(t * 4))] + 2 * grow)

    edge = max(2.2, height * 0.008)
    for grow, colour in ((edge * 0.8, INK), (-edge * 0.5, ink)):
        block.fill(outline(grow), colour)
        block.ellipse(spine[1], height * 0.085 + grow, height * 0.075 + grow, colour)
        if not skirt:
            block.ellipse(hip, height * 0.088 + grow, height * 0.075 + grow, colour)
    if skirt:
        half = len(line)
        block.fill(ribbon(outline(0)[half - 1 : half + 1], lambda _t: edge), INK)
    if height > 260:
        _folds(block, spine, height, PAPER if ink == INK else INK)


def _folds(block: Block, spine: list[Point], height: float, ink: int) -> None:
    _, _, middle, hip = spine
    for i in range(5):
        x = hip[0] + height * (-0.07 + 0.035 * i)
        gouge(
            block,
            (x, hip[1] + height * 0.03),
            (middle[0] + (x - hip[0]) * 0.8, middle[1] + height * block.rng.uniform(-0.02, 0.08)),
            height * 0.008,
            ink,
        )


def _arm(block: Block, line: list[Point], height: float, ink: int) -> None:
    gap = max(2.4, height * 0.011)
    if ink == INK:
        for a, b in pairwise(line):
            block.fill(ribbon([a, b], lambda _t: height * 0.064 + 2 * gap), PAPER)
        block.ellipse(line[1], height * 0.032 + gap, height * 0.032 + gap, PAPER)
    _limb(block, line, height, 0.072, 0.052, ink)
    if ink == INK:
        block.ellipse(line[0], height * 0.04, height * 0.04, INK)
    _hand(block, line[1], line[2], height)
    if height > 260:
        stroke(
            block,
            [line[0], _bulge(line[0], line[1], height * 0.008), line[1]],
            height * 0.007,
            PAPER if ink == INK else INK,
            taper=True,
        )


def _hand(block: Block, elbow: Point, at: Point, height: float) -> None:
    """A closed hand: a mitten along the forearm with a thumb."""
    length = math.hypot(at[0] - elbow[0], at[1] - elbow[1]) or 1
    ux, uy = (at[0] - elbow[0]) / length * height * 0.05, (at[1] - elbow[1]) / length * height * 0.05
    thumb = -1 if ux > 0 else 1
    shape = [
        (at[0] + ux * a - uy * b * thumb, at[1] + uy * a + ux * b * thumb)
        for a, b in ((-0.5, 0.42), (0.3, 0.5), (0.75, 0.3), (0.8, -0.1), (0.5, -0.4), (-0.5, -0.42))
    ]
    edge = max(2.0, height * 0.011)
    block.fill(ribbon([*shape, shape[0]], lambda _t: edge), INK)
    block.fill(shape, PAPER)
    if height > 260:
        stroke(block, [shape[2], (at[0] + ux * 0.1, at[1] + uy * 0.1)], edge * 0.5, INK)


def _load(block: Block, shoulder: Point, height: float) -> None:
    """The carrying pole on a shoulder, bent by its two baskets."""
    x, y, h = shoulder[0], shoulder[1], height
    line = curve(
        [
            (x - 0.44 * h, y + 0.03 * h),
            (x - 0.2 * h, y - 0.05 * h),
            (x, y - 0.07 * h),
            (x + 0.2 * h, y - 0.05 * h),
            (x + 0.44 * h, y + 0.03 * h),
        ],
        6,
    )
    block.fill(ribbon(line, lambda _t: 0.05 * h), PAPER)
    block.fill(ribbon(line, lambda _t: 0.026 * h), INK)
    for end_x, end_y in (line[0], line[-1]):
        for side in (-0.1, 0.1):
            block.fill(
                ribbon(
                    [(end_x, end_y), (end_x + side * h, end_y + 0.34 * h)], lambda _t: max(2.4, 0.008 * h)
                ),
                INK,
            )
        basket(block, end_x, end_y + 0.5 * h, 0.28 * h, 0.17 * h)


def bystander(block: Block, ground: Point, height: float, ink: int = INK, facing: int = 1) -> None:
    """A far figure of one flat shape: head, coat, two legs."""
    x, y = ground
    sway = block.rng.uniform(-0.02, 0.03) * height * facing
    step = block.rng.uniform(0.03, 0.1) * height
    for side in (-1, 1):
        block.fill(
            [
                (x - 0.06 * height, y - 0.46 * height),
                (x + 0.06 * height, y - 0.46 * height),
                (x + side * step + 0.025 * height, y),
                (x + side * step - 0.03 * height, y),
            ],
            ink,
        )
    cut(
        block,
        [
            (x - 0.05 * height + sway, y - 0.82 * height),
            (x + 0.06 * height + sway, y - 0.82 * height),
            (x + 0.13 * height, y - 0.7 * height),
            (x + 0.12 * height, y - 0.4 * height),
            (x - 0.12 * height, y - 0.4 * height),
            (x - 0.13 * height, y - 0.72 * height),
        ],
        ink,
        0.6,
    )
    block.fill(oval((x + sway * 1.5, y - 0.9 * height), 0.065 * height, 0.08 * height), ink)


OUTFITS = (
    Dress(INK, GREY, "short"),
    Dress(GREY, INK, "bob"),
    Dress(OCHRE, INK, "cap"),
    Dress(PAPER, INK, "bun"),
    Dress(GREY, INK, "straw"),
    Dress(INK, INK, "grey"),
)
