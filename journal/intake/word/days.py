"""Lines that are a date and nothing else."""

from __future__ import annotations

import re

from journal.intake.article_page.dates import find_date

__all__ = ["is_date"]

DATE_LINE = re.compile(
    r"[（(]?\s*(?:[\d〇○零一二三四五六七八九十]{2,4}\s*[年./-])?.{1,12}[日号\d月]\s*[）)]?"
)

MONTH = re.compile(
    r"(?:\d{4}|[〇○零Ｏ一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?(?:[\s\u3000]*[写记]?于[\u4e00-\u9fff]{2,8})?"
)


def is_date(text: str) -> bool:
    """A line that is a date and nothing else."""
    bare = text.strip("（）() \u3000")
    if MONTH.fullmatch(bare):
        return True
    if len(bare) > 24 or not DATE_LINE.fullmatch(bare):
        return False
    found = find_date(bare)
    return found is not None and len(bare) - (found.end - found.start) <= 6
