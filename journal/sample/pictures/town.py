"""The town"s pictures: street, teahouse."""

from journal.sample.pictures.brush import bar, box, cut, fan, gouge, hatch, outlined
from journal.sample.pictures.built import doorway, lattice, paving, planks, pole, roof
from journal.sample.pictures.figures import OUTFITS, Dress, bystander, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import hills, ridge, sky, water, weather
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block
from journal.sample.pictures.props import bench, bowl, bulb, lantern, shelf, table, teapot
from journal.sample.pictures.vehicles import hull

__all__ = ["street", "teahouse"]


def street(block: Block, mood: Mood) -> None:
    """An old street: two rows of eaves closing on a gap of sky; a stall, a lit door or a boat in it."""
    w, h = block.width, block.height
    floor = h * 0.66
    gap = w * mood.between(0.42, 0.58)
    sky(block, mood, floor)
    hills(block, ridge(block, floor, 130), floor + 6, GREY if not mood.night else INK)
    paving(block, floor, GREY if mood.night else PAPER, INK, gap / w)
    boat = mood.says("木船")
    narrow = mood.says("窄巷", "巷")
    half = w * (0.09 if narrow else 0.17)
    _terrace(block, mood, gap - half, -1, floor)
    _terrace(block, mood, gap + half, 1, floor)
    if not narrow and not mood.night:
        pole(block, gap + half * 0.7, floor + 30, h * 0.42, (0, h * 0.1))
    if boat:
        hull(block, w * 0.5, h * 0.9, min(w * 0.62, 900), ribs=False)
    if mood.says("面摊") or (mood.chance(0.3) and not boat and not narrow):
        _noodles(block, mood)
    else:
        _passers(block, mood, gap, floor, boat)
    weather(block, mood, floor - 160)


def _terrace(block: Block, mood: Mood, inner: float, side: int, floor: float) -> None:
    """One row of houses in perspective, from the gap at `inner` out to the picture's edge."""
    w, h = block.width, block.height
    outer = -30 if side < 0 else w + 30
    lit = mood.rng.randrange(3)
    for i in range(2, -1, -1):
        t0, t1 = (i / 3) ** 1.0, ((i + 1) / 3) ** 1.0
        a, b = inner + (outer - inner) * t0, inner + (outer - inner) * t1

        def top(t: float) -> float:
            return h * (0.36 - 0.31 * t)

        def low(t: float) -> float:
            return floor + (h * 1.02 - floor) * t * 0.72

        wall = [(a, top(t0)), (b, top(t1)), (b, low(t1)), (a, low(t0))]
        dark = (i + (side > 0)) % 2 == 0
        outlined(block, wall, INK if dark else PAPER, 5)
        hatch(block, wall, 90, 24, lambda _u, _v: 5.5, PAPER if dark else INK, 120 if dark else 60)
        _front(block, mood, a, b, (top(t0), top(t1)), (low(t0), low(t1)), mood.night and i == lit, dark)
        eave = [(a - side * 26, top(t0) + 30), (b, top(t1) + 62), (b, top(t1) - 70), (a, top(t0) - 34)]
        cut(block, eave, INK)
        hatch(block, eave, 78 * side, 24, lambda _u, _v: 6, PAPER, 90)
    if mood.chance(0.7):
        lantern(block, inner + (outer - inner) * 0.36, h * 0.3, 74)


