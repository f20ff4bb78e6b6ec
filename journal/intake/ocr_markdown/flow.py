"""Lines to paragraphs, second part: what the loose pieces are, and which pieces are one paragraph.

Text flows on until a sentence ends. A short line that stops without a full stop is a heading when
the text before it is complete, a caption when it stands inside a sentence or behind the end, verse
when it has company, and the first half of a paragraph when the words run on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ..manuscript import BlockKind
from .bylines import parse_byline
from .chunks import Chunk
from .lines import Line, width
from .links import Links
from .marks import caption_strength
from .shelf import is_prose
from .signatures import closes_with_date, ends_signed, signs_a_letter
from .wording import Ending, ending, key, number_rank

__all__ = ["Flow", "Habits"]

_ASIDE = frozenset(
    {
        BlockKind.CAPTION,
        BlockKind.JUMP,
        BlockKind.RUNNING_HEAD,
        BlockKind.RESIDUE,
        BlockKind.TABLE,
        BlockKind.FOOTNOTE,
    }
)
_SCENE = re.compile(
    "正在|在.{0,14}(?:查看|参加|开展|进行|展示|演示|讲解|忙碌|劳作|学习|交流|检查|采摘|作业|读数|练习|"
    "表演|服务|合影)|现场$|合影|一角$|外景|全景|留影|掠影$"
)
_CLOSING = frozenset({BlockKind.END_MARK, BlockKind.SOURCE, BlockKind.CREDITS, BlockKind.CLOSING_NOTE})


@dataclass(frozen=True, slots=True)
class Habits:
    """Habits of a whole file: headings carry mark-up (then a bare line is none); pictures left traces."""

    marks_headings: bool
    has_pictures: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Habits:
        marked = sum((line.level > 0 or line.all_bold) and len(line.text) <= 60 for line in lines)
        pictures = any(not line.text or caption_strength(line.text) >= 0.9 for line in lines)
        return cls(marked >= 2, pictures)


@dataclass(slots=True)
class Flow:
    """The rules of joining for one article: its links, its measure, whether it indents paragraphs."""

    links: Links
    wrapped: float | None = None
    indents: bool = False
    marked: bool = False
    signed: bool = False
    pictures: bool = True

    @classmethod
    def of(
        cls, chunks: Sequence[Chunk], links: Links, wrapped: float | None, habits: Habits, signed: bool
    ) -> Flow:
        """Take the measure of one article; ``signed``: the authors stand under the title already."""
        starts = [c.lines[0].indent >= 2 for c in chunks if c.is_text]
        indents = len(starts) >= 3 and sum(starts) >= 0.5 * len(starts)
        return cls(links, wrapped, indents, habits.marks_headings, signed, habits.has_pictures)

    def settle(self, chunks: list[Chunk]) -> None:
        """Decide what every loose chunk is; changes ``kind`` in place."""
        self._mark_verse(chunks)
        for number, chunk in enumerate(chunks):
            if chunk.kind is BlockKind.PARAGRAPH and not chunk.verse:
                if number_rank(chunk.text) is not None:
                    self._settle_numbered(number, chunks)
                elif self._is_loose(chunk):
                    self._settle_loose(number, chunks)

    def _is_loose(self, chunk: Chunk) -> bool:
        """Short, stopping without a full stop, and not simply a full line of a paragraph."""
        text = chunk.text
        if (
            chunk.kind is not BlockKind.PARAGRAPH
            or len(text) > 48
            or is_prose(text)
            or ending(text) is Ending.FINAL
        ):
            return False
        if text[-1] in "：:；;，,、" or text.count("，") + text.count(",") >= 2 or text.count("、") >= 3:
            return False
        if self.indents and chunk.lines[0].indent >= 2 and len(text) > 24:
            return False  # set as a paragraph
        return not (self.wrapped and self._full(chunk))

    def _full(self, chunk: Chunk) -> bool:
        return (
            bool(self.wrapped)
            and width(chunk.lines[-1].text) + min(chunk.lines[-1].indent, 4) / 2 >= (self.wrapped or 0) - 2.5
        )

    def _mark_verse(self, chunks: list[Chunk]) -> None:
        """Three loose lines or more in a row, or the short lines of a poem, keep their breaks."""
        texts = [c for c in chunks if c.kind is BlockKind.PARAGRAPH]
        short = [c for c in texts if self._is_versicle(c)]
        if (
            len(short) >= 4
            and len(short) >= 0.6 * len(texts)
            and sum(len(c.text) for c in texts) <= 30 * len(texts)
        ):
            for chunk in short:
                chunk.verse = True
        for apart, group in groupby(chunks, key=self._may_be_verse):
            run = list(group)
            if apart and (len(run) >= 4 or (len(run) == 3 and not any(c.gap > 0 for c in run[1:]))):
                for chunk in run:
                    chunk.verse = True

    def _may_be_verse(self, chunk: Chunk) -> bool:
        return chunk.kind is BlockKind.PARAGRAPH and self._is_versicle(chunk)

    def _is_versicle(self, chunk: Chunk) -> bool:
        text = chunk.text
        limit = min(24.0, 0.8 * self.wrapped) if self.wrapped else 24.0
        return (
            len(chunk.lines) == 1
            and width(text) <= limit
            and "。" not in text[:-1]
            and number_rank(text) is None
            and not chunk.lines[0].marked
        )

    def _settle_numbered(self, number: int, chunks: list[Chunk]) -> None:
        """``（一）…`` alone on its line: a heading, or a run-in heading cut by the column's end?"""
        chunk = chunks[number]
        text = chunk.text
        state = ending(text)
        if "。" in text[:-1] or len(text) > 100 or (state is Ending.FINAL and text[-1] not in "？！?!"):
            return
        following = _next_text(chunks, number)
        if text[-1] in "：:；;" and following is not None:
            return
        if following is None:
            chunk.kind = BlockKind.HEADING if state is not Ending.FINAL else chunk.kind
            return
        run_in, standing = _siblings(chunks, number)
        value = self.links.strength(text, following.text)
        value += 1.5 if run_in > standing else -1.5
        if self.wrapped:
            value += 1.0 if self._full(chunk) else -2.0
        if self.indents and following.lines[0].indent >= 2 > chunk.lines[0].indent:
            value -= 2.0
        if number_rank(following.text) is not None or value < 0.8:
            chunk.kind = BlockKind.HEADING
            chunk.sure = value < 0.3

    def _settle_loose(self, number: int, chunks: list[Chunk]) -> None:
        chunk = chunks[number]
        before, after = _previous(chunks, number), chunks[number + 1] if number + 1 < len(chunks) else None
        text_after = _next_text(chunks, number)
        runs_on = after is not None and after is text_after and not after.verse
        if self.signed and closes_with_date(chunk.text, after):
            chunk.verse = True
        elif not self.signed and signs_a_letter(chunk, before, chunks):
            chunk.kind = BlockKind.BYLINE
        elif _has_ended(chunks, number):
            if text_after is None or chunk.gap > 0:
                chunk.kind = BlockKind.HEADING if runs_on and self._opens(after) else BlockKind.CAPTION
                chunk.sure = not runs_on
        elif (
            before is not None and before.is_text and not before.verse and ending(before.text) is Ending.OPEN
        ):
            self._settle_inside(chunk, before, text_after)
        elif after is None or after.kind in _CLOSING:
            self._settle_last(chunk, after)
        elif runs_on and not self._is_half(chunk, after, number, chunks):
            heads = self._heads_like(chunk, number, chunks)
            chunk.kind = BlockKind.HEADING if heads else BlockKind.CAPTION
            chunk.sure = False
        elif text_after is not None and after is not text_after and self._torn(chunk, after, text_after):
            pass  # the first half of a paragraph that a picture tore apart
        elif (
            after is not None
            and after.kind in (BlockKind.HEADING, BlockKind.CAPTION)
            and len(key(chunk.text)) >= 4
        ):
            chunk.kind = (
                BlockKind.HEADING if after.kind is BlockKind.HEADING and before is None else BlockKind.CAPTION
            )
            chunk.sure = False

    def _heads_like(self, chunk: Chunk, number: int, chunks: list[Chunk]) -> bool:
        """A bare line between two complete paragraphs: subheads come in company, a caption alone."""
        if self.marked or _SCENE.search(chunk.text):
            return False
        if not self.pictures:
            return True
        others = [
            c
            for n, c in enumerate(chunks)
            if n != number and (c.kind is BlockKind.HEADING or self._is_loose(c))
        ]
        return bool(others) or number == 0

    def _torn(self, chunk: Chunk, after: Chunk | None, text_after: Chunk) -> bool:
        """A short line with a comma, a caption, then text that is set as no new paragraph."""
        if after is None or after.kind is not BlockKind.CAPTION or not any(c in chunk.text for c in "，,、"):
            return False
        if self.indents and text_after.lines[0].indent >= 2:
            return False
        return self.links.strength(chunk.text, text_after.text) > -0.5

    def _opens(self, chunk: Chunk | None) -> bool:
        return chunk is not None and len(chunk.text) > 40

    def _is_half(self, chunk: Chunk, after: Chunk | None, number: int, chunks: list[Chunk]) -> bool:
        """Whether a short line is the beginning of the paragraph below it."""
        if after is None:
            return False
        company = sum(
            c.kind is BlockKind.HEADING or self._is_loose(c) for n, c in enumerate(chunks) if n != number
        )
        need = 1.0 if any(c in chunk.text for c in "，、,") and self.wrapped is None else 1.8
        need += 0.8 * min(company, 2)
        return self.links.strength(chunk.text, after.text) >= need and not (
            self.wrapped and not self._full(chunk)
        )

    def _settle_inside(self, chunk: Chunk, before: Chunk, after: Chunk | None) -> None:
        """The text before stopped inside a sentence: does it go on here or behind this line?"""
        here = self.links.strength(before.text, chunk.text)
        if after is None:
            chunk.kind = BlockKind.PARAGRAPH if here > 0.3 else BlockKind.CAPTION
            chunk.sure = abs(here) > 1
            return
        through = here + self.links.strength(chunk.text, after.text)
        across = self.links.strength(before.text, after.text)
        if through <= across + 1.5:
            chunk.kind = BlockKind.CAPTION
            chunk.sure = across - through > 0

    def _settle_last(self, chunk: Chunk, after: Chunk | None) -> None:
        """The last line of an article, nothing but notes behind it: a signature or a caption."""
        byline = parse_byline(chunk.text)
        if byline and byline.certainty >= 0.8:
            if self.signed:
                chunk.verse = True  # the signature of a letter is part of it
            else:
                chunk.kind = BlockKind.BYLINE
        elif after is None and len(key(chunk.text)) >= 5 and (self.pictures or _SCENE.search(chunk.text)):
            chunk.kind = BlockKind.CAPTION
            chunk.sure = False

    def joins(self, head: str, head_chunk: Chunk, tail: Chunk) -> bool:
        """Whether ``tail`` is the same paragraph as the text ``head`` before it."""
        if head_chunk.verse or tail.verse or tail.kind is BlockKind.LIST_ITEM:
            return False
        state = ending(head)
        first = tail.lines[0]
        if state is Ending.FINAL:
            return (
                self.indents
                and first.indent < 2
                and head_chunk.lines[-1] is not first
                and self._column_break(head_chunk, tail)
            )
        strength = self.links.strength(head, tail.text)
        if number_rank(tail.text) is not None and strength < 0.5:
            return False
        if state is Ending.OPEN:
            if ends_signed(head):
                return False
            return not (self.indents and first.indent >= 2 and strength < 0)
        return strength >= 1.0

    def _column_break(self, head: Chunk, tail: Chunk) -> bool:
        """In text that indents its paragraphs, an unindented piece goes on – unless it is set apart."""
        return self.wrapped is not None and self._full(head) and number_rank(tail.text) is None


