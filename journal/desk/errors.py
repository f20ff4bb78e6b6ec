"""The desk's pages for what is not there and what is not open: what happened, what was kept, what to do."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

__all__ = ["Found", "at_desk", "csrf_failure", "forbidden", "not_found"]

#: What the browser sends besides what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", "version", "action", "next", "password"}
LONGEST = 200_000


class Found:
    """An admin that answers 404 for a key nobody has, where Django's leads back to the first page."""

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: Any) -> Any:
        raise Http404(_("What you asked for is not here."))


def at_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404, _("There is nothing at this address"), _("Nothing was changed."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    said = str(exception) or _(
        "Your role does not include this, or it was taken away while the page was open. Nothing was changed. "
        "Ask the security officer if you think it should."
    )
    return page(request, 403, _("This is not open to you"), said)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is of another session: somebody signed in again in another window."""
    said = _(
        "This form belongs to an earlier session. Nothing was changed: go back, reload the page, and send it "
        "again."
    )
    return page(request, 403, _("This is not open to you"), said)


def page(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, "said": said, "kept": typed(request)}
    response = render(request, "desk/error.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into the form that was refused: it is given back to be copied, passwords apart."""
    if request.method != "POST":
        return []
    return [
        (name, value[:LONGEST])
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_TYPED and "password" not in name and len(value.strip()) > 1 and not value.isdigit()
    ]
