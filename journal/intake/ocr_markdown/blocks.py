"""Chunks and head lines to the blocks an editor sees, with the spans they came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..manuscript import Block, BlockKind, Span
from ..punctuation import is_chinese, widen
from .chunks import Chunk, join_text
from .flow import Flow
from .lines import Line
from .wording import number_rank

__all__ = ["Blocks", "tidy"]

_BLANKS = re.compile(r"[ \t\u3000\u00a0]+")
_JOINED_BY_BLANK = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.KICKER,
        BlockKind.SUBTITLE,
        BlockKind.BYLINE,
        BlockKind.CONTENTS,
        BlockKind.MASTHEAD,
    }
)


def tidy(text: str) -> str:
    """Width of punctuation and inner blanks set right; never other words.

    A blank between Chinese and digits or Latin letters goes (the page sets that distance), one
    between two Chinese characters stays: it may separate phrases of a title.
    """
    text = widen(_BLANKS.sub(" ", text.strip()))
    return re.sub(r" +", lambda m: _blank(text, m.start(), m.end()), text)


def _blank(text: str, start: int, end: int) -> str:
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or not after:
        return ""
    mixed = is_chinese(before) != is_chinese(after)
    return "" if mixed or before in "，。、；：？！（《“" or after in "，。、；：？！）》”" else " "


class Blocks:
    """Makes blocks over one source text."""

    def __init__(self, source: str) -> None:
        self.source = source

    def make(self, kind: BlockKind, lines: Sequence[Line], level: int | None = None) -> Block:
        spans = self._spans(lines)
        raw = "".join(self.source[s.start : s.end] for s in spans)
        if kind is BlockKind.TABLE:
            rows = tuple(_row(line) for line in lines)
            text = "\n".join("\t".join(row) for row in rows)
        else:
            rows = ()
            text = self._text(kind, lines)
        return Block(f"b{spans[0].start}", kind, text, raw, spans, level, rows)

    def _text(self, kind: BlockKind, lines: Sequence[Line]) -> str:
        if kind in _JOINED_BY_BLANK:
            return tidy(" ".join(line.text for line in lines if line.text))
        return tidy(join_text(list(lines)))

    def _spans(self, lines: Sequence[Line]) -> tuple[Span, ...]:
        """Neighbouring lines with only white space between them make one span."""
        spans: list[Span] = []
        for line in lines:
            start, end = self._trim(line.start, line.end)
            if spans and spans[-1].end <= start and not self.source[spans[-1].end : start].strip():
                spans[-1] = replace(spans[-1], end=end)
            else:
                spans.append(Span(start, end))
        return tuple(spans)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.source[start].isspace():
            start += 1
        while end > start and self.source[end - 1].isspace():
            end -= 1
        return start, end

    def of_stream(self, chunks: Sequence[Chunk], flow: Flow) -> list[Block]:
        """Join chunks to paragraphs; what interrupts a paragraph follows it."""
        return _Setter(self, flow, _Levels(chunks)).set(_tables_together(chunks))


class _Setter:
    """Puts chunks in order: the paragraph being built, and what has to wait until it is whole."""

    def __init__(self, blocks: Blocks, flow: Flow, levels: _Levels) -> None:
        self.blocks, self.flow, self.levels = blocks, flow, levels
        self.found: list[Block] = []
        self.held: list[Block] = []
        self.paragraph: list[Chunk] = []

    def set(self, chunks: Sequence[Chunk]) -> list[Block]:
        for chunk in chunks:
            if chunk.is_text:
                if not self._goes_on(chunk):
                    self._close()
                self.paragraph.append(chunk)
            elif self.paragraph and chunk.kind in _INTERRUPTING:
                self.held.append(self.blocks.make(chunk.kind, chunk.lines))
            else:
                self._close()
                self.found.append(self.blocks.make(chunk.kind, chunk.lines, self.levels.of(chunk)))
        self._close()
        return self.found

    def _goes_on(self, chunk: Chunk) -> bool:
        if not self.paragraph:
            return False
        head = join_text([line for c in self.paragraph[-4:] for line in c.lines])
        return self.flow.joins(head, self.paragraph[-1], chunk)

    def _close(self) -> None:
        if self.paragraph:
            first = self.paragraph[0].kind
            kind = BlockKind.LIST_ITEM if first is BlockKind.LIST_ITEM else BlockKind.PARAGRAPH
            self.found.append(self.blocks.make(kind, [line for c in self.paragraph for line in c.lines]))
        self.found += self.held
        self.paragraph, self.held = [], []


_INTERRUPTING = frozenset(
    {BlockKind.CAPTION, BlockKind.JUMP, BlockKind.RUNNING_HEAD, BlockKind.RESIDUE, BlockKind.FOOTNOTE}
)


def _row(line: Line) -> tuple[str, ...]:
    cells = line.cell_texts() or [line.text]
    return tuple(tidy(cell) for cell in cells if cell)


def _tables_together(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Rows in a row are one table."""
    found: list[Chunk] = []
    for chunk in chunks:
        if chunk.kind is BlockKind.TABLE and found and found[-1].kind is BlockKind.TABLE:
            found[-1] = replace(found[-1], lines=[*found[-1].lines, *chunk.lines])
        else:
            found.append(chunk)
    return found


class _Levels:
    """Ranks of an article's headings by their numbering, not by their mark-up, which scans get wrong."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        ranks = {number_rank(c.text) for c in chunks if c.kind is BlockKind.HEADING}
        numbered = sorted(r for r in ranks if r is not None)
        self.levels = {rank: level for level, rank in enumerate(numbered, 1)}
        self.plain = 2 if self.levels and min(self.levels) <= 1 else 1

    def of(self, chunk: Chunk) -> int | None:
        if chunk.kind is not BlockKind.HEADING:
            return None
        rank = number_rank(chunk.text)
        return self.levels[rank] if rank is not None else self.plain
