"""Where one article ends and the next begins: evidence is added up for every possible headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .closings import find_closing, read_closing
from .cohesion import kinship, strangers
from .items import NUMBERING, Item, Kind
from .line import key, similar_key

__all__ = ["BODY_KINDS", "Stretch", "find_stretches"]

CERTAIN = 2.5
DOUBTFUL = 1.0
BODY_KINDS = frozenset({Kind.TEXT, Kind.NUMBERED, Kind.TABLE})
_TAIL_KINDS = frozenset({Kind.NOTE, Kind.END, Kind.BYLINE, Kind.LABELS, Kind.JUMP_TO, Kind.DATE})
_SILENT = frozenset({Kind.RESIDUE, Kind.IMAGE, Kind.CAPTION, Kind.PAGE_MARK, Kind.RULE, Kind.ISSUE})
_AGENCY = "新华社|中新社|中新网|人民网|[\u4e00-\u9fff]{2,6}(?:日报|晚报|网|社)"
_DATELINE = re.compile(
    r"\s*(?:本[报刊网台社](?:综合)?(?:讯|消息|专?电)"
    rf"|(?:{_AGENCY})[\u4e00-\u9fff\d月日（）() ]{{0,16}}(?:讯|电)"
    r"|据[\u4e00-\u9fff]{2,8}(?:报道|消息)|核心提示|[（(](?:本报)?(?:记者|通讯员))"
)
_BRIEFS = re.compile(
    "(?:图片|一句话|短)新闻|(?:[一-龥]{2})?(?:简讯|短讯|快讯)(?:[一二三四五六七八九十]{1,2}则)?"
)
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Items ``[start, end)`` are one article; ``doubts`` are headlines inside it that may begin another."""

    start: int
    end: int
    doubts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive items without text: ``[start, end)``; ``first`` is its first possible headline."""

    start: int
    end: int
    first: int


@dataclass(frozen=True, slots=True)
class _Page:
    items: Sequence[Item]
    top_level: int  # the highest rank the mark-up uses, 0 for none
    usual_gap: int
    repeated: Counter[str]
    promises: bool  # the page lists its titles
    bare: bool  # no line of the page names anybody or anything: all titles stand alone


def find_stretches(items: Sequence[Item]) -> tuple[Stretch, ...]:
    """Cut the page into articles. What stands before the first headline is not part of any stretch."""
    page = _survey(items)
    runs = list(_runs(items))
    continued = _continuations(items)
    starts = [_first_start(page, runs)]
    doubts: dict[int, list[int]] = {starts[0]: []}
    for run in sorted([*runs, *continued], key=lambda r: r.start):
        if run.start <= starts[-1] or not _has_text(items, starts[-1], run.start):
            continue
        score = CERTAIN
        if run not in continued and not any(i.promised for i in items[run.first : run.end]):
            score = _score(page, run) + _evidence_of_topic(page, runs, run, starts[-1])
        if score >= CERTAIN:
            starts.append(run.first)
            doubts[run.first] = []
        elif score >= DOUBTFUL and not items[run.first].line.level > page.top_level > 0:
            doubts[starts[-1]].append(run.first)
    ends = [*starts[1:], len(items)]
    return tuple(Stretch(s, e, tuple(doubts[s])) for s, e in zip(starts, ends, strict=True) if s < e)


def _survey(items: Sequence[Item]) -> _Page:
    levels = [i.line.level for i in items if i.kind is Kind.SHORT and i.line.level]
    gaps = Counter(i.line.gap for i in items if i.kind in BODY_KINDS)
    keys = Counter(key(i.text) for i in items if i.kind is Kind.SHORT)
    facts = (Kind.BYLINE, Kind.LABELS, Kind.DATE, Kind.NOTE, Kind.NUMBERED)
    words = [i.kind for i in items if i.kind not in _SILENT]
    bare = not any(i.kind in facts for i in items) and words[:1] == [Kind.SHORT] and Kind.TEXT in words[1:3]
    return _Page(
        items,
        min(levels, default=0),
        gaps.most_common(1)[0][0] if gaps else 0,
        keys,
        any(i.promised for i in items),
        bare,
    )


def _has_text(items: Sequence[Item], start: int, end: int) -> bool:
    return any(i.kind is Kind.TEXT or i.kind is Kind.TABLE for i in items[start:end])


def _runs(items: Sequence[Item]) -> Iterator[_Run]:
    """Yield the stretches between texts that hold at least one possible headline and are followed by text."""
    start = 0
    for index, item in enumerate(items):
        if item.kind in BODY_KINDS:
            first = next((i for i in range(start, index) if _may_head(items, i, start)), None)
            if first is not None:
                yield _Run(start, index, first)
            start = index + 1


def _continuations(items: Sequence[Item]) -> list[_Run]:
    """（上接第1版） begins a stretch, with the short title that may stand right above it."""
    found = []
    for index, item in enumerate(items):
        if item.kind is Kind.JUMP_FROM and index:
            above = items[index - 1]
            first = index - 1 if above.kind is Kind.SHORT and index > 1 else index
            found.append(_Run(first, index, first))
    return found


def _may_head(items: Sequence[Item], index: int, start: int) -> bool:
    item = items[index]
    if item.kind is Kind.LABELS:
        return any(p.about in ("title", "kicker") for p in item.pairs)
    return item.kind is Kind.SHORT and not (
        index > start and items[index - 1].kind is Kind.IMAGE and not item.line.level
    )


def _first_start(page: _Page, runs: Sequence[_Run]) -> int:
    """The first article begins with its head, or with its first word when it has none."""
    text = next((i for i, item in enumerate(page.items) if item.kind in BODY_KINDS), len(page.items))
    if runs and runs[0].end <= text:
        return 0
    return 0 if any(i.kind in (Kind.BYLINE, Kind.LABELS, Kind.SHORT) for i in page.items[:text]) else text


def _score(page: _Page, run: _Run) -> float:
    items = page.items
    head = items[run.first : run.end]
    tail = items[run.start : run.first]
    return (
        _evidence_of_head(head)
        + _evidence_of_text(items, run.end)
        + _evidence_of_mark_up(page, items[run.first], head)
        + _evidence_of_close(items, run, tail)
        + _evidence_of_numbers(items, run)
        - (1.5 if page.promises else 0.0)
    )


def _evidence_of_head(head: Sequence[Item]) -> float:
    score = 0.0
    shorts = [i for i in head if i.kind is Kind.SHORT]
    for item in head[1:]:
        if item.kind is Kind.BYLINE and item.byline and item.byline.authors:
            score = max(score, {1.0: 3.8, 0.6: 3.8}.get(item.byline.strength, 2.5))
        elif item.kind is Kind.LABELS and any(p.about in ("source", "author", "date") for p in item.pairs):
            score = max(score, 3.0)
        elif item.kind is Kind.DATE or (item.kind is Kind.NOTE and _names_authors(item)):
            score = max(score, 2.0)
    if any(i.text.lstrip().startswith(("——", "--", "—")) for i in shorts[1:]):
        score += 2.5
    elif len(shorts) >= 2:
        score += 0.3
    twice = any(similar_key(key(a.text), key(b.text)) for a in shorts for b in shorts if a is not b)
    score += 1.5 * bool(_BRIEFS.fullmatch(head[0].text.strip()))
    return score + (2.5 if twice else 0.0) + (3.0 if head[0].kind is Kind.LABELS else 0.0)


def _names_authors(item: Item) -> bool:
    closing = read_closing(item.text.strip()[1:-1])
    return closing is not None and bool(closing.authors)


def _evidence_of_text(items: Sequence[Item], index: int) -> float:
    following = items[index] if index < len(items) else None
    if following is None or following.kind is not Kind.TEXT:
        return 0.0
    if _BRIEFS.fullmatch(items[index - 1].text.strip()) and re.match(r"\s*[●▲■◆★△·•]", following.text):
        return 3.0
    return 3.0 if _DATELINE.match(following.text) else 0.0


def _evidence_of_mark_up(page: _Page, item: Item, head: Sequence[Item]) -> float:
    score = _evidence_of_length(item)
    level = next((i.line.level for i in head if i.line.level), 0)
    if page.top_level:
        score += 2.5 if level == page.top_level else (-1.0 if level == 0 else -2.0)
    if item.line.gap > page.usual_gap:
        score += (1.0 if page.usual_gap == 0 else 0.5) + min(item.line.gap - page.usual_gap, 3) * 0.5
    return score


def _evidence_of_length(item: Item) -> float:
    """Headings inside a text are short; titles mostly have nine characters and more."""
    steps = ((6, -1.5), (9, 0.0), (12, 0.5))
    return next((value for limit, value in steps if item.line.size < limit), 1.0)


def _evidence_of_close(items: Sequence[Item], run: _Run, tail: Sequence[Item]) -> float:
    """The text above is finished: an end mark, a bracket with names, credits, a rule, a new page."""
    score = 0.0
    if any(i.kind in _TAIL_KINDS for i in tail):
        score += 2.0
    if any(i.kind is Kind.RULE for i in tail):
        score += 1.5
    if any(i.kind in (Kind.PAGE_MARK, Kind.RESIDUE) for i in tail):
        score += 1.0
    last = next((items[i] for i in range(run.start - 1, -1, -1) if items[i].kind not in _SILENT), None)
    if last is not None and last.kind is Kind.TEXT:
        text = last.text.rstrip()
        if find_closing(text) or re.search("[□■◆▲]$", text) or re.search("[（(]下转.{0,14}$", text):
            score += 2.0
        elif not last.line.ends_sentence and last.line.size >= 20:
            score -= 2.0
    return score


def _evidence_of_numbers(items: Sequence[Item], run: _Run) -> float:
    """一、 above and 二、 below: the stretch between them is one article, whatever stands there."""
    above = next((n for i in range(run.start - 1, -1, -1) if (n := _number(items[i]))), None)
    below = next((n for i in range(run.end, len(items)) if (n := _number(items[i]))), None)
    if above is None or below is None:
        return 0.0
    return -3.0 if below[0] == above[0] and below[1] == above[1] + 1 else 0.0


def _evidence_of_topic(page: _Page, runs: Sequence[_Run], run: _Run, start: int) -> float:
    """The text below speaks of other things than the text above, or of the same."""
    end = next((r.start for r in runs if r.start > run.start), len(page.items))
    above, below = (_prose(page.items[a:b]) for a, b in ((start, run.start), (run.end, end)))
    shared = kinship(above, below)
    if shared is None:
        return strangers(above, below) if page.bare else 0.0
    steps = ((0.008, 2.0), (0.02, 1.7), (0.035, 1.0), (0.05, 0.0), (0.07, -0.7))
    return next((value for limit, value in steps if shared < limit), -2.5)


def _prose(items: Sequence[Item]) -> str:
    return "\n".join(i.text for i in items if i.kind in BODY_KINDS)


def _number(item: Item) -> tuple[str, int] | None:
    if item.kind not in (Kind.NUMBERED, Kind.TEXT):
        return None
    found = re.match(r"[（(]?([一二三四五六七八九十])[）)、]", item.text)
    return ((item.text[0] in "（(" and "b") or "a", _NUMERALS.index(found.group(1)) + 1) if found else None


def numbering_style(text: str) -> str | None:
    """Return ``a`` … ``f`` for 一、 （一） 1. （1） ① 其一, the trade's order of ranks, or ``None``."""
    found = NUMBERING.match(text.strip())
    return found.lastgroup if found else None
