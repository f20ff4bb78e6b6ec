"""In through the private link to an issue that is not out yet, and out again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from journal.edition.preview import COOKIE, HEADERS, find_by_key, ticket_for

__all__ = ["enter", "leave"]

HOURS = 12


def quietly(to: Any) -> HttpResponse:
    """A redirect nobody keeps, finds or tells of."""
    response = redirect(to)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


@require_safe
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """To the contents of the issue, with a ticket for the pages behind it.

    An issue that has come out needs none. 404 for any other key, a closed one like one that never was.
    """
    issue = find_by_key(key)
    if issue is None:
        raise Http404
    response = quietly(issue)
    if not issue.is_out:
        response.set_cookie(
            COOKIE,
            ticket_for(issue),
            max_age=HOURS * 3600,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the ticket. A plain link will do: it changes nothing but what this browser keeps."""
    response = quietly("public:home")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response
