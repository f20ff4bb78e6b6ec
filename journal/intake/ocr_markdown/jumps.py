"""Texts that leave their page: which piece inside another article is whose continuation.

An article is *open* when its text stops inside a sentence or says （下转…）. A piece is *adrift* when
it stands behind another article's end, after （上接…）, or inside another article where the sentence
does not run on. Pieces are given to open articles by the total of the links this makes, and the
host's own text closes over the gap.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ..manuscript import BlockKind
from .chunks import Chunk
from .flow import Flow
from .links import Links
from .wording import Ending, ending

__all__ = ["Move", "Stream", "resolve_jumps"]

_CLOSING = frozenset(
    {BlockKind.END_MARK, BlockKind.SOURCE, BlockKind.CREDITS, BlockKind.CLOSING_NOTE, BlockKind.BYLINE}
)
_LEAST = 1.6


@dataclass(slots=True)
class Stream:
    """The chunks between one title and the next; ``page`` is what the contents page promises."""

    chunks: list[Chunk]
    flow: Flow
    page: int | None = None
    last_page: int | None = None
    pieces: list[list[Chunk]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Move:
    """A piece that was taken from one stream and given to another; ``margin`` tells how clear it was."""

    chunk: Chunk
    origin: int
    owner: int
    margin: float
    rivals: tuple[int, ...] = ()


@dataclass(slots=True)
class _Piece:
    """A candidate continuation: chunks ``first`` to ``last`` (excluded) of one stream."""

    host: int
    first: int
    last: int
    closes: float = 0.0  # what taking it out gains or loses in the host
    page: int | None = None
    marked: bool = False
    inside: bool = False  # the host goes on behind it
    bare: bool = False  # no mark at all speaks for it: only its words do


def resolve_jumps(streams: list[Stream], links: Links) -> list[Move]:
    """Move pieces to their owners, in place; returns what was moved.

    Several rounds, because a text may jump more than once; no piece moves twice.
    """
    moves: list[Move] = []
    moved: set[int] = set()
    topics = _Topics(streams)
    for _round in range(5):
        options = _options(streams, links, topics, moved)
        chosen = _match(options)
        if not chosen:
            break
        moves += [_move(option, options, streams) for option in chosen]
        taken = [(o, streams[o.piece.host].chunks[o.piece.first : o.piece.last]) for o in chosen]
        for option in sorted(chosen, key=lambda o: -o.piece.first):
            del streams[option.piece.host].chunks[option.piece.first : option.piece.last]
        for option, chunks in taken:
            streams[option.owner].chunks += chunks
            moved.update(id(c) for c in chunks)
    return moves


@dataclass(frozen=True, slots=True)
class _Option:
    """One open text, one piece it could go on with, and what speaks for it."""

    owner: int
    piece: _Piece
    value: float


def _options(streams: list[Stream], links: Links, topics: _Topics, moved: set[int]) -> list[_Option]:
    own = [_own(s, moved) for s in streams]
    open_streams = [n for n, chunks in enumerate(own) if _is_open(chunks)]
    found: list[_Option] = []
    for piece in _pieces(streams, links) if open_streams else []:
        chunks = streams[piece.host].chunks[piece.first : piece.last]
        first = _first_text(chunks)
        if first is None or any(id(c) in moved for c in chunks):
            continue
        for owner in open_streams:
            if owner != piece.host:
                value = _value(streams, own[owner], piece, owner, first, links, topics)
                found.append(_Option(owner, piece, value))
    return sorted(found, key=lambda o: (-o.value, o.owner, o.piece.host, o.piece.first, o.piece.last))


def _match(options: list[_Option]) -> list[_Option]:
    """The set of compatible options with the highest total (branch and bound; few texts are open)."""
    choices: dict[int, list[_Option]] = {}
    for option in options:
        if option.value >= _LEAST and len(choices.setdefault(option.owner, [])) < 5:
            choices[option.owner].append(option)
    owners = sorted(choices, key=lambda o: -choices[o][0].value)[:8]
    best: tuple[float, list[_Option]] = (0.0, [])

    def search(position: int, total: float, chosen: list[_Option]) -> None:
        nonlocal best
        if total > best[0]:
            best = (total, list(chosen))
        rest = sum(choices[o][0].value for o in owners[position:])
        if position == len(owners) or total + rest <= best[0]:
            return
        for option in choices[owners[position]]:
            if all(_apart(option.piece, c.piece) for c in chosen):
                search(position + 1, total + option.value, [*chosen, option])
        search(position + 1, total, chosen)

    search(0, 0.0, [])
    return best[1]


def _apart(a: _Piece, b: _Piece) -> bool:
    return a.host != b.host or a.last <= b.first or b.last <= a.first


def _move(option: _Option, options: list[_Option], streams: list[Stream]) -> Move:
    chunks = streams[option.piece.host].chunks[option.piece.first : option.piece.last]
    first = _first_text(chunks)
    assert first is not None
    rivals = [o for o in options if o.piece is option.piece and o.owner != option.owner]
    margin = option.value - (rivals[0].value if rivals else 0.0)
    return Move(first, option.piece.host, option.owner, margin, tuple(o.owner for o in rivals[:3]))


def _value(
    streams: list[Stream],
    own: list[Chunk],
    piece: _Piece,
    owner: int,
    first: Chunk,
    links: Links,
    topics: _Topics,
) -> float:
    stream = streams[owner]
    last = _last_text(own)
    value = links.strength(last.text, first.text, start=not piece.inside) if last else 0.0
    if first.kind is BlockKind.HEADING or (last is not None and ending(last.text) is Ending.FINAL):
        value = max(value, 0.0)
    leaning = topics.leaning(streams, piece, owner)
    if piece.bare and (leaning <= 0.2 or not 0 < piece.host - owner <= 3):
        return -9.0
    value += piece.closes + leaning
    if piece.marked and _leaves(own):
        value += 2.5
    if (target := _leaving_for(own)) is not None:
        value += _page_fits(target, streams[piece.host])
    if piece.page is not None:
        value += _page_fits(piece.page, stream)
    if owner > piece.host:
        value -= 0.8
    return value


def _page_fits(page: int, stream: Stream) -> float:
    """（上接第N页）: the head of the text stands on page N."""
    if stream.page is None:
        return 0.0
    if stream.page <= page <= (stream.last_page or stream.page):
        return 2.0
    return 0.6 if 0 <= page - stream.page <= 3 else -1.5


def _is_open(chunks: list[Chunk]) -> bool:
    last = _last_text(chunks)
    if last is None:
        return False
    if _leaves(chunks):
        return True
    closed = any(c.kind is BlockKind.END_MARK for c in chunks)
    return ending(last.text) is Ending.OPEN and not closed and not last.verse and len(last.text) > 12


def _own(stream: Stream, moved: set[int]) -> list[Chunk]:
    """The stream's own text: all before a （上接…） that has not been claimed yet."""
    for n, chunk in enumerate(stream.chunks):
        if chunk.kind is BlockKind.JUMP and not chunk.leaves and id(chunk) not in moved:
            return stream.chunks[:n]
    return stream.chunks


