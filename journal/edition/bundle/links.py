"""A page's addresses in the bundle: what is there stays, a feed is named by its file, the rest is the house's.

Pages are baked for a house with a server behind it: the way in, a submission, a comment. In a bundle nobody
answers there, so such an address is made one of the house itself (``SITE_URL``), where somebody does.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape

from django.conf import settings

__all__ = ["carried"]

# Our pages come from templates and from the cleaner: every value in double quotes, no "<" bare in a text.
TAG = re.compile(r'<[a-zA-Z][^\s<>/]*(?:\s+[^\s<>="/]+(?:="[^"]*")?)*\s*/?>')
ADDRESS = re.compile(r'(\s(?:href|src|action|formaction|poster)=")(/[^/"][^"]*|/)(?=")')


def carried(page: str, files: Collection[str]) -> str:
    """The page as it stands in a bundle that holds ``files`` (paths without a leading slash)."""

    def address(match: re.Match[str]) -> str:
        return match[1] + led(match[2], files)

    return TAG.sub(lambda tag: ADDRESS.sub(address, tag[0]), page)


def led(place: str, files: Collection[str]) -> str:
    """Where an address of the page leads in the bundle."""
    path, rest = re.fullmatch(r"([^?#]*)(.*)", place, re.DOTALL).groups()  # type: ignore[union-attr]
    name = path.lstrip("/")
    if name in files or f"{name}index.html" in files:
        return place
    if f"{name}index.atom" in files:
        return f"{path}index.atom{rest}"
    return escape(settings.SITE_URL) + place
