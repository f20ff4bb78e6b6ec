"""How often something may be asked for: counted in the database, so for all workers together."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.refusals import Refused

__all__ = ["COMMENT", "CONFIRM", "INVITE", "LETTER", "REGISTER", "RESET", "UPLOAD", "Limit", "spend"]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` of ``kind`` from one source within ``hours``."""

    kind: str
    most: int
    hours: int = 1


#: From one network address; an office of many people may sit behind one.
REGISTER = Limit("register", 10)
RESET = Limit("reset", 20)
#: To one e-mail address, whoever asks.
LETTER = Limit("letter", 5)
#: Passwords tried with one letter.
CONFIRM = Limit("confirm", 10)
#: By one person.
INVITE = Limit("invite", 30, 24)
UPLOAD = Limit("upload", 60)
#: Sent by one account or from one address, the refused ones counted, too.
COMMENT = Limit("comment", 20)

#: Nothing is remembered for longer, whoever comes next: the digest of an address is an address, too.
LONGEST = datetime.timedelta(hours=24)


def spend(limit: Limit, source: str) -> None:
    """Count one; raises ``Refused`` (429) when the source has none left. Only a digest of it is kept."""
    from journal.people.models import Attempt

    digest = hashlib.sha256(f"{limit.kind} {source}".encode()).hexdigest()
    since = timezone.now() - datetime.timedelta(hours=limit.hours)
    with transaction.atomic():
        Attempt.objects.filter(at__lt=timezone.now() - LONGEST).delete()
        rows = Attempt.objects.filter(source=digest, at__gte=since)
        if rows.count() >= limit.most:
            raise Refused(
                _("Too many attempts in a short time. Wait an hour, then try again."),
                code="too-many",
                kind="too-many",
            )
        Attempt.objects.create(source=digest)
