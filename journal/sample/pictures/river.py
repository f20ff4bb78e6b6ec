"""The river"s pictures: ferry, gauge."""

from journal.sample.pictures.brush import bar, box, cut, gouge, hatch, outlined
from journal.sample.pictures.figures import OUTFITS, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import hills, ridge, sky, water, weather
from journal.sample.pictures.plants import grass
from journal.sample.pictures.press import GREY, INK, PAPER, RED, Block
from journal.sample.pictures.props import bicycle, crate
from journal.sample.pictures.vehicles import ferryboat, hull

__all__ = ["ferry", "gauge"]


def ferry(block: Block, mood: Mood) -> None:
    """A ferry on the river, people waiting on the stone landing."""
    w, h = block.width, block.height
    far = h * mood.between(0.36, 0.46)
    light = sky(block, mood, far)
    hills(block, ridge(block, far, mood.between(90, 190)), far + 4, GREY if not mood.night else INK, PAPER)
    water(block, mood, far, h, None if mood.hour == "day" else light[0])
    bar(block, (-5, far), (w + 5, far), 6)
    facing = 1 if mood.chance(0.5) else -1
    size = mood.between(560, 720) if not block.tall else 560
    boat = (w * (0.5 - 0.14 * facing), h * mood.between(0.56, 0.62))
    if mood.says("木船"):
        hull(block, boat[0], boat[1] + 50, size, ribs=False)
    else:
        ferryboat(block, *boat, size, facing)
    for i in range(9):
        x = boat[0] + mood.near(0, size * 0.5)
        gouge(
            block, (x - 70, boat[1] + 10 + 5 * i), (x + 70, boat[1] + 10 + 5 * i), 8, INK if i % 3 else PAPER
        )
    _landing(block, mood, facing)
    weather(block, mood, far - 40)


def _landing(block: Block, mood: Mood, facing: int) -> None:
    w, h = block.width, block.height
    left = facing < 0
    close = 1.38 if mood.chance(0.45) and not block.tall else 1.0
    ground = h * (mood.between(0.86, 0.9) if close == 1 else 0.945)
    edge = w * mood.between(0.46, 0.58)
    far_edge, near = (0.0, edge) if left else (w - edge, w)
    slope = 1 if left else -1
    shore = [(far_edge - 10, ground), (near + 10, ground), (near + 10, h + 10), (far_edge - 10, h + 10)]
    cut(block, shore, INK, 2)
    tip = near if left else far_edge
    for i in range(5):
        y = ground + 24 * i
        cut(block, box(min(tip, tip + slope * (40 + 46 * i)), y, 40 + 46 * i, h - y + 10), INK, 1)
        gouge(
            block,
            (far_edge if left else tip - 40 * i, y + 6),
            (tip + 40 * i if left else near, y + 6),
            7,
            PAPER,
        )
    hatch(block, shore, 0, 24, lambda _u, v: 6 * (1 - v), PAPER, 170)
    look = 1 if left else -1
    count = mood.rng.randint(3, 5) if close == 1 else 3
    rider = mood.says("自行车") or mood.chance(0.4)
    for i in range(count):
        x = far_edge + 70 + (near - far_edge - 170) * (i + mood.between(-0.1, 0.2)) / max(1, count - 1)
        pose = mood.pick("stand", "behind", "hold") if i else "pole" if mood.chance(0.4) else "stand"
        if rider and i == (count - 1 if left else 0):
            who = person(
                block,
                (x - look * 115 * close, ground + 8),
                300 * close,
                "push",
                look,
                OUTFITS[mood.rng.randrange(6)],
            )
            bicycle(block, who.hand[0] - look * 34 * close, ground + 8, 185 * close, look)
            continue
        person(
            block, (x, ground + 8), mood.between(275, 310) * close, pose, look, OUTFITS[mood.rng.randrange(6)]
        )
    if mood.says("箱"):
        for i in range(3):
            crate(block, far_edge + (near - far_edge) * (0.25 + 0.22 * i), ground + 12, 84, 62)


