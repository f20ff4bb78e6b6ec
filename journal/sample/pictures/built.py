"""Houses and streets: tiled roofs, walls, doors, windows, steps, lamps."""

from journal.sample.pictures.brush import arc, bar, box, cut, gouge, hatch, outlined, ribbon
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block, Point

__all__ = ["doorway", "house", "lattice", "paving", "planks", "pole", "roof", "window"]


def roof(
    block: Block, x: float, y: float, width: float, height: float, rise: float = 0.16, mark: int = PAPER
) -> None:
    """A tiled roof in front view: `width` long at the eaves, its hips curving up at both ends."""
    base, lift = y + height, height * 0.22
    left = [(x, base - lift), (x + width * 0.05, base - lift * 0.2), (x + width * 0.12, base)]
    right = [(x + width - (px - x), py) for px, py in reversed(left)]
    top = [(x + width * (1 - rise * 0.6), y), (x + width * rise * 0.6, y)]
    cut(block, [*left, *right, *top], INK, 1.2)
    count = max(6, int(width / 26))
    for i in range(count):
        t = (i + 0.5) / count
        at = x + width * (rise * 0.6 + t * (1 - rise * 1.2))
        foot = x + width * (0.05 + 0.9 * t)
        gouge(block, (at, y + height * 0.14), (foot, base - height * block.rng.uniform(0.06, 0.2)), 5.5, mark)
    bar(
        block,
        (x + width * rise * 0.4, y - 2),
        (x + width * (1 - rise * 0.4), y - 2),
        max(9, height * 0.1),
        INK,
    )
    row = int(width / 22)
    for i in range(row):
        at = x + width * 0.1 + width * 0.8 * (i + 0.5) / row
        block.fill(arc((at, base - 2), 8, 9, 0, 180, 6), INK)


def house(block: Block, x: float, base: float, width: float, height: float, wall: int = PAPER) -> None:
    """A plain tiled house seen from the front; windows and doors are the caller's."""
    top = base - height
    outlined(block, box(x, top + height * 0.32, width, height * 0.68), wall, 4)
    mark = PAPER if wall == INK else INK
    hatch(
        block,
        box(x + 4, top + height * 0.32, width - 8, height * 0.14),
        0,
        9,
        lambda _u, v: 6 * (1 - v),
        mark,
        90,
    )
    roof(block, x - width * 0.09, top, width * 1.18, height * 0.36)


def planks(
    block: Block,
    x: float,
    y: float,
    width: float,
    height: float,
    count: int,
    ink: int = INK,
    mark: int = PAPER,
) -> None:
    """A wall or a door of upright boards."""
    cut(block, box(x, y, width, height), ink, 1)
    for i in range(count + 1):
        at = x + width * i / count
        gouge(block, (at, y + 3), (at + block.rng.uniform(-1, 1), y + height - 3), 4.4, mark)
    for _ in range(count * 3):
        at, top = x + width * block.rng.random(), y + height * block.rng.random() * 0.7
        gouge(block, (at, top), (at + 2, top + height * block.rng.uniform(0.08, 0.25)), 2.6, mark)


def lattice(
    block: Block,
    x: float,
    y: float,
    width: float,
    height: float,
    across: int = 4,
    down: int = 5,
    pane: int = PAPER,
) -> None:
    """A lattice window."""
    outlined(block, box(x, y, width, height), pane, 7)
    for i in range(1, across):
        bar(block, (x + width * i / across, y), (x + width * i / across, y + height), 4.2)
    for i in range(1, down):
        bar(block, (x, y + height * i / down), (x + width, y + height * i / down), 4.2)


def window(block: Block, x: float, y: float, width: float, height: float, lit: bool) -> None:
    """A house window, lit or dark."""
    outlined(block, box(x, y, width, height), OCHRE if lit else INK, 5)
    bar(block, (x + width / 2, y), (x + width / 2, y + height), 4, INK if lit else PAPER)
    bar(block, (x, y + height * 0.4), (x + width, y + height * 0.4), 4, INK if lit else PAPER)


def doorway(block: Block, x: float, base: float, width: float, height: float, inside: int = INK) -> None:
    """An open door with a stone sill and a red strip of paper each side."""
    cut(block, box(x - 10, base - height - 10, width + 20, height + 10), INK)
    block.fill(box(x, base - height, width, height), inside)
    for at in (x - 26, x + width + 10):
        cut(block, box(at, base - height * 0.95, 15, height * 0.6), RED, 0.6)
    cut(block, box(x - 24, base - 9, width + 48, 12), GREY, 1)


def paving(block: Block, top: float, ground: int = PAPER, mark: int = INK, focus: float = 0.5) -> None:
    """Street flags in perspective from `top` to the lower edge."""
    wide, low = block.width, block.height
    block.fill(box(-10, top, wide + 20, low - top + 10), ground)
    y, step = top + 6, 14.0
    fx = wide * focus
    while y < low:
        for _ in range(int(wide / 190)):
            at = block.rng.uniform(-60, wide)
            gouge(block, (at, y), (at + block.rng.uniform(100, 330), y), min(9, 2.5 + step * 0.1), mark)
        for _ in range(5):
            at = block.rng.uniform(-100, wide + 100)
            slant = (at - fx) / max(60, y - top + 90) * step * 0.8
            gouge(block, (at, y), (at + slant, y + step), 4, mark)
        y += step
        step *= 1.22


def pole(
    block: Block, x: float, base: float, height: float, sag_to: Point | None = None, ink: int = INK
) -> None:
    """A wire pole; its wires sag to a point."""
    bar(block, (x, base), (x, base - height), 12, ink)
    for drop in (0.05, 0.13):
        bar(block, (x - 44, base - height * (1 - drop)), (x + 44, base - height * (1 - drop)), 7, ink)
    if sag_to is None:
        return
    for i, drop in enumerate((0.05, 0.13)):
        start = (x, base - height * (1 - drop))
        line = [
            (
                start[0] + (sag_to[0] - start[0]) * t / 10,
                start[1] + (sag_to[1] + 30 * i - start[1]) * t / 10 + 60 * (t / 10) * (1 - t / 10) * 2,
            )
            for t in range(11)
        ]
        block.fill(ribbon(line, lambda _t: 2.6), ink)
