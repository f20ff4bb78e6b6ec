"""Blanks a scanner puts between all characters of a line (``农 村 小 学``): found by line, then dropped."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace

from .lines import Line

__all__ = ["close_up"]

_PAIR = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef“”‘’]) (?=[\u3000-\u9fff\uff00-\uffef“”‘’])")
_SOLID = re.compile("[\u4e00-\u9fff](?=[\u4e00-\u9fff])")
_SHORT = re.compile("(?:[\u4e00-\u9fff] )+[\u4e00-\u9fff](?: {2,}(?:[\u4e00-\u9fff] )*[\u4e00-\u9fff])*")


def close_up(lines: list[Line]) -> list[Line]:
    """Drop single blanks between Chinese characters in lines that are set apart throughout.

    A line counts when at least 60 % of its neighbouring characters are parted; where a file has many
    such lines, short ones (titles, names) are closed up as well. Two blanks stay: they separate.
    """
    spaced = [_is_spaced(line.text) for line in lines]
    many = sum(spaced) >= max(5, 0.15 * sum(bool(line.text) for line in lines))
    return [
        _closed(line) if apart or (many and _SHORT.fullmatch(line.text)) else line
        for line, apart in zip(lines, spaced, strict=True)
    ]


def _is_spaced(text: str) -> bool:
    if len(text) < 11 or text.count(" ") < 5:
        return False
    parted, solid = len(_PAIR.findall(text)), len(_SOLID.findall(text))
    return parted >= 5 and parted >= 0.6 * (parted + solid)


def _closed(line: Line) -> Line:
    blanks = {m.start() for m in _PAIR.finditer(line.text)}
    keep = [i for i in range(len(line.text)) if i not in blanks]
    return replace(
        line,
        text="".join(line.text[i] for i in keep),
        at=array("l", (line.at[i] for i in keep)),
        bold=sum(i < line.bold for i in keep),
        cells=(),
    )
