"""Who asked for an account and waits for the office: the system officer opens it or leaves it closed.

Letters about accounts that did not go out stand here, too: without them nobody can prove an address.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from articles.refusals import Refused
from journal.desk.guarded import rooms_behind
from journal.notices.deliver import try_again
from journal.notices.models import AccountLetter
from journal.people import registration
from journal.people.models import Registration

__all__ = ["registration_urls"]

RIGHT = "people.change_user"
PAGE = 50
MOST_LETTERS = 50


def registration_urls(site: Any) -> list[URLPattern]:
    room = rooms_behind(site, RIGHT)
    return [
        path("registrations/", room(registrations, require_GET), name="registrations"),
        path("registrations/<int:pk>/", room(settle, require_POST), name="registration_settle"),
        path(
            "registrations/letters/<int:pk>/",
            room(send_again, require_POST),
            name="account_letter_send_again",
        ),
    ]


def registrations(request: HttpRequest, site: Any, status: int = 200) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": _("Who asked for an account"),
        "page": Paginator(registration.waiting(), PAGE).get_page(request.GET.get("page")),
        "letters": AccountLetter.objects.failed()[:MOST_LETTERS],
    }
    return render(request, "desk/registrations.html", context, status=status)


def settle(request: HttpRequest, site: Any, pk: int) -> HttpResponse:
    """``do`` is ``approve`` or ``decline``; the change of the account is a line of the record."""
    get_object_or_404(Registration, pk=pk)
    try:
        if request.POST.get("do") == "approve":
            user = registration.approve(pk, request.build_absolute_uri("/").rstrip("/"))
            messages.success(request, _("Open: %(person)s was told by e-mail.") % {"person": user})
        elif request.POST.get("do") == "decline":
            user = registration.decline(pk)
            messages.success(request, _("%(person)s stays without an account.") % {"person": user})
        else:
            messages.error(request, _("This action is not known here. Reload the page and try again."))
            return registrations(request, site, 422)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return registrations(request, site, refusal.status)
    return redirect("admin:registrations")


def send_again(request: HttpRequest, site: Any, pk: int) -> HttpResponse:
    """Put a letter back into the queue; it goes out with the next run."""
    if try_again(get_object_or_404(AccountLetter.objects.failed(), pk=pk)):
        messages.success(request, _("Queued again: it goes out within a minute."))
    return redirect("admin:registrations")
