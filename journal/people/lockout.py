"""Five wrong passwords from one address for one name close the door for a while; unknown names, too."""

from __future__ import annotations

from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Event
from journal.people.changes import tell
from journal.security import address_of

__all__ = ["Lockout", "locked_names", "locked_out", "tell_lockout", "unlock"]

LOCKOUT, UNLOCK = "lockout", "unlock"


class Lockout(AxesStandaloneBackend):
    """Asks before every password that comes over the network; a call without a request is no door."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        if request is not None:
            super().authenticate(request, **credentials)


def sentence() -> str:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return ngettext(
        "Too many wrong attempts: this sign-in is closed for %(minutes)d minute. Wait without trying, "
        "then sign in; if it is urgent, ask the system officer to open it.",
        "Too many wrong attempts: this sign-in is closed for %(minutes)d minutes. Wait without trying, "
        "then sign in; if it is urgent, ask the system officer to open it.",
        minutes,
    ) % {"minutes": minutes}


def locked_out(request: HttpRequest, response: HttpResponse | None = None, *rest: Any) -> HttpResponse:
    """The same sign-in page, with the sentence that says for how long; 429."""
    if isinstance(response, TemplateResponse) and response.context_data is not None:
        response.context_data["locked"] = sentence()
        response.status_code = settings.AXES_HTTP_RESPONSE_CODE
        response.content = response.rendered_content
        return response
    return HttpResponse(sentence(), status=settings.AXES_HTTP_RESPONSE_CODE, content_type="text/plain")


def tell_lockout(request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Record once that an account was locked out from an address; a name nobody bears has no record."""
    account = get_user_model()._default_manager.filter(username=username).first()
    if account is None:
        return
    told = Event.objects.filter(
        account=account,
        action=LOCKOUT,
        address=address_of(request),
        at__gte=timezone.now() - settings.AXES_COOLOFF_TIME,
    )
    if not told.exists():
        tell(LOCKOUT, account, actor_name=_("sign-in page"))


def locked_names() -> QuerySet[AccessAttempt, dict[str, Any]]:
    """What is closed now: ``username``, ``ip_address``, ``failures``, ``latest`` of each."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME)
    grouped = recent.order_by().values("username", "ip_address")
    found = grouped.annotate(failures=Sum("failures_since_start"), latest=Max("attempt_time"))
    return found.filter(failures__gte=settings.AXES_FAILURE_LIMIT).order_by("-latest")


def unlock(username: str) -> bool:
    """Open the door again for a name, from every address; whether it had been closed."""
    opened = bool(reset(username=username))
    account = get_user_model()._default_manager.filter(username=username).first()
    if opened and account is not None:
        tell(UNLOCK, account)
    return opened
