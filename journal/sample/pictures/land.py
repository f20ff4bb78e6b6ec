"""The country: mountain, orchard."""

from journal.sample.pictures.brush import bar, box, curve, cut, gouge, hatch, oval, ribbon
from journal.sample.pictures.built import house, window
from journal.sample.pictures.figures import OUTFITS, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import cloud, hills, mist, ridge, sky, weather
from journal.sample.pictures.plants import grass, tree
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block, Point
from journal.sample.pictures.props import basket

__all__ = ["mountain", "orchard"]


def mountain(block: Block, mood: Mood) -> None:
    """Ranges one behind another; a road with walkers, a village, a kiln's smoke or a stream."""
    w, h = block.width, block.height
    sky(block, mood, h * 0.66)
    inks = [GREY, GREY, INK] if not mood.night else [INK, GREY, INK]
    for i, ink in enumerate(inks):
        base = h * (0.5 + 0.17 * i)
        line = ridge(block, base, h * mood.between(0.3, 0.42) * (1 - 0.12 * i), 0.8)
        block.fill(ribbon(line, lambda _t: 8), PAPER)
        hills(block, line, base + h * 0.2, ink, PAPER, 7 + 2 * i)
        if i < 2 and mood.weather != "clear":
            cloud(block, (w * mood.between(0.2, 0.8), base - 10), mood.between(190, 330), PAPER)
    kind = "road"
    if mood.says("窑"):
        kind = "village"
    elif mood.says("细流", "林"):
        kind = "stream"
    elif not mood.says("路"):
        kind = mood.pick("road", "village", "stream")
    {"road": _road, "village": _village, "stream": _stream}[kind](block, mood)
    weather(block, mood, h * 0.5)


def _road(block: Block, mood: Mood) -> None:
    w, h = block.width, block.height
    side = 1 if mood.chance(0.5) else -1

    def x(t: float) -> float:
        return w * (0.5 + (t - 0.5) * side)

    slope = curve(
        [
            (x(-0.05), h * 0.34),
            (x(0.2), h * 0.46),
            (x(0.45), h * 0.62),
            (x(0.75), h * 0.8),
            (x(1.05), h * 0.9),
        ],
        8,
    )
    cut(block, [*slope, (x(1.05), h + 10), (x(-0.05), h + 10)], INK, 3)
    hatch(
        block,
        [*slope, (x(1.05), h + 10), (x(-0.05), h + 10)],
        52 * side,
        30,
        lambda _u, v: 7 * (1 - v) + 1,
        PAPER,
        130,
    )
    road = curve(
        [
            (x(1.05), h * 0.98),
            (x(0.78), h * 0.9),
            (x(0.42), h * 0.88),
            (x(0.2), h * 0.78),
            (x(0.3), h * 0.68),
            (x(0.4), h * 0.63),
            (x(0.26), h * 0.56),
            (x(0.12), h * 0.5),
        ],
        8,
    )
    block.fill(ribbon(road, lambda t: 128 * (1 - t) ** 1.15 + 20), INK)
    block.fill(ribbon(road, lambda t: 108 * (1 - t) ** 1.15 + 12), PAPER)
    block.fill(ribbon(road, lambda t: 5 * (1 - t) + 1), OCHRE)
    for i in range(mood.rng.randint(1, 3)):
        px, py = road[int(len(road) * (0.2 + 0.09 * i))]
        person(
            block,
            (px, py + 12),
            h * (0.25 - 0.025 * i),
            mood.pick("walk", "pole", "walk"),
            -side,
            OUTFITS[mood.rng.randrange(6)],
        )
    if mood.says("拆", "屋基"):
        _ruins(block, (x(0.5), h * 0.995))
    tree(block, (x(0.06), h * 0.62), h * 0.46, GREY, 8 * side, INK)
    tree(block, (x(0.94), h * 1.0), h * 0.5, INK, -5 * side)


