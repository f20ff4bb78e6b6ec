"""Small facts about running Chinese text: ends of sentences, numbers, how alike two titles are."""

from __future__ import annotations

import enum
import re
import unicodedata
from functools import lru_cache

__all__ = [
    "HAN",
    "Ending",
    "bigrams",
    "chinese_number",
    "ending",
    "key",
    "likeness",
    "number_rank",
    "open_marks",
]

HAN = "\u4e00-\u9fff\u3400-\u4dbf"
_END_MARKS = "□■◆◇●○◎★☆※▲△◼◻▢◾❑▣☐ \u3000"
_END_WORDS = re.compile(r"\s*[（(](?:完|全文完|续完|本文完|待续|未完待续)[)）]\s*$")
_NOTE_SIGN = re.compile(r"(?<=[。！？”])\s*(?:[①-⑳]|[\[［]\d{1,2}[\]］]|\d{1,2})\s*$")
_FINAL = "。！？!?…"
_CLOSERS = '”’」』）)》〉】〕"'
_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
}
_OPENER = {close: open_ for open_, close in _PAIRS.items()} | {")": "（"}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}

_NUMBERING = (
    re.compile(r"第[一二三四五六七八九十百\d]{1,3}[章节篇部回讲][、：:\s　]?"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、．]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}\s?[.．、](?![\d%])"),
    re.compile(r"[（(]\d{1,2}[)）]"),
    re.compile(r"[①-⑳❶-❿⑴-⒇]"),
)


class Ending(enum.Enum):
    """How a piece of text leaves off."""

    FINAL = "the sentence is over"
    SOFT = "it may be over: a colon, a semicolon, a closing quotation mark"
    OPEN = "it stops inside a sentence"


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """What remains of a title for comparing: letters, digits and characters, width and quotes folded."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def ending(text: str) -> Ending:
    """Judge the end of ``text``; end marks such as □ are looked through."""
    bare = _NOTE_SIGN.sub("", _END_WORDS.sub("", text)).rstrip(_END_MARKS)
    if bare != text.rstrip() and not bare:
        return Ending.FINAL
    closed = False
    while bare and bare[-1] in _CLOSERS:
        bare, closed = bare[:-1], True
    if not bare:
        return Ending.SOFT
    if bare[-1] in _FINAL or (bare[-1] in ".．" and len(bare) > 1 and bare[-2] > "\u2fff"):
        return Ending.FINAL
    return Ending.SOFT if closed or bare[-1] in "：:；;" else Ending.OPEN


def number_rank(text: str) -> int | None:
    """Rank of the numbering a line begins with: 0 第一章, 1 一、, 2 （一）, 3 1., 4 （1）, 5 ①."""
    for rank, pattern in enumerate(_NUMBERING):
        if pattern.match(text):
            return rank
    return None


def open_marks(text: str) -> tuple[str, str]:
    """``(closing marks without a partner, opening marks left open)`` of a piece of text, in order."""
    stack: list[str] = []
    stray = []
    for character in text:
        if character in _PAIRS:
            stack.append("（" if character == "(" else character)
        elif character in _OPENER:
            opener = _OPENER[character]
            if opener in stack:
                del stack[len(stack) - 1 - stack[::-1].index(opener) :]
            else:
                stray.append("）" if character == ")" else character)
    return "".join(stray), "".join(stack)


@lru_cache(maxsize=65536)
def bigrams(text: str) -> frozenset[str]:
    k = key(text)
    return frozenset(k[i : i + 2] for i in range(len(k) - 1)) or frozenset([k])


def likeness(a: str, b: str) -> float:
    """How alike two titles are, 0–1, nearly blind to the order of their lines (bigram Dice coefficient)."""
    if not key(a) or not key(b):
        return 0.0
    x, y = bigrams(a), bigrams(b)
    return 2 * len(x & y) / (len(x) + len(y))


def chinese_number(text: str) -> int | None:
    """Read ``十二``, ``二〇二四``, ``12`` or ``１２``; ``None`` when it is no number."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text.isdecimal():
        return int(text)
    if text and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    match = re.fullmatch(
        "(?:([一二三四五六七八九])?(百))?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?", text
    )
    if not text or not match:
        return None
    hundreds = _DIGITS[match[1] or "一"] * 100 if match[2] else 0
    tens = _DIGITS[match[3] or "一"] * 10 if match[4] else 0
    return hundreds + tens + (_DIGITS[match[5]] if match[5] else 0)
