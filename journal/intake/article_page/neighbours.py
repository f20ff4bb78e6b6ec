"""Lines that only their neighbours explain: a unit below a title, a site's name above it, a digest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..bylines import Byline
from ..manuscript import Author, AuthorKind
from ..names import looks_like_group, looks_like_person, split_names
from .boundaries import BODY_KINDS
from .items import Item, Kind
from .labels import About

__all__ = ["ask_neighbours"]

_LOCAL_UNIT = re.compile(
    "(?![我本全各这那])[\u4e00-\u9fff]{1,4}?(?:省|市|县|区|州|旗|乡|镇|街道|村|社区)[\u4e00-\u9fff]{1,12}"
    "(?:局|站|所|办|处|科|股|室|队|院|馆|委|厂|社|庭|中心|学校|合作社)"
)
_BARE_MARK = re.compile(r"\s*[▲△▼▽◆●■★]\s*(?!图|[左右上下中]图)")
_CREDITED = re.compile(r"(?:摄|摄影|供图|提供)\s*[）)]?\s*。?$")
_AROUND = 2
_BELOW = (Kind.TEXT, Kind.LABELS, Kind.DATE, Kind.NOTE)


def ask_neighbours(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the items with those changed whose kind shows only beside others."""
    kept = list(items)
    for index in range(len(kept)):
        if _is_unit_below_title(kept, index):
            kept[index] = _as_unit(kept[index])
        elif _is_banner(kept, index):
            kept[index] = replace(kept[index], kind=Kind.RESIDUE)
        elif _is_digest_item(items, index):
            kept[index] = replace(kept[index], kind=Kind.TEXT)
    return tuple(kept)


def _is_unit_below_title(items: Sequence[Item], index: int) -> bool:
    """``白塔乡统计站`` alone between a headline and the text signs the article."""
    item = items[index]
    if item.kind is not Kind.SHORT or item.line.level or item.line.bold or not 0 < index < len(items) - 1:
        return False
    above, below = items[index - 1], items[index + 1]
    placed = above.kind is Kind.SHORT and below.kind in _BELOW and above.line.size > item.line.size // 2
    text = item.text.strip()
    unit, people = _unit_and_people(text)
    return placed and bool(
        (_LOCAL_UNIT.fullmatch(unit) and all(map(looks_like_person, people)))
        or (looks_like_group(text) and len(text) <= 20)
    )


def _unit_and_people(text: str) -> tuple[str, tuple[str, ...]]:
    """``某镇水利站 甲 乙``: the unit and who of it wrote."""
    unit, _blank, names = text.replace("\u3000", " ").partition(" ")
    return unit, split_names(names) if names else ()


def _as_unit(item: Item) -> Item:
    name = item.text.strip()
    unit, people = _unit_and_people(name)
    if people:
        authors = tuple(Author(person, affiliation=unit) for person in people)
        return replace(item, kind=Kind.BYLINE, byline=Byline(authors, (), 0.6))
    author = Author(name, AuthorKind.GROUP if looks_like_group(name) else AuthorKind.CORPORATE)
    return replace(item, kind=Kind.BYLINE, byline=Byline((author,), (), 0.4))


def _is_banner(items: Sequence[Item], index: int) -> bool:
    """The name of the house whose site it is stands above the title, beside menus; it wrote nothing."""
    item = items[index]
    if item.kind is not Kind.BYLINE or item.byline is None or item.byline.strength >= 0.5:
        return False
    if any(i.kind in BODY_KINDS for i in items[:index]):
        return False
    title_above = any(i.kind is Kind.SHORT for i in items[:index])
    title_below = any(_is_head(i) for i in items[index + 1 : index + 12])
    near = items[max(index - _AROUND, 0) : index + _AROUND + 1]
    menus = any(i.kind in (Kind.RESIDUE, Kind.PAGE_MARK) for i in near)
    return title_below and not title_above and (menus or index == 0)


def _is_head(item: Item) -> bool:
    return item.kind is Kind.SHORT or any(p.about is About.TITLE for p in item.pairs)


def _is_digest_item(items: Sequence[Item], index: int) -> bool:
    """Two and more lines behind ▲ that are sentences without a photographer are news in brief."""
    return _is_marked_sentence(items[index]) and any(
        0 <= n < len(items) and _is_marked_sentence(items[n]) for n in (index - 1, index + 1)
    )


def _is_marked_sentence(item: Item) -> bool:
    text = item.text.strip()
    marked = item.kind is Kind.CAPTION and _BARE_MARK.match(text)
    return bool(marked) and item.line.ends_sentence and not _CREDITED.search(text)
