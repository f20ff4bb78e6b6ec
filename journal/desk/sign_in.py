"""Who is locked out and who has a second proof: the system officer opens and resets, each an event."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from journal.desk.guarded import rooms_behind
from journal.people import second_factor
from journal.people.lockout import locked_names, unlock

__all__ = ["sign_in_urls"]

RIGHT = "people.change_user"
PAGE = 50


def sign_in_urls(site: Any) -> list[URLPattern]:
    room = rooms_behind(site, RIGHT)
    return [
        path("sign-in/", room(sign_in, require_GET), name="sign_in"),
        path("sign-in/unlock/", room(open_again, require_POST), name="sign_in_unlock"),
        path("sign-in/<int:pk>/reset/", room(reset, require_POST), name="sign_in_reset"),
    ]


def sign_in(request: HttpRequest, site: Any) -> HttpResponse:
    """What is closed now, and the people of the desk with the state of their second proof."""
    devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
    people = get_user_model()._default_manager.filter(is_staff=True, is_active=True)
    people = people.annotate(proven=Exists(devices)).order_by("name", "pk")
    context = {
        **site.each_context(request),
        "title": _("Sign-in"),
        "locked": list(locked_names()[:PAGE]),
        "page": Paginator(people, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/sign_in.html", context)


def open_again(request: HttpRequest, site: Any) -> HttpResponse:
    name = request.POST.get("username", "")
    if name and unlock(name):
        messages.success(request, _("Open again: %(name)s may sign in.") % {"name": name})
    else:
        messages.info(request, _("Nothing was closed under this name any more."))
    return redirect("admin:sign_in")


def reset(request: HttpRequest, site: Any, pk: int) -> HttpResponse:
    """Nobody's own: who has lost their telephone proves it to somebody else."""
    person: Any = get_object_or_404(get_user_model(), pk=pk)
    if person.pk == request.user.pk or (person.is_superuser and not request.user.is_superuser):
        raise PermissionDenied(_("The second proof of this account is reset by somebody else."))
    if second_factor.reset(person):
        messages.success(
            request,
            _("Reset: %(person)s sets up a new second proof at the next sign-in.") % {"person": person},
        )
    else:
        messages.info(request, _("%(person)s had no second proof.") % {"person": person})
    return redirect("admin:sign_in")
