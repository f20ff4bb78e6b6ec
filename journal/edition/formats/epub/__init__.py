"""An issue or an article as EPUB 3.3."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from journal.edition.formats.contract import Format, Say
from journal.edition.formats.epub.article import add_article
from journal.edition.formats.epub.book import Book, Entry, Item, file_of
from journal.edition.formats.epub.front import add_front
from journal.edition.formats.epub.navigation import add_navigation, nested, sections
from journal.edition.formats.epub.package import CONTAINER, package
from journal.edition.formats.packed import changed, pack
from journal.edition.formats.text import ArticleText, IssueText

__all__ = ["FORMAT"]

STYLE = Path(__file__).with_name("style.css")
MIMETYPE = b"application/epub+zip"


def write_issue(issue: IssueText, out: BinaryIO, say: Say) -> None:
    book = Book(issue, issue.articles)
    add_front(book)
    for article in issue.articles:
        say(_("Writing %(place)s") % {"place": article.place})
        add_article(book, article)
    book.contents += sections(issue.articles)
    finish(book, out, issue.title)


def write_article(article: ArticleText, issue: IssueText, out: BinaryIO, say: Say) -> None:
    book = Book(issue, (article,), whole=False)
    headings = add_article(book, article)
    title = Entry(article.title_line, file_of(article), nested(headings))
    book.contents.append(title)
    book.landmarks.append(("bodymatter", title))
    finish(book, out, article.title_line, article)


def finish(book: Book, out: BinaryIO, title: str, article: ArticleText | None = None) -> None:
    """Navigation, style and package last: by now every place is known."""
    add_navigation(book, title)
    book.add(Item("style.css", STYLE.read_bytes(), "text/css"))
    parts = [
        ("mimetype", MIMETYPE),
        ("META-INF/container.xml", CONTAINER),
        ("EPUB/package.opf", package(book, article)),
        *((f"EPUB/{item.name}", item.data) for item in book.items.values()),
    ]
    pack(out, parts, changed(book.issue, *book.articles))


FORMAT = Format("epub", "EPUB", "epub", "application/epub+zip", issue=write_issue, article=write_article)
