"""A page's addresses in a bundle: what is there stays, a feed is named by its file, the rest is the house's.

Pages are baked for a house with a server behind it: the way in, a submission, a comment. In a bundle nobody
answers there, so such an address is made one of the house itself (``SITE_URL``), where somebody does. What
a script would fetch from the house (``data-`` addresses: visits counted, most read) it is not told of.
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
DATA = re.compile(r'\sdata-[\w-]+(?:="([^"]*)")?')


def carried(page: str, files: Collection[str]) -> str:
    """The page as it stands in a bundle that holds ``files`` (paths without a leading slash)."""
    return TAG.sub(lambda tag: carried_tag(tag[0], files), page)


def carried_tag(tag: str, files: Collection[str]) -> str:
    if any(value.startswith("/") and not is_there(value, files) for value in DATA.findall(tag)):
        tag = DATA.sub("", tag)
    return ADDRESS.sub(lambda match: match[1] + led(match[2], files), tag)


def is_there(place: str, files: Collection[str]) -> bool:
    name = re.split("[?#]", place)[0].lstrip("/")
    return name in files or f"{name}index.html" in files


def led(place: str, files: Collection[str]) -> str:
    """Where an address of the page leads in the bundle."""
    path, rest = re.fullmatch(r"([^?#]*)(.*)", place, re.DOTALL).groups()  # type: ignore[union-attr]
    if is_there(path, files):
        return place
    if f"{path.lstrip('/')}index.atom" in files:
        return f"{path}index.atom{rest}"
    return escape(settings.SITE_URL) + place