def _leaving_for(chunks: list[Chunk]) -> int | None:
    """The page （下转第N页） names."""
    return next((c.page for c in reversed(chunks) if c.kind is BlockKind.JUMP and c.leaves), None)


def _leaves(chunks: list[Chunk]) -> bool:
    """Whether the text's last word is （下转…）."""
    jumps = [n for n, c in enumerate(chunks) if c.kind is BlockKind.JUMP and c.leaves]
    if not jumps:
        return False
    rest = chunks[jumps[-1] + 1 :]
    return not any(c.is_text or c.kind in _CLOSING for c in rest)


def _last_text(chunks: list[Chunk]) -> Chunk | None:
    return next((c for c in reversed(chunks) if c.is_text), None)


def _first_text(chunks: list[Chunk]) -> Chunk | None:
    return next((c for c in chunks if c.is_text or c.kind is BlockKind.HEADING), None)


def _pieces(streams: list[Stream], links: Links) -> list[_Piece]:
    found: list[_Piece] = []
    for host, stream in enumerate(streams):
        found += _marked_pieces(host, stream, links)
        found += _surplus(host, stream, links)
        found += _intruders(host, stream, links)
        found += _appendices(host, stream)
    return found


def _marked_pieces(host: int, stream: Stream, links: Links) -> list[_Piece]:
    """From （上接…） to the piece's own end."""
    found = []
    for n, chunk in enumerate(stream.chunks):
        if chunk.kind is BlockKind.JUMP and not chunk.leaves:
            for last in _ends_after(stream.chunks, n + 1):
                closes = _gap_closes(stream, n, last, links)
                found.append(_Piece(host, n, last, 1.5 + closes, chunk.page, True))
    return found


def _surplus(host: int, stream: Stream, links: Links) -> list[_Piece]:
    """Text behind the host's end; or the host's own text may be what follows, and the piece before it."""
    found = []
    ends = _ends(stream.chunks)
    for end in ends:
        rest = stream.chunks[end:]
        if _first_text(rest) is None:
            continue
        following = [e for e in ends if e > end]
        last = following[0] if following else len(stream.chunks)
        found.append(_Piece(host, end, last, 2.3, marked=_has_arrival(rest)))
    return found


