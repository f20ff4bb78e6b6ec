"""How articles flow over the pages of an issue; pure arithmetic, nothing here knows a database.

An ``Arrangement`` says what stands where. To change it, its loose articles are picked up as a ``Flow``
(their order and lengths, the free pages before each), it is changed, and ``settle`` lays it down again:

- locked articles stay; named pages ("advertisement") carry no text;
- a loose article begins on the first free page behind the one before it – or, where the two shared a page, on
  that page – and jumps over named pages inside it;
- pages left free before an article stay free until something is put there; the pages before the first article
  belong to the contents page;
- a text too long for the space before a locked one runs into it: nothing is cut, the overlap is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

__all__ = ["Arrangement", "Flow", "Item", "Place"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article (``key``) stands; ``length`` is how many pages it is likely to need."""

    key: int
    first: int | None
    last: int | None
    locked: bool = False
    length: int = 1
    position: int | None = None  # as stored; ``None``: by its turn

    def covers(self, page: int) -> bool:
        return self.first is not None and self.last is not None and self.first <= page <= self.last

    def clashes(self, other: Place) -> bool:
        """Whether both claim a page; one may end where the other begins."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return not (self.last <= other.first or other.last <= self.first)


@dataclass(frozen=True)
class Arrangement:
    """All articles of an issue in their order, and the words on the pages that carry none."""

    places: tuple[Place, ...] = ()
    fixed: Mapping[int, str] = field(default_factory=dict)

    @property
    def keys(self) -> set[int]:
        return {place.key for place in self.places}

    @property
    def numbered(self) -> Iterable[tuple[int, Place]]:
        return enumerate(self.places, 1)

    def same_as(self, other: Arrangement) -> bool:
        """Whether everything stands on the same pages in the same order."""
        mine, theirs = ([(p.key, p.first, p.last, p.locked) for p in a.places] for a in (self, other))
        return mine == theirs and dict(self.fixed) == dict(other.fixed)

    def of(self, key: int) -> Place:
        """Raises ``KeyError`` for an article that does not stand here."""
        found = next((place for place in self.places if place.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def replaced(self, place: Place) -> Arrangement:
        return replace(self, places=tuple(place if p.key == place.key else p for p in self.places))

    def as_data(self) -> dict[str, Any]:
        """The whole arrangement, compact, as an event keeps it: key, order, pages, locked."""
        rows = [[p.key, p.position or n, p.first, p.last, int(p.locked)] for n, p in self.numbered]
        return {"articles": rows, "fixed": {str(page): words for page, words in sorted(self.fixed.items())}}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Arrangement:
        places = tuple(
            Place(key, first, last, bool(locked), position=position)
            for key, position, first, last, locked in data["articles"]
        )
        return cls(places, {int(page): words for page, words in data["fixed"].items()})


@dataclass(slots=True)
class Item:
    """A loose article while it is moved.

    ``lead``: free pages left before it. ``joins``: it begins on the page where the one before it ends.
    ``on``: the page it shares with a locked neighbour.
    """

    key: int
    length: int
    lead: int = 0
    joins: bool = False
    on: int | None = None


class Flow:
    """The loose articles of an arrangement in their order, around the locked ones and the named pages."""

    def __init__(self, arrangement: Arrangement, fixed: Mapping[int, str] | None = None) -> None:
        """``fixed``: the named pages to lay out for, where they are about to change."""
        self.fixed = dict(arrangement.fixed if fixed is None else fixed)
        self.locked = [place for place in arrangement.places if place.locked]
        self.closed = {p for place in self.locked for p in pages_of(place)} | set(self.fixed)
        self.items = list(self.pick_up(arrangement))

    def pick_up(self, arrangement: Arrangement) -> Iterator[Item]:
        before: Place | None = None
        for place in arrangement.places:
            if place.locked:
                continue
            item = Item(place.key, length_of(place, arrangement.fixed))
            if place.first is not None:
                self.look_back(item, place, before)
                before = place
            yield item

    def look_back(self, item: Item, place: Place, before: Place | None) -> None:
        """How the article stands to what is before it: on a page shared with it, or behind free pages."""
        assert place.first is not None
        end = (before.last or 0) if before is not None else 0
        if before is not None and place.first == end:
            item.joins = True
        elif any(shares(place, locked) for locked in self.locked):
            item.on = place.first
        item.lead = self.free_between(end, place.first)

    def free_between(self, end: int, first: int) -> int:
        return sum(page not in self.closed for page in range(end + 1, first))

    def index(self, key: int) -> int:
        return next(number for number, item in enumerate(self.items) if item.key == key)

    def take(self, key: int) -> Item:
        """Take an article out; what follows moves up by its length."""
        number = self.index(key)
        item = self.items.pop(number)
        if number < len(self.items):
            after = self.items[number]
            after.lead = item.lead + (0 if after.joins else after.lead)
            after.joins = False
        return Item(item.key, item.length)

    def put(self, item: Item, number: int) -> None:
        """Put an article before the ``number``-th one; it fills the free pages there first."""
        number = max(0, min(number, len(self.items)))
        if number < len(self.items):
            after = self.items[number]
            gap, after.joins, after.on = (0 if after.joins else after.lead), False, None
            if number == 0:  # the pages of the contents stay
                item.lead, gap = gap, 0
            after.lead = max(0, gap - item.length)
        self.items.insert(number, item)

    def put_on_page(self, item: Item, page: int) -> None:
        """Let an article begin on ``page``, or as near to it as whole articles allow."""
        laid = {place.key: place for place in self.settle().places}
        inside = next((i for i in self.items if laid[i.key].covers(page)), None)
        if inside is not None:
            place, number = laid[inside.key], self.index(inside.key)
            assert place.first is not None
            assert place.last is not None
            if page - place.first > place.last + 1 - page:
                self.put(item, number + 1)
                return
            gap = 0 if inside.joins else inside.lead
            self.put(item, number)
            item.lead, inside.lead = gap, 0
            return
        number = sum((laid[i.key].first or 0) < page for i in self.items)
        end = (laid[self.items[number - 1].key].last or 0) if number else 0
        item.lead = self.free_between(end, page)
        self.items.insert(number, item)
        if number + 1 < len(self.items):
            after = self.items[number + 1]
            last, first = self.span(page, item.length), laid[after.key].first or 0
            after.joins, after.lead = False, self.free_between(last, first) if first > last else 0

    def settle(self) -> Arrangement:
        """Lay everything down; the result holds every article once, in the order of the pages."""
        loose: list[Place] = []
        reached = 0
        for item in self.items:
            first = self.begin(item, reached)
            last = self.span(first, item.length)
            loose.append(Place(item.key, first, last, False, item.length))
            reached = last
        rank = {place.key: number for number, place in enumerate([*self.locked, *loose])}
        ordered = sorted([*self.locked, *loose], key=lambda p: (p.first or 0, p.last or 0, rank[p.key]))
        return Arrangement(tuple(replace(place, position=None) for place in ordered), self.fixed)

    def begin(self, item: Item, reached: int) -> int:
        if item.joins and reached and reached not in self.closed:
            return reached
        if item.on is not None and item.on > reached and item.on not in self.fixed:
            return item.on
        free = (page for page in count(reached + 1) if page not in self.closed)
        for _left_free in range(item.lead):
            next(free)
        return next(free)

    def span(self, first: int, length: int) -> int:
        """The last page of ``length`` pages from ``first``, named pages jumped over."""
        text = (page for page in count(first) if page not in self.fixed)
        last = first
        for _page in range(length):
            last = next(text)
        return last


def pages_of(place: Place) -> Iterable[int]:
    return range(place.first, place.last + 1) if place.first and place.last else ()


def length_of(place: Place, fixed: Mapping[int, str]) -> int:
    """The pages an article takes, named pages inside it not counted."""
    if place.first is None:
        return max(place.length, 1)
    return max(1, sum(page not in fixed for page in pages_of(place)))


def shares(place: Place, locked: Place) -> bool:
    """Whether an article begins on the page where a locked one ends, or ends on the one where it begins."""
    return place.first is not None and (
        place.first == locked.last or place.first == place.last == locked.first
    )
