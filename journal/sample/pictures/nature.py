"""Sky, water, hills, fire, rain and mist: the ground every outdoor scene is cut from."""

import math
from itertools import pairwise

from journal.sample.pictures.brush import Line, box, curve, cut, fan, gouge, hatch, oval, ribbon
from journal.sample.pictures.mood import Mood
from journal.sample.pictures.press import GREY, INK, OCHRE, PAPER, RED, Block, Point

__all__ = ["cloud", "flame", "hills", "mist", "rain", "ridge", "sky", "water", "weather"]


def sky(block: Block, mood: Mood, horizon: float) -> Point:
    """The sky down to `horizon`; returns where sun or moon stands."""
    area = box(-10, -10, block.width + 20, horizon + 10)
    orb = (block.width * mood.between(0.16, 0.84), horizon * mood.between(0.25, 0.5))
    if mood.night:
        _night(block, mood, area, orb, horizon)
    elif mood.hour == "day":
        _day(block, mood, area, horizon)
    else:
        orb = (orb[0], horizon * mood.between(0.55, 0.75))
        _low_sun(block, mood, area, orb, horizon)
    return orb


def _night(block: Block, mood: Mood, area: Line, orb: Point, horizon: float) -> None:
    block.fill(area, INK)
    hatch(block, area, mood.near(0, 4), 17, lambda _u, v: max(0, (v - 0.45) * 9), PAPER, 170)
    for _ in range(26):
        x, y = mood.between(0, block.width), mood.between(0, horizon * 0.6)
        block.ellipse((x, y), 2.2, 2.2, PAPER)
    size = mood.between(38, 58)
    for ring in (2.3, 1.8, 1.4):
        for i in range(44):
            a = math.tau * (i + mood.between(0, 0.5)) / 44
            b = a + 0.11
            gouge(
                block,
                (orb[0] + math.cos(a) * size * ring, orb[1] + math.sin(a) * size * ring),
                (orb[0] + math.cos(b) * size * ring, orb[1] + math.sin(b) * size * ring),
                4.2,
                PAPER,
            )
    block.fill(oval(orb, size, size), PAPER)
    if mood.chance(0.5):
        block.fill(oval((orb[0] + size * 0.4, orb[1] - size * 0.15), size * 0.92, size * 0.92), INK)


def _day(block: Block, mood: Mood, area: Line, horizon: float) -> None:
    if mood.weather in ("rain", "mist"):
        block.fill(area, GREY)
        hatch(block, area, mood.near(0, 3), 21, lambda _u, v: 10 * v, PAPER, 260)
        hatch(block, area, mood.near(0, 3), 26, lambda _u, v: max(0, 7 - 13 * v), INK, 240)
        return
    hatch(block, area, mood.near(0, 3), 24, lambda _u, v: max(0, 8 - 19 * v), INK, 330)
    for i in range(mood.rng.randint(2, 4)):
        cloud(
            block,
            (block.width * mood.between(0.05, 0.95), horizon * (0.2 + 0.17 * i)),
            mood.between(150, 270),
            GREY if i % 2 else PAPER,
        )


def _low_sun(block: Block, mood: Mood, area: Line, orb: Point, horizon: float) -> None:
    warm = mood.hour == "dusk" or mood.chance(0.6)
    block.fill(area, OCHRE if warm else GREY)
    hatch(block, area, mood.near(0, 3), 25, lambda _u, v: max(0, 17 * (v - 0.28)), PAPER, 300)
    hatch(block, area, mood.near(0, 3), 25, lambda _u, v: max(0, 9 - 26 * v), INK, 330)
    size = mood.between(48, 66)
    block.fill(oval(orb, size * 1.32, size * 1.32), PAPER)
    fan(block, orb, size * 1.4, size * 3.2, 34, 6, PAPER)
    block.fill(oval(orb, size, size), RED)
    if mood.weather != "clear":
        cloud(block, (orb[0] + mood.near(0, 60), orb[1] + size * 0.6), 170, PAPER)


def cloud(block: Block, centre: Point, width: float, ink: int = PAPER) -> None:
    """A flat-bottomed cloud with a cut contour."""
    x, y = centre
    rng = block.rng
    bumps = [(x - width, y)]
    for i in range(7):
        t = (i + 0.5) / 7
        bumps.append(
            (x - width + 2 * width * t, y - width * 0.27 * math.sin(math.pi * t) * rng.uniform(0.6, 1.15))
        )
    bumps.append((x + width, y))
    top = curve(bumps, 6)
    block.fill([*top, (x + width * 0.6, y + width * 0.05), (x - width * 0.5, y + width * 0.06)], ink)
    block.fill(ribbon(top, lambda t: 1 + 6 * math.sin(math.pi * t)), INK)
    for i in range(4):
        start = x - width * rng.uniform(0.2, 0.8)
        gouge(block, (start, y + 7 * i - 14), (start + width * rng.uniform(0.5, 1), y + 7 * i - 14), 4, INK)


