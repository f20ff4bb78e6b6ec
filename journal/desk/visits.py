"""Visits at the desk: how often issues and articles were read, by month, for the office's reports.

The figures are all there is: who read is not stored. What only some may read is counted here as well.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article, Issue, VisitDay
from articles.visits.figures import in_days
from journal.desk.life_views import Echo, as_text

__all__ = ["visit_urls"]

SEE = "articles.view_article"
PAGE, MOST_ISSUES, MOST_MONTHS = 50, 24, 36


@dataclass(frozen=True)
class Asked:
    """Which figures: a month (its first day; ``None``: all time) and an issue (``None``: all)."""

    month: date | None
    issue: Issue | None

    @property
    def rows(self) -> QuerySet[Any]:
        last = self.month and (self.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        rows = in_days(self.month, last)
        return rows if self.issue is None else rows.filter(article__issue=self.issue)

    @property
    def query(self) -> str:
        """As it stands in an address."""
        month, issue = self.month and self.month.strftime("%Y-%m"), self.issue and self.issue.pk
        return urlencode({key: value for key, value in (("month", month), ("issue", issue)) if value})


def visit_urls(site: Any) -> list[Any]:
    return [
        path("visits/", site.admin_view(partial(visits, site=site)), name="visits"),
        path("visits.csv", site.admin_view(visits_csv), name="visits_csv"),
    ]


def asked_by(request: HttpRequest) -> Asked:
    """What the address asks for. A month that is none is all time; an issue that is none is not found."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    month = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", request.GET.get("month", ""))
    key = request.GET.get("issue", "")
    issue = get_object_or_404(Issue, pk=int(key)) if key.isdecimal() and len(key) < 10 else None
    return Asked(date(int(month[1]), int(month[2]), 1) if month else None, issue)


@require_safe
def visits(request: HttpRequest, *, site: Any) -> HttpResponse:
    asked = asked_by(request)
    sums = asked.rows.values("article").annotate(visits=Sum("count")).order_by("-visits", "article")
    page = Paginator(sums.values_list("article", "visits"), PAGE).get_page(request.GET.get("page"))
    context = {
        **site.each_context(request),
        "title": _("Visits"),
        "asked": asked,
        "months": list(VisitDay.objects.dates("day", "month", order="DESC")[:MOST_MONTHS]),
        "total": asked.rows.aggregate(visits=Sum("count"))["visits"] or 0,
        "issues": [] if asked.issue else of_issues(asked),
        "page": page,
        "articles": with_articles(list(page)),
    }
    return render(request, "desk/visits.html", context)


def of_issues(asked: Asked) -> list[tuple[Issue, int, int]]:
    """The newest issues that were read, with how many of their articles were, and how often."""
    sums = asked.rows.filter(article__issue__isnull=False).values("article__issue")
    sums = sums.annotate(articles=Count("article", distinct=True), visits=Sum("count"))
    newest = sums.order_by("-article__issue__year", "-article__issue__sort_number")[:MOST_ISSUES]
    rows = list(newest.values_list("article__issue", "articles", "visits"))
    issues = Issue.objects.in_bulk([key for key, _articles, _visits in rows])
    return [(issues[key], articles, visits) for key, articles, visits in rows]


def with_articles(rows: list[tuple[int, int]]) -> list[tuple[Article, int]]:
    articles = Article.objects.select_related("issue", "section").defer("body", "raw_body")
    found = articles.in_bulk([key for key, _visits in rows])
    return [(found[key], visits) for key, visits in rows]


@require_safe
def visits_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same figures, every article, in the order of print."""
    asked = asked_by(request)
    response = StreamingHttpResponse(csv_lines(asked), content_type="text/csv; charset=utf-8")
    month = asked.month.strftime("-%Y-%m") if asked.month else ""
    response["Content-Disposition"] = f'attachment; filename="visits{month}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def csv_lines(asked: Asked) -> Iterator[str]:
    """A table a spreadsheet opens as text: no cell is a formula."""
    write = csv.writer(Echo()).writerow
    head = [_("Issue"), _("Section"), _("Title"), _("Authors"), _("Page"), _("permanent code"), _("Visits")]
    yield "\ufeff" + write(head)
    for article in read_articles(asked).iterator(chunk_size=2000):
        names = " ".join(byline.name for byline in article.bylines.all())
        cells = [
            str(article.issue or ""),
            article.section.name if article.section else "",
            article.title_line,
        ]
        cells += [names, str(article.first_page or ""), article.code, str(article.visits_then)]
        yield write([as_text(cell) for cell in cells])


def read_articles(asked: Asked) -> Any:
    """The articles that were read, with ``visits_then``."""
    own = asked.rows.filter(article=OuterRef("pk")).order_by().values("article")
    read = Article.objects.filter(pk__in=asked.rows.values("article")).select_related("issue", "section")
    read = read.defer("body", "raw_body").prefetch_related("bylines__author")
    read = read.annotate(visits_then=Subquery(own.annotate(sum=Sum("count")).values("sum")))
    return read.order_by("-issue__year", "-issue__sort_number", "first_page", "pk")
