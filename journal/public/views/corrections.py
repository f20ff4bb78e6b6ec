"""Corrections and take-downs: every dated notice in one place, the newest first."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from articles.models import Erratum, Issue
from articles.workflow import Stage
from journal.public.answer import page, reader_page
from journal.public.paging import page_of

__all__ = ["corrections", "notices_in"]

ON_LINE = (Stage.PUBLISHED, Stage.RETRACTED)


def notices_in(issues: QuerySet[Issue]) -> QuerySet[Erratum]:
    """The notices of what stands or stood in these issues; the texts stay in the database."""
    found = Erratum.objects.filter(article__issue__in=issues, article__stage__in=ON_LINE)
    return found.select_related("article__issue").defer("article__body", "article__raw_body")


@reader_page
def corrections(request: HttpRequest, number: int = 1) -> HttpResponse:
    notices = notices_in(Issue.objects.for_everyone()).order_by("-at", "-pk")
    paged = page_of(notices, number, "public:corrections", [])
    context = {
        "room": "about",
        "paged": paged,
        "notices": list(paged.page.object_list),
        "canonical": paged.here,
    }
    response = page(request, "public/corrections.html", context)
    if paged.older:
        response.headers["Link"] = f'<{paged.older}>; rel="next"'
    return response
