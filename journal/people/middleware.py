"""Between signing in and the desk: who is at work, and whether they have given the second proof."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

from articles.record import asked_from
from journal.people.changes import acting
from journal.people.second_factor import owes
from journal.security import address_of

__all__ = ["PeopleMiddleware"]

#: What stays open to somebody who owes the second proof.
OPEN = {
    "people:second-factor",
    "people:second-factor-set-up",
    "people:login",
    "people:logout",
    "admin:login",
    "admin:logout",
    "admin:jsi18n",
}


class PeopleMiddleware:
    """Tells the record who is at work, and leads who owes the second proof to it before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(request), asked_from(address_of(request)):
            # Without a cookie nobody is signed in; the session stays unread and the answer cacheable.
            if settings.SESSION_COOKIE_NAME in request.COOKIES and not is_open(request) and owes(request):
                there = request.get_full_path() if request.method == "GET" else reverse("admin:index")
                return redirect(f"{reverse('people:second-factor')}?{urlencode({'next': there})}")
            return self.get_response(request)


def is_open(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in OPEN
    except Resolver404:
        return False
