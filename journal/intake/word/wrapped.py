"""Text copied out of a PDF: every printed line is a paragraph; they are put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from .layout import Item, Paragraph

__all__ = ["rejoined"]

FEWEST = 6
SHORTEST, LONGEST = 14, 60  # signs in a printed line
ENDS = re.compile("[。！？!?…：:；;][”’』」）)》\"']*$")
OPENS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[【①-⑳]"
)
RAGGED = 3  # signs a full line may be short of the longest
SHARE = 0.4


def rejoined(items: Sequence[Item]) -> list[Item]:
    """``items`` with broken lines joined; as they are where lines do not look broken."""
    lines = [len(item.text.strip()) for item in items if isinstance(item, Paragraph)]
    full = usual_width(lines)
    if full is None or not looks_broken(items, full):
        return list(items)
    found: list[Item] = []
    goes_on = False
    for item in items:
        last = found[-1] if found else None
        if goes_on and isinstance(item, Paragraph) and isinstance(last, Paragraph) and continues(item):
            found[-1] = replace(last, runs=(*last.runs, *item.runs))
        else:
            found.append(item)
        goes_on = isinstance(item, Paragraph) and is_full(item, full) and not ENDS.search(item.text.strip())
    return found


def usual_width(lengths: Sequence[int]) -> int | None:
    """The width of a full line: the length most long lines have, or nearly."""
    counts = Counter(n for n in lengths if SHORTEST <= n <= LONGEST)
    if not counts:
        return None
    width = max(counts, key=lambda n: (sum(counts[n - less] for less in range(RAGGED)), n))
    together = sum(counts[width - less] for less in range(RAGGED))
    long = sum(n >= SHORTEST for n in lengths)
    return width if together >= FEWEST and together >= SHARE * long else None


def looks_broken(items: Sequence[Item], full: int) -> bool:
    """Most full lines end in the middle of a sentence, and hardly any line is longer."""
    texts = [item.text.strip() for item in items if isinstance(item, Paragraph)]
    whole = [text for text in texts if full - RAGGED < len(text) <= full + 1]
    longer = sum(len(text) > full + RAGGED for text in texts)
    cut = sum(not ENDS.search(text) for text in whole)
    return cut > len(whole) / 2 and longer <= len(texts) * (1 - SHARE) / 4


def is_full(paragraph: Paragraph, full: int) -> bool:
    return full - RAGGED < len(paragraph.text.strip()) and paragraph.align not in {"center", "right"}


def continues(paragraph: Paragraph) -> bool:
    """Neither indented nor counted nor set apart."""
    text = paragraph.text
    apart = paragraph.label or paragraph.outline or paragraph.bold or paragraph.align in {"center", "right"}
    indented = re.match(r"\u3000|\s{2,}", text)
    return bool(text.strip()) and not (apart or indented or paragraph.pictures or OPENS.match(text.strip()))