def _ruins(block: Block, at: Point) -> None:
    x, y = at
    for i in range(3):
        wide = 210 - 40 * i
        cut(block, box(x - wide / 2 + 30 * i, y - 26 - 30 * i, wide, 26), PAPER, 2)
        hatch(block, box(x - wide / 2 + 30 * i, y - 26 - 30 * i, wide, 26), 90, 34, lambda _u, _v: 5, INK, 26)


def _village(block: Block, mood: Mood) -> None:
    w, h = block.width, block.height
    low = curve([(-10, h * 0.84), (w * 0.3, h * 0.78), (w * 0.7, h * 0.84), (w + 10, h * 0.76)], 8)
    cut(block, [*low, (w + 10, h + 10), (-10, h + 10)], OCHRE if not mood.night else GREY, 2)
    hatch(block, box(0, h * 0.76, w, h * 0.25), 8, 30, lambda _u, v: 7 * v, INK, 150)
    start = w * mood.between(0.08, 0.3)
    for i in range(4):
        x = start + (150 if not block.tall else 120) * i
        base = h * (0.86 - 0.025 * (i % 2))
        house(block, x, base, 170, 170 + 20 * (i % 2), PAPER)
        window(block, x + 52, base - 72, 54, 46, lit=mood.night or mood.hour != "day")
    for i in range(2):
        x = start + 150 + 250 * i
        line = curve([(x, h * 0.68), (x + 40, h * 0.58), (x + 10, h * 0.46), (x + 90, h * 0.3)], 8)
        block.fill(ribbon(line, lambda t: 4 + 95 * t * (1 - t) ** 0.5), PAPER)
    tree(block, (start - 50, h * 0.9), h * 0.36, INK)
    tree(block, (w * 0.9, h * 0.96), h * 0.46, INK)
    if mood.weather == "mist" or mood.says("雾"):
        mist(block, mood, h * 0.62, 2)
    person(
        block,
        (w * 0.74, h * 0.95),
        h * 0.24,
        mood.pick("pole", "walk", "behind"),
        -1,
        OUTFITS[mood.rng.randrange(6)],
    )


def _stream(block: Block, mood: Mood) -> None:
    w, h = block.width, block.height
    bank = curve([(-10, h * 0.78), (w * 0.3, h * 0.74), (w * 0.6, h * 0.8), (w + 10, h * 0.72)], 8)
    cut(block, [*bank, (w + 10, h + 10), (-10, h + 10)], INK, 2)
    for start in (0.2, 0.5, 0.78):
        line = curve(
            [
                (w * start, h * 0.5),
                (w * (start + 0.03), h * 0.62),
                (w * (start * 0.5 + 0.22), h * 0.74),
                (w * (0.3 * start + 0.36), h * 0.86),
                (w * 0.46, h + 20),
            ],
            8,
        )
        block.fill(ribbon(line, lambda t: 8 + 90 * t * t), PAPER)
        for _ in range(4):
            block.fill(
                ribbon([(px + mood.near(0, 10), py) for px, py in line[6:]], lambda t: 2 + 4 * t), GREY
            )
    for i in range(9):
        x = w * (i + mood.between(0.1, 0.9)) / 9
        if abs(x - w * 0.46) > 150:
            _fir(block, x, h * mood.between(0.9, 1.04), h * mood.between(0.28, 0.5), (INK, GREY)[i % 2])
    person(block, (w * 0.64, h * 0.93), h * 0.24, "behind", -1, OUTFITS[mood.rng.randrange(6)])


