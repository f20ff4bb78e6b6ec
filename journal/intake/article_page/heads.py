"""The head of an article: kicker, title, subtitle, byline, source, date, counters, abstract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..names import looks_like_unit
from .boundaries import BODY_KINDS
from .closings import Closing, read_closing
from .items import Item, Kind
from .labels import About
from .line import key, similar_key
from .strand import Strand

__all__ = ["Head", "read_head", "read_note", "title_keys", "without_site"]

_SITE_TAIL = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s?|--|-(?=[\u4e00-\u9fff]{2,8}$)).*$")
_KICKER_END = re.compile("(?:强调|指出|要求|表示|时说|座谈时|调研时|会议上|侧记|纪实|系列报道|……|——)[：:]?$")
_SUBTITLE_END = re.compile(
    "(?:侧记|纪实|见闻|调查|观察|综述|记事|访谈|手记|小记|一瞥|走笔|扫描|启示|调查报告|解读|纪事|札记|回眸|巡礼)$"
)
_COLUMN = re.compile(r"[【\[「『].{2,12}[】\]」』]|[\u4e00-\u9fff]{2,4}|[◆●■▶]\s*[\u4e00-\u9fff]{2,8}")
_ZONE_LIMIT = 30  # a head has a handful of lines; a page of hundreds of short lines is no head
_DASHES = ("——", "—", "--", "──", "－－", "－")


@dataclass(slots=True)
class Head:
    """The lines of the head by their part; ``end`` is the first item of the body."""

    title: list[Item] = field(default_factory=list)
    kicker: list[Item] = field(default_factory=list)
    subtitle: list[Item] = field(default_factory=list)
    section: Item | None = None
    repeats: list[Item] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)
    end: int = 0
    labelled: dict[About, str] = field(default_factory=dict)
    guessed: bool = False  # which line is the title was a guess


def read_head(items: Sequence[Item], start: int, end: int, window: Sequence[str] = ()) -> Head:
    """Read the head that begins at ``start``; ``window`` are titles the page gives outside its text."""
    head = Head(end=_head_end(items, start, end, window))
    zone = [i for i in items[start : head.end] if i.kind is Kind.SHORT]
    if len(zone) > 2 * _ZONE_LIMIT:
        zone = zone[:_ZONE_LIMIT] + zone[-_ZONE_LIMIT:]
    for item in items[start : head.end]:
        for pair in item.pairs:
            if pair.about in (About.TITLE, About.SUBTITLE, About.KICKER):
                head.labelled.setdefault(pair.about, pair.value)
    named = key(head.labelled.get(About.TITLE, ""))
    if named and any(similar_key(_own_key(i), named) for i in zone):
        window = (*window, head.labelled.pop(About.TITLE))
    if zone and About.TITLE not in head.labelled:
        _assign(head, items, start, zone, window)
    else:
        head.others = zone
    return head


def _head_end(items: Sequence[Item], start: int, end: int, window: Sequence[str]) -> int:
    """The body begins at the first text, or at a heading that stands behind the byline."""
    stop = next((i for i in range(start, end) if items[i].kind in BODY_KINDS), end)
    facts = [i for i in range(start, stop) if items[i].kind in (Kind.BYLINE, Kind.LABELS)]
    shorts = [i for i in range(start, stop) if items[i].kind is Kind.SHORT]
    if (
        facts
        and shorts
        and shorts[0] < facts[-1] < shorts[-1]
        and shorts[-1] == stop - 1
        and any(items[i].byline for i in facts if i > shorts[0])
    ):
        last = key(items[shorts[-1]].text)
        titles = [key(items[i].text) for i in shorts[:-1]] + [k for w in window for k in title_keys(w)]
        if not any(similar_key(last, t) for t in titles) and len(last) <= 20:
            return shorts[-1]
    return stop


def _assign(head: Head, items: Sequence[Item], start: int, zone: list[Item], window: Sequence[str]) -> None:
    scores = {id(item): _title_score(item, zone, items, start, head.end, window) for item in zone}
    best = max(zone, key=lambda item: scores[id(item)])
    title_key = _own_key(best)
    same = [i for i in zone if i is best or similar_key(_own_key(i), title_key)]
    main = max(same, key=lambda i: (len(_own_key(i)) <= 60, not _SITE_TAIL.search(i.text), i is same[-1]))
    head.repeats = [i for i in same if i is not main]
    rest = [i for i in zone if i not in same]
    places = {id(item): n for n, item in enumerate(items[start : head.end])}
    head.title = [main]
    dashed = any(i.text.strip().startswith(_DASHES) for i in rest)
    for anchor in (main, *head.repeats):
        _take_neighbours(head, rest, anchor, places, len(same) > 1 or dashed or main.promised)
    head.others = [i for i in rest if not _taken(head, i)]


def _taken(head: Head, item: Item) -> bool:
    return any(item is i for i in (*head.title, *head.kicker, *head.subtitle, head.section))


def _own_key(item: Item) -> str:
    return key(_SITE_TAIL.sub("", item.text) or item.text)


def _title_score(
    item: Item, zone: list[Item], items: Sequence[Item], start: int, end: int, window: Sequence[str]
) -> float:
    own = _own_key(item)
    size = len(own)
    levels = [i.line.level for i in zone if i.line.level]
    score = 3.0 * sum(similar_key(own, _own_key(i)) for i in zone if i is not item)
    score += 3.0 * any(similar_key(own, part) for w in window for part in title_keys(w))
    score += 2.5 * (bool(levels) and item.line.level == min(levels))
    score += 1.0 if 6 <= size <= 36 else (-2.0 if size < 5 else 0.0)
    score -= 3.0 * (looks_like_unit(item.text) or bool(re.search("(?:网|在线)$", item.text.strip())))
    score -= 6.0 * item.text.strip().startswith(_DASHES)
    score += 6.0 * item.promised
    score -= 1.5 * bool(_KICKER_END.search(item.text.strip())) + 1.5 * bool(
        _COLUMN.fullmatch(item.text.strip())
    )
    score += 0.5 * item.line.bold + 0.5 * item.line.centered - item.line.links
    return score + 0.4 * _leads_to_text(items, item, start, end)


def _leads_to_text(items: Sequence[Item], item: Item, start: int, end: int) -> bool:
    """The title is the last headline above the byline or the text, a subtitle apart."""
    index = next(i for i in range(start, end) if items[i] is item)
    following = next((i for i in items[index + 1 : end + 1] if not i.text.strip().startswith(_DASHES)), None)
    return following is not None and following.kind is not Kind.SHORT


def _take_neighbours(head: Head, rest: list[Item], anchor: Item, places: dict[int, int], sure: bool) -> None:
    """Lines that touch the title above are its kicker, below its subtitle; equals are its other line."""
    at = places[id(anchor)]
    below = [i for i in rest if places[id(i)] > at and _touching(rest, places, at, places[id(i)])]
    above = [i for i in rest if places[id(i)] < at and _touching(rest, places, places[id(i)], at)]
    for item in below[:2]:
        _take_below(head, item, anchor, sure)
    if len(above) <= 3:
        for item in reversed(above[-2:]):
            _take_above(head, item, anchor, sure)


def _touching(rest: list[Item], places: dict[int, int], first: int, last: int) -> bool:
    own = {places[id(i)] for i in rest}
    return all(n in own for n in range(first + 1, last)) and (first in own or last in own)


def _take_below(head: Head, item: Item, anchor: Item, sure: bool) -> None:
    if _taken(head, item):
        return
    text = item.text.strip()
    if text.startswith(_DASHES) or (
        head.subtitle and item.line.gap == 0 and head.subtitle[-1].text.startswith(_DASHES)
    ):
        head.subtitle.append(item)
    elif _is_equal_line(item, anchor) and not sure and not _SUBTITLE_END.search(text):
        head.title.append(item)
        head.guessed = item.line.level != anchor.line.level or not item.line.level
    elif not head.subtitle and item.line.size >= 4 and item.line.gap <= anchor.line.gap + 1:
        head.subtitle.append(item)
        head.guessed = head.guessed or not anchor.line.level


def _take_above(head: Head, item: Item, anchor: Item, sure: bool) -> None:
    if _taken(head, item):
        return
    text = item.text.strip()
    if _COLUMN.fullmatch(text):
        head.section = head.section or item
    elif _is_equal_line(item, anchor) and not sure and not _KICKER_END.search(text) and not anchor.line.level:
        head.title.insert(0, item)
        head.guessed = True
    elif not head.kicker and item.line.size >= 4:
        head.kicker.append(item)
        head.guessed = head.guessed or not (anchor.line.level or sure or _KICKER_END.search(text))


def _is_equal_line(item: Item, anchor: Item) -> bool:
    """Two lines of one title are of like length and stand on like footing."""
    alike = abs(item.line.size - anchor.line.size) <= 2 and item.line.size <= 16
    if abs(item.line.size - anchor.line.size) > 1 and not item.line.level:
        return False
    return alike and item.line.level == anchor.line.level and item.line.bold == anchor.line.bold


def read_note(item: Item) -> Closing | None:
    """Read a line that is wholly in brackets, or names the authors' units."""
    if item.rest:
        return Closing(units=item.rest)
    return read_closing(item.text.strip().strip("（）()"))


def title_keys(window: str) -> list[str]:
    """The keys a window title may hold: the whole, and its parts between the site's separators."""
    parts = re.split(r"[_|｜]|--|[-–—]", window)
    return [k for k in map(key, (window, *parts)) if len(k) >= 4]


def without_site(strand: Strand) -> Strand:
    """Drop the name of the site behind a window title (``题目_某某网``)."""
    found = _SITE_TAIL.search(strand.text)
    return strand.slice(0, found.start()).strip() if found and found.start() >= 4 else strand
