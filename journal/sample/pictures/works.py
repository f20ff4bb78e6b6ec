"""What was built over the river and across it: bridge, dam."""

from journal.sample.pictures.brush import bar, box, clip, curve, cut, gouge, hatch, outlined, ribbon, stroke
from journal.sample.pictures.figures import OUTFITS, bystander, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import hills, ridge, sky, water, weather
from journal.sample.pictures.plants import reeds, willow
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, Block
from journal.sample.pictures.vehicles import bus, sampan

__all__ = ["bridge", "dam"]


def bridge(block: Block, mood: Mood) -> None:
    """A bridge over the water with a bus on it: cable-stayed, or old stone arches."""
    w, h = block.width, block.height
    far = h * mood.between(0.55, 0.62)
    light = sky(block, mood, far)
    hills(block, ridge(block, far, mood.between(80, 190)), far + 4, GREY if not mood.night else INK)
    water(block, mood, far, h, None if mood.hour == "day" else light[0])
    if mood.says("斜拉") or (mood.chance(0.5) and not mood.says("石")):
        _cables(block, mood, far)
    else:
        _arches(block, mood, far)
    for i in range(mood.rng.randint(1, 2)):
        sampan(
            block,
            w * mood.between(0.15, 0.85),
            h * (0.8 + 0.1 * i),
            mood.between(200, 320),
            1 if mood.chance(0.5) else -1,
        )
    reeds(block, -10, w * mood.between(0.2, 0.4), h + 10, 210)
    weather(block, mood, far - 60)


def _cables(block: Block, mood: Mood, far: float) -> None:
    w, h = block.width, block.height
    low, high = (far - 30, far - 150) if mood.chance(0.5) else (far - 150, far - 30)
    ink = PAPER if mood.night else INK

    def deck(x: float) -> float:
        return low + (high - low) * x / w

    for tower in (w * mood.between(0.24, 0.32), w * mood.between(0.7, 0.78)):
        top = deck(tower) - h * 0.38
        for i in range(1, 12):
            for side in (-1, 1):
                x = tower + side * i * w * 0.021
                bar(block, (tower, top + 12 * i), (x, deck(x)), 3.4, ink)
        for side in (-1, 1):
            outlined(
                block,
                [
                    (tower + side * 8, top - 20),
                    (tower + side * 22, top - 20),
                    (tower + side * 40, deck(tower) + 130),
                    (tower + side * 16, deck(tower) + 130),
                ],
                PAPER if not mood.night else INK,
                5,
                line=ink,
            )
        bar(block, (tower - 30, deck(tower) - 110), (tower + 30, deck(tower) - 110), 14, ink)
    cut(block, [(-10, deck(0) - 4), (w + 10, deck(w) - 4), (w + 10, deck(w) + 34), (-10, deck(0) + 34)], INK)
    gouge(block, (-10, deck(0) + 8), (w + 10, deck(w) + 8), 7, PAPER)
    bus(
        block, w * 0.5, deck(w * 0.5) - 2, 150, 1 if mood.chance(0.5) else -1, lit=mood.night, open_door=False
    )


def _arches(block: Block, mood: Mood, far: float) -> None:
    w, h = block.width, block.height
    crown = far - mood.between(130, 170)
    deck = curve(
        [
            (-20, far - 40),
            (w * 0.25, crown + 40),
            (w * 0.5, crown),
            (w * 0.75, crown + 40),
            (w + 20, far - 40),
        ],
        10,
    )
    base = far + h * 0.14
    wall = [*deck, (w + 20, base), (-20, base)]
    cut(block, wall, PAPER, 1)

    def stones(twin: Block) -> None:
        for row in range(16):
            y = crown + 20 + row * 24
            for _ in range(16):
                x = mood.between(0, w)
                gouge(twin, (x, y), (x + mood.between(40, 100), y), 4.6, INK)
                gouge(twin, (x, y), (x + 1, y + 24), 4, INK)

    clip(block, wall, stones)
    for centre, span in ((0.14, 0.19), (0.5, 0.3), (0.86, 0.19)):
        rx, ry = span * w / 2, (base - crown) * (0.74 if span > 0.2 else 0.55)
        hole = [(centre * w + rx * c, base - ry * s) for c, s in _half_circle()]
        block.fill(ribbon(hole, lambda _t: 42), PAPER)
        block.fill(ribbon([(x, y) for x, y in hole], lambda _t: 16), INK)
        block.fill(hole, INK)
        hatch(block, hole, 0, 17, lambda _u, v: max(0, 16 * v - 8), PAPER, 110)
    block.fill(ribbon(deck, lambda _t: 14), INK)
    for i in range(0, len(deck), 2):
        bar(block, deck[i], (deck[i][0], deck[i][1] - 34), 7)
    block.fill(ribbon([(x, y - 34) for x, y in deck], lambda _t: 7), INK)
    for x in (0.3, 0.36, 0.62, 0.7):
        bystander(block, (w * x, crown + 36 - 50 * (0.5 - abs(0.5 - x))), 100, INK)
    bus(block, w * 0.48, crown + 4, 170, 1, lit=mood.night, open_door=False)


