"""The market and its goods."""

from journal.sample.pictures.brush import bar, box, cut, gouge, hatch, outlined, oval
from journal.sample.pictures.built import house, paving, planks, window
from journal.sample.pictures.figures import OUTFITS, Dress, bystander, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import sky, weather
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block
from journal.sample.pictures.props import basket, bulb, jar, lantern, table

__all__ = ["market"]


def market(block: Block, mood: Mood) -> None:
    """Stalls under awnings; fish, jars, steamers or vegetables by the seed's words."""
    w, h = block.width, block.height
    floor = h * mood.between(0.48, 0.58)
    sky(block, mood, floor)
    _row_of_houses(block, mood, floor)
    paving(block, floor, GREY if mood.night else PAPER, INK, mood.between(0.3, 0.7))
    goods = "greens"
    for word, kind in (("秤", "scales"), ("甑", "steamers"), ("坛", "jars"), ("鱼", "fish")):
        goods = kind if mood.says(word) else goods
    if goods == "greens":
        goods = mood.pick("greens", "jars", "greens", "fish", "steamers")
    side = 1 if mood.chance(0.5) else -1
    for i in range(2):
        x = w * ((0.08 if side > 0 else 0.5) + 0.02) + i * w * 0.4 * side * (1 if i else 0)
        _awning(block, max(10, min(w * 0.56, x)), h * (0.26 + 0.03 * i), w * 0.4, floor + 80, i)
        if mood.night:
            bulb(block, (max(10, min(w * 0.56, x)) + w * 0.2, h * 0.43), 20, 150, 60)
    for _ in range(mood.rng.randint(3, 6)):
        bystander(
            block,
            (w * mood.between(0.05, 0.95), floor + mood.between(30, 70)),
            mood.between(180, 225),
            GREY if mood.chance(0.4) and not mood.night else INK,
        )
    _goods(block, mood, goods)
    weather(block, mood, floor - 120)
    if mood.chance(0.5):
        _near_awning(block, mood)


def _row_of_houses(block: Block, mood: Mood, floor: float) -> None:
    x = -60.0
    while x < block.width:
        wide = mood.between(240, 380)
        house(block, x, floor + 6, wide, mood.between(260, 360), PAPER if mood.chance(0.6) else GREY)
        planks(block, x + wide * 0.12, floor - 108, wide * 0.42, 112, 6)
        window(block, x + wide * 0.66, floor - 120, wide * 0.2, 66, lit=mood.night)
        x += wide * 1.04


def _awning(block: Block, x: float, y: float, width: float, base: float, turn: int) -> None:
    for at in (x + 20, x + width - 20):
        bar(block, (at, y + 60), (at, base), 12)
    stripes = 8
    for i in range(stripes):
        a, b = x + width * i / stripes, x + width * (i + 1) / stripes
        top = x + width * (0.1 + 0.8 * i / stripes), x + width * (0.1 + 0.8 * (i + 1) / stripes)
        ink = (RED if turn == 0 else INK) if i % 2 else PAPER
        shape = [(top[0], y), (top[1], y), (b, y + 84), *[((a + b) / 2, y + 112)], (a, y + 84)]
        outlined(block, shape, ink, 4)


def _near_awning(block: Block, mood: Mood) -> None:
    """The edge of the awning one stands under, with its lanterns: a dark frame along the top."""
    w, h = block.width, block.height
    drop = h * mood.between(0.1, 0.15)
    count = 9 if not block.tall else 6
    cut(block, box(-10, -10, w + 20, drop + 10), INK)
    hatch(block, box(0, 0, w, drop), 90, 34, lambda _u, v: 8 * v, PAPER, 110)
    for i in range(count):
        a, b = w * i / count, w * (i + 1) / count
        outlined(
            block,
            [(a, drop), (b, drop), (b - 10, drop + 44), ((a + b) / 2, drop + 62), (a + 10, drop + 44)],
            PAPER if i % 2 else RED,
            5,
        )
    for t in (0.1, 0.88):
        lantern(block, w * mood.near(t, 0.04), drop + 40, 96)