def _next_text(chunks: list[Chunk], number: int) -> Chunk | None:
    for chunk in chunks[number + 1 :]:
        if chunk.is_text:
            return chunk
        if chunk.kind not in _ASIDE:
            return None
    return None


def _previous(chunks: list[Chunk], number: int) -> Chunk | None:
    for chunk in reversed(chunks[:number]):
        if chunk.kind not in _ASIDE:
            return chunk
    return None


def _has_ended(chunks: list[Chunk], number: int) -> bool:
    """Whether an end mark or closing note stands before, with no text in between."""
    for chunk in reversed(chunks[:number]):
        if chunk.kind in _CLOSING or chunk.ended:
            return True
        if chunk.is_text or chunk.kind is BlockKind.HEADING:
            return False
    return False


def _siblings(chunks: list[Chunk], number: int) -> tuple[int, int]:
    """How many headings of the same rank nearby are run in, how many stand alone."""
    rank = number_rank(chunks[number].text)
    run_in = standing = 0
    for way in (reversed(chunks[:number]), chunks[number + 1 :]):
        for chunk in way:
            other = number_rank(chunk.text)
            if other is not None and rank is not None and other < rank:
                break
            if other != rank or not (chunk.is_text or chunk.kind is BlockKind.HEADING):
                continue
            inner = chunk.text[:-1]
            if "。" in inner or len(chunk.text) > 100:
                run_in += 1
            elif ending(chunk.text) is not Ending.FINAL:
                standing += 1
    return run_in, standing
