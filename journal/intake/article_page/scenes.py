"""A lone short line between two paragraphs: the caption of a lost picture, or a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .items import Item, Kind

__all__ = ["find_scenes"]

_ACTS = re.compile(
    "[^，。：；、]{2,12}?(?:正在|在|正|为|向|给|与|同|来到|走进|围着|围在|展示|表演|参观|查看|观看|体验|学习|采摘|讲解|演示|排练|巡查|检修)"
    "[\u4e00-\u9fff“”]{3,20}"
)
_SHOWS = re.compile(
    ".{2,18}(?:现场|外景|内景|全景|远景|近景|夜景|一角|一景|合影|旧影|旧照|留影|资料照|效果图|示意图|剪影|掠影)"
)
_NO_SUBJECT = re.compile("(?:在|为|向|给|与|同|从|把|让|以|用|当|对|由|正|被|不|怎|如何|谁|何)")
_SHORTEST, _LONGEST = 5, 26
_PROSE = 25
_MOST = 2  # a row of such lines is a set of headings


def find_scenes(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Return the items with such captions marked, and the lines concerned (to be asked about).

    Headings come in sets or with numbers, and name a matter; a caption says who does what where. The
    line must be one of at most two without number or mark-up, and stand between whole paragraphs.
    """
    loose = [i for i, item in enumerate(items) if _is_loose(items, i)]
    if not loose or len(loose) > _MOST or not all(_is_scene(items[i].text.strip()) for i in loose):
        return list(items), []
    kept = [replace(item, kind=Kind.CAPTION) if i in loose else item for i, item in enumerate(items)]
    return kept, [items[i] for i in loose]


def _is_loose(items: Sequence[Item], index: int) -> bool:
    """A plain short line with prose right above and below."""
    item = items[index]
    if item.kind is not Kind.SHORT or item.line.level or item.line.bold or not 0 < index < len(items) - 1:
        return False
    above, below = items[index - 1], items[index + 1]
    prose = all(i.kind is Kind.TEXT and i.line.size >= _PROSE for i in (above, below))
    return prose and not item.line.gap > below.line.gap


def _is_scene(text: str) -> bool:
    size = len(text)
    if not _SHORTEST <= size <= _LONGEST or _NO_SUBJECT.match(text) or re.search("[？！…?!]", text):
        return False
    return bool(_ACTS.fullmatch(text) or _SHOWS.fullmatch(text))
