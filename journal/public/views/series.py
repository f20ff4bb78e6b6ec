"""Serials: every series with its parts in the order they came out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.series import codes, named
from journal.public.answer import page, reader_page
from journal.public.listing import for_lists

__all__ = ["Serial", "all_series", "parts_of", "series"]


@dataclass
class Serial:
    """One series in the list: how many parts everybody may read, from which year to which."""

    name: str
    code: str
    count: int
    first: int
    last: int


def parts_of(name: str) -> ArticleQuerySet:
    """What everybody may read of a series, in the order it came out."""
    found = Article.objects.for_everyone().filter(series=name)
    return found.order_by("issue__year", "issue__sort_number", "first_page", "position", "pk")


@reader_page
def all_series(request: HttpRequest) -> HttpResponse:
    """The series, the one with the newest part first."""
    known = codes()
    rows = (
        Article.objects.for_everyone()
        .filter(series__gt="")
        .order_by()
        .values_list("series")
        .annotate(Count("pk"), Min("issue__year"), Max("issue__year"), newest=Max("published_at"))
        .order_by("-newest", "series")
    )
    found = [Serial(row[0], known[row[0]], row[1], row[2], row[3]) for row in rows]
    context = {"room": "sections", "serials": found, "canonical": reverse("public:all-series")}
    return page(request, "public/all_series.html", context)


@reader_page
def series(request: HttpRequest, code: str) -> HttpResponse:
    """One series; 404 when nothing of it is for everybody."""
    name = named(code)
    parts = list(for_lists(parts_of(name))) if name else []
    if not parts:
        raise Http404
    context = {
        "room": "sections",
        "name": name,
        "code": code,
        "articles": parts,
        "canonical": reverse("public:series", args=[code]),
    }
    return page(request, "public/series.html", context)
