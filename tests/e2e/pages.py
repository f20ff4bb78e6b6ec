"""The pages readers get, one of each template: the one table the tests over all of them go by."""

from __future__ import annotations

__all__ = ["BAKED", "ISSUE", "PAGES", "PHOTO_STORY", "REPORT"]

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
