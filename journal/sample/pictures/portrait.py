"""Somebody large at their work: portrait."""

import math

from journal.sample.pictures.brush import (
    arc,
    bar,
    box,
    curve,
    cut,
    gouge,
    hatch,
    outlined,
    oval,
    ribbon,
    stroke,
)
from journal.sample.pictures.built import planks, window
from journal.sample.pictures.figures import Dress, Person, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import flame
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block
from journal.sample.pictures.props import bench, book, jar, lantern, shelf
from journal.sample.pictures.reading import view

__all__ = ["portrait"]


def portrait(block: Block, mood: Mood) -> None:
    """One person large at their work; the seed's words choose the work."""
    w, h = block.width, block.height
    kind = next(
        (
            k
            for word, k in (
                ("耳机", "desk"),
                ("火", "fire"),
                ("捻缝", "caulk"),
                ("刨", "plane"),
                ("鱼", "fish"),
                ("书架", "books"),
            )
            if mood.says(word)
        ),
        None,
    )
    kind = kind or mood.pick("desk", "caulk", "plane", "fire", "books")
    side = 1 if mood.chance(0.5) else -1
    tall = min(h * 1.02, w * 1.1)
    {"desk": _desk, "fire": _fire, "caulk": _caulk, "plane": _plane, "fish": _fish, "books": _books}[kind](
        block, mood, side, tall
    )


def _backdrop(block: Block, mood: Mood, side: int, ink: int = INK) -> None:
    w, h = block.width, block.height
    block.fill(box(0, 0, w, h), ink)
    hatch(
        block,
        box(0, 0, w, h),
        -18 * side,
        30,
        lambda u, v: 11 * max(0, (u if side > 0 else 1 - u) - 0.25) * (1 - 0.5 * v),
        PAPER if ink == INK else INK,
        210,
    )


def _desk(block: Block, mood: Mood, side: int, tall: float) -> None:
    w, h = block.width, block.height
    _backdrop(block, mood, side, GREY)
    view(block, mood, w * (0.56 if side > 0 else 0.06), h * 0.1, w * 0.38, h * 0.36)
    big = tall * 1.35
    x = w * (0.5 - 0.2 * side)
    who = person(block, (x, h * 1.22), big, "write", side, Dress(INK, INK, mood.pick("bob", "bun")))
    k = big * 0.155
    ear = (who.head[0] - side * k * 0.1, who.head[1] + k * 0.02)
    block.fill(ribbon(arc(ear, k * 0.32, k * 0.66, 180, 360), lambda _t: k * 0.11), PAPER)
    block.fill(ribbon(arc(ear, k * 0.32, k * 0.66, 180, 360), lambda _t: k * 0.06), RED)
    cut(block, oval(ear, k * 0.15, k * 0.2), PAPER, 0.4)
    cut(block, oval(ear, k * 0.11, k * 0.16), RED, 0.4)
    stroke(
        block,
        curve(
            [
                (ear[0], ear[1] + k * 0.16),
                (ear[0] + side * k * 0.26, ear[1] + k * 0.46),
                (ear[0] + side * k * 0.52, ear[1] + k * 0.38),
            ],
            6,
        ),
        k * 0.05,
    )
    top = who.hand[1] + big * 0.035
    cut(block, box(-10, top, w + 20, h), OCHRE)
    bar(block, (-10, top), (w + 10, top), 18)
    hatch(block, box(0, top, w, h - top), 0, 34, lambda _u, v: 3 + 6 * v, INK, 260)
    book(block, (who.hand[0] + side * 110, top + 10), 190, side)
    outlined(block, box(w * (0.74 if side > 0 else 0.1), top - 170, w * 0.16, 170), INK, 8, line=PAPER)
    for i in range(4):
        bar(
            block,
            (w * (0.76 if side > 0 else 0.12), top - 140 + 32 * i),
            (w * ((0.76 if side > 0 else 0.12) + mood.between(0.05, 0.12)), top - 140 + 32 * i),
            7,
            (RED, PAPER, PAPER, OCHRE)[i],
        )


