"""Lines that are a date and nothing else."""

from __future__ import annotations

import re

from journal.intake.article_page.dates import find_date

__all__ = ["is_date"]

DATE_LINE = re.compile(
    r"[（(]?\s*(?:[\d〇○零一二三四五六七八九十]{2,4}\s*[年./-])?.{1,12}[日号\d月]\s*[）)]?"
)


def is_date(text: str) -> bool:
    """A line that is a date and nothing else."""
    bare = text.strip("（）() \u3000")
    if len(bare) > 24 or not DATE_LINE.fullmatch(bare):
        return False
    found = find_date(bare)
    return found is not None and len(bare) - (found.end - found.start) <= 6