def gauge(block: Block, mood: Mood) -> None:
    """A leaning staff gauge beside the stone steps, and someone who reads it."""
    w, h = block.width, block.height
    far = h * mood.between(0.3, 0.4)
    light = sky(block, mood, far)
    hills(block, ridge(block, far, mood.between(60, 150)), far + 4, GREY if not mood.night else INK)
    water(block, mood, far, h, None if mood.hour == "day" else light[0])
    left = mood.chance(0.6)
    side = 1 if left else -1
    corner = w * 0.3
    _bank_steps(block, h * 0.52, corner, left)
    _staff(
        block,
        (corner + 330) if left else w - corner - 330,
        h * 0.14,
        h * 0.97,
        mood.between(0.04, 0.13) * side,
    )
    foot = (corner - 40) if left else w - corner + 40
    pose = mood.pick("write", "hold", "squat") if not mood.says("复测") else "hold"
    pose = "hold" if pose == "write" else pose
    who = person(block, (foot, h * 0.525), h * 0.4, pose, side, OUTFITS[mood.rng.randrange(1, 5)])
    cut(
        block,
        [
            (who.hand[0] - 10, who.hand[1] - 26),
            (who.hand[0] + side * 44, who.hand[1] - 46),
            (who.hand[0] + side * 54, who.hand[1] - 14),
            (who.hand[0], who.hand[1] + 6),
        ],
        RED,
        0.6,
    )
    grass(block, 0 if left else w * 0.75, w * 0.25 if left else w, h * 0.53, 46)
    weather(block, mood, far)


def _bank_steps(block: Block, top: float, corner: float, left: bool) -> None:
    """A stone bank at one side, its steps going down into the water."""
    w, h = block.width, block.height

    def x(value: float) -> float:
        return value if left else w - value

    count, run = 8, 62
    rise = (h * 0.98 - top) / count
    for i in range(count):
        y, end = top + rise * i, corner + run * i
        cut(block, [(x(-10), y), (x(end), y), (x(end), h + 10), (x(-10), h + 10)], INK, 1)
    for i in range(count):
        y, end = top + rise * i, corner + run * i
        start = -10 if i == 0 else end - run - 34
        cut(
            block,
            [
                (x(start), y + 3),
                (x(end - 3), y + 3),
                (x(end - 9), y + rise * 0.34),
                (x(start), y + rise * 0.34),
            ],
            PAPER if i % 2 else GREY,
            1,
        )
    face = [(x(-10), top + 30), (x(corner - 60), top + 30), (x(corner + run * 6), h), (x(-10), h)]
    hatch(block, face, 0, rise / 2, lambda _u, _v: 6, PAPER, 120)
    hatch(block, face, 90, 90, lambda _u, _v: 5, PAPER, 30)


def _staff(block: Block, x: float, top: float, base: float, lean: float) -> None:
    run = (base - top) * lean
    half = 44

    def at(t: float, side: float) -> tuple[float, float]:
        return x + run * (1 - t) + side * half, top + (base - top) * t

    block.fill([at(-0.012, -1.35), at(-0.012, 1.35), at(1, 1.35), at(1, -1.35)], INK)
    outlined(block, [at(0, -1), at(0, 1), at(1, 1), at(1, -1)], PAPER, 6)
    for i in range(20):
        t = 0.02 + i * 0.049
        ink = RED if i % 10 < 5 else INK
        for j, reach in enumerate((0.85, 0.2, 0.2)):
            s = t + j * 0.0163
            block.fill(
                [at(s, -0.9), at(s, reach - 0.35), at(s + 0.0085, reach - 0.35), at(s + 0.0085, -0.9)], ink
            )
        if i % 5 == 0:
            block.fill([at(t, 0.62), at(t, 0.82), at(t + 0.04, 0.82), at(t + 0.04, 0.62)], ink)
    hatch(block, [at(0.72, -1), at(0.72, 1), at(1, 1), at(1, -1)], 84, 13, lambda _u, v: 7 * v, GREY, 70)
    for i in range(7):
        y = base - 40 + 14 * i
        gouge(block, (x - 120 + run * 0.1, y), (x + 130, y), 9, INK if i % 2 else PAPER)
