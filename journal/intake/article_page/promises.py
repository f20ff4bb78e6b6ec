"""A list of titles at the head of a page promises its articles: the list goes, its titles are known below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .items import Item, Kind
from .line import key, similar_key

__all__ = ["keep_promises"]

_BULLET = re.compile(r"^\s*(?:[·•●○◆■▪►▶>＞*＊-]|\d{1,2}[.．、:：]?(?=\s*[\u4e00-\u9fff“《]))\s*")
_TAIL = re.compile(r"\s*(?:[.…·]{2,}\s*)?[（(]?\s*[A-Z]?\d{0,3}\s*版?[）)]?\s*$")
_HEADING = re.compile(".{0,4}(?:导航|导读|目录|标题列表|要目)[：:]?")
_LIST_KINDS = frozenset({Kind.SHORT, Kind.TEXT})
_LISTED = (Kind.SHORT, Kind.TEXT, Kind.BYLINE)
_LONGEST = 45
_MOST = 60


def keep_promises(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with the list as residue and the headlines that repeat its entries marked.

    A list is two or more lines above the first text that stand again, alone, below it.
    """
    kept = list(items)
    found: dict[int, int] = {}
    for index in _front(items):
        again = _again(items, index)
        if again is not None and again not in found.values():
            found[index] = again
    if not found:
        return tuple(items)
    first, last = _list_around(items, min(found), max(found), set(found.values()))
    sure = first > 0 and _announces(items[first - 1]) and last < min(found.values())
    if not sure and (len(found) < 2 or not _spread(items, found.values())):
        return tuple(items)
    for index in range(first, last + 1):
        if index not in found.values() and items[index].kind in _LISTED:
            kept[index] = replace(items[index], kind=Kind.RESIDUE)
    for index in found.values():
        kept[index] = replace(items[index], kind=Kind.SHORT, promised=True)
    return tuple(kept)


def _list_around(items: Sequence[Item], first: int, last: int, heads: set[int]) -> tuple[int, int]:
    """Entries that recur, with the lines around them up to the list's heading and its end."""
    start = first
    while start > 0 and items[start - 1].kind in _LISTED:
        start -= 1
    if start == 0 or not _announces(items[start - 1]):
        return first, last
    while last + 1 < len(items) and _goes_on(items, last + 1) and last + 2 not in heads:
        last += 1
    return start, last


def _goes_on(items: Sequence[Item], index: int) -> bool:
    """A further entry; a gap, or the kicker right above a title, ends the list."""
    item = items[index]
    return item.kind in _LISTED and _may_be_title(item) and item.line.gap <= items[index - 1].line.gap


def _announces(item: Item) -> bool:
    """``标题导航``, ``本版导读``: a list of titles follows."""
    return item.kind in (Kind.RESIDUE, Kind.SHORT) and _HEADING.fullmatch(item.text.strip()) is not None


def _front(items: Sequence[Item]) -> list[int]:
    """The lines above the first prose that an entry can be."""
    prose = (i for i, item in enumerate(items) if item.kind is Kind.TEXT and item.line.size > _LONGEST)
    first = next(prose, len(items))
    return [i for i in range(first) if _may_be_title(items[i])][:_MOST]


def _may_be_title(item: Item) -> bool:
    """A headline or a question; numbered lines that recur are the headings of one article."""
    if item.kind not in _LIST_KINDS or item.line.size > _LONGEST:
        return False
    return item.kind is not Kind.TEXT or bool(re.fullmatch("[^。：:]+[？！?!]", item.text.strip()))


def _entry_mark(item: Item) -> bool:
    return _BULLET.match(item.text) is not None


def _entry_key(item: Item) -> str:
    return key(_TAIL.sub("", _BULLET.sub("", item.text)))


def _again(items: Sequence[Item], index: int) -> int | None:
    """The line below that is this entry: the same words, or the entry without what stood behind it."""
    entry = _entry_key(items[index])
    if len(entry) < 4:
        return None
    later = [i for i in range(index + 1, len(items)) if _may_be_title(items[i]) and not _entry_mark(items[i])]
    same = [i for i in later if key(items[i].text) == entry]
    near = [i for i in later if similar_key(key(items[i].text), entry)]
    return next(iter(same or near), None)


def _spread(items: Sequence[Item], places: Iterable[int]) -> bool:
    """Between the first and the last of the titles stands text: they head articles, not a second list."""
    heads = sorted(places)
    return any(i.kind is Kind.TEXT and not _may_be_title(i) for i in items[heads[0] : heads[-1]])
