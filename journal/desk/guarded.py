"""One way into the small rooms of the desk: signed in, with the right, by the method the room knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

__all__ = ["rooms_behind"]


def rooms_behind(site: Any, right: str) -> Callable[[Any, Any], Any]:
    """``room(view, allowed)`` for views of ``(request, site, …)``; ``allowed`` is a decorator of methods."""

    def room(view: Any, allowed: Any) -> Any:
        def guarded(request: HttpRequest, **words: Any) -> HttpResponse:
            if not request.user.has_perm(right):
                raise PermissionDenied
            answer: HttpResponse = view(request, site, **words)
            return answer

        return site.admin_view(allowed(guarded))

    return room