def _goods(block: Block, mood: Mood, goods: str) -> None:
    w, h = block.width, block.height
    scale = 0.72 if block.tall else 1
    tall = h * mood.between(0.56, 0.64) * scale
    seller = {"fish": "sweep" if mood.says("扫") else "bend", "scales": "write"}.get(
        goods, mood.pick("hold", "squat", "bend")
    )
    side = 1 if mood.chance(0.5) else -1
    at = w * (0.28 if side > 0 else 0.72)
    tall *= 1.2 if goods == "scales" else 1
    dress = Dress(GREY, INK, "grey") if mood.says("老人", "游元顺") else OUTFITS[mood.rng.randrange(1, 5)]
    who = person(block, (at, h * (0.98 if goods == "scales" else 0.95)), tall, seller, side, dress)
    if seller == "sweep":
        bar(
            block, (who.far_hand[0] - side * 8, who.far_hand[1] - 60), (who.hand[0] + side * 130, h * 0.93), 9
        )
        cut(
            block,
            [
                (who.hand[0] + side * 110, h * 0.89),
                (who.hand[0] + side * 150, h * 0.88),
                (who.hand[0] + side * 210, h * 0.955),
                (who.hand[0] + side * 90, h * 0.96),
            ],
            OCHRE,
        )
    if goods == "scales":
        _scales(block, who.hand, side, h)
    buyer = w * (0.78 if side > 0 else 0.22)
    if goods != "scales":
        person(
            block,
            (buyer, h * 0.9),
            tall * 0.94,
            mood.pick("hold", "stand", "behind"),
            -side,
            OUTFITS[mood.rng.randrange(6)],
        )
    for i in range(4):
        x = at + side * (tall * 0.42 + (w * 0.36) * i / 3.4)
        base = h * (0.975 + 0.012 * (i % 2))
        if goods == "jars":
            jar(block, x, base, tall * (0.62 - 0.09 * (i % 3)), (INK, OCHRE, GREY)[i % 3])
        elif goods == "steamers":
            _steamer(block, x, base, tall * (0.52 - 0.09 * i))
        elif goods == "fish" and i < 3:
            _tub(block, mood, x, base, 210 * scale)
        elif goods == "greens":
            basket(block, x, base, 150 * scale, 90 * scale)
            _greens(block, mood, x, base - 90 * scale, 60 * scale, i)


def _greens(block: Block, mood: Mood, x: float, y: float, half: float, kind: int) -> None:
    for i in range(9):
        dx = half * (i / 4 - 1)
        if kind % 2:
            block.fill(oval((x + dx * 0.9, y - 8), 21, 21), INK)
            block.fill(oval((x + dx * 0.9, y - 8), 16, 16), RED)
        else:
            gouge(
                block,
                (x + dx * 0.6, y + 6),
                (x + dx * 1.4, y - mood.between(40, 80)),
                22,
                INK if i % 2 else GREY,
            )


def _steamer(block: Block, x: float, base: float, height: float) -> None:
    wide = height * 0.78
    shape = [
        (x - wide * 0.56, base - height),
        (x + wide * 0.56, base - height),
        (x + wide * 0.44, base),
        (x - wide * 0.44, base),
    ]
    outlined(block, shape, OCHRE, 5)
    for i in range(7):
        t = (i + 1) / 8
        bar(block, (x + wide * (1.12 * t - 0.56), base - height), (x + wide * (0.88 * t - 0.44), base), 4)
    for t in (0.18, 0.72):
        bar(block, (x - wide * 0.55, base - height * t), (x + wide * 0.55, base - height * t), height * 0.075)
    block.fill(oval((x, base - height), wide * 0.56, height * 0.1), INK)
    block.fill(oval((x, base - height), wide * 0.46, height * 0.06), PAPER)


def _tub(block: Block, mood: Mood, x: float, base: float, wide: float) -> None:
    cut(
        block,
        [
            (x - wide * 0.5, base - 62),
            (x + wide * 0.5, base - 62),
            (x + wide * 0.42, base),
            (x - wide * 0.42, base),
        ],
        INK,
    )
    block.fill(oval((x, base - 64), wide * 0.5, 30), INK)
    block.fill(oval((x, base - 64), wide * 0.45, 24), PAPER)
    for i in range(4):
        fx, fy = x + wide * (-0.27 + 0.17 * i), base - 66 + mood.near(0, 8)
        block.fill(oval((fx, fy), wide * 0.14, 10, 20, mood.near(0, 0.3)), GREY if i % 2 else INK)
        cut(block, [(fx - wide * 0.12, fy), (fx - wide * 0.2, fy - 10), (fx - wide * 0.2, fy + 10)], INK, 0.4)
        block.ellipse((fx + wide * 0.09, fy - 2), 2.5, 2.5, PAPER)


def _scales(block: Block, hand: tuple[float, float], side: int, h: float) -> None:
    x, y = hand
    top = y + 30
    start = x - side * 40
    table(block, min(start, start + side * 520), top, 520, h - top + 10)
    bar(block, (start, top - 16), (start + side * 560, top - 34), 13, OCHRE)
    bar(block, (start, top - 12), (start + side * 560, top - 30), 3)
    bar(block, (x + side * 16, y + 16), (x + side * 8, y - 110), 7)
    for i in range(16):
        block.ellipse((start + side * (30 + 33 * i), top - 20 - i), 3, 3, INK)
    jar(block, start + side * 420, top, 90, GREY)
