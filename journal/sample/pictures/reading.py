"""Rooms with books and papers: library, classroom, archive."""

from journal.sample.pictures.brush import bar, box, cut, gouge, hatch, outlined
from journal.sample.pictures.figures import Dress, person
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.nature import hills, ridge
from journal.sample.pictures.plants import tree
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block
from journal.sample.pictures.props import bicycle, book, bulb, shelf, stool, table

__all__ = ["archive", "classroom", "library", "view"]


def view(block: Block, mood: Mood, x: float, y: float, width: float, height: float) -> None:
    """A big window onto hills and a tree."""
    twin = block.copy()
    twin.fill(box(x, y, width, height), INK if mood.night else PAPER)
    if not mood.night:
        hatch(twin, box(x, y, width, height * 0.6), 0, 20, lambda _u, v: 5 * (1 - v), INK, 120)
    line = ridge(twin, y + height, height * 0.55, start=x - 10, stop=x + width + 10)
    hills(twin, line, y + height + 5, GREY, INK if mood.night else PAPER, 4)
    tree(
        twin,
        (x + width * mood.between(0.15, 0.85), y + height + 10),
        height * 0.95,
        INK if not mood.night else GREY,
    )
    if mood.hour in ("dawn", "dusk"):
        twin.ellipse((x + width * mood.between(0.3, 0.7), y + height * 0.3), 34, 34, RED)
    block.within(box(x, y, width, height), twin)
    for i in range(4):
        at = x + width * i / 3
        bar(block, (at, y - 8), (at, y + height + 8), 15)
    for at in (y, y + height * 0.34, y + height):
        bar(block, (x - 10, at), (x + width + 10, at), 14)


def library(block: Block, mood: Mood) -> None:
    """Children and readers before the shelves of a small library."""
    w, h = block.width, block.height
    floor = h * 0.78
    block.fill(box(0, 0, w, floor), PAPER if mood.chance(0.5) and not mood.night else INK)
    side = 1 if mood.chance(0.5) else -1
    part = w * mood.between(0.5, 0.6)
    left = 0 if side > 0 else w - part
    count = 3 if block.tall else 4
    for i in range(count):
        shelf(
            block,
            left + part * i / count + 4,
            h * 0.07 + (14 if i % 2 else 0),
            part / count - 10,
            floor - h * 0.08,
            5 if not block.tall else 7,
        )
    view_x = left + part + 50 if side > 0 else 50
    view(block, mood, view_x, h * 0.12, w - part - 100, h * 0.42)
    _floorboards(block, floor, mood)
    if mood.says("自行车") or mood.chance(0.35):
        bicycle(block, view_x + (w - part - 100) / 2, floor + 40, 190, side)
    kids = mood.rng.randint(3, 4)
    for i in range(kids):
        x = w * (0.12 + 0.72 * i / (kids - 1)) + mood.near(0, 24)
        look = 1 if i % 2 == 0 else -1
        grown = i == kids - 1 and mood.chance(0.5)
        pose = "hold" if grown else mood.pick("read", "read", "reach" if i == 1 else "read")
        tall = h * (0.6 if grown else 0.5) * (0.72 if block.tall else 1)
        ground = h * (0.95 if i % 2 else 0.9)
        dress = Dress((GREY, RED, OCHRE, PAPER)[i], INK, ("bob", "short", "short", "bun")[i])
        if pose == "read":
            stool(block, x - look * tall * 0.03, ground - tall * 0.25, tall * 0.3, INK)
        who = person(block, (x, ground), tall, pose, look, dress)
        if pose in ("read", "hold"):
            book(block, (who.hand[0] + look * 12, who.hand[1] + 6), tall * 0.15, look)
    if mood.night:
        bulb(block, (w * 0.5, h * 0.13), 26, 190, h * 0.2)


def _floorboards(block: Block, floor: float, mood: Mood) -> None:
    w, h = block.width, block.height
    cut(block, box(-10, floor, w + 20, h - floor + 10), OCHRE if mood.chance(0.6) else GREY)
    bar(block, (-10, floor), (w + 10, floor), 10)
    for i in range(16):
        x = w * (i - 2) / 12
        gouge(block, (x, floor), (x + (x - w / 2) * 0.4, h + 40), 6, INK)
    hatch(block, box(0, floor, w, h - floor), 0, 40, lambda _u, v: 4 * (1 - v), INK, 120)


