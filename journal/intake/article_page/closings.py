"""What stands in brackets behind the last word: the author's unit, the reporters, the source, （完）."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..bylines import read_byline, read_people
from ..manuscript import Author, Credit
from ..names import looks_like_group, looks_like_person, split_names, split_post
from .labels import About, read_pairs

__all__ = ["Closing", "find_closing", "give_units", "read_closing"]

_TAIL = re.compile(
    r"[（(【\[](?P<inside>[^（()）【】\[\]]{1,120}(?:[（(][^（()）]{0,60}[）)][^（()）]{0,40})*)[）)】\]]\s*$"
)
_UNITS = re.compile(
    r"(?:本文)?(?:第一)?作者(?=[\u4e00-\u9fff]{2,4}[系为是])(?P<named>.+)|(?:本文)?(?:第一)?作者(?:单位|"
    r"简介)?\s*(?:[：:]|分别[系为是]|[系为是]|均?来自|单位)\s*(?P<units>.+)"
)
_NOTE = re.compile(
    "完|全文完|未完待续|待续|续完|[上中下]|.{0,10}(?:有删节|有删改|节选|原载|略有改动|文责自负|连载|"
    "题目为编者所加|标题为编者所加|据.{2,20}整理).{0,30}|END",
    re.I,
)
_SOURCE = re.compile(
    r"(?:本文)?(?:来源|原载|摘自|选自|转自|转载自|据|载于|原刊|首发|发表|刊载|刊登|刊|载)(?:于|在)?\s*[：:]?\s*(?P<source>《.+|.{2,40})"
)
_PRINTED_IN = re.compile(
    r"(?:(?:本|此|原)文)?(?:已|曾|首次)?(?:首发|发表|刊载|刊登|刊发|原载|原刊|载|刊)(?:于|在)?\s*(?P<source>《[^《》]{2,20}》)"
    r"(?:杂志|月刊)?(?P<issue>[\s，,]*(?:19|20)\d\d\s*年[^，。；]{0,24})?(?:[，,；;]\s*(?P<note>[^。]{2,24}))?。?"
)
"""``本文刊于《某刊》2024年第3期，有删节``"""
_END_MARKS = "□■◆●▲☐◼◻▪"


@dataclass(frozen=True, slots=True)
class Closing:
    """Facts a closing bracket gives; ``units`` is what it says of the authors' affiliation."""

    authors: tuple[Author, ...] = ()
    credits: tuple[Credit, ...] = ()
    units: str | None = None
    source: str | None = None
    note: str | None = None


def find_closing(text: str) -> tuple[int, Closing] | None:
    """Return where the last bracket of ``text`` begins and what it says, if it is no part of a sentence."""
    found = _TAIL.search(text)
    if found is None:
        return None
    before = text[: found.start()].rstrip()
    if before and not re.search(rf"[。！？…”』」）)!?{_END_MARKS}]$", before):
        return None
    closing = read_closing(found.group("inside"))
    return (found.start(), closing) if closing is not None else None


def read_closing(inside: str) -> Closing | None:
    """Read the words between closing brackets; ``None`` when they are only a remark of the text."""
    inside = inside.strip()
    units = _UNITS.fullmatch(inside)
    if units:
        return _read_units((units["named"] or units["units"]).strip(" 。"))
    printed = _PRINTED_IN.fullmatch(inside)
    if printed and (inside.startswith(("本文", "此文", "原文")) or printed["issue"]):
        return Closing(source=printed["source"], note=inside)
    if _NOTE.fullmatch(inside):
        return Closing(note=inside)
    labelled = _from_labels(inside)
    if labelled is not None:
        return labelled
    source = _SOURCE.fullmatch(inside)
    if source and not re.search("[。！？]", inside):
        return Closing(source=source.group("source").strip("：: "))
    byline = read_byline(inside)
    if byline is not None and byline.strength > 0.5:
        return Closing(authors=byline.authors, credits=byline.credits)
    return None


def _read_units(text: str) -> Closing:
    """``作者：甲 某馆`` names people; ``作者单位：某馆`` and ``作者系某馆馆员`` only say where they work."""
    people = read_byline(text)
    if people is not None and any(looks_like_person(a.name) for a in people.authors):
        return Closing(authors=people.authors, units=None)
    return Closing(units=text)


def _from_labels(inside: str) -> Closing | None:
    rest, pairs = read_pairs(inside)
    if (
        not pairs
        or (rest and not looks_like_group(rest))
        or any(re.search("[。！？]", p.value) for p in pairs)
    ):
        return None
    authors: tuple[Author, ...] = ()
    credits: list[Credit] = []
    units = source = None
    for pair in pairs:
        if pair.about is About.AUTHOR:
            authors += tuple(
                replace(a, role=pair.label if "作者" not in pair.label else a.role)
                for a in read_people(pair.value)
            )
        elif pair.about is About.UNIT:
            units = pair.value
        elif pair.about is About.SOURCE:
            source = pair.value
        elif pair.about is About.CREDIT:
            credits.append(Credit(pair.label, split_names(pair.value)))
        else:
            return None
    return Closing(authors, tuple(credits), units, source)


def give_units(authors: tuple[Author, ...], units: str) -> tuple[Author, ...]:
    """Hang affiliations on authors: by name (``甲，某局；乙，某馆``), pairwise, or one for all."""
    parts = [p.strip() for p in re.split("[；;]", units) if p.strip()]
    named = {a.name: _part_about(a.name, parts) for a in authors}
    if any(named.values()):
        return tuple(_with_unit(a, named[a.name]) for a in authors)
    if len(parts) == 1:
        parts = [p.strip() for p in re.split("[、，,]", units) if p.strip()]
    if len(parts) == len(authors) > 1:
        return tuple(_with_unit(a, part) for a, part in zip(authors, parts, strict=True))
    return tuple(_with_unit(a, units) for a in authors)


def _part_about(name: str, parts: list[str]) -> str | None:
    for part in parts:
        about = (
            rf"{re.escape(name)}(?:[（(][^）)]*[）)])?[，,、：:\s]*(?:[男女][，,、\s]+)?[系为是]?(?P<unit>.+)"
        )
        found = re.fullmatch(about, part)
        if found:
            return re.split("[，,。]", found.group("unit"))[0].strip()
    return None


def _with_unit(author: Author, unit: str | None) -> Author:
    if unit is None or author.affiliation:
        return author
    place, post = split_post(unit) if "、" not in unit else (unit, None)
    return replace(author, affiliation=place, post=author.post or post)
