"""Boatyards: a boat on the slip, or the slip without one."""

from journal.sample.pictures.brush import arc, bar, box, cut, hatch, outlined, ribbon
from journal.sample.pictures.built import planks, window
from journal.sample.pictures.figures import OUTFITS, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import hills, ridge, sky, water, weather
from journal.sample.pictures.plants import grass, reeds, tree
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block
from journal.sample.pictures.vehicles import hull

__all__ = ["boatyard"]


def boatyard(block: Block, mood: Mood) -> None:
    """A wooden boat on the slip, workers about it; or the empty slip running into the water."""
    h = block.height
    far = h * mood.between(0.4, 0.48)
    light = sky(block, mood, far)
    hills(block, ridge(block, far, 150), far + 4, GREY if not mood.night else INK)
    if mood.says("旧", "最后", "锈"):
        _slip(block, mood, far, light[0])
    else:
        _building(block, mood, far)
    weather(block, mood, far)


def _building(block: Block, mood: Mood, far: float) -> None:
    w, h = block.width, block.height
    floor = h * 0.82
    water(block, mood, far, h * 0.6)
    cut(
        block,
        [(-10, h * 0.57), (w * 0.4, h * 0.56), (w + 10, h * 0.59), (w + 10, h + 10), (-10, h + 10)],
        OCHRE if mood.hour == "day" else GREY,
        2,
    )
    hatch(block, box(0, h * 0.58, w, h * 0.42), 0, 30, lambda _u, v: 7 * v, INK, 190)
    size = min(w * 0.82, 1120)
    for i in range(7):
        x = w * 0.5 + size * (-0.36 + 0.115 * i)
        bar(block, (x, floor - 40), (x + (34 if i % 2 else -34), floor + 30), 17)
        block.ellipse((x, floor + 26), 24, 24, INK)
        block.ellipse((x, floor + 26), 12, 12, PAPER)
    hull(block, w * 0.5, floor, size, ribs=mood.chance(0.4) and not mood.says("船壳", "未上漆"))
    bar(block, (w * 0.03, floor + 56), (w * 0.97, floor + 62), 17)
    places = [0.1, 0.3, 0.72, 0.9][: mood.rng.randint(3, 4)]
    for i, t in enumerate(places):
        look = 1 if t < 0.5 else -1
        pose = mood.pick("bend", "hold", "squat", "reach", "sweep") if i else "bend"
        who = person(
            block,
            (w * t, h * (0.93 + 0.03 * (i % 2))),
            h * (0.36 if not block.tall else 0.25),
            pose,
            look,
            OUTFITS[(i + mood.rng.randrange(6)) % 6],
        )
        if pose in ("bend", "hold"):
            _bucket(block, who.hand, look)


def _bucket(block: Block, hand: tuple[float, float], look: int) -> None:
    x, y = hand
    block.fill(ribbon(arc((x, y + 34), 26, 36, 180, 360, 12), lambda _t: 3.4), INK)
    outlined(block, [(x - 29, y + 34), (x + 29, y + 34), (x + 22, y + 84), (x - 22, y + 84)], RED, 4, 0.5)


def _slip(block: Block, mood: Mood, far: float, light: float) -> None:
    w, h = block.width, block.height
    water(block, mood, far, h, None if mood.hour == "day" else light)
    side = 1 if mood.chance(0.5) else -1

    def x(t: float) -> float:
        return w * (0.5 + (t - 0.5) * side)

    bank = [
        (x(-0.02), h * 0.56),
        (x(0.2), h * 0.6),
        (x(0.5), h * 0.74),
        (x(0.66), h * 0.86),
        (x(0.8), h + 10),
        (x(-0.02), h + 10),
    ]
    cut(block, bank, INK, 3)
    hatch(block, bank, 20 * side, 26, lambda _u, v: 7 * (1 - v), PAPER, 110)
    for start, end in (((0.06, 1.0), (0.62, 0.64)), ((0.36, 1.0), (0.72, 0.67))):
        a, b = (x(start[0]), h * start[1]), (x(end[0]), h * end[1])
        bar(block, a, b, 30, PAPER)
        bar(block, a, b, 20, OCHRE)
        bar(block, a, b, 7, INK)
    for i in range(9):
        t = (i / 9) ** 0.8
        a = (x(0.02 + 0.58 * t), h * (1.0 - 0.34 * t))
        b = (x(0.4 + 0.33 * t), h * (1.0 - 0.31 * t))
        bar(block, a, b, 20 * (1.2 - t), PAPER)
        bar(block, a, b, 12 * (1.2 - t), GREY)
    planks(block, min(x(0.0), x(0.2)), h * 0.3, w * 0.2, h * 0.3, 9)
    window(block, x(0.1) - 40, h * 0.38, 80, 70, lit=mood.night)
    cut(block, [(x(-0.03), h * 0.3), (x(0.1), h * 0.2), (x(0.23), h * 0.3)], INK)
    tree(block, (x(0.36), h * 0.82), h * 0.5, INK, 6 * side)
    tree(block, (x(0.26), h * 0.88), h * 0.33, GREY, -6 * side, INK)
    person(block, (x(0.18), h * 0.95), h * 0.3, "behind", side, OUTFITS[mood.rng.randrange(1, 4)])
    reeds(block, min(x(0.66), x(1.0)), max(x(0.66), x(1.0)), h + 10, 200)
    grass(block, min(x(0), x(0.3)), max(x(0), x(0.3)), h * 0.64, 40, PAPER)
