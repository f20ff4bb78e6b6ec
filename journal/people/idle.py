"""A session ends when nobody has been at work for its time; what a page does by itself is not work."""

from __future__ import annotations

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

__all__ = ["IdleSessions", "sent_by_itself"]


def sent_by_itself(request: HttpRequest) -> None:
    """Say that nobody pressed anything: this request does not make the session last any longer."""
    request.sent_by_itself = True  # type: ignore[attr-defined]


class IdleSessions(SessionMiddleware):
    """Renews the session with every request but those an open page sends by itself."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if getattr(request, "sent_by_itself", False) and not request.session.modified:
            return response
        return super().process_response(request, response)
