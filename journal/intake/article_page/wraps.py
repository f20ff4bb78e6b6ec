"""Hard-wrapped text: lines broken at a fixed width by the typist or the scan are one paragraph."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from ..names import looks_like_person
from .line import Line, Shape
from .strand import Piece, Strand

__all__ = ["find_width", "unwrap"]

_MIN_WIDTH, _MAX_WIDTH = 12, 70
_SLACK = 2.5
_NARROWEST, _WIDEST = 8, 20  # of a newspaper's column
_INDENT = 2
_STARTS_ANEW = re.compile(
    "[（(]?[一二三四五六七八九十]{1,3}[、）)．.]|[（(]?\\d{1,2}[、）)．](?!\\d)|——|□|■|[（(](?:作者|记者|"
    "本报|来源|责任编辑|下转|上接)|第[一二三四五六七八九十]+[章节]|本[报刊]讯|作者[：:]|来源[：:]"
)


@dataclass(frozen=True, slots=True)
class _Wrapping:
    width: float
    gap: int  # blank lines between lines of one paragraph, 0 or 1
    indents: bool
    slack: float = _SLACK
    column: bool = False  # a narrow newspaper column: only indents begin paragraphs, outliers are heads


def unwrap(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Join the lines of hard-wrapped paragraphs; text that is not wrapped comes back as it was."""
    wrapping = _find_column(lines) or _find_wrapping(lines)
    if wrapping is None:
        return lines
    joined: list[Line] = []
    last: Line | None = None
    for number, line in enumerate(lines):
        opened = bool(joined) and (joined[-1].indented or not wrapping.column)
        alone = wrapping.column and last is not None and last.ends_sentence and _never_ends(lines[number:])
        if last is not None and opened and not alone and _continues(last, line, wrapping):
            joined[-1] = replace(joined[-1], strand=joined[-1].strand + _blank(last, line) + line.strand)
        else:
            joined.append(line)
        last = line
    return tuple(joined)


def _never_ends(lines: tuple[Line, ...]) -> bool:
    """Whether the lines up to the next indent end no sentence: a title, a name, a caption behind a text."""
    run = [*lines[:1], *takewhile(lambda line: not (line.indented or line.gap), lines[1:])]
    return not run[0].indented and not run[-1].ends_sentence


def find_width(lines: tuple[Line, ...]) -> float | None:
    """Return the width, in Chinese characters, at which the text is wrapped, or ``None``."""
    widths = sorted(_width(line.text) for line in lines if line.shape is Shape.TEXT and not line.level)
    long = [w for w in widths if w >= _MIN_WIDTH]
    if len(long) < 5:
        return None
    width = long[int(len(long) * 0.85)]
    full = [w for w in long if width - _SLACK <= w <= width + _SLACK]
    if width > _MAX_WIDTH or len(full) < max(4, len(long) * 0.4) or max(long) > width + 2 * _SLACK:
        return None
    return width


def _find_wrapping(lines: tuple[Line, ...]) -> _Wrapping | None:
    width = find_width(lines)
    if width is None:
        return None
    full = [(a, b) for a, b in pairwise(lines) if _width(a.text) >= width - _SLACK]
    broken = [(a, b) for a, b in full if not a.ends_sentence]
    if len(broken) < max(3, len(full) * 0.5):
        return None
    spaced = sum(b.gap >= 1 for _, b in broken) > len(broken) * 0.8
    indents = sum(line.indented for line in lines) >= 2
    return _Wrapping(width, 1 if spaced else 0, indents)


def _find_column(lines: tuple[Line, ...]) -> _Wrapping | None:
    """A column of eight to twenty characters: one width holds most lines, and indents mark paragraphs."""
    prose = [line for line in lines if _is_prose(line)]
    if len(prose) < 10 or sum(line.indented for line in prose) < 2:
        return None
    widths = Counter(round(_width(line.text) + _INDENT * line.indented) for line in prose)
    width, _count = widths.most_common(1)[0]
    full = sum(n for w, n in widths.items() if abs(w - width) <= 1)
    flowing = sum(a.indented and not b.indented and not b.gap for a, b in pairwise(prose))
    if not _NARROWEST <= width <= _WIDEST or full < len(prose) * 0.4 or flowing < 2:
        return None
    return _Wrapping(width, 0, True, 1.5, True)


def _continues(line: Line, following: Line, wrapping: _Wrapping) -> bool:
    if not (_is_prose(line) and _is_prose(following)) or following.gap > wrapping.gap:
        return False
    if following.indented or (_STARTS_ANEW.match(following.text) and line.ends_sentence):
        return False
    width = _width(line.text) + _INDENT * (wrapping.column and line.indented)
    if width < wrapping.width - wrapping.slack or (
        wrapping.column and width > wrapping.width + wrapping.slack
    ):
        return False
    if line.ends_sentence and wrapping.indents and wrapping.gap == 0:
        return True
    return not (line.ends_sentence and looks_like_person(following.text))


def _is_prose(line: Line) -> bool:
    return line.shape is Shape.TEXT and not line.level and not line.bold


def _width(text: str) -> float:
    return sum(0.5 if c < "\u2000" else 1.0 for c in text)


def _blank(line: Line, following: Line) -> Strand:
    """Latin words and numbers that meet at the break keep one blank between them."""
    left, right = line.text[-1:], following.text[:1]
    if left.isascii() and right.isascii() and left.isalpha() and right.isalnum():
        end = line.strand.spans[-1].end
        return Strand((Piece(" ", end, end + 1),))
    return Strand()
