"""Every place in the body that could be a title, to look up what the contents page promises."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..manuscript import AuthorKind
from .bylines import parse_byline
from .lines import Line, width
from .wording import Ending, bigrams, ending, key, likeness

__all__ = ["Run", "Shelf", "is_prose"]

_MAX_RUNS = 60_000
_MAX_POSTINGS = 1_500


@dataclass(frozen=True, slots=True)
class Run:
    """One to four short lines in a row, as indices into the list of lines."""

    first: int
    last: int
    text: str


def is_prose(text: str) -> bool:
    """Whether a line reads as running text rather than as a title, a name or a label."""
    if len(text) > 90:
        return True
    inner = text[:-1]
    if "。" in inner or ("；" in inner and len(text) > 30):
        return True
    return ending(text) is Ending.FINAL and (text.rstrip("□■◆ ")[-1:] in "。…" or len(text) > 45)


def _is_byline(text: str, alone: bool) -> bool:
    """Whether a line names the writers; alone, a unit's name may just as well be a title."""
    if "·" in text or width(text) > 40:  # a dot: as likely a title in three words as a foreign name
        return False
    byline = parse_byline(text)
    if byline is None or byline.certainty < 0.5:
        return False
    people = any(a.kind is AuthorKind.PERSON for a in byline.authors)
    return not alone or byline.certainty >= 0.95 or (people and byline.certainty >= 0.9)


@dataclass(slots=True)
class Shelf:
    """Runs of title-like lines with an inverted index over their bigrams."""

    runs: list[Run] = field(default_factory=list)
    exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    postings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    memo: dict[str, list[tuple[float, Run]]] = field(default_factory=dict)
    below: dict[int, tuple[str, ...]] = field(default_factory=dict)  # line → keys of the lines under it

    @classmethod
    def build(cls, lines: list[Line], usable: Iterable[int]) -> Shelf:
        shelf = cls()
        order = list(usable)
        for position, index in enumerate(order):
            shelf.below[index] = tuple(key(lines[i].text[:60]) for i in order[position + 1 : position + 4])
        for position in range(len(order)):
            shelf._add_runs(lines, order[position : position + 4])
            if len(shelf.runs) > _MAX_RUNS:
                break
        return shelf

    def _add_runs(self, lines: list[Line], window: list[int]) -> None:
        text = ""
        for count, index in enumerate(window):
            piece = lines[index].text
            if width(piece) > 60 or is_prose(piece) or (count and len(lines[index].cells) >= 3):
                break
            if _is_byline(piece, alone=count == 0):
                break
            if count and (lines[index].gap > 2 or (index - window[count - 1] > 3)):
                break
            text = f"{text} {piece}".strip()
            if width(text) > 100:
                break
            self._add(Run(window[0], index, text))

    def _add(self, run: Run) -> None:
        number = len(self.runs)
        self.runs.append(run)
        self.exact[key(run.text)].append(number)
        for pair in bigrams(run.text):
            if len(self.postings[pair]) < _MAX_POSTINGS:
                self.postings[pair].append(number)

    def matches(self, title: str, least: float = 0.45) -> list[tuple[float, Run]]:
        """Runs like ``title``, the likest first."""
        k = key(title)
        if k not in self.memo:
            self.memo[k] = self._search(title, k)
        return [m for m in self.memo[k] if m[0] >= least]

    def names_below(self, title: str, words: str) -> float:
        """Whether the likeliest place of ``title`` has these words (an author) right under it.

        1.0 when they are a whole line there, 0.4 when part of one, else 0.0.
        """
        found, k = self.matches(title, 0.8), key(words)
        if not found or len(k) < 2:
            return 0.0
        below = self.below.get(found[0][1].last, ())
        return 1.0 if k in below[:2] else 0.4 if any(k in line for line in below) else 0.0

    def best(self, title: str) -> float:
        """Likeness of the best run, 0–1; a run that is only part of ``title`` leaves words unexplained."""
        k = key(title)
        return max((_whole(like, run, title, k) for like, run in self.matches(title)), default=0.0)

    def _search(self, title: str, k: str) -> list[tuple[float, Run]]:
        if not k:
            return []
        pairs = bigrams(title)
        hits: Counter[int] = Counter()
        for pair in pairs:
            hits.update(self.postings.get(pair, ()))
        found = [(1.0, self.runs[n]) for n in self.exact.get(k, ())]
        for number, shared in hits.most_common(60):
            run = self.runs[number]
            if key(run.text) != k:
                found.append((min(0.99, _score(shared, pairs, run.text, k)), run))
        return sorted(found, key=lambda f: (-f[0], f[1].first, f[1].last))[:40]


def _whole(like: float, run: Run, title: str, k: str) -> float:
    return likeness(title, run.text) if len(key(run.text)) < len(k) else like


def _score(shared: int, pairs: frozenset[str], text: str, k: str) -> float:
    dice = 2 * shared / (len(pairs) + len(bigrams(text)))
    other = key(text)
    short, long = sorted((k, other), key=len)
    if len(short) >= 5 and short in long:
        # part of a longer title: the contents page leaves out, or the page adds, a line
        return max(dice, 0.62 + 0.3 * len(short) / len(long))
    return dice
