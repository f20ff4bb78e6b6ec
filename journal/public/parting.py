"""Where a title may be parted when it takes two lines: not inside a word.

No browser knows Chinese words, and the house has no dictionary of them. But the words of a title occur in the
text under it: two characters that stand together there more often than either does with its neighbour in the
title are one word. So a line may end where the tie between two characters is weaker than those beside it.
"""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["pieces", "spans"]

HAN = re.compile(r"[\u3400-\u9fff]{2}")
SPAN = re.compile(r"(\d+[—–-]\d+[年月日届期页]?)")
#: Belong to the word before them.
NOT_FIRST = frozenset("的了着过们得地吗呢吧")


def pieces(line: str, text: str) -> list[str]:
    """``line`` in pieces of two characters and more, between which it may be parted.

    A line without a weak place stays whole; marks, blanks, letters and figures are left to the browser.
    """
    pairs = list(map("".join, pairwise(line)))
    ties = [text.count(pair) if HAN.fullmatch(pair) else None for pair in pairs]
    weak = [pair[1] not in NOT_FIRST and is_weakest(ties, place) for place, pair in enumerate(pairs)]
    # Of two weak places side by side, the later: a single character belongs to what stands before it.
    ends = [place + 1 for place, (one, after) in enumerate(pairwise([*weak, False])) if one and not after]
    return [line[start:end] for start, end in pairwise([0, *ends, len(line)])]


def spans(piece: str) -> list[tuple[str, bool]]:
    """A piece as words, each with whether it has to stay on one line: from a number to a number."""
    return [(words, place % 2 == 1) for place, words in enumerate(SPAN.split(piece)) if words]


def is_weakest(ties: list[int | None], place: int) -> bool:
    """Compared with the ties on both sides; at a mark or an end of the line there is none to compare with."""
    beside = [ties[other] for other in (place - 1, place + 1) if 0 <= other < len(ties)]
    known = [tie for tie in beside if tie is not None]
    here = ties[place]
    return here is not None and len(known) == 2 and here <= min(known) and here < max(known)
