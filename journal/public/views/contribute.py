"""How to contribute, and what is being asked for now."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from articles.models import Call, Journal
from journal.public.answer import page, reader_page
from journal.public.prose import parts_of

__all__ = ["contribute"]


@reader_page
def contribute(request: HttpRequest) -> HttpResponse:
    """The office's own words where it has written some; the same for everybody and on every day."""
    calls: list[Any] = list(Call.objects.filter(shown=True))
    context = {
        "room": "contribute",
        "parts": parts_of(Journal.objects.current().contributing),
        "calls": [(call, parts_of(call.text)) for call in calls],
        "canonical": "/contribute/",
    }
    return page(request, "public/contribute.html", context)
