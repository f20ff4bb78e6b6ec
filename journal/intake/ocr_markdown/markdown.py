"""Which characters of a line are Markdown and not words: headings, bold, table rules, links, escapes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["BLANKS", "Marks", "read_markdown"]

BLANKS = " \t\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\x0b\x0c"

_ATX = re.compile(r"[ \t\u3000]*(#{1,6})[ \t\u3000]*(?=[^#\s])")
_ATX_END = re.compile(r"[ \t]+#+[ \t]*$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,400}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\*(?![*\w])")
_PICTURE = re.compile(r"!\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((?:https?:|/|#|\./)[^)\n]{0,500}\)")
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!|>~])")
_FORMULA = re.compile(r"\$([^$\n\u4e00-\u9fff]{1,60})\$")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_BULLET = re.compile(r"[ \t]*([-*+])[ \t]+(?=[^\s\d—-])")
_RULE = re.compile(r"[ \t\u3000]*([-*_=~—─━﹣－＝]{1}[ \t]*)(?:\1[ \t]*){2,}$")
_PAGE_RULE = re.compile(r"[ \t]*\{\d{1,4}\}[-—–]{3,}[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")


@dataclass(slots=True)
class Marks:
    level: int
    bars: list[int]
    bold: list[tuple[int, int]] = field(default_factory=list)
    table: bool = False
    bullet: str = ""


def read_markdown(text: str, hidden: bytearray, marks: Marks) -> None:
    """Mark the characters of ``text`` that are Markdown and not words."""
    if _RULE.match(text) or _PAGE_RULE.match(text) or ("|" in text and _TABLE_RULE.match(text)):
        hidden[:] = b"\x01" * len(hidden)
        return
    _hide(hidden, _QUOTE.match(text))
    if atx := _ATX.match(text, _after(hidden)):
        marks.level = len(atx.group(1))
        _hide(hidden, atx)
        _hide(hidden, _ATX_END.search(text))
    elif bullet := _BULLET.match(text):
        marks.bullet = bullet.group(1)
        _hide(hidden, bullet)
    if "[" in text:
        for picture in _PICTURE.finditer(text):
            _hide(hidden, picture)
        for link in _LINK.finditer(text):
            _hide_around(hidden, link, 1)
    for pattern, group in ((_BOLD, 2), (_EMPHASIS, 1)):
        for found in pattern.finditer(text):
            _hide_around(hidden, found, group)
            if group == 2:
                marks.bold.append(found.span(2))
    if "$" in text:
        for formula in _FORMULA.finditer(text):
            _hide_formula(text, hidden, formula)
    for escape in _ESCAPE.finditer(text):
        _hide(hidden, escape)
    _read_table(text, hidden, marks)


def _hide_formula(text: str, hidden: bytearray, formula: re.Match[str]) -> None:
    """A number that a scanner wrote as a formula: ``$4 1 2$``, ``$38\\%$``."""
    for index in range(*formula.span()):
        if text[index] in "$\\{}^ ":
            hidden[index] = 1


def _read_table(text: str, hidden: bytearray, marks: Marks) -> None:
    stripped = text.strip(BLANKS)
    if stripped.count("|") >= 2 and stripped.startswith("|"):
        marks.table = True
        for index, character in enumerate(text):
            if character == "|" and not hidden[index]:
                marks.bars.append(index)
                hidden[index] = 1


def _after(hidden: bytearray) -> int:
    found = hidden.find(0)
    return found if found > 0 else 0


def _hide(hidden: bytearray, match: re.Match[str] | None) -> None:
    if match:
        hidden[match.start() : match.end()] = b"\x01" * (match.end() - match.start())


def _hide_around(hidden: bytearray, match: re.Match[str], group: int) -> None:
    a, b = match.span(group)
    for start, end in ((match.start(), a), (b, match.end())):
        hidden[start:end] = b"\x01" * (end - start)