def ridge(
    block: Block,
    base: float,
    height: float,
    rough: float = 0.5,
    start: float = -20,
    stop: float | None = None,
) -> list[Point]:
    """A mountain line from left to right, peaks up to `height` above `base`."""
    stop = block.width + 20 if stop is None else stop
    rng, count = block.rng, block.rng.randint(6, 9)
    points = [(start, base - height * rng.uniform(0.2, 0.7))]
    high = rng.random() < 0.5
    for i in range(1, count):
        level = rng.uniform(0.55, 1) if high else rng.uniform(0.1, 0.15 + rough * 0.7)
        x = start + (stop - start) * (i + rng.uniform(-0.4, 0.4)) / count
        points.append((x, base - height * level))
        if rng.random() < 0.5:
            points.append((x + (stop - start) * 0.03, base - height * level * rng.uniform(0.72, 0.98)))
        high = not high if rng.random() < 0.8 else high
    points.append((stop, base - height * rng.uniform(0.2, 0.7)))
    return [(x, y + rng.uniform(-0.012, 0.012) * height) for x, y in curve(points, 5)]


def hills(
    block: Block, line: Line, base: float, ink: int = INK, mark: int = PAPER, weight: float = 5
) -> None:
    """A hill under its ridge line, carved down the slopes."""
    area = [*line, (line[-1][0], base), (line[0][0], base)]
    if ink == INK:
        block.fill(ribbon(line, lambda _t: 9), mark)
    cut(block, area, ink, 2)
    rng = block.rng
    for (x0, y0), (x1, y1) in pairwise(line):
        slope = (y1 - y0) / ((x1 - x0) or 1)
        for _ in range(max(1, int((x1 - x0) / 9))):
            t = rng.random()
            x, y = x0 + (x1 - x0) * t, y0 + (y1 - y0) * t
            sunk = rng.uniform(0.05, 0.75) ** 1.5
            fall = (base - y) * rng.uniform(0.1, 0.28)
            y += (base - y) * sunk + 6
            gouge(
                block,
                (x, y),
                (x + fall * (0.55 + 0.5 * slope), min(base, y + fall)),
                weight * rng.uniform(0.5, 1.2) * (1.1 - sunk),
                mark,
            )


def water(block: Block, mood: Mood, top: float, bottom: float, glitter: float | None = None) -> None:
    """A river from `top` to `bottom`: ripples grow towards the viewer; `glitter`: x of a light's track."""
    area = box(-10, top, block.width + 20, bottom - top)
    dark = mood.night
    block.fill(area, INK if dark else GREY)
    hatch(
        block, area, 0, 21 if dark else 17, lambda u, v: _ripple(u, v) * (0.75 if dark else 1.35), PAPER, 170
    )
    if not dark:
        hatch(block, area, 0, 30, lambda _u, v: max(0, 8 * v - 0.3), INK, 130)
    if glitter is None:
        return
    rows = int((bottom - top) / 17)
    for i in range(rows):
        y = top + 6 + 17 * i
        half = 26 + 75 * i / rows
        x = glitter + mood.near(0, 14)
        gouge(
            block,
            (x - half * mood.between(0.6, 1.1), y),
            (x + half * mood.between(0.6, 1.1), y),
            8,
            PAPER if dark else RED,
        )


def _ripple(u: float, v: float) -> float:
    """Ripples come in bands: calm water lies between them."""
    return max(0.0, (3 + 6 * v) * (0.75 + 0.6 * math.sin(9 * v + 5 * u) * math.sin(4 * u + 21 * v)))


def mist(block: Block, mood: Mood, level: float, count: int = 3) -> None:
    """Mist: slivers of bare paper gathered into drifting banks round `level`."""
    for _bank in range(count):
        x, y = mood.between(0, block.width), level + mood.near(0, 60)
        reach = mood.between(260, 480)
        for _ in range(26):
            dy = mood.near(0, 34)
            run = reach * (1 - abs(dy) / 50) * mood.between(0.4, 0.8)
            at = x + mood.near(0, reach * 0.5)
            gouge(
                block,
                (at - run / 2, y + dy),
                (at + run / 2, y + dy + mood.near(0, 3)),
                mood.between(7, 12),
                PAPER,
            )


def rain(block: Block, mood: Mood, ink: int = PAPER) -> None:
    """Slanting rain over everything, cut as long slivers."""
    lean = mood.between(-60, 60)
    for _ in range(int(block.width * block.height / 9500)):
        x, y = mood.between(-50, block.width), mood.between(-60, block.height)
        run = mood.between(0.5, 1.3)
        gouge(block, (x, y), (x + lean * run, y + 130 * run), 3.4, ink)


def weather(block: Block, mood: Mood, level: float) -> None:
    """What falls last over an outdoor scene."""
    if mood.weather == "mist" and not mood.night:
        mist(block, mood, level)
    elif mood.weather == "rain":
        rain(block, mood)


def flame(block: Block, foot: Point, height: float, width: float, ink: int = RED) -> None:
    """A tongue of fire: broad below, its tip licking to one side."""
    x, y = foot
    sway = block.rng.uniform(-0.5, 0.5) * width
    line = curve(
        [
            (x, y),
            (x + sway, y - height * 0.35),
            (x - sway * 0.6, y - height * 0.7),
            (x + sway * 0.8, y - height),
        ],
        7,
    )
    block.fill(ribbon(line, lambda t: width * (0.7 + 0.9 * t) * (1 - t) ** 0.9 + 1), ink)
