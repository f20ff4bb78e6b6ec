"""Texts that leave their page: which piece inside another article is whose continuation.

An article is *open* when its text stops inside a sentence or says （下转…）. A piece is *adrift* when
it stands behind another article's end, after （上接…）, or inside another article where the sentence
does not run on. Pieces are given to open articles by the total of the links this makes, and the
host's own text closes over the gap.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..manuscript import BlockKind
from .chunks import Chunk
from .links import Links
from .pieces import CLOSING, Piece, Stream, find_pieces, first_text, last_text
from .topics import Topics
from .wording import Ending, ending

__all__ = ["Move", "Stream", "resolve_jumps"]

_LEAST = 1.6
_LEAST_ALONE = 0.6


@dataclass(frozen=True, slots=True)
class Move:
    """A piece that was taken from one stream and given to another; ``margin`` tells how clear it was."""

    chunk: Chunk
    origin: int
    owner: int
    margin: float
    rivals: tuple[int, ...] = ()


def resolve_jumps(streams: list[Stream], links: Links) -> list[Move]:
    """Move pieces to their owners, in place; returns what was moved.

    Several rounds, because a text may jump more than once; no piece moves twice.
    """
    moves: list[Move] = []
    moved: set[int] = set()
    topics = Topics(streams)
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
    piece: Piece
    value: float


def _options(streams: list[Stream], links: Links, topics: Topics, moved: set[int]) -> list[_Option]:
    own = [_own(s, moved) for s in streams]
    open_streams = [n for n, chunks in enumerate(own) if _is_open(chunks)]
    found: list[_Option] = []
    for piece in find_pieces(streams, links) if open_streams else []:
        chunks = streams[piece.host].chunks[piece.first : piece.last]
        first = first_text(chunks)
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
    alone = _alone(options)
    for option in options:
        if (option.value >= _least(option.piece) or option in alone) and len(
            choices.setdefault(option.owner, [])
        ) < 5:
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


def _alone(options: list[_Option]) -> list[_Option]:
    """Bare pieces that are by far the only place an open text can go on: weak evidence, but no rival."""
    found = []
    for owner in sorted({o.owner for o in options}):
        first, *others = [o for o in options if o.owner == owner]
        rival = max((o.value for o in others), default=-9.0)
        if first.piece.bare and first.value >= _LEAST_ALONE and first.value - rival >= 1.0:
            found.append(first)
    return found


def _least(piece: Piece) -> float:
    """Text behind another article's end must be somebody's; a piece taken out of running text needs more."""
    return _LEAST if piece.inside or piece.bare else 0.9


def _apart(a: Piece, b: Piece) -> bool:
    return a.host != b.host or a.last <= b.first or b.last <= a.first


def _move(option: _Option, options: list[_Option], streams: list[Stream]) -> Move:
    chunks = streams[option.piece.host].chunks[option.piece.first : option.piece.last]
    first = first_text(chunks)
    assert first is not None
    rivals = [o for o in options if o.piece is option.piece and o.owner != option.owner]
    margin = option.value - (rivals[0].value if rivals else 0.0)
    return Move(first, option.piece.host, option.owner, margin, tuple(o.owner for o in rivals[:3]))


def _value(
    streams: list[Stream],
    own: list[Chunk],
    piece: Piece,
    owner: int,
    first: Chunk,
    links: Links,
    topics: Topics,
) -> float:
    stream = streams[owner]
    last = last_text(own)
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
    last = last_text(chunks)
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
    return not any(c.is_text or c.kind in CLOSING for c in rest)