def _front(
    block: Block,
    mood: Mood,
    a: float,
    b: float,
    tops: tuple[float, float],
    lows: tuple[float, float],
    lit: bool,
    dark: bool,
) -> None:
    def at(u: float, v: float) -> tuple[float, float]:
        top, low = tops[0] + (tops[1] - tops[0]) * u, lows[0] + (lows[1] - lows[0]) * u
        return a + (b - a) * u, top + (low - top) * v

    opening = [at(0.2, 0.42), at(0.8, 0.42), at(0.8, 1), at(0.2, 1)]
    outlined(block, opening, OCHRE if lit else INK, 8, line=PAPER if dark else INK)
    if lit:
        hatch(block, opening, 90, 26, lambda _u, v: 6 * (1 - v), PAPER, 90)
        spill = [
            at(0.2, 1),
            at(0.8, 1),
            (at(0.8, 1)[0] - 60, at(0.8, 1)[1] + 120),
            (at(0.2, 1)[0] + 90, at(0.2, 1)[1] + 120),
        ]
        hatch(block, spill, 0, 17, lambda _u, v: 11 * (1 - v), PAPER, 90)
    else:
        for u in (0.35, 0.5, 0.65):
            bar(block, at(u, 0.45), at(u, 0.99), 5, PAPER)
    for u in (0.1, 0.9):
        cut(
            block,
            [at(u - 0.035, 0.48), at(u + 0.035, 0.48), at(u + 0.035, 0.82), at(u - 0.035, 0.82)],
            RED,
            0.8,
        )
    pane = [at(0.25, 0.2), at(0.75, 0.2), at(0.75, 0.36), at(0.25, 0.36)]
    outlined(block, pane, OCHRE if lit else PAPER, 5)
    for u in (0.375, 0.5, 0.625):
        bar(block, at(u, 0.2), at(u, 0.36), 4)


def _noodles(block: Block, mood: Mood) -> None:
    w, h = block.width, block.height
    scale = 0.72 if block.tall else 1
    tall = h * 0.52 * scale
    fan(block, (w * 0.5, h * 0.3), 30, 280, 40, 8, PAPER if mood.night else INK)
    bulb(block, (w * 0.5, h * 0.3), 24, 120, h * 0.3, mood.night)
    base = h * 0.95
    cook = w * 0.84
    person(block, (cook, h * 0.88), tall * 1.04, "hold", -1, Dress(PAPER, INK, "cap"))
    cut(block, box(cook - 220 * scale, h * 0.72, 170 * scale, h * 0.25), INK)
    hatch(
        block,
        box(cook - 220 * scale, h * 0.72, 170 * scale, h * 0.25),
        90,
        20,
        lambda u, _v: 9 * u,
        PAPER,
        80,
    )
    cut(block, box(cook - 236 * scale, h * 0.7, 202 * scale, 28), RED)
    for _ in range(5):
        x = cook - 136 * scale + mood.near(0, 50)
        gouge(block, (x, h * 0.69), (x + mood.near(0, 60), h * 0.69 - mood.between(90, 210)), 15, PAPER)
    bench(block, w * 0.05, base - tall * 0.25, w * 0.56, tall * 0.25)
    for i in range(4 if not block.tall else 3):
        x = w * (0.1 + (0.14 if not block.tall else 0.18) * i)
        who = person(
            block,
            (x, base),
            tall,
            mood.pick("drink", "read", "drink"),
            1,
            Dress((GREY, OCHRE, PAPER, INK)[i], INK, ("cap", "short", "scarf", "grey")[i]),
        )
        bowl(block, who.hand[0] + 14, who.hand[1] + 4, tall * 0.13)


def _passers(block: Block, mood: Mood, gap: float, floor: float, boat: bool) -> None:
    w, h = block.width, block.height
    scale = 0.75 if block.tall else 1
    for i in range(mood.rng.randint(2, 4)):
        bystander(
            block,
            (gap + mood.near(0, w * 0.06), floor + 20 + 22 * i),
            (110 + 26 * i) * scale,
            INK if not mood.night else GREY,
        )
    spots = [0.12, 0.26, 0.86, 0.94] if boat else [mood.between(0.3, 0.42), mood.between(0.58, 0.74)]
    for i, t in enumerate(spots):
        look = (1 if t < 0.5 else -1) if boat else (1 if mood.chance(0.5) else -1)
        pose = mood.pick("behind", "stand") if boat else mood.pick("walk", "pole", "walk", "behind")
        person(
            block,
            (w * t, h * (0.97 - 0.05 * (i % 2))),
            h * (0.42 - 0.04 * (i % 2)) * scale,
            pose,
            look,
            OUTFITS[(mood.rng.randrange(6) + i) % 6],
        )


