"""Captions: lines that belong to a picture, with the photographer printed at their end."""

from __future__ import annotations

import re

from ..manuscript import Caption
from ..names import looks_like_person, looks_like_unit, split_names

__all__ = ["is_caption", "read_caption"]

_OPENS = re.compile(
    r"[（(【\[]?(?:▲|△|▼|▽|↑|↓|←|→|◀|▶)?\s*(?:图为|图片为|图中|[左右上下中]图(?:为|[：:])?|题图|资料图|"
    r"配图|图片说明|图说|图片[：:]|图[一二三四五六七八九十\d]{1,2}(?![\u4e00-\u9fff]{0,2}(?:所示|可见|"
    r"显示)))"
    r"|[（(]?[▲△▼▽]"
)
_CREDIT = re.compile(
    r"[\s\u3000，,。（(]*(?:(?:本报|本刊|本网)?(?:全媒体|特约|见习)?(?:记者|"
    r"通讯员)\s*)?(?P<who>[^\s，。；：:（()）/／]{2,12}(?:[ \u3000、][^\s，。；：:（()）/／]{1,4}){0,3})"
    r"\s*[/／]?\s*(?P<role>摄影报道|摄影|供图|提供|摄|/图|绘|制图)\s*[）)】\]]?\s*[。]?$"
)
_LEADING_CREDIT = re.compile(
    r"[（(\s]*(?P<role>摄影|图片来源|图源|供图|图|资料图片)\s*[/／：:]\s*(?P<who>\S{2,20}?)[）)]?$"
)
_BY = re.compile(r"[（(]?(?:图片|照片|图)由\s*(?P<who>.{2,24}?)\s*(?P<role>提供|拍摄|供图)[）)]?$")


def is_caption(text: str, beside_picture: bool = False) -> bool:
    """Return whether the line is a caption by its opening, its credit, or its place beside a picture."""
    bare = text.strip()
    if len(bare) > 120 or not bare:
        return False
    if _OPENS.match(bare) or _BY.fullmatch(bare):
        return True
    lent = _LEADING_CREDIT.search(bare)
    roles = ("图源", "图片来源", "供图", "摄影")
    if lent and lent.start() > 0 and lent.group("role") in roles and len(bare) <= 60:
        return True
    credit = _credit(bare)
    if credit and (_names(credit.group("who")) or len(bare) <= 60):
        return credit.start() > 0 or bool(_names(credit.group("who")))
    return beside_picture and len(bare) <= 45 and not re.search("[。！？：:]$", bare)


def read_caption(text: str, block: str | None = None) -> Caption:
    """Return the caption as printed, without the brackets around it, and its photographer beside it."""
    bare = _strip_brackets(text.strip())
    for pattern in (_BY, _CREDIT, _LEADING_CREDIT):
        found = pattern.search(bare)
        names = _names(found.group("who")) if found else ()
        if found and names:
            return Caption(bare, "、".join(names), found.group("role").lstrip("/"), block)
    return Caption(bare, None, None, block)


def _credit(text: str) -> re.Match[str] | None:
    found = _CREDIT.search(text)
    return found if found and _names(found.group("who")) else None


def _names(who: str) -> tuple[str, ...]:
    """The people or the unit a credit names; nothing when the words are neither."""
    if looks_like_unit(who) or re.search("(?:资料|档案|局|馆|中心|公司|学校|医院)$", who):
        return (who,)
    return tuple(n for n in split_names(who) if looks_like_person(n))


def _strip_brackets(text: str) -> str:
    found = re.fullmatch(r"[（(【\[]([^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*)[）)】\]]", text)
    return found.group(1).strip() if found else text
