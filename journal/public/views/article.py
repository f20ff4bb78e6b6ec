"""One article, and its citation as a small file."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse

from articles.contents import neighbours, series_of
from articles.credits import credits_of, members_of
from articles.models import Article, Byline, Erratum, Issue, Journal, MastheadLine
from articles.related import related_to
from articles.series import code_of
from articles.workflow import Stage
from journal.public import cite
from journal.public.answer import for_whom, issue_for, journal_now, page, reader_page, room_of
from journal.public.comments import comments_under
from journal.public.metadata import JsonLd, article_ld, article_metas, description_of
from journal.security import reader_of

__all__ = ["article", "citation"]

RESPONSIBLE_EDITOR = "责任编辑"  # the masthead's own word


@reader_page
def article(request: HttpRequest, year: int, number: str, code: str) -> HttpResponse:
    issue, found = find(request, year, number, code)
    if found is None:
        return taken_down(request, issue, code)
    journal = journal_now()
    figures = list(found.figures.all())
    picture = figures[0] if figures else None
    errata = sorted(found.errata.all(), key=lambda erratum: erratum.at)
    context = {
        "journal": journal,
        "room": room_of(issue),
        "issue": issue,
        "article": found,
        "credits": credits_of(found),
        "groups": [
            (byline, members)
            for byline in found.bylines.all()
            if (members := members_of(byline.author, map(str, found.closing_notes)))
        ],
        "editors": responsible_editors(issue),
        "errata": errata,
        "comments": comments_under(found, journal),
        "for_whom": for_whom(issue),
        "citation": cite.gb_t_7714(found, journal),
        "citation_online": cite.gb_t_7714_online(found, journal),
        "formats": list(cite.FORMATS),
        "canonical": found.get_absolute_url(),
        "description": description_of(found),
        "metas": article_metas(found, journal, picture),
        "structured": JsonLd(article_ld(found, journal, picture)),
        **around(issue, found),
    }
    return page(request, "public/article.html", context)


def find(request: HttpRequest, year: int, number: str, code: str) -> tuple[Issue, Article | None]:
    """The issue, and the article this reader may open in it. Raises as ``issue_for`` does."""
    issue = issue_for(request, year, number)
    bylines = Byline.objects.select_related("author").order_by("position")
    found = (
        Article.objects.readable_by(reader_of(request))
        .filter(issue=issue, code=code)
        .select_related("section")
        .prefetch_related(
            Prefetch("bylines", queryset=bylines), "bylines__author__members__author", "figures", "errata"
        )
        .first()
    )
    if found is not None:
        found.issue = issue
    return issue, found


def around(issue: Issue, article: Article) -> dict[str, Any]:
    """What stands before and after it in the issue, and the other parts of its serial: the same for all who
    may open it."""
    readable = Article.objects.readable_with(issue.effective_visibility).defer("body", "raw_body")
    in_order = list(readable.filter(issue=issue).in_page_order())
    before, after = neighbours(article, in_order)
    for other in (before, after):
        if other is not None:
            other.issue = issue
    parts = readable.filter(series=article.series).select_related("issue") if article.series else []
    series = series_of(article, parts)
    return {
        "before": before,
        "after": after,
        "series": series,
        "series_code": code_of(article.series) if series else "",
        "related": related(article),
    }


def related(article: Article) -> list[Article]:
    """The articles the rule of ``articles.related`` finds, in its order."""
    keys = related_to(article)
    bylines = Byline.objects.select_related("author").order_by("position")
    found = Article.objects.filter(pk__in=keys).defer("body", "raw_body").select_related("issue")
    by_key = {other.pk: other for other in found.prefetch_related(Prefetch("bylines", queryset=bylines))}
    return [by_key[key] for key in keys]


def responsible_editors(issue: Issue) -> list[str]:
    line = MastheadLine.objects.filter(issue=issue, label=RESPONSIBLE_EDITOR).first()
    return [str(name) for name in line.values] if line else []


def taken_down(request: HttpRequest, issue: Issue, code: str) -> HttpResponse:
    """The dated notice that stands where an article was; its text is no longer shown."""
    notices = Erratum.objects.filter(kind=Erratum.Kind.RETRACTION).order_by("at")
    gone = (
        Article.objects.filter(stage=Stage.RETRACTED, issue=issue, code=code)
        .defer("body", "raw_body")
        .prefetch_related(Prefetch("errata", queryset=notices, to_attr="dated_notices"))
        .first()
    )
    if gone is None or not gone.dated_notices:
        raise Http404
    return page(request, "public/taken_down.html", {"room": room_of(issue), "issue": issue, "article": gone})


@reader_page
def citation(
    request: HttpRequest, year: int, number: str, code: str, cited: str, ending: str
) -> HttpResponse:
    """``<code>.bib`` or ``<code>.ris`` beside the article."""
    if cited != code or ending not in cite.FORMATS:
        raise Http404
    _, found = find(request, year, number, code)
    if found is None:
        raise Http404
    write, kind = cite.FORMATS[ending]
    journal: Journal = journal_now()
    return HttpResponse(
        write(found, journal),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{code}.{ending}"'},
    )