def teahouse(block: Block, mood: Mood) -> None:
    """Old people at square tables; a riverside teahouse from outside when the seed speaks of one."""
    w, h = block.width, block.height
    if mood.says("木楼", "河边", "石阶") or mood.chance(0.25):
        _riverside(block, mood)
        return
    floor = h * 0.74
    block.fill(box(0, 0, w, floor), INK)
    planks(block, 0, 0, w, floor, 22)
    side = 1 if mood.chance(0.5) else -1
    lattice(block, w * (0.62 if side > 0 else 0.06), h * 0.12, w * 0.32, h * 0.36, 7, 6)
    if mood.says("书") or mood.chance(0.4):
        for i in range(2):
            shelf(block, w * ((0.04 if side > 0 else 0.52) + 0.21 * i), h * 0.1, w * 0.2, floor - h * 0.12, 5)
    cut(block, box(-10, floor, w + 20, h - floor + 10), GREY if mood.chance(0.5) else OCHRE)
    hatch(block, box(0, floor, w, h - floor), 0, 30, lambda _u, v: 2 + 7 * v, INK, 200)
    for i in range(2 if not block.tall else 1):
        lantern(block, w * (0.3 + 0.36 * i), h * 0.02, 90)
    count = 1 if block.tall else 2
    for i in range(count):
        _tea_table(
            block,
            mood,
            w * (0.5 if count == 1 else 0.27 + 0.47 * i),
            h * (0.93 + 0.04 * i),
            h * 0.56 * (0.7 if block.tall else 1),
            i,
        )


def _tea_table(block: Block, mood: Mood, x: float, base: float, tall: float, turn: int) -> None:
    for look, head in ((1, mood.pick("grey", "bald", "cap")), (-1, mood.pick("grey", "straw", "short"))):
        at = x - look * tall * 0.56
        bench(block, at - tall * 0.2, base - tall * 0.25, tall * 0.36, tall * 0.25)
        who = person(
            block,
            (at, base),
            tall,
            mood.pick("drink", "sit", "drink", "read"),
            look,
            Dress((INK, GREY, PAPER, OCHRE)[mood.rng.randrange(4)], INK, head),
        )
        bowl(block, who.hand[0] + look * 8, who.hand[1] + 2, tall * 0.1)
    wide = tall * 0.62
    table(block, x - wide / 2, base - tall * 0.42, wide, tall * 0.42, INK)
    teapot(block, x - 10, base - tall * 0.42, tall * 0.16, RED if turn == 0 else INK)
    bowl(block, x + wide * 0.3, base - tall * 0.42, tall * 0.1)


def _riverside(block: Block, mood: Mood) -> None:
    w, h = block.width, block.height
    far = h * 0.52
    light = sky(block, mood, far)
    hills(block, ridge(block, far, 170), far + 5, GREY if not mood.night else INK)
    water(block, mood, far, h, None if mood.hour == "day" else light[0])
    side = 1 if mood.chance(0.5) else -1
    x = w * 0.04 if side > 0 else w * 0.4
    wide = w * 0.56
    for i in range(6):
        y = h * 0.74 + 46 * i
        left = x - 60 if side > 0 else x - 60 * i
        cut(block, box(left if side < 0 else -20, y, wide + 120 + 60 * i, h - y + 20), INK)
        gouge(block, (left, y + 7), (left + wide + 120 + 60 * i, y + 7), 11, PAPER)
    for floor_no, (top, high) in enumerate(((0.48, 0.27), (0.2, 0.2))):
        inset = 50 * floor_no
        cut(block, box(x + inset, h * top, wide - 2 * inset, h * high), INK)
        for i in range(5):
            cell = (wide - 2 * inset - 40) / 5
            lattice(
                block,
                x + inset + 24 + cell * i,
                h * (top + 0.05),
                cell - 14,
                h * (high - 0.1),
                3,
                4,
                OCHRE if mood.night or (i + floor_no) % 3 == 0 else PAPER,
            )
        roof(block, x + inset - 80, h * (top - 0.11), wide - 2 * inset + 160, h * 0.13)
    doorway(block, x + wide * 0.42, h * 0.745, wide * 0.14, h * 0.19, OCHRE)
    lantern(block, x + wide * 0.2, h * 0.5, 70)
    lantern(block, x + wide * 0.8, h * 0.5, 70)
    for i in range(3):
        look = 1 if mood.chance(0.5) else -1
        person(
            block,
            (x + wide * (0.1 + 0.38 * i), h * (0.8 + 0.045 * i)),
            h * 0.24,
            mood.pick("stand", "behind", "walk", "pole"),
            look,
            OUTFITS[mood.rng.randrange(6)],
        )
    weather(block, mood, far - 60)
