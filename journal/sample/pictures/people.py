"""Stops and counters: bus, clinic."""

from journal.sample.pictures.brush import (
    arc,
    bar,
    box,
    cut,
    gouge,
    hatch,
    outlined,
    oval,
    ribbon,
)
from journal.sample.pictures.built import house, paving, window
from journal.sample.pictures.figures import OUTFITS, Dress, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import hills, ridge, sky, weather
from journal.sample.pictures.plants import tree
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block
from journal.sample.pictures.props import basket, book
from journal.sample.pictures.reading import view
from journal.sample.pictures.vehicles import bus as coach

__all__ = ["bus", "clinic"]


def bus(block: Block, mood: Mood) -> None:
    """A country bus: at a stop, with books, at night in the yard, or the old station without one."""
    w, h = block.width, block.height
    floor = h * mood.between(0.62, 0.7)
    sky(block, mood, floor)
    hills(block, ridge(block, floor, mood.between(150, 280)), floor + 6, GREY if not mood.night else INK)
    station = mood.says("车站")
    if station:
        _station(block, mood, floor)
    elif mood.says("老街", "街", "村口", "供销社") or mood.chance(0.4):
        for i in range(3):
            house(
                block,
                w * (0.02 + 0.34 * i),
                floor + 8,
                w * 0.27,
                mood.between(220, 310),
                PAPER if i % 2 else GREY,
            )
    paving(block, floor, GREY if mood.night else PAPER, INK, mood.between(0.3, 0.7))
    side = 1 if mood.chance(0.5) else -1
    size = min(w * 0.76, mood.between(880, 1000))
    ground = h * 0.86
    if not station:
        coach(
            block,
            w * (0.5 + 0.07 * side),
            ground,
            size,
            side,
            mood.says("书", "图书") or mood.chance(0.15),
            mood.night,
            True,
        )
    tree(
        block,
        (w * (0.05 if side > 0 else 0.95), floor + 60),
        h * 0.62,
        INK if not mood.night else GREY,
        0,
        PAPER if not mood.night else INK,
    )
    door = w * (0.5 + 0.07 * side) + side * size * 0.19
    _passengers(block, mood, door, side, station)
    weather(block, mood, floor - 150)


def _passengers(block: Block, mood: Mood, door: float, side: int, station: bool) -> None:
    w, h = block.width, block.height
    scale = 0.72 if block.tall else 1
    tall = h * 0.36 * scale
    if mood.says("孩子"):
        for i in range(3):
            who = person(
                block,
                (door + (i - 1) * 165 - 20, h * (0.9 + 0.03 * (i % 2))),
                tall * 0.84,
                "read",
                1 if i < 2 else -1,
                Dress((RED, GREY, OCHRE)[i], INK, ("bob", "short", "bun")[i]),
            )
            book(block, who.hand, tall * 0.2, 1 if i < 2 else -1)
        return
    count = mood.rng.randint(1, 4) if not mood.says("收车后", "仓库") else 1
    for i in range(count):
        x = door - side * (30 + 150 * i) if not station else w * (0.25 + 0.16 * i)
        person(
            block,
            (x, h * (0.93 + 0.025 * (i % 2))),
            tall * mood.between(0.95, 1.05),
            mood.pick("stand", "walk", "behind", "pole", "hold"),
            side,
            OUTFITS[(i + mood.rng.randrange(6)) % 6],
        )
    if mood.says("筐", "菜") or mood.chance(0.5):
        for i in range(3):
            basket(block, door - side * (size_gap := 150) * (i + 1.1), h * 0.98, 120 * scale, 76 * scale)
            for j in range(5):
                gouge(
                    block,
                    (door - side * size_gap * (i + 1.1) - 40 + 20 * j, h * 0.98 - 70),
                    (door - side * size_gap * (i + 1.1) - 50 + 25 * j, h * 0.98 - 120),
                    20,
                    INK if j % 2 else GREY,
                )


