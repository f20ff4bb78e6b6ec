"""Where each promise of the contents page is kept, and which titles nobody promised.

Every place that resembles a promised title is scored by likeness, by the author printed beside it,
by what stands before it (an ended text) and after it (running text). The clear cases are settled
first and then lend their order to the doubtful ones, so one misplaced page disturbs nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .bylines import Byline, parse_byline
from .entries import Entry, is_residue
from .lines import Line, width
from .marks import caption_strength, find_jump, read_note
from .shelf import Run, Shelf, is_prose
from .wording import Ending, ending, key, likeness, number_rank

__all__ = ["Body", "Place", "align", "find_strays"]

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


def find_strays(places: list[Place], shelf: Shelf, body: Body, sections: list[str]) -> list[Place]:
    """Titles that no contents page promised.

    Evidence adds up: mark-up of the rank other titles have, an ended text (or none) before it, a
    byline after it, room above it. A numbered heading or a caption is never a title.
    """
    scout = _Scout(places, body, {key(s) for s in sections})
    found: list[Place] = []
    while (run := scout.best()) is not None:
        place = Place(run, None, 0.5)
        found.append(place)
        scout.accept(place)
    return found


class _Scout:
    """Walks down the body and judges every line that could open an article."""

    def __init__(self, places: list[Place], body: Body, sections: set[str]) -> None:
        self.body, self.sections = body, sections
        self.claimed = {i for p in places for i in range(p.run.first, p.run.last + 1)}
        self.starts = sorted(p.run.first for p in places)
        self.promised = bool(places)
        levels = [body.lines[p.run.first].level for p in places]
        self.levels = {level for level in levels if level}
        self.own_level = _own_level(places, body)
        self.title_keys = {key(p.run.text) for p in places}
        self.marked_share = (
            sum(body.lines[p.run.first].marked for p in places) / len(places) if places else 0.0
        )
        if not places:
            self.levels = self._signed_levels() or _top_level(body)

    def _signed_levels(self) -> set[int]:
        """Without a contents page: the ranks of marked lines that have a byline right under them."""
        lines = self.body.lines
        return {
            lines[i].level
            for i in self.body.order
            if lines[i].level and self._could_be(lines[i]) and self._after(self._run(i)) >= 1.5
        }

    def accept(self, place: Place) -> None:
        self.claimed.update(range(place.run.first, place.run.last + 1))
        self.starts = sorted([*self.starts, place.run.first])

    def best(self) -> Run | None:
        """The likeliest title not yet taken; ``None`` when no line convinces any more."""
        if self.hopeful is None:
            self.hopeful = [i for i in self.body.order if self._could_be(self.body.lines[i])]
        judged = [(self._judge(i), -i) for i in self.hopeful if i not in self.claimed]
        least = 3.0 if self.promised else 2.6
        self.hopeful = [-i for score, i in judged if score >= least - 1.5]
        if not judged or max(judged)[0] < least:
            return None
        return self._run(-max(judged)[1])

    hopeful: list[int] | None = None

    def _judge(self, index: int) -> float:
        line = self.body.lines[index]
        run = self._run(index)
        score = self._before(index) + self._after(run)
        if self.marked_share >= 0.7 and not line.marked:
            score -= 1.0
        if line.level:
            score += 1.6 if line.level in self.own_level else 0.0
            score += (1.2 if self.promised else 1.8) if line.level in self.levels else -0.5
        elif line.all_bold or line.centred:
            score += 0.6
        score += 0.4 if line.gap >= 3 else 0.0
        score += self._signed(run, line)
        return score - self._subheads(index, line) - self._outshone(run, line)

    def _signed(self, run: Run, line: Line) -> float:
        """A marked line with a byline right under it is a title whatever its rank."""
        if not (line.level or line.all_bold) or self._after(run) < 1.5:
            return 0.0
        return 1.5 if not self.promised else 0.4

    def _outshone(self, run: Run, line: Line) -> float:
        """A label, kicker or caption stands above the real title: the line below is the better one."""
        for index in self.body.after(run.last, 1):
            below = self.body.lines[index]
            if index in self.claimed or not self._could_be(below):
                continue
            other = self._after(self._run(index))
            if other >= 1.5 and (below.marked or not line.marked) and self._run(index).last > run.last:
                return 3.5
        return 0.0

    def _could_be(self, line: Line) -> bool:
        text = line.text
        return (
            (4 if not line.marked else 2) <= len(key(text)) <= 60
            and not is_prose(text)
            and number_rank(text) is None
            and not caption_strength(text)
            and not read_note(text.strip("（()）"))
            and find_jump(text) is None
            and not is_residue(text)
            and key(text) not in self.sections
            and key(text) not in self.title_keys
            and re.search("[\u4e00-\u9fff].*[\u4e00-\u9fff]", text) is not None
            and not re.match(r"[\[［【〔]\d|[①-⑳]", text)
            and text[0] not in "，。、；：）)”—（(▲"
            and (ending(text) is not Ending.SOFT or text[-1] in "”》）)")
            and text[-1] not in "，,、"
            and parse_byline(text) is None
        )

    def _run(self, index: int) -> Run:
        last, text = index, self.body.text(index)
        for following in self.body.after(index, 2):
            line, piece = self.body.lines[following], self.body.text(following)
            first = self.body.lines[index]
            same = (line.level == first.level and line.level > 0) or (line.all_bold and first.all_bold)
            if following in self.claimed or not same or not self._could_be(line) or line.gap > 1:
                break
            last, text = following, f"{text} {piece}"
        return Run(index, last, text)

    def _before(self, index: int) -> float:
        """Nothing open before it: the beginning of the text, an end mark, a closing note."""
        before = [i for i in self.body.before(index, 5) if not self._is_label(i)]
        if not before:
            return self._fresh(index)
        for above in before:
            text = self.body.text(above)
            if above in self.claimed:
                return -3.0  # directly under another title
            jump = find_jump(text)
            if jump is not None and jump.leaves:
                return 1.6
            over = 2.0 if self.body.lines[index].marked else 1.6
            if text[-1:] in "□■◆" or re.search(r"[（(](?:完|续完|全文完)[)）]$", text):
                return over
            if text[:1] in "（(" and text[-1:] in "）)" and read_note(text.strip("（()）")):
                return over
            if is_prose(text) or len(text) > 30:
                break
        state = ending(self.body.text(before[0]))
        return 0.3 if state is Ending.FINAL else -0.5

    def _is_label(self, index: int) -> bool:
        """A section's name set apart above a title."""
        line = self.body.lines[index]
        fenced = line.text[:1] in "【[〖◆●■▲★" or key(line.text) in self.sections
        return index not in self.claimed and width(line.text) <= 14 and (line.marked or fenced)

    def _fresh(self, index: int) -> float:
        """At the very beginning, or behind a contents page with the text before it complete."""
        position = self.body.position[index]
        over = position == 0 or ending(self.body.text(self.body.order[position - 1])) is Ending.FINAL
        return 3.0 if over else 0.5

    def _after(self, run: Run) -> float:
        after = self.body.after(run.last, 6)
        own = [i for n, i in enumerate(after) if not self.claimed.intersection(after[: n + 1])]
        if not any(is_prose(self.body.text(i)) or width(self.body.text(i)) >= 18 for i in own[:5]):
            return -4.0
        for number, index in enumerate(after[:3]):
            if index in self.claimed:
                return -4.0
            byline = parse_byline(self.body.text(index))
            if byline and byline.certainty >= 0.6:
                return 1.8 - 0.3 * number + (0.4 if byline.certainty >= 0.95 else 0.0)
            if is_prose(self.body.text(index)):
                break
        return 0.0

    def _subheads(self, index: int, line: Line) -> float:
        """Headings of the same rank right before it in the same article speak for a subhead."""
        if not line.marked:
            return 0.0
        start = max((s for s in self.starts if s < index), default=0)
        same = [
            i
            for i in self.body.order
            if start < i < index
            and i not in self.claimed
            and self.body.lines[i].marked
            and self.body.lines[i].level == line.level
        ]
        own = 0 if self._before(index) >= 1.6 else self.body.lines[start].level
        return (1.5 if same else 0.0) + (0.8 if own and line.level > own else 0.0)


def _own_level(places: list[Place], body: Body) -> set[int]:
    """Heading ranks that this file keeps for titles: nearly every line of that rank is one."""
    titles = {i for p in places for i in range(p.run.first, p.run.last + 1)}
    found = set()
    for level in {body.lines[i].level for i in titles} - {0}:
        of_level = [i for i in body.order if body.lines[i].level == level]
        if len(of_level) >= 3 and sum(i in titles for i in of_level) >= 0.7 * len(of_level):
            found.add(level)
    return found


def _top_level(body: Body) -> set[int]:
    levels = sorted({body.lines[i].level for i in body.order if body.lines[i].level})
    return set(levels[:1])


def byline_of(text: str, expected: tuple[str, ...] = ()) -> Byline | None:
    return parse_byline(text, expected=expected)
