"""The contents page as plain text, after GB/T 13417-2009 (contents lists of periodicals).

What the standard wants, as far as its published summaries go: above the list the journal's name, year,
number and date, and the heading 目次; an entry of title (with its subtitle), everybody who answers for it,
and the page it begins on, title and people joined by dots; sections as headings, entries in the order of the
pages; a serial marked 待续 or 续完 in brackets behind its title; pictures of the cover listed, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.edition.formats.blocks import plain
from journal.edition.formats.contract import Format, Say
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.formats.wording import dated, listed_title

__all__ = ["FORMAT"]

#: Half-width columns from the first sign of a title to the end of its page number.
WIDTH = 76
NUMBER = 4  # columns of a page number and the blank before it
LEADER = "…"
BETWEEN_NAMES = "，"
BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")


def write_contents(issue: IssueText, out: BinaryIO, say: Say) -> None:
    say(_("Writing the contents page of %(issue)s") % {"issue": issue.label})
    out.write("".join(f"{line}\n" for line in lines(issue)).encode("utf-8"))


def lines(issue: IssueText) -> Iterator[str]:
    yield from head(issue)
    for group in issue.groups:
        yield from section(group.section, group.articles)
    for story in issue.photo_stories:
        yield from section(story.section or _("Pictures"), (story,))
    yield from cover(issue)


def head(issue: IssueText) -> Iterator[str]:
    name, pinyin = issue.journal.name, issue.journal.pinyin_name
    if name:
        yield one_line("　".join(filter(None, (name, pinyin))))
    yield one_line(issue.label)
    if issue.publication_date:
        yield _("Published on %(date)s") % {"date": dated(issue.publication_date)}
    yield ""
    yield _("List of contents")


def section(name: str, articles: Iterable[ArticleText]) -> Iterator[str]:
    yield ""
    if name:
        yield one_line(name)
    for article in articles:
        yield entry(full_title(article), article.names, article.first_page)


def cover(issue: IssueText) -> Iterator[str]:
    """The picture of the cover, when it has a name or a maker."""
    if issue.cover and (issue.cover.caption or issue.cover.credit):
        yield ""
        name = "：".join(filter(None, (_("Cover"), plain(issue.cover.caption))))
        yield entry(name, (issue.cover.credit,) if issue.cover.credit else (), None)


def full_title(article: ArticleText) -> str:
    """Title, part, subtitle, and whether a serial goes on."""
    title, subtitle = listed_title(article), article.subtitle
    if subtitle and subtitle not in title:
        title += subtitle if subtitle.startswith("—") else f"：{subtitle}"
    return title + (f"（{article.series_status}）" if article.series_status else "")


def entry(title: str, names: Iterable[str], page: int | None) -> str:
    """One line, its page at the right edge unless it is too long for that; two dots at least."""
    title, people = one_line(title), one_line(BETWEEN_NAMES.join(names))
    end = f" {people}" if people else ""
    if page is not None:
        end += " " + str(page).rjust(NUMBER - 1)
    elif not people:
        return title
    free = WIDTH - columns(title) - columns(end) - 1
    dots = LEADER * max(free // columns(LEADER), 2)
    return f"{title} {dots}{' ' * (free % 2)}{end}"


def one_line(text: str) -> str:
    return BREAKS.sub(" ", text)


def columns(text: str) -> int:
    """How wide it stands in a Chinese font of fixed width, where doubtful signs are wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


FORMAT = Format(
    "contents",
    gettext_lazy("contents page"),
    "txt",
    "text/plain; charset=utf-8",
    issue=write_contents,
    texts=False,
)
