"""Pictures of work: loom (any frame that is threaded), kiln."""

import math

from journal.sample.pictures.brush import arc, bar, box, curve, cut, gouge, hatch, outlined, ribbon
from journal.sample.pictures.built import lattice
from journal.sample.pictures.figures import OUTFITS, Dress, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import flame, hills, ridge, sky, weather
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block
from journal.sample.pictures.props import basket, jar, stool

__all__ = ["kiln", "loom"]


def loom(block: Block, mood: Mood) -> None:
    """Somebody threading a frame indoors by the light of a lattice window."""
    w, h = block.width, block.height
    floor = h * 0.8
    block.fill(box(0, 0, w, floor), INK)
    side = 1 if mood.chance(0.5) else -1
    pane = w * 0.2 if side > 0 else w * 0.62
    _light_from(block, pane, h * 0.12, w * 0.2, h * 0.34, side, floor)
    lattice(block, pane, h * 0.12, w * 0.2, h * 0.34, 5, 5)
    cut(block, box(-10, floor, w + 20, h - floor + 10), OCHRE if mood.chance(0.5) else GREY)
    hatch(block, box(0, floor, w, h - floor), 0, 26, lambda _u, v: 3 + 6 * v, INK, 260)
    if mood.says("绷", "棕"):
        _cot(block, mood, side, floor)
    else:
        _upright(block, mood, side, floor)
    jar(block, w * (0.93 if side > 0 else 0.07), h * 0.94, 180, GREY)
    basket(block, w * (0.8 if side > 0 else 0.2), h * 0.96, 170, 100)


def _light_from(block: Block, x: float, y: float, wide: float, high: float, side: int, floor: float) -> None:
    beam = [(x, y), (x + wide, y), (x + wide + side * 620, floor), (x + side * 330, floor)]
    angle = math.degrees(math.atan2(floor - y, side * 470))
    hatch(block, beam, angle, 30, lambda _u, v: 9 * (1 - v) + 2, PAPER, 260)


def _cot(block: Block, mood: Mood, side: int, floor: float) -> None:
    w, h = block.width, block.height
    mid, top, low = w * 0.52, floor - h * 0.12, h * 0.9
    half = min(w * 0.36, 480)
    frame = [(mid - half * 0.82, top), (mid + half * 0.82, top), (mid + half, low), (mid - half, low)]
    outlined(block, frame, PAPER, 8)
    for i in range(1, 24):
        t = i / 24
        for a, b in (
            ((frame[0], frame[1]), (frame[3], frame[2])),
            ((frame[1], frame[0]), (frame[2], frame[3])),
        ):
            start = (a[0][0] + (a[1][0] - a[0][0]) * t, top)
            end = (b[0][0] + (b[1][0] - b[0][0]) * min(1, t + 0.16), low)
            bar(block, start, end, 4.2, INK)
    for corner, other in zip(frame, [*frame[1:], frame[0]], strict=True):
        bar(block, corner, other, 40, INK)
        bar(block, corner, other, 24, OCHRE)
    who = person(
        block, (mid - side * half * 0.5, low - 22), h * 0.66, "kneel", side, Dress(GREY, INK, "grey")
    )
    line = curve(
        [who.hand, (who.hand[0] + side * 110, who.hand[1] + 40), (mid + side * half * 0.7, low - 10)], 8
    )
    block.fill(ribbon(line, lambda _t: 7), RED)


def _upright(block: Block, mood: Mood, side: int, floor: float) -> None:
    w, h = block.width, block.height
    left, right = w * 0.5 - 330, w * 0.5 + 330
    top, low = h * 0.22, floor + 60
    cloth = [(left + 50, h * 0.5), (right - 50, h * 0.5), (right - 50, low - 90), (left + 50, low - 90)]
    for i in range(46):
        x = left + 56 + (right - left - 112) * i / 45
        bar(block, (x, top + 20), (x, h * 0.5), 3.6, PAPER)
    outlined(block, cloth, PAPER, 5)
    for row in range(9):
        y = h * 0.5 + 16 + row * (low - 120 - h * 0.5) / 9
        for col in range(13):
            x = left + 66 + col * (right - left - 132) / 13 + (22 if row % 2 else 0)
            cut(
                block,
                [(x, y), (x + 15, y - 12), (x + 30, y), (x + 15, y + 12)],
                RED if (row + col) % 4 == 0 else INK,
                0.8,
            )
    for x in (left, right):
        bar(block, (x, top - 70), (x, low), 46, PAPER)
        bar(block, (x, top - 70), (x, low), 34, OCHRE)
        hatch(block, box(x - 17, top - 70, 34, low - top + 70), 90, 9, lambda _u, _v: 3.4, INK, 120)
    for y in (top, h * 0.5, low - 80):
        bar(block, (left - 50, y), (right + 50, y), 38, PAPER)
        bar(block, (left - 50, y), (right + 50, y), 26, INK)
    x = left - 30 if side > 0 else right + 30
    who = person(
        block, (x, floor + 130), h * 0.72, "write", side, Dress(INK, GREY, mood.pick("bun", "scarf", "grey"))
    )
    stool(block, who.hip[0], who.hip[1] + 40, 150, INK)