def _intruders(host: int, stream: Stream, links: Links) -> list[_Piece]:
    """Pieces that begin where the host's sentence does not run on."""
    found = []
    chunks = stream.chunks
    for n in range(1, len(chunks)):
        before = _last_text(chunks[:n])
        if before is None or not chunks[n].is_text or ending(before.text) is not Ending.OPEN or before.verse:
            continue
        if any(c.kind in _CLOSING or c.kind is BlockKind.HEADING for c in _between(chunks, before, n)):
            continue
        here = links.strength(before.text, chunks[n].text, start=False)
        if here > 0.8:
            continue
        for last in _ends_after(chunks, n):
            after = _first_text(chunks[last:])
            if after is None:
                continue
            resumed = links.strength(before.text, after.text, start=False) if after.is_text else -1.0
            ended = any(c.kind in _CLOSING for c in chunks[n:last])
            if resumed > here + (-0.6 if ended else 0.5):
                found.append(_Piece(host, n, last, (1.6 if ended else 0.6) + resumed - here, inside=True))
    return found


def _appendices(host: int, stream: Stream) -> list[_Piece]:
    """In an article without any end mark, what follows one of its last complete paragraphs."""
    chunks = stream.chunks
    ends = _ends(chunks)
    if ends and ends[0] < len(chunks):
        return []
    found = []
    for n in range(max(2, len(chunks) - 16), len(chunks)):
        before = _last_text(chunks[:n])
        if (
            before is not None
            and chunks[n].is_text
            and ending(before.text) is Ending.FINAL
            and not chunks[n].verse
        ):
            found.append(_Piece(host, n, len(chunks), 0.8 if ends else 1.2, bare=True))
    return found


def _between(chunks: list[Chunk], before: Chunk, n: int) -> list[Chunk]:
    position = max(i for i, c in enumerate(chunks[:n]) if c is before)
    return chunks[position + 1 : n]


def _ends(chunks: list[Chunk]) -> list[int]:
    """Positions right behind an end: an end mark or notes, with all that belongs to them."""
    found = []
    n = 0
    while n < len(chunks):
        if chunks[n].kind is BlockKind.END_MARK or (chunks[n].kind in _CLOSING and chunks[n].ended):
            n += 1
            while n < len(chunks) and (chunks[n].kind in _CLOSING or _belongs_behind(chunks, n)):
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
    before, after = _last_text(stream.chunks[:first]), _first_text(stream.chunks[last:])
    if before is None or after is None:
        return 0.4 if last == len(stream.chunks) else 0.0
    open_before = ending(before.text) is Ending.OPEN
    if not open_before:
        return 0.0
    return links.strength(before.text, after.text) if after.is_text else -1.0


def _has_arrival(chunks: list[Chunk]) -> bool:
    return bool(chunks) and chunks[0].kind is BlockKind.JUMP and not chunks[0].leaves


class _Topics:
    """What each stream talks about: character pairs weighted by how few streams use them."""

    def __init__(self, streams: list[Stream]) -> None:
        self.counts = [_pairs(s.chunks) for s in streams]
        self.spread: Counter[str] = Counter()
        for count in self.counts:
            self.spread.update(count.keys())

    def leaning(self, streams: list[Stream], piece: _Piece, owner: int) -> float:
        """Between −2 and 2: whether a piece's words are the owner's rather than the host's."""
        own = _pairs(streams[piece.host].chunks[piece.first : piece.last])
        mine = self._shared(own, self.counts[owner], None)
        theirs = self._shared(own, self.counts[piece.host], own)
        whole = mine + theirs
        if whole <= 0:
            return 0.0
        weight = min(1.0, sum(own.values()) / 150)
        return 2.0 * weight * (mine - theirs) / whole

    def _shared(self, piece: Counter[str], other: Counter[str], minus: Counter[str] | None) -> float:
        total = max(1, sum(other.values()) - (sum(minus.values()) if minus else 0))
        score = 0.0
        for pair in piece:
            count = other.get(pair, 0) - (minus[pair] if minus else 0)
            if count > 0 and self.spread[pair] <= 4:
                score += 1.0 / self.spread[pair]
        return score / total**0.5


def _pairs(chunks: list[Chunk]) -> Counter[str]:
    found: Counter[str] = Counter()
    for chunk in chunks:
        if chunk.is_text or chunk.kind is BlockKind.HEADING:
            text = chunk.text
            found.update(
                text[i : i + 2] for i in range(len(text) - 1) if text[i] > "\u4dff" and text[i + 1] > "\u4dff"
            )
    return found
