"""Whether and where a notice can be e-mailed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from articles.models import Journal
from journal.notices.models import State

__all__ = ["posting", "sender", "usable"]

#: Names that by RFC 2606 belong to nobody: the people of the sample live there.
NOBODYS = (".example", ".invalid", ".test", "@localhost", ".localhost")


def usable(address: str) -> bool:
    """Whether mail to this address could arrive; one line, one recipient, no reserved name."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return not address.lower().endswith(NOBODYS)


def posting(person: Any, by_email: bool) -> dict[str, Any]:
    """The sending fields of a new notice to ``person``."""
    address = (person.email or "").strip()
    if by_email and usable(address):
        return {"address": address, "state": State.QUEUED, "next_try_at": timezone.now()}
    return {"address": "", "state": State.DESK}


def sender() -> str:
    """What stands as From: the setting, else the journal's own address."""
    own = Journal.objects.current().submission_address
    return settings.DEFAULT_FROM_EMAIL or (own if usable(own) else "") or "kanwu@localhost"
