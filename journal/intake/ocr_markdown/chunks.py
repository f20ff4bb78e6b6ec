"""Lines to paragraphs, first part: undo hard wraps and say what each piece could be.

A *chunk* is one or more lines that certainly belong together. Whether two chunks are one paragraph
cut by a column or a page is decided later, when captions and jumps are out of the way.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ..manuscript import BlockKind
from .bylines import parse_byline
from .heads import is_front_matter
from .lines import Line, width
from .marks import Tail, caption_strength, find_jump, is_folio, peel, read_note
from .wording import Ending, ending, number_rank
from .words import is_residue

__all__ = ["Chunk", "join_text", "measure", "unwrap"]

_FOOTNOTE = re.compile(r"^(?:[①-⑳]|\[\d{1,2}\]|［\d{1,2}］|〔\d{1,2}〕|注[\d一二三四五①-⑨]?[:：]|\*\s?注)")
_NOTES_HEADING = re.compile(r"^[\[【（(]?(?:注\s*释|参考文献|引用文献|尾注|脚注|注)[\]】）)]?[:：]?$")
_END_ONLY = re.compile(
    r"^[\s　]*(?:[□■◆◇●○◎★☆※▲△◼◻▢◾❑▣☐]{1,3}|[（(](?:完|全文完|续完|本文完)[)）]|\[完\])[\s　]*$"
)
_SOURCE_LINE = re.compile(r"(?:文章|信息|稿件|资料|图文|原文|本文)?来源|摘自|选自|转自|转载自|原载")
_TABLE_NOTE = re.compile(r"^(?:数据来源|资料来源|制表|制图|单位)[:：]|^表\s*\d{1,2}[\s　:：.]")
_TOLERANCE = 2.5


@dataclass(slots=True)
class Chunk:
    """Lines (or parts of lines) read as one, what they are, and whether the text ended with them.

    ``ended`` is true behind an end mark or a closing note; ``page`` is the page a jump names.
    """

    lines: list[Line]
    kind: BlockKind
    gap: int = 0
    ended: bool = False
    leaves: bool = False
    page: int | None = None
    value: str = ""
    sure: bool = True
    verse: bool = False

    @property
    def text(self) -> str:
        return join_text(self.lines)

    @property
    def is_text(self) -> bool:
        return self.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def join_text(lines: list[Line]) -> str:
    """Join lines as running text: nothing between Chinese, a blank between Latin words."""
    text = ""
    for line in lines:
        glue = (
            " "
            if text
            and line.text
            and text[-1].isascii()
            and line.text[0].isascii()
            and _wordy(text[-1], line.text[0])
            else ""
        )
        text += glue + line.text
    return text


def _wordy(a: str, b: str) -> bool:
    return (a.isalpha() and b.isalpha()) or (a in ",;:" and b.isalnum())


def measure(lines: list[Line]) -> float | None:
    """The measure lines were wrapped at, in full-width characters; ``None`` when they were not.

    Wrapped text has many lines of nearly one length that stop inside a sentence.
    """
    widths = sorted(
        _reach(line) for line in lines if width(line.text) >= 8 and not line.marked and not line.cells
    )
    if len(widths) < 4:
        return None
    top = widths[min(len(widths) - 1, int(len(widths) * 0.85))]
    if not 15 <= top <= 64 or widths[-1] > top * 1.6 + 4:
        return None
    full = [line for line in lines if _reach(line) >= top - 3.5]
    stopped = sum(ending(line.text) is Ending.OPEN for line in full)
    if len(full) < 0.3 * len(widths) or stopped < 0.55 * len(full):
        return None
    return top


def _reach(line: Line) -> float:
    """How far a line reaches: its words and its indent (not more than the indent of a paragraph)."""
    return width(line.text) + min(line.indent, 4) / 2


def unwrap(lines: list[Line], wrapped: float | None) -> list[Chunk]:
    """Group lines into chunks and name what each could be."""
    _mark_tables(lines)
    groups: list[list[Line]] = []
    usual = _usual_gap(lines, wrapped)
    longest = max((len(line.text) for line in lines if wrapped and _reach(line) <= wrapped + 4), default=0)
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        if groups and wrapped and _stands_between(groups[-1][-1], line, below, wrapped):
            groups.append([line])
        elif groups and wrapped and _wraps(groups[-1][-1], line, wrapped, longest, usual, groups[-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    chunks: list[Chunk] = []
    for group in groups:
        chunks += _chunks(group)
    return chunks


def _mark_tables(lines: list[Line]) -> None:
    """Two lines or more in a row with three columns (or three with two) are a table set with blanks."""
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and len(line.cells) >= 2 and not re.search("[。；]", line.text):
            run.append(line)
            continue
        if len(run) >= 3 or (len(run) == 2 and all(len(x.cells) >= 3 for x in run)):
            for row in run:
                row.table = True
        run = []


def _usual_gap(lines: list[Line], wrapped: float | None) -> int:
    """Blank lines that stand between all lines of a double-spaced file."""
    gaps = [line.gap for line in lines[1:]]
    return 1 if wrapped and gaps and sum(g == 1 for g in gaps) >= 0.8 * len(gaps) else 0


def _wraps(above: Line, line: Line, wrapped: float, longest: int, usual: int, group: list[Line]) -> bool:
    if line.gap > usual or line.marked or above.marked or line.table or above.table or line.bullet:
        return False
    if (
        line.indent >= 2
        and line.indent > group[-1].indent
        and (len(group) > 1 or line.indent > above.indent or above.indent == 0)
    ):
        return False
    if line.indent >= 2 and above.indent >= 2 and len(group) == 1 and ending(above.text) is Ending.FINAL:
        return False
    if not (_reach(above) >= wrapped - _TOLERANCE or len(above.text) >= longest - 1):
        return False
    if (
        find_jump(above.text)
        or find_jump(line.text)
        or _stands_alone(line.text)
        or (caption_strength(above.text) >= 0.9 and ending(above.text) is Ending.FINAL)
    ):
        return False
    if peel(above.text)[1]:
        return False
    return not (ending(above.text) is Ending.FINAL and number_rank(line.text) is not None)


def _stands_between(above: Line, line: Line, below: Line | None, wrapped: float) -> bool:
    """A short line without a full stop, a finished paragraph above, an indented one below."""
    if _interrupts(above, line, below, wrapped):
        return True
    return (
        below is not None
        and below.indent >= 2
        and line.indent < below.indent
        and _reach(line) < wrapped - 4
        and ending(line.text) is Ending.OPEN
        and ending(above.text) is Ending.FINAL
        and "。" not in line.text
    )


def _interrupts(above: Line, line: Line, below: Line | None, wrapped: float) -> bool:
    """Inside a wrapped paragraph every line is full: a short one that stops nowhere is an intruder."""
    return (
        below is not None
        and below.indent < 2
        and max(line.gap, below.gap) == 0
        and _reach(line) < wrapped - 4
        and _reach(below) >= wrapped - 4
        and ending(line.text) is Ending.OPEN
        and ending(above.text) is Ending.OPEN
        and not re.search("[。；，,、]", line.text)
    )


def _stands_alone(text: str) -> bool:
    return bool(
        _END_ONLY.match(text)
        or caption_strength(text) >= 1.0
        or _FOOTNOTE.match(text)
        or _NOTES_HEADING.match(text)
        or (text[:1] in "（(" and text[-1:] in "）)" and read_note(text[1:-1]))
    )


def _chunks(group: list[Line]) -> list[Chunk]:
    """One group of lines as chunks: its words and whatever stands behind them."""
    first = group[0]
    text = join_text(group)
    if is_front_matter(text):
        return [Chunk(group, BlockKind.CLOSING_NOTE, first.gap, value=text)]
    if _TABLE_NOTE.match(text) and len(text) <= 60:
        return [Chunk(group, BlockKind.PARAGRAPH, first.gap, verse=True)]
    if first.table:
        return [Chunk(group, BlockKind.TABLE, first.gap)]
    if is_residue(text):
        return [Chunk(group, BlockKind.RESIDUE, first.gap)]
    if _END_ONLY.match(text):
        return [Chunk(group, BlockKind.END_MARK, first.gap, ended=True)]
    if len(group) == 1 and (jump := find_jump(text)):
        return _jump_chunks(first, jump.start, jump.end, jump.leaves, jump.page)
    if found := _notes(group, text):
        return found
    strength = caption_strength(text)
    if strength >= 0.9 and not first.level and len(text) <= 110:
        return [Chunk(group, BlockKind.CAPTION, first.gap, sure=strength >= 1.0)]
    return _with_tails(group, text)


def _jump_chunks(line: Line, start: int, end: int, leaves: bool, page: int | None) -> list[Chunk]:
    """A jump alone, at the end of a paragraph, or before the text it takes up."""
    found: list[Chunk] = []
    gap = line.gap
    if line.text[:start].strip():
        head, line = line.cut(start)
        found += _with_tails([head], head.text)
        end, start = end - start, 0
    end = min(end, len(line.text))
    if line.text[end:].strip():
        jump, rest = line.cut(end)
        found.append(Chunk([jump], BlockKind.JUMP, gap, leaves=leaves, page=page))
        found += _chunks([rest])
    else:
        found.append(Chunk([line], BlockKind.JUMP, gap, leaves=leaves, page=page))
    return found


def _notes(group: list[Line], text: str) -> list[Chunk]:
    """A line that consists of closing notes: ``（作者单位：…）（来源：…）``, ``来源：…``."""
    rest, tails = peel(text)
    if tails and not text[:rest].strip():
        if len(group) > 1:
            return [Chunk(group, _note_kind(tails[0].value), group[0].gap, ended=True, value=text)]
        return _tail_chunks(group[0], tails, [group[0].at[t.start] for t in tails])
    if len(text) > 60 or number_rank(text) is not None or (note := read_note(text)) is None:
        return []
    if note.kind == "source" and not _SOURCE_LINE.match(text):
        return []
    return [Chunk(group, _note_kind(text), group[0].gap, ended=True, value=text)]


def _tail_chunks(line: Line, tails: list[Tail], borders: list[int]) -> list[Chunk]:
    """Cut a line that holds several tails into one chunk each; ``borders`` are source offsets."""
    found: list[Chunk] = []
    for number, tail in enumerate(tails):
        piece = line
        if number + 1 < len(tails):
            piece, line = line.cut(bisect_left(line.at, borders[number + 1]))
        found.append(_tail_chunk(piece, tail))
    return found


def _tail_chunk(piece: Line, tail: Tail) -> Chunk:
    if tail.kind == "jump":
        jump = find_jump(piece.text)
        return Chunk([piece], BlockKind.JUMP, piece.gap, leaves=True, page=jump.page if jump else None)
    if tail.kind == "caption":
        return Chunk([piece], BlockKind.CAPTION, piece.gap)
    if tail.kind in ("end", "serial"):
        return Chunk([piece], BlockKind.END_MARK, piece.gap, ended=True, value=tail.value)
    return Chunk([piece], _note_kind(tail.value), piece.gap, ended=True, value=tail.value)


def _note_kind(inside: str) -> BlockKind:
    note = read_note(inside)
    if note is None:
        return BlockKind.BYLINE if parse_byline(inside) else BlockKind.CLOSING_NOTE
    return {"source": BlockKind.SOURCE, "credit": BlockKind.CREDITS}.get(note.kind, BlockKind.CLOSING_NOTE)


def _with_tails(group: list[Line], text: str) -> list[Chunk]:
    """Text, with the end mark and notes glued to its end taken off."""
    last = group[-1]
    rest, tails = peel(last.text)
    found: list[Chunk] = []
    borders = [last.at[tail.start] for tail in tails]
    if tails and last.text[:rest].strip():
        words, tail_line = last.cut(tails[0].start)
        group, found = [*group[:-1], words], _tail_chunks(tail_line, tails, borders)
    elif tails:
        group, found = group[:-1], _tail_chunks(last, tails, borders)
    body = Chunk(group, _text_kind(group, bool(found)), group[0].gap)
    return [body, *found]


def _text_kind(group: list[Line], ended: bool) -> BlockKind:
    first, text = group[0], join_text(group)
    if _NOTES_HEADING.match(text) or (_FOOTNOTE.match(text) and not first.marked):
        return BlockKind.FOOTNOTE
    if first.bullet:
        return BlockKind.LIST_ITEM
    if is_folio(text) is not None:
        return BlockKind.RUNNING_HEAD
    if (
        all(line.level or line.all_bold for line in group)
        and not ended
        and len(text) <= 90
        and (ending(text) is not Ending.FINAL or first.level)
        and "。" not in text[:-1]
    ):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH
