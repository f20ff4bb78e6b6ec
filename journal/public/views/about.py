"""About the journal: what it is, who makes it, where to write."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Issue
from journal.public.answer import page, reader_page

__all__ = ["about"]


@reader_page
def about(request: HttpRequest) -> HttpResponse:
    """The masthead is that of the newest issue everybody may open."""
    newest = Issue.objects.for_everyone().newest_first().first()
    masthead = list(newest.masthead.all()) if newest else []
    context = {"room": "about", "issue": newest, "masthead": masthead, "canonical": "/about/"}
    return page(request, "public/about.html", context)
