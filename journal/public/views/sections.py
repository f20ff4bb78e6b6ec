"""The sections, and what each has printed."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles.models import Article, Section
from journal.public.answer import page, reader_page
from journal.public.paging import page_of
from journal.public.views.lists import list_page, newest_first

__all__ = ["section", "section_for", "sections"]


@reader_page
def sections(request: HttpRequest) -> HttpResponse:
    shown = Q(articles__in=Article.objects.for_everyone())
    counted = Section.objects.annotate(count=Count("articles", filter=shown)).order_by("position", "name")
    serials = Article.objects.for_everyone().filter(series__gt="").order_by().values("series").distinct()
    context = {
        "room": "sections",
        "here": "sections",
        "sections": counted.filter(Q(active=True) | Q(count__gt=0)),
        "serials": serials.count(),
        "canonical": "/sections/",
    }
    return page(request, "public/sections.html", context)


def section_for(code: str) -> Section:
    """A section in use, or one that has something for everybody; 404 for any other, as if it were not."""
    shown = Section.objects.filter(Q(active=True) | Q(articles__in=Article.objects.for_everyone()))
    return get_object_or_404(shown.distinct(), code=code)


@reader_page
def section(request: HttpRequest, code: str, number: int = 1) -> HttpResponse:
    found = section_for(code)
    articles = newest_first(Article.objects.for_everyone().filter(section=found))
    paged = page_of(articles, number, "public:section", [code])
    return list_page(request, "public/section.html", paged, {"room": "sections", "section": found})
