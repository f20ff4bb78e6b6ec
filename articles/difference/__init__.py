"""The difference of two texts as a reviewer wants to see it, and the merging of two people's work.

``compare(old, new)`` for bodies, ``compare_text`` for a plain field, ``compare_texts`` for everything a
reviewer signs for; ``merge(base, mine, theirs)`` when two people changed the same text. All pure functions.
"""

from __future__ import annotations

from articles.difference.blocks import Block, blocks
from articles.difference.compare import Difference, Row, compare, compare_text, compare_texts
from articles.difference.merge import Merge, Piece, merge
from articles.difference.runs import Run

__all__ = [
    "Block",
    "Difference",
    "Merge",
    "Piece",
    "Row",
    "Run",
    "blocks",
    "compare",
    "compare_text",
    "compare_texts",
    "merge",
]
