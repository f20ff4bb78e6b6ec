"""The navigation document: contents, landmarks, and the pages of the printed issue."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from journal.edition.formats.epub.book import Book, Entry, Item, file_of
from journal.edition.formats.epub.markup import element, page
from journal.edition.formats.text import ArticleText
from journal.edition.formats.wording import listed_title

__all__ = ["add_navigation", "nested", "sections"]


def add_navigation(book: Book, title: str) -> None:
    """Last of all, when every place is known."""
    pages = [Entry(str(number), place) for number, place in book.pages.items()]
    content = [
        nav("toc", _("Contents"), entries(book.contents)),
        nav("page-list", _("Pages of the printed issue"), entries(pages), hidden=True) if pages else None,
        nav("landmarks", _("Landmarks"), landmarks(book), hidden=True) if book.landmarks else None,
    ]
    book.add(Item("nav.xhtml", page(title, *content, class_="navigation"), properties="nav"))


def nav(kind: str, title: str, listed: Any, *, hidden: bool = False) -> Any:
    return element(
        "nav",
        element("h1" if kind == "toc" else "h2", title, id=kind),
        listed,
        epub_type=kind,
        role="doc-toc" if kind == "toc" else "doc-pagelist" if kind == "page-list" else None,
        aria_labelledby=kind,
        hidden="hidden" if hidden else None,
    )


def entries(listed: list[Entry]) -> Any:
    return element("ol", [line(entry) for entry in listed])


def line(entry: Entry) -> Any:
    named = element("a", entry.words, href=entry.href) if entry.href else element("span", entry.words)
    return element("li", named, entries(entry.below) if entry.below else None)


def landmarks(book: Book) -> Any:
    places = [
        element("li", element("a", entry.words, href=entry.href, epub_type=kind))
        for kind, entry in book.landmarks
    ]
    return element("ol", places)


def sections(articles: tuple[ArticleText, ...]) -> list[Entry]:
    """The articles as they are read, neighbours of a section below its name."""
    listed: list[Entry] = []
    for section, run in groupby(articles, key=lambda article: article.section):
        found = [Entry(listed_title(article), file_of(article)) for article in run]
        listed += [Entry(section, below=found)] if section else found
    return listed


def nested(headings: list[tuple[int, Entry]]) -> list[Entry]:
    """Headings of an article as a tree: each below the nearest higher one before it."""
    top: list[Entry] = []
    open_: list[tuple[int, Entry]] = []
    for level, entry in headings:
        while open_ and open_[-1][0] >= level:
            open_.pop()
        (open_[-1][1].below if open_ else top).append(entry)
        open_.append((level, entry))
    return top
