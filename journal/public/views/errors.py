"""Pages for what went wrong; they stand even when the database does not."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext
from django.views.csrf import csrf_failure as plain_csrf_failure

from articles.models import Journal
from articles.models.journal import Visibility
from journal.public.answer import journal_now
from journal.public.dressing import put_on
from journal.public.views.comments import comment_again
from journal.variants import variant_of

__all__ = ["csrf_failure", "forbidden", "not_found", "server_error"]

logger = logging.getLogger(__name__)


def error_page(request: HttpRequest, template: str, status: int, context: dict[str, object]) -> HttpResponse:
    variant = variant_of(request.path_info)
    with translation.override(variant.language):
        try:
            journal = journal_now()
        except DatabaseError:
            logger.exception("the journal's name could not be read for an error page")
            journal = Journal(name=gettext("Kanwu"))
        response = render(request, template, {"journal": journal, "room": "", **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    dressed: HttpResponse = put_on(response, variant)
    return dressed


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, "404.html", 404, {})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says why, and leads those who are not signed in to the door and back here."""
    query = urlencode({"next": request.get_full_path()})
    context = {
        "reason": str(exception),
        "kept_inside": getattr(exception, "visibility", "") == Visibility.INSIDE,
        "signed_in": getattr(request, "user", AnonymousUser()).is_authenticated,
        "login": f"{resolve_url(settings.LOGIN_URL)}?{query}",
    }
    return error_page(request, "403.html", 403, context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is of another session. A comment comes back with a new token, to be sent once more."""
    asked = resolve(request.path_info)
    if asked.url_name == "comment":
        return comment_again(request, **asked.kwargs)
    return plain_csrf_failure(request, reason)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, "500.html", 500, {})
