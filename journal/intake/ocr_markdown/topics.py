"""What each article talks about, to tell whose words a piece adrift are."""

from __future__ import annotations

from collections import Counter

from ..manuscript import BlockKind
from .chunks import Chunk
from .pieces import Piece, Stream

__all__ = ["Topics"]


class Topics:
    """What each stream talks about: character pairs weighted by how few streams use them."""

    def __init__(self, streams: list[Stream]) -> None:
        self.counts = [_pairs(s.chunks) for s in streams]
        self.spread: Counter[str] = Counter()
        for count in self.counts:
            self.spread.update(count.keys())
        # what nearly every article of a small issue says tells nothing
        self.rare = max(1, min(4, len(streams) // 2))

    def leaning(self, streams: list[Stream], piece: Piece, owner: int) -> float:
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
            if count > 0 and self.spread[pair] <= self.rare:
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