def classroom(block: Block, mood: Mood) -> None:
    """A village classroom: blackboard, a teacher, rows of pupils seen from the side."""
    w, h = block.width, block.height
    floor = h * 0.72
    block.fill(box(0, 0, w, floor), PAPER)
    side = 1 if mood.chance(0.5) else -1
    board = box(w * (0.46 if side > 0 else 0.06), h * 0.14, w * 0.48, h * 0.34)
    hatch(block, box(0, 0, w, floor), 0, 24, lambda _u, v: max(0, 6 - 12 * v), INK, 220)
    outlined(block, board, INK, 18, line=OCHRE)
    x0, y0 = board[0]
    for row in range(4):
        for col in range(7):
            if mood.chance(0.7):
                x, y = x0 + w * (0.04 + 0.06 * col), y0 + h * (0.06 + 0.065 * row)
                for _ in range(4):
                    gouge(
                        block,
                        (x + mood.near(14, 22), y + mood.near(12, 18)),
                        (x + mood.near(34, 20), y + mood.near(16, 22)),
                        6,
                        PAPER,
                    )
    view(block, mood, w * 0.05 if side > 0 else w * 0.62, h * 0.12, w * 0.32, h * 0.38)
    _floorboards(block, floor, mood)
    scale = 0.72 if block.tall else 1
    teacher = person(
        block,
        (w * (0.84 if side > 0 else 0.16), h * 0.8),
        h * 0.56 * scale,
        mood.pick("reach", "hold"),
        -side,
        Dress(RED, INK, mood.pick("bob", "short")),
    )
    book(block, (teacher.far_hand[0], teacher.far_hand[1]), 60, -side)
    for i in range(4):
        x = w * (0.1 + 0.17 * i) if side > 0 else w * (0.9 - 0.17 * i)
        ground = h * (0.97 if i % 2 else 0.93)
        tall = h * 0.42 * scale
        stool(block, x, ground - tall * 0.25, tall * 0.3)
        person(
            block,
            (x, ground),
            tall,
            mood.pick("read", "write", "write"),
            side,
            Dress((GREY, INK, OCHRE, PAPER)[i], INK, mood.pick("bob", "short", "bun")),
        )
        at = x + side * tall * 0.22
        table(block, min(at, at + side * tall * 0.45), ground - tall * 0.4, tall * 0.45, tall * 0.4)


def archive(block: Block, mood: Mood) -> None:
    """A reading hall: walls of card drawers, a long table, lamps, someone bent over a file."""
    w, h = block.width, block.height
    floor = h * 0.76
    block.fill(box(0, 0, w, floor), INK)
    side = 1 if mood.chance(0.5) else -1
    part = w * mood.between(0.48, 0.58)
    left = 0 if side > 0 else w - part
    _drawers(block, mood, left, h * 0.1, part, floor - h * 0.1)
    other = left + part + 46 if side > 0 else 46
    view(block, mood, other, h * 0.1, w - part - 92, h * 0.44)
    _floorboards(block, floor, mood)
    scale = 0.72 if block.tall else 1
    standing = w * (0.2 if side > 0 else 0.8)
    person(
        block,
        (standing, h * 0.86),
        h * 0.6 * scale,
        "reach",
        -side if mood.chance(0.5) else side,
        Dress(PAPER, INK, "bun"),
        halo=PAPER,
    )
    x = w * 0.52
    tall = h * 0.68 * scale
    ground = h * 0.98
    sitter = person(
        block,
        (x - side * 100, ground),
        tall,
        "write",
        side,
        Dress(GREY, INK, mood.pick("grey", "bob", "short")),
    )
    top = sitter.hand[1] + tall * 0.03
    stool(block, sitter.hip[0], sitter.hip[1] + tall * 0.06, tall * 0.28)
    edge = sitter.hand[0] - side * 50
    start = edge if side > 0 else edge - w * 0.42
    table(block, start, top, w * 0.42, h - top + 30)
    for i in range(4):
        outlined(
            block,
            box(start + (w * 0.42 - 180 if side > 0 else 30), top - 20 * (i + 1), 150 - 8 * i, 20),
            (OCHRE, PAPER, RED, GREY)[i],
            4,
        )
    lamp = start + w * 0.24
    bar(block, (lamp, top), (lamp, top - 120), 7, PAPER)
    cut(
        block,
        [(lamp - 62, top - 104), (lamp + 62, top - 104), (lamp + 26, top - 158), (lamp - 26, top - 158)],
        OCHRE,
    )
    for i in range(-4, 5):
        gouge(block, (lamp + 11 * i, top - 98), (lamp + 34 * i, top - 8), 9, PAPER)


def _drawers(block: Block, mood: Mood, x: float, y: float, width: float, height: float) -> None:
    across, down = max(4, int(width / 96)), max(6, int(height / 72))
    for row in range(down):
        for col in range(across):
            a, b = x + width * (col + 0.08) / across, y + height * (row + 0.1) / down
            wide, high = width * 0.84 / across, height * 0.8 / down
            out = mood.rng.random()
            ink = OCHRE if out < 0.16 else GREY if out < 0.34 else PAPER if out < 0.92 else RED
            cut(block, box(a, b, wide, high), ink, 1)
            cut(block, box(a + wide * 0.28, b + high * 0.2, wide * 0.44, high * 0.26), INK, 0.8)
            block.ellipse((a + wide / 2, b + high * 0.7), 5, 5, INK)
            if out > 0.62:
                hatch(block, box(a, b, wide, high), 90, 12, lambda u, _v: 5 * u, INK, 30)
