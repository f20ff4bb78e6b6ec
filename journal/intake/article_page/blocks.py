"""Parts of a page to the blocks an editor sees: proposed text, raw source, offsets."""

from __future__ import annotations

from ..manuscript import Block, BlockKind
from ..punctuation import widen
from .items import Item
from .strand import Strand

__all__ = ["BlockMaker"]


class BlockMaker:
    """Makes blocks over one source text; ids come from the first offset, so they are stable."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._taken: dict[str, int] = {}

    def make(
        self,
        kind: BlockKind,
        strand: Strand,
        level: int | None = None,
        rows: tuple[tuple[str, ...], ...] = (),
        text: str | None = None,
    ) -> Block:
        """Return a block; ``text`` replaces the widened words where lines are joined in another way."""
        spans = strand.spans
        raw = "".join(self._source[s.start : s.end] for s in spans)
        words = widen(strand.text.strip()) if text is None else text
        return Block(self._id(spans[0].start if spans else 0), kind, words, raw, spans, level, rows)

    def residue(self, item: Item) -> Block:
        return self.make(BlockKind.RESIDUE, item.line.strand)

    def _id(self, start: int) -> str:
        """Two blocks share an offset only when a tag's value was cut; a letter tells them apart."""
        name = f"b{start}"
        count = self._taken.get(name, 0)
        self._taken[name] = count + 1
        return name if count == 0 else f"{name}.{count}"
