"""The order of the parts before anything is set, and columns and size of the articles."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from journal.edition.formats.blocks import Table, inlines_in, plain
from journal.edition.formats.text import ArticleText, IssueText

__all__ = ["Part", "columns_of", "length_of", "parts_of", "set_large"]

#: Signs up to which an article counts as short, and up to which it fills a page when it is set large.
SHORT, ONE_PAGE = 1500, 1200
CONTENTS, MASTHEAD = ("目次", "目录"), ("版权", "编委")
FRONT = 2  # pages contents and masthead are expected to take

Kind = Literal["contents", "masthead", "reserved", "articles"]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of pages; ``number`` is set where the count of pages begins."""

    kind: Kind
    articles: tuple[ArticleText, ...] = ()
    words: str = ""
    number: int | None = None
    bare: bool = False  # counted apart, without folio


def parts_of(issue: IssueText) -> list[Part]:
    """Articles in their order, the pages between them that carry something else where they were planned.

    Pages flow: a part begins where the one before it ends. Contents and masthead stand on the pages named for
    them, else before the first article or in the first gap of the plan, else in front, counted apart.
    """
    placed = [(page, part) for page, part in fixed_parts(issue)]
    runs = [(runs_from(run), Part("articles", run)) for run in runs_of(issue)]
    if not any(part.kind == "contents" for _page, part in placed):
        page = page_for_front(issue)
        if all(at is None for at, _part in runs):
            return [Part("contents", number=1), Part("masthead"), *merged(placed, runs)]
        if page is None:
            first = next((at for at, _part in runs if at is not None), 1)
            front = [Part("contents", number=1, bare=True), Part("masthead", bare=True)]
            return [*front, *merged(placed, runs, number=first)]
        placed += [(page, Part("contents")), (page + 1, Part("masthead"))]
    planned = [page for page, _part in (*placed, *runs) if page is not None]
    return merged(placed, runs, number=min(planned, default=1))


def merged(
    placed: list[tuple[int, Part]], runs: list[tuple[int | None, Part]], *, number: int | None = None
) -> list[Part]:
    """Both by their pages, an article without a page behind the one before it; the first has ``number``."""
    waiting, ordered = sorted(placed, key=lambda row: row[0]), []
    for page, run in runs:
        while page is not None and waiting and waiting[0][0] < page:
            ordered.append(waiting.pop(0)[1])
        ordered.append(run)
    ordered += [part for _page, part in waiting]
    if not ordered:
        return []
    first = ordered[0]
    return [Part(first.kind, first.articles, first.words, number), *ordered[1:]]


def fixed_parts(issue: IssueText) -> list[tuple[int, Part]]:
    """The pages the plan names; the masthead takes a second page of contents unless it has its own."""
    named = sorted(issue.fixed_pages.items())
    contents = [page for page, words in named if any(word in words for word in CONTENTS)]
    mastheads = [page for page, words in named if any(word in words for word in MASTHEAD)]
    if contents and not mastheads:
        mastheads = [contents[1] if len(contents) > 1 else contents[0]]
    others = [(p, Part("reserved", words=w)) for p, w in named if p not in (*contents, *mastheads)]
    front = [(page, Part("contents")) for page in contents[:1]]
    return [*front, *((page, Part("masthead")) for page in mastheads[:1]), *others]


def page_for_front(issue: IssueText) -> int | None:
    """The first page of contents and masthead where the plan leaves room for them."""
    taken = sorted((a.first_page, a.last_page or a.first_page) for a in issue.articles if a.first_page)
    if taken and taken[0][0] > 1:
        return max(1, taken[0][0] - FRONT)
    for (_first, last), (following, _end) in pairwise(taken):
        if following - last > FRONT:
            return last + 1
    return None


def runs_of(issue: IssueText) -> list[tuple[ArticleText, ...]]:
    """Articles that share pages stand together; every other one begins a page."""
    runs: list[tuple[ArticleText, ...]] = []
    for article in issue.articles:
        if runs and share_pages(runs[-1][-1], article, issue):
            runs[-1] = (*runs[-1], article)
        else:
            runs.append((article,))
    return runs


def runs_from(run: tuple[ArticleText, ...]) -> int | None:
    return run[0].first_page


def share_pages(before: ArticleText, article: ArticleText, issue: IssueText) -> bool:
    """Short pieces of one section, when the plan says so; where there is none, a section of short pieces."""
    if article.section != before.section or max(length_of(before), length_of(article)) > SHORT:
        return False
    if article.first_page is None or before.first_page is None:
        return is_digest(article, issue)
    return article.first_page == (before.last_page or before.first_page)


def is_digest(article: ArticleText, issue: IssueText) -> bool:
    pieces = [each for each in issue.articles if each.section == article.section and each.section]
    return len(pieces) >= 3 and all(length_of(each) <= SHORT and not each.photo_story for each in pieces)


def columns_of(article: ArticleText, run: tuple[ArticleText, ...]) -> int:
    """Three columns for short pieces that stand on one page together, as digests are printed; else two."""
    return 3 if len(run) > 1 and length_of(article) <= SHORT else 2


def set_large(article: ArticleText) -> bool:
    """A text of one page is set in larger type, so that it fills its page."""
    planned_longer = article.first_page != (article.last_page or article.first_page)
    tables = any(isinstance(block, Table) for block in article.blocks)
    return length_of(article) <= ONE_PAGE and not (planned_longer or tables or article.photo_story)


def length_of(article: ArticleText) -> int:
    """Signs of its text, without notes."""
    return len(plain(tuple(inlines_in(article.blocks))))
