"""The pages readers get, one of each template: the one table the tests over all of them go by."""

from __future__ import annotations

from typing import Any

import pytest

__all__ = ["BAKED", "ISSUE", "PAGES", "PHOTO_STORY", "REPORT", "besides"]

ISSUE = "/issues/2026/9/"
#: Has a table, notes, a figure and a group author.
REPORT = ISSUE + "three-gauges-thirty-years/"
PHOTO_STORY = ISSUE + "qingputan-dawn-market/"
#: What stands in the edition as a file, and so in its bundle.
BAKED = {
    "home": "/",
    "issue": ISSUE,
    "article": ISSUE + "last-ferry-at-six/",
    "report": REPORT,
    "photo-story": PHOTO_STORY,
    "archive": "/issues/",
    "index": "/issues/2026/index/",
    "sections": "/sections/",
    "section": "/sections/focus/",
    "all-series": "/series/",
    "series": "/series/bai-zhu-he-shang-su/",
    "author": "/authors/gu-xiao-chuan/",
    "about": "/about/",
    "contribute": "/contribute/",
    "corrections": "/corrections/",
    "offline": "/offline/",
}
#: Those, and what the house answers to one reader.
PAGES = {
    **BAKED,
    "search": "/search/",
    "hits": "/search/?q=船",
    "no-hits": "/search/?q=量子纠缠态",
    "most-read": "/most-read/",
    "lost": "/nothing/here/",
    "members": "/members/",
}


def besides(*parameters: Any) -> list[Any]:
    """Parameters of a matrix that are tried with the tests that take long: others say nearly as much."""
    rows = (one if isinstance(one, tuple) else (one,) for one in parameters)
    return [pytest.param(*row, marks=pytest.mark.slow) for row in rows]