def _fire(block: Block, mood: Mood, side: int, tall: float) -> None:
    w, h = block.width, block.height
    block.fill(box(0, 0, w, h), INK)
    mouth = (w * (0.5 + 0.36 * side), h * 0.72)
    for i in range(70):
        a = math.tau * i / 70
        start, stop = mood.between(190, 250), mood.between(380, 900)
        gouge(
            block,
            (mouth[0] + start * math.cos(a), mouth[1] + start * math.sin(a)),
            (mouth[0] + stop * math.cos(a), mouth[1] + stop * math.sin(a)),
            12,
            OCHRE if i % 3 else PAPER,
        )
    hole = [*arc(mouth, 165, 230, 180, 360), (mouth[0] + 165, h + 10), (mouth[0] - 165, h + 10)]
    outlined(block, hole, PAPER, 22)
    for i in range(9):
        x = mouth[0] + (i % 5 - 2) * 58 + mood.near(0, 10)
        flame(
            block,
            (x, h + 10),
            mood.between(300, 460) * (0.62 if i > 4 else 1) * (1 - abs(i % 5 - 2) / 5),
            92 if i < 5 else 56,
            (RED, INK, RED)[i % 3] if i < 5 else OCHRE,
        )
    who = person(
        block,
        (w * mood.near(0.5 - 0.22 * side, 0.04), h * 1.02),
        tall * mood.between(1.15, 1.4),
        mood.pick("squat", "kneel"),
        side,
        Dress(GREY, INK, "grey"),
    )
    target = (mouth[0] - side * 40, h * 0.88)
    bar(block, who.hand, target, 22, PAPER)
    bar(block, who.hand, target, 13, OCHRE)
    for i in range(4):
        bar(
            block,
            (w * (0.5 - 0.5 * side), h * (0.93 + 0.02 * i)),
            (w * (0.5 - 0.36 * side), h * (0.9 + 0.03 * i)),
            26,
            OCHRE if i % 2 else PAPER,
        )


def _caulk(block: Block, mood: Mood, side: int, tall: float) -> None:
    w, h = block.width, block.height
    _backdrop(block, mood, side, GREY)
    planked = [
        (w * (0.5 + 0.02 * side), -10),
        (w * (0.5 + 0.56 * side), -10),
        (w * (0.5 + 0.56 * side), h * 0.98),
        (w * (0.5 + 0.2 * side), h * 0.93),
    ]
    outlined(block, planked, OCHRE, 12)
    for i in range(1, 7):
        t = i / 7
        a = (planked[0][0] + (planked[1][0] - planked[0][0]) * t, -10)
        b = (planked[3][0] + (planked[2][0] - planked[3][0]) * t, h * (0.93 + 0.05 * t))
        bar(block, a, b, 7)
    hatch(block, planked, 90 - 10 * side, 24, lambda _u, v: 4 * v, INK, 190)
    cut(block, box(-10, h * 0.9, w + 20, h), INK)
    who = person(
        block,
        (w * (0.5 - 0.2 * side), h * 0.99),
        tall * 1.3,
        mood.pick("squat", "kneel"),
        side,
        Dress(INK, GREY, "grey"),
    )
    _hammer(block, who, side, tall)
    jar(block, w * (0.5 - 0.4 * side), h * 0.99, 190, GREY)


def _hammer(block: Block, who: Person, side: int, tall: float) -> None:
    x, y = who.far_hand
    bar(block, (x - side * 30, y + 6), (x + side * 90, y - 24), 17, PAPER)
    bar(block, (x - side * 30, y + 6), (x + side * 90, y - 24), 10, INK)
    x, y = who.hand
    bar(block, (x - side * 6, y + 60), (x + side * 20, y - 90), 20, PAPER)
    bar(block, (x - side * 6, y + 60), (x + side * 20, y - 90), 12, OCHRE)
    cut(block, box(x + side * 20 - 52, y - 124, 104, 52), RED)