def _fir(block: Block, x: float, base: float, height: float, ink: int) -> None:
    bar(block, (x, base), (x, base - height), height * 0.035)
    tiers = 7
    for i in range(tiers):
        y = base - height * (0.12 + 0.82 * i / tiers)
        half = height * 0.24 * (1 - i / tiers) + 9
        shape = [
            (x - half, y + height * 0.03),
            (x, y - height * 0.17),
            (x + half, y + height * 0.03),
            (x + half * 0.4, y),
            (x, y + height * 0.03),
            (x - half * 0.4, y),
        ]
        block.fill(ribbon([*shape, shape[0]], lambda _t: 6), PAPER if ink == INK else INK)
        block.fill(shape, ink)
        for s in (-0.5, 0.1, 0.5):
            gouge(
                block,
                (x + half * s * 0.3, y - height * 0.09),
                (x + half * s, y),
                4,
                PAPER if ink == INK else INK,
            )


def orchard(block: Block, mood: Mood) -> None:
    """Trees in blossom or in fruit before an old brick house, people beneath."""
    w, h = block.width, block.height
    floor = h * 0.72
    sky(block, mood, floor)
    hills(block, ridge(block, floor, 200), floor + 5, GREY if not mood.night else INK)
    cut(block, box(-10, floor, w + 20, h - floor + 10), OCHRE if mood.hour == "day" else GREY, 2)
    hatch(block, box(0, floor, w, h - floor), 3, 26, lambda _u, v: 2 + 7 * v, INK, 150)
    flowering = mood.says("花", "3月", "杏树") or mood.chance(0.4)
    side = 1 if mood.chance(0.5) else -1
    if mood.says("平房", "旧址", "院") or mood.chance(0.4):
        wide = w * 0.5
        x = w * 0.46 if side > 0 else w * 0.04
        house(block, x, floor + 40, wide, h * 0.4, GREY)
        for i in range(3):
            window(block, x + wide * (0.12 + 0.3 * i), floor - h * 0.1, wide * 0.15, h * 0.09, lit=mood.night)
    rows = (
        [(0.3 if side > 0 else 0.7, 0.92, 0.74)]
        if mood.says("一棵", "老杏")
        else [(0.18, 0.8, 0.5), (0.86, 0.8, 0.44), (0.5 - 0.12 * side, 0.92, 0.66)]
    )
    for t, base, tall in rows:
        _fruit_tree(block, mood, (w * t, h * base), h * tall * (0.75 if block.tall else 1), flowering)
    look = -side
    at = w * (0.62 if side > 0 else 0.38)
    who = person(
        block,
        (at, h * 0.95),
        h * 0.4 * (0.75 if block.tall else 1),
        "reach" if not flowering else mood.pick("behind", "stand", "hold"),
        look,
        OUTFITS[mood.rng.randrange(1, 6)],
    )
    if not flowering:
        basket(block, who.hip[0] + look * 130, h * 0.97, 140, 84)
        for i in range(5):
            block.fill(oval((who.hip[0] + look * 130 - 50 + 25 * i, h * 0.97 - 92), 17, 17), RED)
    grass(block, 0, w, h + 4, 60)
    if not flowering:
        weather(block, mood, floor - 60)


def _fruit_tree(block: Block, mood: Mood, foot: Point, height: float, flowering: bool) -> None:
    ends = tree(
        block,
        foot,
        height,
        None if flowering else GREY if mood.night else INK,
        mood.near(0, 6),
        INK if mood.night else PAPER,
    )
    for x, y in ends:
        if flowering:
            for _ in range(9):
                at = (x + mood.near(0, height * 0.075), y + mood.near(0, height * 0.065))
                _flower(block, at, mood.between(8, 15), RED if mood.chance(0.12) else PAPER)
        elif mood.chance(0.4):
            at = (x + mood.near(0, 20), y + mood.near(8, 20))
            block.fill(oval(at, 17, 17), PAPER)
            block.fill(oval(at, 13, 13), RED)


def _flower(block: Block, at: Point, size: float, ink: int) -> None:
    block.fill(oval(at, size + 3, size + 3, 10), INK)
    block.fill(oval(at, size, size, 10), ink)
    block.fill(oval(at, size * 0.3, size * 0.3, 8), RED if ink == PAPER else PAPER)
