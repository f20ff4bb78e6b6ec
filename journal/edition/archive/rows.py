"""The rows of an issue that is out, as its archive holds them. Reads; never writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db.models import QuerySet

from articles.models import Article, Author, Erratum, Figure, Issue, Journal, MastheadLine, Section
from articles.stages import Stage
from journal.issue_archive import (
    Archived,
    ArchivedArticle,
    ArchivedAuthor,
    ArchivedByline,
    ArchivedFigure,
    ArchivedIssue,
    ArchivedJournal,
    ArchivedLine,
    ArchivedMember,
    ArchivedNotice,
    ArchivedSection,
)

__all__ = ["rows_of"]

T = TypeVar("T")
#: Of an article that was taken down only its head is carried; readers are shown no more.
TAKEN_DOWN = {"abstract": "", "body": "", "keywords": (), "closing_notes": (), "figures": ()}


def rows_of(issue: Issue, *, originals: bool = False) -> Archived:
    """Everything readers' pages of the issue are made of; about 15 queries, however long it is."""
    articles = list(articles_of(issue))
    sections = Section.objects.filter(articles__in=articles).distinct().order_by("pk")
    return Archived(
        journal=taken(ArchivedJournal, Journal.objects.current()),
        issue=issue_row(issue, originals),
        sections=tuple(taken(ArchivedSection, section) for section in sections),
        authors=tuple(author_row(author) for author in authors_of(articles)),
        articles=tuple(article_row(article, originals) for article in articles),
    )


def articles_of(issue: Issue) -> QuerySet[Article]:
    """What came out in the issue, in the order it was written."""
    out = issue.articles.filter(stage__in=[Stage.PUBLISHED, Stage.RETRACTED]).order_by("pk")
    return out.select_related("section").prefetch_related("bylines__author", "figures", "errata")


def authors_of(articles: Iterable[Article]) -> Iterator[Author]:
    """Whoever signs one of them, and the members of a group that does, those of its groups, too."""
    wanted = {byline.author_id for article in articles for byline in article.bylines.all()}
    more = wanted
    while more:
        members = Author.objects.filter(memberships__group__in=more).values_list("pk", flat=True)
        more = set(members) - wanted
        wanted |= more
    yield from Author.objects.filter(pk__in=wanted).order_by("pk").prefetch_related("members__author")


def taken(kind: type[T], row: Any, **given: Any) -> T:
    """The fields of ``kind`` as ``row`` has them, but for those ``given``."""
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: given[name] if name in given else plain(getattr(row, name)) for name in names})


def plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def issue_row(issue: Issue, originals: bool) -> ArchivedIssue:
    assert issue.published_at is not None  # it is out
    lines = MastheadLine.objects.filter(issue=issue).order_by("position", "pk")
    figures = Figure.objects.filter(issue=issue).order_by("position", "pk")
    return taken(
        ArchivedIssue,
        issue,
        visibility=str(issue.effective_visibility),
        masthead=tuple(taken(ArchivedLine, line) for line in lines),
        figures=tuple(figure_row(figure, originals) for figure in figures),
    )


def author_row(author: Author) -> ArchivedAuthor:
    members = sorted(author.members.all(), key=lambda member: (member.position, member.pk))
    rows = tuple(ArchivedMember(member.author.code, member.role, member.position) for member in members)
    return taken(ArchivedAuthor, author, members=rows)


def article_row(article: Article, originals: bool) -> ArchivedArticle:
    bylines = sorted(article.bylines.all(), key=lambda byline: byline.position)
    figures = sorted(article.figures.all(), key=lambda figure: (figure.position, figure.pk))
    errata = sorted(article.errata.all(), key=lambda erratum: (erratum.at, erratum.pk))
    hidden = TAKEN_DOWN if article.stage == Stage.RETRACTED else {}
    rows: dict[str, Any] = {
        "section": article.section.code if article.section else "",
        "bylines": tuple(taken(ArchivedByline, byline, author=byline.author.code) for byline in bylines),
        "figures": tuple(figure_row(figure, originals) for figure in figures),
        "notices": tuple(notice_row(erratum) for erratum in errata),
    }
    return taken(ArchivedArticle, article, **{**rows, **hidden})


def notice_row(erratum: Erratum) -> ArchivedNotice:
    return taken(ArchivedNotice, erratum)


def figure_row(figure: Figure, originals: bool) -> ArchivedFigure:
    """Without the private original its sender's name for it stays here as well."""
    kept = originals and bool(figure.original)
    return taken(
        ArchivedFigure,
        figure,
        image=str(figure.image.name),
        original=str(figure.original.name) if kept else "",
        original_name=figure.original_name if kept else "",
    )
