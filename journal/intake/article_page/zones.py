"""Stretches that are not the text although their words could be: link lists, comments, foot, menus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .furniture import closes_page, opens_comments, opens_link_list
from .heads import read_note
from .items import Item, Kind
from .labels import About

__all__ = ["clear_zones"]

_HEADLINES = frozenset({Kind.SHORT, Kind.DATE, Kind.NUMBERED})
_LONG = 40


def clear_zones(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with those of furniture's zones turned into residue."""
    cleared = list(items)
    _find_asking_headlines(cleared)
    _clear_menus(cleared)
    index = 0
    while index < len(cleared):
        text = cleared[index].text.strip()
        if _is_opener(cleared[index]) and opens_comments(text) and _seen_text(cleared, index):
            _drop(cleared, index, _next_article(cleared, index))
        elif (_is_opener(cleared[index]) and opens_link_list(text)) or (
            cleared[index].kind is Kind.RESIDUE and closes_page(text) and _seen_text(cleared, index)
        ):
            _drop(cleared, index, _end_of_list(cleared, index), foot=True)
        index += 1
    return tuple(cleared)


def _find_asking_headlines(items: list[Item]) -> None:
    """A short line that asks or exclaims right above a byline is a headline, not a sentence."""
    facts = (Kind.BYLINE, Kind.LABELS, Kind.DATE)
    for index, item in enumerate(items[:-1]):
        asks = item.kind is Kind.TEXT and item.line.size <= 30 and re.search("[？！?!]$", item.text.strip())
        if asks and items[index + 1].kind in facts:
            items[index] = replace(item, kind=Kind.SHORT)


def _is_opener(item: Item) -> bool:
    return item.kind in (Kind.SHORT, Kind.RESIDUE, Kind.TEXT, Kind.NOTE, Kind.LABELS) and item.line.size <= 50


def _seen_text(items: Sequence[Item], index: int) -> bool:
    return any(i.kind is Kind.TEXT and i.line.size >= _LONG for i in items[:index])


def _says_something(item: Item) -> bool:
    """``（本文刊于《某刊》2024年第3期）``, ``（组长：甲；执笔：乙）`` may stand below the pager."""
    bracketed = re.fullmatch("[（(].*[）)]", item.text.strip())
    telling = any(p.about in (About.CREDIT, About.AUTHOR, About.SOURCE) and p.value for p in item.pairs)
    return bool(bracketed and telling) or (item.kind is Kind.NOTE and read_note(item) is not None)


def _drop(items: list[Item], start: int, end: int, foot: bool = False) -> None:
    for index in range(start, end):
        if items[index].kind is not Kind.IMAGE and not (foot and _says_something(items[index])):
            items[index] = replace(items[index], kind=Kind.RESIDUE)


def _next_article(items: Sequence[Item], start: int) -> int:
    """Comments run to the end of the page unless a marked headline with its byline follows."""
    for index in range(start + 1, len(items) - 1):
        headed = items[index].kind is Kind.SHORT and items[index].line.level
        if headed and items[index + 1].kind in (Kind.BYLINE, Kind.LABELS):
            return index
    return len(items)


def _end_of_list(items: Sequence[Item], start: int) -> int:
    """A list ends where text begins; the headline right above that text belongs to the text."""
    end = start + 1
    while (
        end < len(items)
        and not items[end].promised
        and not _is_prose(items[end])
        and not _heads_text(items, end)
    ):
        if items[end].kind is Kind.PAGE_MARK or (
            items[end].line.level == 1 and items[end].kind is Kind.SHORT
        ):
            return end
        end += 1
    if end == len(items) or items[end].promised:
        return end
    return _back_to_headline(items, start, end)


def _is_prose(item: Item) -> bool:
    return item.kind is Kind.TABLE or (item.kind is Kind.TEXT and item.line.size >= _LONG)


def _heads_text(items: Sequence[Item], index: int) -> bool:
    """A byline or labels end a list only when text follows soon; the foot of a page has such lines too."""
    if items[index].kind not in (Kind.BYLINE, Kind.LABELS):
        return False
    return any(_is_prose(item) for item in items[index + 1 : index + 5])


def _back_to_headline(items: Sequence[Item], start: int, end: int) -> int:
    """Step back over the head of the next article: the lines after the last gap, or its last line."""
    if items[end].kind is Kind.TEXT and not re.match("本[报刊]讯|[（(]?(?:本报)?记者", items[end].text):
        after_gap = [
            i
            for i in range(start + 2, end)
            if items[i].kind is Kind.SHORT and items[i].line.gap > items[start + 1].line.gap
        ]
        return after_gap[-1] if after_gap else end
    heads = [i for i in range(start + 1, end) if items[i].kind is Kind.SHORT]
    gaps = [i for i in heads if i > start + 1 and items[i].line.gap > items[start + 1].line.gap]
    return gaps[-1] if gaps else (heads[-1] if heads else end)


def _clear_menus(items: list[Item]) -> None:
    """Four and more very short lines above the first text, one of them furniture already, are a menu."""
    first = next((i for i, item in enumerate(items) if item.kind is Kind.TEXT), len(items))
    run: list[int] = []
    for index in range(first + 1):
        item = items[index] if index < first else None
        tiny = (
            item is not None and item.kind in (Kind.SHORT, Kind.RESIDUE, Kind.BYLINE) and item.line.size <= 6
        )
        if tiny and item is not None and not (item.line.level or item.line.bold):
            run.append(index)
            continue
        if item is not None and item.kind is not Kind.SHORT and run:
            run.pop()  # what stands right above a byline or a text is its title
        if len(run) >= 4 and any(items[i].kind is Kind.RESIDUE for i in run):
            for i in run:
                items[i] = replace(items[i], kind=Kind.RESIDUE)
        run = []
