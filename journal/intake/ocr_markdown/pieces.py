"""Pieces of text that may be adrift: the candidates for being another article's continuation."""

from __future__ import annotations

from dataclasses import dataclass

from ..manuscript import BlockKind
from .chunks import Chunk
from .flow import Flow
from .links import Links
from .wording import Ending, ending

__all__ = ["CLOSING", "Piece", "Stream", "find_pieces", "first_text", "last_text"]

CLOSING = frozenset(
    {BlockKind.END_MARK, BlockKind.SOURCE, BlockKind.CREDITS, BlockKind.CLOSING_NOTE, BlockKind.BYLINE}
)


@dataclass(slots=True)
class Stream:
    """The chunks between one title and the next; ``page`` is what the contents page promises."""

    chunks: list[Chunk]
    flow: Flow
    page: int | None = None
    last_page: int | None = None


@dataclass(slots=True)
class Piece:
    """A candidate continuation: chunks ``first`` to ``last`` (excluded) of one stream."""

    host: int
    first: int
    last: int
    closes: float = 0.0  # what taking it out gains or loses in the host
    page: int | None = None
    marked: bool = False
    inside: bool = False  # the host goes on behind it
    bare: bool = False  # no mark at all speaks for it: only its words do


def last_text(chunks: list[Chunk]) -> Chunk | None:
    return next((c for c in reversed(chunks) if c.is_text), None)


def first_text(chunks: list[Chunk]) -> Chunk | None:
    return next((c for c in chunks if c.is_text or c.kind is BlockKind.HEADING), None)


def find_pieces(streams: list[Stream], links: Links) -> list[Piece]:
    found: list[Piece] = []
    for host, stream in enumerate(streams):
        found += _marked_pieces(host, stream, links)
        found += _surplus(host, stream, links)
        found += _intruders(host, stream, links)
        found += _appendices(host, stream)
    return found


def _marked_pieces(host: int, stream: Stream, links: Links) -> list[Piece]:
    """From （上接…） to the piece's own end."""
    found = []
    for n, chunk in enumerate(stream.chunks):
        if chunk.kind is BlockKind.JUMP and not chunk.leaves:
            for last in _ends_after(stream.chunks, n + 1):
                closes = _gap_closes(stream, n, last, links)
                found.append(Piece(host, n, last, 1.5 + closes, chunk.page, True))
    return found


def _surplus(host: int, stream: Stream, links: Links) -> list[Piece]:
    """Text behind the host's end; or the host's own text may be what follows, and the piece before it."""
    found = []
    ends = _ends(stream.chunks)
    for end in ends:
        rest = stream.chunks[end:]
        if first_text(rest) is None:
            continue
        following = [e for e in ends if e > end]
        last = following[0] if following else len(stream.chunks)
        found.append(Piece(host, end, last, 2.3, marked=_has_arrival(rest)))
    return found


def _intruders(host: int, stream: Stream, links: Links) -> list[Piece]:
    """Pieces that begin where the host's sentence does not run on."""
    found = []
    chunks = stream.chunks
    for n in range(1, len(chunks)):
        before = last_text(chunks[:n])
        if before is None or not chunks[n].is_text or ending(before.text) is not Ending.OPEN or before.verse:
            continue
        if any(c.kind in CLOSING or c.kind is BlockKind.HEADING for c in _between(chunks, before, n)):
            continue
        here = links.strength(before.text, chunks[n].text, start=False)
        if here > 0.8:
            continue
        for last in _ends_after(chunks, n):
            after = first_text(chunks[last:])
            if after is None:
                continue
            resumed = links.strength(before.text, after.text, start=False) if after.is_text else -1.0
            ended = any(c.kind in CLOSING for c in chunks[n:last])
            if resumed > here + (-0.6 if ended else 0.5):
                found.append(Piece(host, n, last, (2.1 if ended else 0.6) + resumed - here, inside=True))
    return found


def _appendices(host: int, stream: Stream) -> list[Piece]:
    """In an article without any end mark, what follows one of its last complete paragraphs."""
    chunks = stream.chunks
    ends = _ends(chunks)
    if ends and ends[0] < len(chunks):
        return []
    found = []
    for n in range(max(2, len(chunks) - 16), len(chunks)):
        own = [c for c in chunks[:n] if c.is_text]
        before = own[-1] if own else None
        if (
            before is not None
            and len(own) >= 2
            and sum(len(c.text) for c in own) >= 150
            and chunks[n].is_text
            and ending(before.text) is Ending.FINAL
            and not chunks[n].verse
        ):
            found.append(Piece(host, n, len(chunks), 0.8 if ends else 1.2, bare=True))
    return found


def _between(chunks: list[Chunk], before: Chunk, n: int) -> list[Chunk]:
    position = max(i for i, c in enumerate(chunks[:n]) if c is before)
    return chunks[position + 1 : n]


def _ends(chunks: list[Chunk]) -> list[int]:
    """Positions right behind an end: an end mark or notes behind text, with all that belongs to them."""
    found = []
    n = next((i for i, c in enumerate(chunks) if c.is_text), len(chunks))
    while n < len(chunks):
        if chunks[n].kind is BlockKind.END_MARK or (chunks[n].kind in CLOSING and chunks[n].ended):
            n += 1
            while n < len(chunks) and (chunks[n].kind in CLOSING or _belongs_behind(chunks, n)):
                n += 1
            found.append(n)
        else:
            n += 1
    return found


def _belongs_behind(chunks: list[Chunk], n: int) -> bool:
    return chunks[n].kind in (BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.RESIDUE)


def _ends_after(chunks: list[Chunk], first: int) -> list[int]:
    """Where a piece beginning at ``first`` may stop: behind its end, or at the end of the stream."""
    ends = [e for e in _ends(chunks) if e > first]
    found = ends[:1]
    if not ends:
        found = [len(chunks)]
        final = [
            n + 1
            for n in range(first, len(chunks) - 1)
            if chunks[n].is_text and ending(chunks[n].text) is Ending.FINAL
        ]
        found += final[:12]
    return found


def _gap_closes(stream: Stream, first: int, last: int, links: Links) -> float:
    """Whether the host's text runs on over the gap a piece leaves."""
    before, after = last_text(stream.chunks[:first]), first_text(stream.chunks[last:])
    if before is None or after is None:
        return 0.4 if last == len(stream.chunks) else 0.0
    open_before = ending(before.text) is Ending.OPEN
    if not open_before:
        return 0.0
    return links.strength(before.text, after.text) if after.is_text else -1.0


def _has_arrival(chunks: list[Chunk]) -> bool:
    return bool(chunks) and chunks[0].kind is BlockKind.JUMP and not chunks[0].leaves