def _plane(block: Block, mood: Mood, side: int, tall: float) -> None:
    w, h = block.width, block.height
    _backdrop(block, mood, side)
    planks(block, w * (0.62 if side > 0 else 0.08), 0, w * 0.3, h * 0.62, 6, OCHRE, INK)
    cut(block, box(-10, h * 0.86, w + 20, h), GREY)
    hatch(block, box(0, h * 0.86, w, h * 0.14), 0, 26, lambda _u, v: 3 + 5 * v, INK, 220)
    x = w * (0.5 - 0.2 * side)
    who = person(
        block, (x, h * 0.96), tall * 1.12, "plane", side, Dress(PAPER, INK, mood.pick("grey", "cap"))
    )
    top = who.hand[1] + tall * 0.075
    start = who.hip[0] - side * 190
    bench(block, min(start, start + side * 820), top, 820, h * 0.97 - top, INK)
    bar(block, (start, top - 4), (start + side * 820, top - 4), 9, PAPER)
    cut(
        block,
        [
            (who.hand[0] - side * 60, top - 12),
            (who.hand[0] + side * 130, top - 12),
            (who.hand[0] + side * 130, top - 58),
            (who.hand[0] - side * 60, top - 58),
        ],
        RED,
    )
    for i in range(5):
        centre = (who.hand[0] + side * (90 + 50 * i), top - 70 - mood.between(0, 50) + 60 * (i // 2))
        block.fill(ribbon(arc(centre, 26, 22, 30 * i, 30 * i + 290, 16), lambda t: 9 * t + 2), PAPER)
    for i in range(3):
        bar(
            block,
            (w * (0.5 + 0.3 * side) + 44 * i, h * 0.97),
            (w * (0.5 + 0.34 * side) + 44 * i, h * 0.6),
            30,
            PAPER if i % 2 else OCHRE,
        )


def _fish(block: Block, mood: Mood, side: int, tall: float) -> None:
    w, h = block.width, block.height
    _backdrop(block, mood, side)
    who = person(
        block, (w * (0.5 - 0.16 * side), h * 1.2), tall * 1.3, "bend", side, Dress(GREY, INK, "scarf")
    )
    x, y = who.hand[0] + side * 60, who.hand[1] + 56
    cut(block, [(x - 330, y), (x + 330, y), (x + 270, h + 10), (x - 270, h + 10)], OCHRE)
    block.fill(oval((x, y), 336, 96), PAPER)
    block.fill(oval((x, y), 318, 84), INK)
    for i in range(8):
        fx, fy = x - 210 + 60 * i, y + mood.near(0, 36)
        turn = mood.near(0, 0.5)
        block.fill(oval((fx, fy), 84, 25, 28, turn), PAPER)
        block.fill(oval((fx, fy), 76, 19, 28, turn), (GREY, PAPER, RED if i == 4 else GREY)[i % 3])
        cut(block, [(fx - 70, fy), (fx - 108, fy - 26), (fx - 108, fy + 26)], PAPER, 0.6)
        block.ellipse((fx + 54, fy - 5), 5, 5, INK)
        for j in range(4):
            block.fill(ribbon(arc((fx - 10 + 18 * j, fy), 9, 13, -70, 70, 8), lambda _t: 2.4), INK)
    lantern(block, w * (0.5 + 0.3 * side), 30, 120)


def _books(block: Block, mood: Mood, side: int, tall: float) -> None:
    w, h = block.width, block.height
    _backdrop(block, mood, side)
    for i in range(2):
        shelf(block, w * (0.5 if side > 0 else 0.02) + i * w * 0.24, h * 0.06, w * 0.235, h * 0.84, 5)
    window(block, w * (0.08 if side > 0 else 0.72), h * 0.12, w * 0.2, h * 0.28, lit=True)
    cut(block, box(-10, h * 0.9, w + 20, h), OCHRE)
    who = person(
        block,
        (w * (0.5 - 0.16 * side), h * 1.16),
        tall * 1.14,
        "sweep",
        side,
        Dress(GREY, INK, mood.pick("short", "cap")),
    )
    band = curve(
        [(w * (0.5 + 0.49 * side), who.hand[1] - 50), (w * (0.5 + 0.2 * side), who.hand[1] - 26), who.hand], 8
    )
    block.fill(ribbon(band, lambda _t: 44), INK)
    block.fill(ribbon(band, lambda _t: 34), RED)
    block.fill(
        ribbon(
            curve(
                [
                    who.hand,
                    (who.hand[0] - side * 20, who.hand[1] + 70),
                    (who.hand[0] + side * 30, who.hand[1] + 150),
                ],
                6,
            ),
            lambda _t: 26,
        ),
        RED,
    )
