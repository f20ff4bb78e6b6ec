"""Text that remembers where in the source each of its characters stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..manuscript import Span

__all__ = ["Piece", "Strand"]

_BLANK_RUN = re.compile(r"\s{9,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """``text`` stood at ``[start, end)``; where the lengths differ (an entity) it is indivisible."""

    text: str
    start: int
    end: int

    def cut(self, first: int, last: int) -> Piece:
        if len(self.text) != self.end - self.start:
            return Piece(self.text[first:last], self.start, self.end)
        return Piece(self.text[first:last], self.start + first, self.start + last)


@dataclass(frozen=True, slots=True)
class Strand:
    """An immutable string made of pieces of the source, in reading order."""

    pieces: tuple[Piece, ...] = ()

    @classmethod
    def of(cls, text: str, start: int) -> Strand:
        return cls((Piece(text, start, start + len(text)),) if text else ())

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.pieces)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The source ranges, touching neighbours merged."""
        merged: list[Span] = []
        for piece in self.pieces:
            if merged and merged[-1].end >= piece.start >= merged[-1].start:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, piece.end))
            elif piece.end > piece.start:
                merged.append(Span(piece.start, piece.end))
        return tuple(merged)

    def __add__(self, other: Strand) -> Strand:
        return Strand(self.pieces + other.pieces)

    def __len__(self) -> int:
        return sum(len(p.text) for p in self.pieces)

    def slice(self, first: int, last: int | None = None) -> Strand:
        last = len(self) if last is None else last
        return Strand(tuple(self._slices(max(first, 0), last)))

    def _slices(self, first: int, last: int) -> Iterator[Piece]:
        at = 0
        for piece in self.pieces:
            begin, end = max(first - at, 0), min(last - at, len(piece.text))
            if begin < end:
                yield piece.cut(begin, end)
            at += len(piece.text)

    def strip(self, extra: str = "") -> Strand:
        """Without blanks (and the characters of ``extra``) at either end."""
        blanks = " \t\n\r\v\f\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff" + extra
        text = self.text
        left = len(text) - len(text.lstrip(blanks))
        return self.slice(left, max(len(text.rstrip(blanks)), left))

    def squeeze(self) -> Strand:
        """Cut runs of nine and more blanks to four: lay-out, and slow for every pattern with blanks."""
        runs = [m.span() for m in _BLANK_RUN.finditer(self.text)]
        return self.without((first + 4, last) for first, last in runs) if runs else self

    def without(self, ranges: Iterable[tuple[int, int]]) -> Strand:
        """Drop the given ``(first, last)`` ranges of this strand."""
        kept: list[Piece] = []
        cuts = sorted(ranges)
        offset = cut = 0
        for piece in self.pieces:
            at, end = offset, offset + len(piece.text)
            while cut < len(cuts) and cuts[cut][1] <= at:
                cut += 1
            number = cut
            while at < end:
                first, last = cuts[number] if number < len(cuts) else (end, end)
                if at < min(first, end):
                    kept.append(piece.cut(at - offset, min(first, end) - offset))
                at, number = max(at, last if first < end else end), number + 1
            offset = end
        return Strand(tuple(kept))
