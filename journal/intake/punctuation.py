"""Width of punctuation: half-width marks between Chinese are an artefact of scanning or typing."""

from __future__ import annotations

import re

__all__ = ["is_chinese", "widen"]

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_CHINESE = re.compile(
    "[\u2014\u2018\u2019\u201c\u201d\u2026\u3001-\u3020\u3400-\u9fff\uf900-\ufaff\uff01-\uff65\U00020000-\U0003ffff]"
)


def is_chinese(character: str) -> bool:
    """Return whether one character is a Chinese character or a mark that only stands among them."""
    return bool(character) and _CHINESE.match(character) is not None


def widen(text: str) -> str:
    """Return ``text`` with half-width punctuation next to Chinese made full-width (GB/T 15834).

    The result has the same length, character for character, so offsets stay valid. Digits keep
    their marks (``16:30``, ``1,000``, ``3.5``), as do Latin words, web addresses and ``...``.
    """
    if text.isascii():
        return text
    marks = list(text)
    _widen_brackets(text, marks)
    _widen_quotes(text, marks)
    for index, mark in enumerate(text):
        before = "".join(marks[index - 1 : index])  # as widened: a bracket that became Chinese counts
        if mark in _WIDE and _touches_chinese(before, text[index + 1 : index + 2]):
            marks[index] = _WIDE[mark]
        elif mark == "." and _closes_sentence(before, text[index + 1 : index + 2]):
            marks[index] = "。"
    return "".join(marks)


def _touches_chinese(before: str, after: str) -> bool:
    if before.isdigit() and after.isdigit():
        return False
    return is_chinese(before) or (is_chinese(after) and not before.isspace())


def _neighbours(text: str, index: int) -> tuple[str, str]:
    return text[index - 1 : index], text[index + 1 : index + 2]


def _closes_sentence(before: str, after: str) -> bool:
    return is_chinese(before) and before != "…" and (not after or is_chinese(after) or after.isspace())


def _widen_brackets(text: str, marks: list[str]) -> None:
    open_at: list[int] = []
    for index, mark in enumerate(text):
        if mark == "(":
            open_at.append(index)
        elif mark == ")" and open_at:
            start = open_at.pop()
            if _bracket_is_chinese(text, start, index):
                marks[start], marks[index] = "（", "）"
        elif mark == ")" and _touches_chinese(*_neighbours(text, index)):
            marks[index] = "）"
    for index in open_at:
        if _touches_chinese(*_neighbours(text, index)):
            marks[index] = "（"


def _bracket_is_chinese(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end + 1 : end + 2]
    inside = text[start + 1 : end]
    return is_chinese(before) or is_chinese(after) or any(is_chinese(c) for c in inside)


def _widen_quotes(text: str, marks: list[str]) -> None:
    """Straight quotes become curly only where they pair up around or beside Chinese in one line."""
    start = 0
    for line in text.split("\n"):
        places = [start + m.start() for m in re.finditer('"', line)]
        if len(places) % 2 == 0:
            for left, right in zip(places[::2], places[1::2], strict=True):
                if _bracket_is_chinese(text, left, right):
                    marks[left], marks[right] = "“", "”"
        start += len(line) + 1
