"""Signatures of letters: who signs under, or at the end of, a complete text."""

from __future__ import annotations

import re

from ..manuscript import BlockKind
from .bylines import parse_byline
from .chunks import Chunk
from .wording import Ending, ending

__all__ = ["closes_with_date", "ends_signed", "signs_a_letter"]

_DATE_LINE = re.compile(r"[\d一二三四五六七八九十〇]\s*[月日]")
_SIGNED = re.compile(
    "[。！？?!”][ \u3000]*(?:读者|网友|听众|观众|一?职工)[ \u3000]+"
    "[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,4}$"
)


def ends_signed(text: str) -> bool:
    """``…请问我能要求补偿吗？读者　某某``: the letter ends here though no full stop follows."""
    return _SIGNED.search(text) is not None


def closes_with_date(text: str, after: Chunk | None) -> bool:
    """A name with a date below it closes a letter."""
    byline = parse_byline(text)
    return bool(
        byline
        and byline.certainty >= 0.8
        and after
        and _DATE_LINE.search(after.text)
        and len(after.text) <= 24
    )


def signs_a_letter(chunk: Chunk, before: Chunk | None, chunks: list[Chunk]) -> bool:
    """``某厂　某某`` under a complete text, in an article of several letters signed this way."""
    if before is None or not before.is_text or ending(before.text) is not Ending.FINAL:
        return False
    return _signed_with_unit(chunk) and sum(_signed_with_unit(c) for c in chunks) >= 2


def _signed_with_unit(chunk: Chunk) -> bool:
    if not 5 <= len(chunk.text) <= 24 or chunk.kind not in (BlockKind.PARAGRAPH, BlockKind.BYLINE):
        return False
    byline = parse_byline(chunk.text)
    return byline is not None and byline.certainty >= 0.8 and all(a.affiliation for a in byline.authors)
