"""The floor plan: one line a room."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from journal.desk import errors as desk
from journal.public.urls import variants as public_variants
from journal.public.views import errors as public

urlpatterns = [
    path("desk/", admin.site.urls),
    path("", include("journal.people.urls")),
    path("", include("journal.portal.urls")),
    path("", include("journal.public.urls")),
    *public_variants(),
]


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return room_of(request).forbidden(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return room_of(request).not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return room_of(request).csrf_failure(request, reason)


def room_of(request: HttpRequest) -> Any:
    """The desk has its own pages for what is not there or not open; the readers' pages serve the rest."""
    return desk if desk.at_desk(request) else public


handler403, handler404 = "journal.urls.forbidden", "journal.urls.not_found"
handler500 = "journal.public.views.errors.server_error"
