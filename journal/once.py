"""A page asks for the journal in many places; while a request changes nothing it is read once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from articles.models import Journal

__all__ = ["JournalReadOnce"]

SAFE = ("GET", "HEAD")


class JournalReadOnce:
    """Whatever may change something reads for itself, so that it never decides by what was read earlier."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        with Journal.objects.read_once():
            return self.get_response(request)
