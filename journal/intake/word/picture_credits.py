"""Who took or lent a picture: the credit at the end of a caption, told by its role word and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from journal.intake.names import join_padded_name, looks_like_person

from .grammar import is_name
from .posts import is_unit

__all__ = ["CREDIT_ALONE", "PictureCredit", "find_credit"]

BEHIND = "摄影报道|摄影|拍摄|摄|供图|提供|绘图|绘|制图|图"
BEFORE = "摄影|图片提供|图片来源|图片摄影|图源|来源|供图|拍摄|摄|图片?|照片|绘图"
PRESS = (
    "(?:(?:本[报刊网台社]|[\u4e00-\u9fff]{2,4}[日晚]报)?(?:全媒体|特约|见习|实习|首席)*(?:记者|通讯员|摄影))"
)
ENDING = re.compile(rf"\s*(?P<bar>[/／|｜丨]?)\s*(?P<role>{BEHIND})$")
WORD = re.compile(r"[^\s、，,。；;（()）：:|｜/／【\[]+$")
GLUED = re.compile(r"(?P<who>[\u4e00-\u9fff]{2,3})\s*[/／]?\s*(?P<role>摄影|摄)$")
LEADING = re.compile(
    rf"(?:^|(?<=[\s\u3000，,。；;（(【\[|｜、]))(?P<role>{BEFORE})(?:\s*[/／：:｜|丨]\s*|(?<=^摄影)\s+|(?<=^摄)\s+){PRESS}?\s*"
    r"(?P<who>[^。；;：:（()）]{2,30})$"
)
BY = re.compile(
    r"(?:图片|照片|图|本文图片|文中图片)?(?:均|皆)?由\s*(?P<who>[^。；;：:（()）由]{2,30}?)\s*(?P<role>提供|拍摄|供图|摄)$"
)
BRACKET = re.compile(r"[（(【\[](?P<inside>[^（()）【】\[\]]{2,40})[）)】\]]\s*。?$")
#: Words before 图 or 摄 that name nobody.
NOBODY = re.compile(
    "资料|网络|截|视频|示意|效果|航拍|实景|配|插|题|制$|剪|漫画|翻拍|照片|地|附|如|下|上|左|右|版|构|意|蓝|草|远|此|组|拍$|为$|是$|有$|[看见]$|航$|的|在|了|把"
)
BETWEEN = " \u3000、，,"
ROLES = {
    "摄影报道": "摄",
    "摄影": "摄",
    "拍摄": "摄",
    "图": "摄",
    "图片": "摄",
    "照片": "摄",
    "图片摄影": "摄",
}
LENDERS = re.compile("受访者|受访单位|采访对象|被访者|主办方|校方|院方|[\u4e00-\u9fff]{4,20}")
NO_LENDER = re.compile("资料|网络|视频|截图|图片|照片|[的了在把]")
LENT = {"提供", "图片来源", "图源", "来源", "图片提供", "供图"}
CREDIT_ALONE = re.compile(
    rf"[（(【\[]?\s*(?:(?:{BEFORE})\s*[/／：:｜|丨]\s*\S.{{1,24}}"
    r"|\S{2,16}(?:[、\s\u3000]\S{1,8}){0,3}[\s\u3000]*[/／]?\s*(?:摄影|摄|供图|提供|/图|绘图?|制图))\s*[）)】\]]?"
)


@dataclass(frozen=True, slots=True)
class PictureCredit:
    """``start`` is where the credit begins in the caption; ``names`` joined by 、; ``role`` 摄, 供图, 绘 …"""

    start: int
    names: str
    role: str


def find_credit(text: str) -> PictureCredit | None:
    """The credit a caption ends with, in a bracket or behind a gap or a mark; ``None`` for none."""
    bare = text.rstrip(" \u3000。")
    bracket = BRACKET.search(bare)
    if bracket:
        inside = read_credit(bracket["inside"].strip(" \u3000。"))
        return PictureCredit(bracket.start(), inside.names, inside.role) if inside else None
    return read_credit(bare)


def read_credit(text: str) -> PictureCredit | None:
    for pattern in (BY, LEADING):
        found = pattern.search(text)
        if found and (names := names_of(found["who"], role=found["role"])):
            return PictureCredit(found.start(), names, role_of(found["role"]))
    return read_behind(text) or read_glued(text)


def read_behind(text: str) -> PictureCredit | None:
    """``甲　摄``, ``甲、乙/摄``, ``某馆供图``: the words before the role, as many as are names."""
    ending = ENDING.search(text)
    if ending is None:
        return None
    sure = bool(ending["bar"]) or ending["role"] != "图"
    start, held = ending.start(), PictureCredit(0, "", "")
    while word := WORD.search(text[:start].rstrip(BETWEEN)):
        more = f"{text[word.start() : ending.start()]}"
        gap = text[word.end() : start]
        press = re.match(PRESS, word.group())
        if press and press.end() == len(word.group()) and held.names:
            return PictureCredit(word.start(), held.names, held.role)
        if press:
            more = more[press.end() :]
        if held.names and not (set(gap) & set("、，,") or looks_like_person(word.group())):
            break
        names = names_of(more, role=ending["role"]) if sure or looks_like_person(more.strip()) else ""
        if not names:
            break
        start, held = word.start(), PictureCredit(word.start(), names, role_of(ending["role"]))
    return held if held.names else None


def read_glued(text: str) -> PictureCredit | None:
    """``…渡口陶一苇摄``: without a gap only a known surname tells where the name begins."""
    found = GLUED.search(text)
    for size in (3, 2):
        name = found["who"][-size:] if found else ""
        if found and len(name) == size and looks_like_person(name):
            return PictureCredit(found.end("who") - size, name, role_of(found["role"]))
    return None


def names_of(who: str, *, role: str) -> str:
    """The people or the unit a credit names, joined by 、; empty where the words are neither."""
    bare = join_padded_name(who.strip())
    if is_unit(bare) or lends(bare, role):
        return bare
    names = [name for name in re.split("[ \u3000、，,]+", bare) if name]
    return "、".join(names) if names and all(map(may_be_name, names)) else ""


def lends(who: str, role: str) -> bool:
    return role in LENT and bool(LENDERS.fullmatch(who)) and not NO_LENDER.search(who)


def may_be_name(word: str) -> bool:
    if looks_like_person(word):
        return True
    fits = is_name(word) or re.fullmatch("[\u4e00-\u9fff]{4}", word)
    return bool(fits) and not NOBODY.search(word)


def role_of(word: str) -> str:
    return ROLES.get(word, "供图" if word in LENT else word)