def _station(block: Block, mood: Mood, floor: float) -> None:
    w, h = block.width, block.height
    base = floor + 30
    outlined(block, box(w * 0.12, h * 0.3, w * 0.76, base - h * 0.3), PAPER, 6)
    outlined(block, box(w * 0.4, h * 0.14, w * 0.2, h * 0.2), PAPER, 6)
    cut(block, oval((w * 0.5, h * 0.225), 58, 58), INK)
    cut(block, oval((w * 0.5, h * 0.225), 46, 46), PAPER)
    bar(block, (w * 0.5, h * 0.225), (w * 0.5, h * 0.19), 6)
    bar(block, (w * 0.5, h * 0.225), (w * 0.5 + 26, h * 0.235), 6)
    for i in range(7):
        window(block, w * (0.15 + 0.104 * i), h * 0.45, w * 0.075, base - h * 0.47, lit=mood.night)
    canopy = [(w * 0.02, h * 0.4), (w * 0.06, h * 0.345), (w * 0.94, h * 0.345), (w * 0.98, h * 0.4)]
    cut(block, canopy, INK)
    bar(block, (w * 0.01, h * 0.405), (w * 0.99, h * 0.405), 20, RED)
    hatch(
        block,
        [(w * 0.12, h * 0.415), (w * 0.88, h * 0.415), (w * 0.88, h * 0.53), (w * 0.12, h * 0.53)],
        90,
        20,
        lambda _u, v: 13 * (1 - v),
        INK,
        100,
    )
    for t in (0.08, 0.92):
        bar(block, (w * t, h * 0.41), (w * t, base + 20), 26)
        bar(block, (w * t - 5, h * 0.43), (w * t - 5, base + 10), 5, PAPER)


def clinic(block: Block, mood: Mood) -> None:
    """A dispensary: drawers, a white coat, someone waiting; or the table where medicines are sorted."""
    w, h = block.width, block.height
    floor = h * 0.78
    block.fill(box(0, 0, w, floor), PAPER)
    side = 1 if mood.chance(0.5) else -1
    part = w * 0.56
    left = w - part if side > 0 else 0
    _cabinet(block, mood, left, h * 0.06, part, floor - h * 0.06)
    view(block, mood, w * 0.05 if side > 0 else w * 0.63, h * 0.12, w * 0.32, h * 0.36)
    cut(block, box(-10, floor, w + 20, h - floor + 10), GREY)
    hatch(block, box(0, floor, w, h - floor), 0, 30, lambda _u, v: 2 + 6 * v, INK, 220)
    scale = 0.7 if block.tall else 1
    tall = h * 0.74 * scale
    ground = h * 0.98
    nurse = person(
        block,
        (w * (0.66 if side > 0 else 0.34), ground),
        tall,
        "sweep" if mood.chance(0.3) else "hold",
        -side,
        Dress(PAPER, GREY, mood.pick("cap", "bun", "bob")),
    )
    person(
        block,
        (w * (0.24 if side > 0 else 0.76), ground),
        tall * 0.96,
        mood.pick("stand", "hold"),
        side,
        Dress(GREY, INK, mood.pick("grey", "scarf", "straw")),
    )
    top = nurse.hand[1] + tall * 0.04
    start = w * 0.33
    cut(block, box(start, top, w * 0.34, h - top + 10), PAPER if mood.says("白布", "桌") else INK)
    outlined(block, box(start - 26, top - 4, w * 0.34 + 52, 34), PAPER, 6)
    if mood.says("白布", "桌"):
        outlined(block, box(start - 10, top + 26, w * 0.34 + 20, h - top + 10), PAPER, 5)
        hatch(block, box(start, top + 40, w * 0.34, h - top), 90, 60, lambda _u, _v: 9, INK, 170)
    else:
        hatch(block, box(start, top + 40, w * 0.34, h - top), 90, 40, lambda u, _v: 8 * (1 - u), PAPER, 200)
    for i in range(6):
        x = start + w * 0.34 * (i + 0.5) / 6
        for j in range(mood.rng.randint(1, 3)):
            outlined(block, box(x - 30, top - 36 - 32 * j, 56, 32), (PAPER, OCHRE, GREY, RED)[(i + j) % 4], 4)
            bar(block, (x - 18, top - 20 - 32 * j), (x + 14, top - 20 - 32 * j), 4)


def _cabinet(block: Block, mood: Mood, x: float, y: float, width: float, height: float) -> None:
    cut(block, box(x, y, width, height), INK)
    across, down = 8, 8
    for row in range(down):
        for col in range(across):
            a, b = x + width * (col + 0.07) / across, y + height * (row + 0.09) / down
            wide, high = width * 0.86 / across, height * 0.82 / down
            if row < 3:
                for i in range(3):
                    tall = high * mood.between(0.5, 0.85)
                    outlined(
                        block,
                        box(a + wide * i / 3, b + high - tall, wide * 0.26, tall),
                        mood.rng.choice((PAPER, GREY, OCHRE, PAPER)),
                        3,
                        0.4,
                    )
                    bar(
                        block,
                        (a + wide * i / 3, b + high - tall),
                        (a + wide * (i / 3 + 0.26), b + high - tall),
                        7,
                        RED if mood.chance(0.12) else PAPER,
                    )
            else:
                cut(block, box(a, b, wide, high), OCHRE, 1)
                cut(block, box(a + wide * 0.2, b + high * 0.22, wide * 0.6, high * 0.24), PAPER, 0.6)
                block.fill(ribbon(arc((a + wide / 2, b + high * 0.66), 12, 10, 0, 180, 8), lambda _t: 4), INK)