def _half_circle() -> list[tuple[float, float]]:
    return curve([(-1, 0), (-0.87, 0.5), (-0.5, 0.87), (0, 1), (0.5, 0.87), (0.87, 0.5), (1, 0)], 5)


def dam(block: Block, mood: Mood) -> None:
    """A weir or a lock wall, still water above, falling water below."""
    h = block.height
    far = h * mood.between(0.3, 0.38)
    light = sky(block, mood, far)
    hills(
        block,
        ridge(block, far, mood.between(120, 220)),
        far + 4,
        INK if mood.chance(0.6) or mood.night else GREY,
    )
    crest = far + h * mood.between(0.13, 0.18)
    water(block, mood, far, crest, None if mood.hour == "day" else light[0])
    if mood.says("闸"):
        _lock(block, mood, crest)
    else:
        _weir(block, mood, crest)
    weather(block, mood, far - 40)


def _weir(block: Block, mood: Mood, crest: float) -> None:
    w, h = block.width, block.height
    foot = crest + h * mood.between(0.24, 0.32)
    face = [(-10, crest), (w + 10, crest + 26), (w + 10, foot + 30), (-10, foot)]
    cut(block, face, INK)
    hatch(block, face, 88, 15, lambda _u, v: 10 * (0.35 + 0.65 * v), PAPER, 120)
    stroke(block, [(-10, crest), (w * 0.5, crest + 13), (w + 10, crest + 26)], 20, INK)
    gouge(block, (-10, crest + 2), (w + 10, crest + 28), 7, PAPER)
    water(block, mood, foot, h)
    for _ in range(60):
        x, y = mood.between(0, w), foot + mood.between(0, 60)
        gouge(block, (x - 50, y), (x + 50, y + mood.near(0, 8)), 11, PAPER)
    for i in range(7):
        x = w * (0.08 + 0.14 * i)
        outlined(block, box(x, crest - 46 + 26 * x / w, 44, 62), PAPER, 5)
        hatch(block, box(x, crest - 46 + 26 * x / w, 44, 62), 80, 8, lambda u, _v: 6 * u, INK, 30)
    at = w * mood.between(0.3, 0.7)
    person(block, (at, crest + 10), 215, mood.pick("pole", "walk"), 1, OUTFITS[4])
    reeds(block, -10, w * 0.34, h + 10, 300)
    reeds(block, w * 0.72, w + 10, h + 10, 240)
    if mood.says("芦苇"):
        reeds(block, -10, w + 10, h + 30, 230)


def _lock(block: Block, mood: Mood, crest: float) -> None:
    w, h = block.width, block.height
    water(block, mood, crest - 10, h)
    near = [
        (-10, crest + 30),
        (w * 0.5, crest - 30),
        (w * 0.5, crest + 120),
        (w * 0.16, h + 10),
        (-10, h + 10),
    ]
    other = [(w - x, y) for x, y in near]
    for wall in (near, other):
        cut(block, wall, INK)
        hatch(block, wall, 0, 30, lambda _u, _v: 6.5, PAPER, 110)
        hatch(block, wall, 90, 70, lambda _u, v: 5 * v, PAPER, 34)
    cut(block, [(-10, crest + 20), (w * 0.42, crest - 34), (w * 0.42, crest), (-10, crest + 96)], PAPER, 1)
    cut(
        block,
        [(w + 10, crest + 20), (w * 0.58, crest - 34), (w * 0.58, crest), (w + 10, crest + 96)],
        PAPER,
        1,
    )
    for i in range(6):
        x = w * (0.05 + 0.06 * i)
        y = crest + 96 - (96 * x / (w * 0.42))
        gouge(block, (x, y - 20), (x + 26, y + 74), 17, PAPER)
    for side in (-1, 1):
        gate = [
            (w * 0.5, crest - 10),
            (w * 0.5 + side * w * 0.12, crest - 40),
            (w * 0.5 + side * w * 0.12, crest + 190),
            (w * 0.5, crest + 230),
        ]
        outlined(block, gate, OCHRE, 8)
        hatch(block, gate, 90, 30, lambda _u, _v: 5, INK, 160)
        bar(block, (w * 0.5, crest - 6), (w * 0.5 + side * w * 0.27, crest - 74), 22)
    person(
        block, (w * mood.between(0.16, 0.22), crest + 54), 300, mood.pick("behind", "stand"), 1, OUTFITS[2]
    )
    bystander(block, (w * 0.79, crest + 6), 190, INK, -1)
    willow(block, (w * 0.95, crest + 20), 420)
