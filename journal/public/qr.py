"""The square code of an address, drawn here: nothing is asked of anybody else's server."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import segno

__all__ = ["QUIET", "drawn"]

#: White modules around the code; ISO/IEC 18004 asks for four.
QUIET = 4


@lru_cache(maxsize=64)
def drawn(address: str) -> tuple[int, str]:
    """``(size, path)``: modules a side with the quiet zone, and the dark runs as one SVG path of strokes."""
    rows = [list(row) for row in segno.make(address, micro=False).matrix]
    return len(rows) + 2 * QUIET, "".join(strokes(rows))


def strokes(rows: list[list[int]]) -> list[str]:
    """A stroke of width 1 along the middle of each run of dark modules."""
    drawn_runs = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                drawn_runs.append(f"M{x + QUIET} {y + QUIET}.5h{length}")
            x += length
    return drawn_runs
