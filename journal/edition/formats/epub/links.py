"""Where the links of a text lead once the text has left the site."""

from __future__ import annotations

import re
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from journal.edition.formats.epub.book import Book
from journal.edition.formats.text import ArticleText

__all__ = ["followed"]

#: What may stand in an address as it is; everything else is written in percent.
SAFE = "!$%&'()*+,/:;=?@~"
BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
HOST = re.compile(r"[\w.-]+(:\d+)?", re.ASCII)


def followed(href: str, book: Book, article: ArticleText) -> str:
    """The address as a book can say it, or nothing where nobody could follow it: the words stay.

    A place on our own site becomes absolute, and an article of this book the file of this book.
    """
    try:
        absolute = href if urlsplit(href).scheme else urljoin(article.address, href)
        address, fragment = urldefrag(absolute)
        outside = whole(address)
    except ValueError:  # what is no address; idna's errors are of this kind, too
        return ""
    if outside and fragment:
        outside += "#" + quoted(fragment)
    return book.addresses.get(address, outside) if href.partition("#")[0] else outside


def whole(address: str) -> str:
    """Written so that every reading system takes it; empty when it is no address to follow."""
    parts = urlsplit(address)
    if parts.scheme == "mailto":
        return quoted(address)
    host = parts.netloc.rpartition("@")[2].encode("idna").decode("ascii")
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(host):
        return ""
    return quoted(parts._replace(netloc=host).geturl())


def quoted(text: str) -> str:
    return quote(BAD_PERCENT.sub("%25", text), safe=SAFE)
