"""Word: an article, or the whole issue for the printer, as paragraphs with named styles anybody can change.

The parts of the file are written as Word's schema has them; words of authors only ever become ``w:t``.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.edition.formats.contract import Format, Say
from journal.edition.formats.text import ArticleText, IssueText

from .article import article
from .book import Book, Spot
from .issue import contents, cover, imprint, placed
from .markup import w
from .pictures import EMU
from .settings import A4, TRIM, section
from .styles import TEXT_WIDTH

__all__ = ["FORMAT"]


def write_article(text: ArticleText, issue: IssueText, out: BinaryIO, say: Say) -> None:
    """One article on A4, the section and the issue over each page."""
    book = Book.new(text.title_line, issue, text)
    body = list(article(book, text, spot_of(book, text)))
    last = section(A4, header=book.header(text.section, issue.title), footer=book.footer)
    finish(book, [*body, last], out)


def write_issue(issue: IssueText, out: BinaryIO, say: Say) -> None:
    """The issue at its trimmed size, each article on a page of its own, notes counted anew in each."""
    book = Book.new(issue.title, issue, *issue.articles)
    spot = Spot(book.document, issue.label, TEXT_WIDTH * EMU)
    body = [*cover(book, issue, spot), *imprint(issue), *contents(issue)]
    last = section(TRIM, header=book.header("", issue.title), footer=book.footer, bare_first=True)
    for text in issue.articles:
        say(_("Writing %(place)s.") % {"place": text.place})
        close(body, last)
        body += placed(book, text, spot_of(book, text))
        last = section(TRIM, header=book.header(text.section, issue.title), footer=book.footer)
    finish(book, [*body, last], out)


def spot_of(book: Book, text: ArticleText) -> Spot:
    return Spot(book.document, text.place, TEXT_WIDTH * EMU)


def close(body: list[Any], section: Any) -> None:
    """End a section: its properties hang on its last paragraph."""
    if not body[-1].tag.endswith("}p"):
        body.append(w("p", w("pPr")))
    body[-1][0].append(section)


def finish(book: Book, body: list[Any], out: BinaryIO) -> None:
    book.document.root = w("document", w("body", *body))
    book.package.write(out)


FORMAT = Format(
    name="docx",
    label=gettext_lazy("Word"),
    ending="docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    issue=write_issue,
    article=write_article,
)
