"""The knives: shapes with cut edges, tapering gouge marks, hatching, curves."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from journal.sample.pictures.press import INK, PAPER, Block, Point

__all__ = [
    "Line",
    "arc",
    "bar",
    "box",
    "clip",
    "curve",
    "cut",
    "fan",
    "gouge",
    "hatch",
    "outlined",
    "oval",
    "ribbon",
    "stroke",
    "wobble",
]

Line = Sequence[Point]


def wobble(block: Block, points: Line, rough: float = 1.6, closed: bool = True) -> list[Point]:
    """The outline as a knife follows it: short straight facets, up to `rough` units astray."""
    ring = [*points, points[0]] if closed else list(points)
    cut_line: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise(ring):
        steps = max(1, int(math.hypot(x1 - x0, y1 - y0) / block.rng.uniform(22, 40)))
        for step in range(steps):
            t = step / steps
            cut_line.append(
                (
                    x0 + (x1 - x0) * t + block.rng.uniform(-rough, rough),
                    y0 + (y1 - y0) * t + block.rng.uniform(-rough, rough),
                )
            )
    return cut_line if closed else [*cut_line, ring[-1]]


def cut(block: Block, points: Line, ink: int = INK, rough: float = 1.6) -> None:
    """A shape with a knife-cut edge."""
    block.fill(wobble(block, points, rough), ink)


def box(x: float, y: float, width: float, height: float) -> list[Point]:
    """Corners of an upright rectangle from its top left."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def oval(centre: Point, rx: float, ry: float, steps: int = 36, turn: float = 0) -> list[Point]:
    """An ellipse as a polygon, `turn` radians round."""
    cos, sin = math.cos(turn), math.sin(turn)
    ring = [(rx * math.cos(a), ry * math.sin(a)) for a in (math.tau * i / steps for i in range(steps))]
    return [(centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos) for x, y in ring]


def arc(centre: Point, rx: float, ry: float, start: float, stop: float, steps: int = 24) -> list[Point]:
    """Part of an ellipse, angles in degrees, 0 to the right, 90 downward."""
    angles = [math.radians(start + (stop - start) * i / steps) for i in range(steps + 1)]
    return [(centre[0] + rx * math.cos(a), centre[1] + ry * math.sin(a)) for a in angles]


def curve(points: Line, steps: int = 8) -> list[Point]:
    """A smooth line through the points (Catmull–Rom)."""
    ends = [points[0], *points, points[-1]]
    smooth: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        smooth += [
            (_blend(a[0], b[0], c[0], d[0], i / steps), _blend(a[1], b[1], c[1], d[1], i / steps))
            for i in range(steps)
        ]
    return [*smooth, points[-1]]


def _blend(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


def ribbon(line: Line, width: Callable[[float], float]) -> list[Point]:
    """The outline of a line that is `width(t)` units wide, t from 0 to 1 along it."""
    left, right = [], []
    last = len(line) - 1
    for i, (x, y) in enumerate(line):
        (x0, y0), (x1, y1) = line[max(0, i - 1)], line[min(last, i + 1)]
        length = math.hypot(x1 - x0, y1 - y0) or 1
        half = width(i / last) / 2
        nx, ny = -(y1 - y0) / length * half, (x1 - x0) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def stroke(block: Block, line: Line, width: float, ink: int = INK, taper: bool = False) -> None:
    """A drawn line: even, or (taper) thin at both ends as a gouge leaves it."""
    if taper:
        block.fill(ribbon(line, lambda t: width * math.sin(math.pi * (0.06 + 0.9 * t)) ** 0.7), ink)
    else:
        block.fill(ribbon(line, lambda t: width * (1 + 0.12 * math.sin(19 * t + line[0][0]))), ink)


def bar(block: Block, start: Point, end: Point, width: float, ink: int = INK) -> None:
    """A straight beam with cut edges."""
    block.fill(wobble(block, ribbon([start, end], lambda _t: width), min(1.2, width / 6)), ink)


def gouge(block: Block, start: Point, end: Point, width: float, ink: int = PAPER) -> None:
    """One push of the gouge: a sliver that swells and runs out."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0) or 1
    nx, ny = -(y1 - y0) / length * width / 2, (x1 - x0) / length * width / 2
    a, b = block.rng.uniform(0.2, 0.4), block.rng.uniform(0.6, 0.85)

    def at(t: float, side: float) -> Point:
        return x0 + (x1 - x0) * t + nx * side, y0 + (y1 - y0) * t + ny * side

    block.fill([at(0, 0), at(a, 1), at(b, 0.8), at(1, 0), at(b, -0.8), at(a, -1)], ink)


def hatch(
    block: Block,
    mask: Line,
    angle: float,
    gap: float,
    weight: Callable[[float, float], float],
    ink: int = INK,
    length: float = 150,
) -> None:
    """Gouge marks over a shape at `angle` degrees, `gap` units apart.

    `weight(u, v)` gives each mark's width in units from its place in the shape's box (0–1 each way);
    zero leaves it out.
    """
    xs, ys = [p[0] for p in mask], [p[1] for p in mask]
    left, top, wide, high = min(xs), min(ys), max(xs) - min(xs) or 1, max(ys) - min(ys) or 1
    twin, rng = block.copy(), block.rng
    dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    reach = math.hypot(wide, high) / 2 + length
    cx, cy = left + wide / 2, top + high / 2
    offset = -reach
    while offset < reach:
        along = -reach - rng.uniform(0, length)
        while along < reach:
            run = length * rng.uniform(0.55, 1.35)
            mx, my = cx + dx * (along + run / 2) - dy * offset, cy + dy * (along + run / 2) + dx * offset
            u, v = (mx - left) / wide, (my - top) / high
            if -0.3 < u < 1.3 and -0.2 < v < 1.2 and (thick := weight(u, v) * rng.uniform(0.75, 1.2)) > 0.3:
                sway = rng.uniform(-0.12, 0.12) * gap
                half = run / 2
                gouge(
                    twin,
                    (mx - dx * half, my - dy * half + sway),
                    (mx + dx * half, my + dy * half - sway),
                    thick,
                    ink,
                )
            along += run + rng.uniform(0.02, 0.12) * length
        offset += gap * rng.uniform(0.85, 1.15)
    block.within(mask, twin)


def clip(block: Block, mask: Line, paint: Callable[[Block], None]) -> None:
    """Paint only inside a shape."""
    twin = block.copy()
    paint(twin)
    block.within(mask, twin)


def outlined(
    block: Block, points: Line, ink: int, edge: float = 4, rough: float = 1.2, line: int = INK
) -> None:
    """A shape with a black contour of `edge` units."""
    ring = wobble(block, points, rough)
    block.fill(ring, ink)
    ring.append(ring[0])
    for start, end in pairwise(ring):
        block.fill(ribbon([start, end], lambda _t: edge), line)
    for x, y in ring:
        block.ellipse((x, y), edge / 2, edge / 2, line)


def fan(
    block: Block, centre: Point, inner: float, outer: float, count: int, width: float, ink: int = PAPER
) -> None:
    """Rays of light round a point."""
    for i in range(count):
        a = math.tau * (i + block.rng.uniform(-0.2, 0.2)) / count
        far = outer * block.rng.uniform(0.6, 1)
        gouge(
            block,
            (centre[0] + inner * math.cos(a), centre[1] + inner * math.sin(a)),
            (centre[0] + far * math.cos(a), centre[1] + far * math.sin(a)),
            width,
            ink,
        )
