"""Where each promise of the contents page is kept.

Every place that resembles a promised title is scored by likeness, by the author printed beside it,
by what stands before it (an ended text) and after it (running text). The clear cases are settled
first and then lend their order to the doubtful ones, so one misplaced page disturbs nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .bylines import parse_byline
from .entries import Entry
from .lines import Line, width
from .shelf import Run, Shelf, is_prose
from .wording import Ending, ending, key, likeness

__all__ = ["Body", "Place", "align"]

_LEAST = 0.5


@dataclass(slots=True)
class Body:
    """The lines of the text proper, in order, and a quick way from a line to its neighbours."""

    lines: list[Line]
    order: list[int]
    position: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.position = {index: n for n, index in enumerate(self.order)}

    def after(self, index: int, count: int) -> list[int]:
        """Up to ``count`` lines below; a contents page or masthead between ends the neighbourhood."""
        n = self.position[index]
        return self._unbroken(index, self.order[n + 1 : n + 1 + count])

    def before(self, index: int, count: int) -> list[int]:
        """Up to ``count`` lines above, the nearest first."""
        n = self.position[index]
        return self._unbroken(index, self.order[max(0, n - count) : n][::-1])

    def _unbroken(self, index: int, found: list[int]) -> list[int]:
        near = []
        for other in found:
            if abs(other - index) > 6:
                break
            near.append(other)
            index = other
        return near

    def text(self, index: int) -> str:
        return self.lines[index].text


@dataclass(slots=True)
class Place:
    """A title found in the body: its lines, the promise it keeps (if any) and how sure that is."""

    run: Run
    entry: Entry | None = None
    score: float = 1.0


def align(entries: list[Entry], shelf: Shelf, body: Body) -> list[Place]:
    """Assign promised titles to places in the body; unkept promises are simply missing."""
    options = [sorted(_options(e, shelf, body), key=lambda o: (-o[0], o[1].first)) for e in entries]
    placed: dict[int, Place] = {}
    used: set[int] = set()
    for number in sorted(range(len(entries)), key=lambda n: -_clearness(options[n])):
        chosen = _choose(number, options[number], placed, used)
        if chosen is not None:
            score, run = chosen
            placed[number] = Place(run, entries[number], score)
            used.update(range(run.first, run.last + 1))
    for number, entry in enumerate(entries):
        if number not in placed and (place := _by_author(number, entry, placed, used, body)):
            placed[number] = place
            used.update(range(place.run.first, place.run.last + 1))
    return sorted(placed.values(), key=lambda p: p.run.first)


def _clearness(options: list[tuple[float, Run]]) -> float:
    if not options:
        return -1.0
    rival = next(
        (o[0] for o in options[1:] if o[1].last < options[0][1].first or o[1].first > options[0][1].last), 0.0
    )
    return options[0][0] - rival + options[0][0] / 10


def _options(entry: Entry, shelf: Shelf, body: Body) -> list[tuple[float, Run]]:
    found = []
    names = _names(entry)
    for like, run in shelf.matches(entry.title, _LEAST)[:16]:
        found.append((like + _evidence(run, names, body), run))
    return found


def _names(entry: Entry) -> list[str]:
    if not entry.author:
        return []
    byline = parse_byline(entry.author)
    return [key(a.name) for a in byline.authors] if byline else [key(entry.author)]


def _evidence(run: Run, names: list[str], body: Body) -> float:
    lines = body.lines
    after, before = body.after(run.last, 6), body.before(run.first, 3)
    value = 0.1 if lines[run.first].marked else 0.0
    near = [key(body.text(i)) for i in after[:3] + before[:2]] + [key(run.text)]
    near.append("".join(near[:2]))  # a name set on two lines
    if any(name and any(name in text for text in near) for name in names):
        value += 0.25
    if not before or body.text(before[0])[-1:] in "□■◆）)" or lines[run.first].gap >= 3:
        value += 0.05
    value += 0.15 if any(is_prose(body.text(i)) or width(body.text(i)) >= 18 for i in after[:5]) else -0.2
    if (
        before
        and lines[run.first].gap == 0
        and ending(body.text(before[0])) is Ending.OPEN
        and width(body.text(before[0])) > 18
    ):
        value -= 0.15  # in the middle of a hard-wrapped paragraph
    return value


def _choose(
    number: int, options: list[tuple[float, Run]], placed: dict[int, Place], used: set[int]
) -> tuple[float, Run] | None:
    best: tuple[float, Run] | None = None
    low = max((placed[n].run.last for n in placed if n < number), default=-1)
    high = min((placed[n].run.first for n in placed if n > number), default=10**9)
    for score, run in options:
        if used.intersection(range(run.first, run.last + 1)):
            continue
        value = score + (0.15 if low < run.first < high else 0.0)
        if best is None or value > best[0] + 1e-9:
            best = (value, run)
    return best if best and best[0] >= 0.62 else None


def _by_author(
    number: int, entry: Entry, placed: dict[int, Place], used: set[int], body: Body
) -> Place | None:
    """A title too damaged to recognise, but its author's line stands where the article must be."""
    names = _names(entry)
    if not names:
        return None
    low = max((placed[n].run.last for n in placed if n < number), default=-1)
    high = min((placed[n].run.first for n in placed if n > number), default=10**9)
    for index in body.order:
        if not low < index < high or index in used or not _is_byline_of(body.text(index), names):
            continue
        for above in body.before(index, 1):
            text = body.text(above)
            if above in used or is_prose(text) or width(text) > 45:
                continue
            like = likeness(entry.title, text)
            if like >= 0.25:
                return Place(Run(above, above, text), entry, like)
    return None


def _is_byline_of(text: str, names: list[str]) -> bool:
    byline = parse_byline(text)
    return byline is not None and any(key(a.name) in names for a in byline.authors)