def kiln(block: Block, mood: Mood) -> None:
    """A dragon kiln climbing its slope, smoke at the top, fire or pots at the mouth."""
    w, h = block.width, block.height
    side = 1 if mood.chance(0.5) else -1

    def x(t: float) -> float:
        return w * (t if side > 0 else 1 - t)

    sky(block, mood, h * 0.62)
    ground = ridge(block, h * 0.62, 220)
    hills(block, ground, h * 0.72, GREY if not mood.night else INK)
    slope = curve([(x(-0.05), h * 0.93), (x(0.35), h * 0.83), (x(0.7), h * 0.6), (x(1.05), h * 0.4)], 8)
    cut(block, [*slope, (x(1.05), h + 10), (x(-0.05), h + 10)], INK, 2)
    body = curve([(x(0.22), h * 0.5), (x(0.45), h * 0.46), (x(0.7), h * 0.34), (x(0.93), h * 0.2)], 8)
    under = curve([(x(0.93), h * 0.44), (x(0.7), h * 0.58), (x(0.45), h * 0.74), (x(0.22), h * 0.86)], 8)
    shell = [*body, *under]
    block.fill(ribbon([*shell, shell[0]], lambda _t: 18), INK)
    block.fill(shell, PAPER)
    _kiln_courses(block, body, under[::-1])
    _kiln_mouth(block, mood, x(0.22), h, side)
    top = (x(0.93), h * 0.19)
    _smoke(block, mood, top, side)
    pots = mood.rng.randint(3, 6)
    for i in range(pots):
        jar(
            block,
            x(0.36 + 0.1 * i) + mood.near(0, 16),
            h * (0.985 - 0.02 * (i % 2)),
            mood.between(120, 190),
            (OCHRE, GREY, PAPER)[i % 3],
        )
    lift = 30 if block.tall else 0
    who = person(
        block,
        (x(0.09), h * 0.965),
        h * 0.36 + lift,
        mood.pick("hold", "bend", "squat"),
        side,
        OUTFITS[mood.rng.randrange(1, 5)],
    )
    if mood.night:
        bar(block, who.hand, (who.hand[0] + side * 130, who.hand[1] + 30), 9, OCHRE)
    weather(block, mood, h * 0.5)


def _kiln_courses(block: Block, top: list[tuple[float, float]], low: list[tuple[float, float]]) -> None:
    for row in range(1, 9):
        t = row / 9
        line = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in zip(top, low, strict=True)]
        for i in range(len(line) - 1):
            if block.rng.random() < 0.8:
                gouge(block, line[i], line[i + 1], 5 + 3 * t, INK)
            if block.rng.random() < 0.6:
                step = (low[i][1] - top[i][1]) / 9
                gouge(block, line[i], (line[i][0], line[i][1] + step), 4, INK)
    for i in range(4, len(top) - 2, 4):
        a, b = top[i], low[i]
        hole = (a[0] + (b[0] - a[0]) * 0.25, a[1] + (b[1] - a[1]) * 0.25)
        block.ellipse(hole, 14, 14, INK)
        block.ellipse(hole, 8, 8, RED)


def _kiln_mouth(block: Block, mood: Mood, x: float, h: float, side: int) -> None:
    front = [*arc((x, h * 0.68), 118, h * 0.21, 180, 360), (x + 118, h * 0.9), (x - 118, h * 0.9)]
    block.fill(ribbon([*front, front[0]], lambda _t: 16), INK)
    block.fill(front, OCHRE)
    for ring in (0.86, 0.7):
        block.fill(ribbon(arc((x, h * 0.7), 118 * ring, h * 0.19 * ring, 180, 360), lambda _t: 6), INK)
    door = [*arc((x, h * 0.76), 62, h * 0.1, 180, 360), (x + 62, h * 0.9), (x - 62, h * 0.9)]
    cut(block, door, INK)
    if mood.says("敞开", "装窑") or (mood.hour == "day" and mood.chance(0.5)):
        for i, dx in enumerate((-34, 4, 38)):
            jar(block, x + dx, h * (0.895 - 0.004 * i), 74, (PAPER, GREY, OCHRE)[i])
        return
    for i in range(9):
        off = -50 + 12.5 * i
        flame(
            block,
            (x + off, h * 0.9),
            mood.between(60, 140) * (1 - abs(off) / 90),
            30,
            (RED, PAPER, OCHRE)[i % 3],
        )
    for i in range(9):
        reach = mood.between(170, 330)
        angle = math.radians(195 + 18 * i) if side > 0 else math.radians(-15 - 18 * i)
        gouge(
            block,
            (x + 130 * math.cos(angle), h * 0.8 + 130 * math.sin(angle)),
            (x + reach * math.cos(angle), h * 0.8 + reach * math.sin(angle)),
            8,
            PAPER,
        )


def _smoke(block: Block, mood: Mood, top: tuple[float, float], side: int) -> None:
    x, y = top
    lean = mood.between(60, 240) * -side
    for i in range(3):
        dx = (i - 1) * 26
        line = curve(
            [
                (x + dx * 0.3, y),
                (x + dx + lean * 0.2, y - 90),
                (x + dx + lean * 0.7 + 40, y - 190),
                (x + lean * 1.6 + dx * 2, y - 330),
            ],
            8,
        )
        block.fill(ribbon(line, lambda t: 18 + 62 * t), INK if i % 2 else PAPER)
        block.fill(ribbon(line, lambda t: 5 + 22 * t), PAPER if i % 2 else GREY)
    for dx in (-20, 20):
        bar(block, (x + dx, y + 26), (x + dx * 0.8, y - 50), 12)
    bar(block, (x - 30, y - 46), (x + 30, y - 46), 14)
