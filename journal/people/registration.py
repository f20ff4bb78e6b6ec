"""Asking for an account oneself: name and address, a letter that proves the address, where wanted the office.

Whether an address has an account already is told to the address alone, never to who asks. The letter's
token is good for one time and two days, and worth nothing without the password typed when asking: somebody
who registers another's address gains nothing by it.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import co_authors
from articles.models import Journal
from articles.refusals import Refused
from journal.people.limits import LETTER, spend
from journal.people.mail import write_to
from journal.people.models import Registration, User

__all__ = ["EXPIRES", "ROLE", "approve", "confirm", "decline", "pending", "register", "waiting"]

EXPIRES = datetime.timedelta(days=2)
ROLE = "contributor"


def register(*, name: str, unit: str, email: str, password: str, site: str) -> None:
    """Make a closed account and write to its address, or tell the address that it has one already.

    ``site`` is the address of this house. Raises ``Refused`` (429) when too many letters went there lately.
    """
    email = email.lower()
    spend(LETTER, email)
    with transaction.atomic():
        taken = User.objects.select_for_update().filter(email__iexact=email).first()
        taken = taken or User.objects.filter(username=email).first()
        if taken is not None and not still_unproven(taken):
            told = None
        else:
            told = begun(taken or User(username=email, email=email, is_active=False), name, unit, password)
    if told is None:
        write_to(email, *known_letter(site))
    else:
        write_to(email, *first_letter(site, told))


def still_unproven(user: User) -> bool:
    return Registration.objects.filter(user=user, confirmed_at=None).exists()


def begun(user: User, name: str, unit: str, password: str) -> str:
    """Store what was asked for, the newest words counting; returns the token."""
    user.name, user.unit = name, unit
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name=ROLE))
    token = secrets.token_urlsafe(32)
    Registration.objects.update_or_create(
        user=user, defaults={"token": digest(token), "asked_at": timezone.now()}
    )
    return token


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def pending(token: str) -> Registration | None:
    """What a letter's token belongs to; ``None`` when it was used, replaced, or is too old."""
    since = timezone.now() - EXPIRES
    rows = Registration.objects.select_related("user").filter(confirmed_at=None, asked_at__gte=since)
    return rows.filter(token=digest(token)).first()


def confirm(token: str, password: str) -> User | None:
    """Prove the address: opens the account, or lets it wait for the office; ``None`` for a wrong password.

    Raises ``Refused`` when the token is worth nothing.
    """
    with transaction.atomic():
        found = pending(token)
        row = Registration.objects.select_for_update().filter(pk=found.pk).first() if found else None
        if row is None or row.token != digest(token):
            raise Refused(
                _("This link was used already or is too old. Register again and take the newest letter."),
                code="token",
            )
        user: User = row.user
        if not user.check_password(password):
            return None
        row.token, row.confirmed_at = None, timezone.now()
        if not Journal.objects.current().contributors_wait:
            row.settled_at = row.confirmed_at
            open_account(user)
        row.save()
    return user


def open_account(user: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])
    co_authors.bind(user)


def waiting() -> Any:
    """Whose address is proven and who waits for the office, oldest first."""
    rows = Registration.objects.filter(confirmed_at__isnull=False, settled_at=None)
    return rows.select_related("user").order_by("confirmed_at", "pk")


def approve(pk: int, site: str) -> User:
    """Open the account that waits; raises ``Refused`` when somebody settled it already."""
    row = settle(pk, opened=True)
    write_to(
        row.user.email,
        _("Your account is open"),
        _("%(name)s, the office has opened your account. Sign in and send your manuscript:\n\n%(address)s")
        % {"name": row.user.name, "address": site + reverse("portal:home")},
    )
    return row.user


def decline(pk: int) -> User:
    """Leave the account closed for good; raises ``Refused`` when somebody settled it already."""
    return settle(pk, opened=False).user


@transaction.atomic
def settle(pk: int, *, opened: bool) -> Registration:
    row = waiting().select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise Refused(_("This request is settled already. Reload the page."), code="settled", kind="conflict")
    row.settled_at = timezone.now()
    row.save(update_fields=["settled_at"])
    if opened:
        open_account(row.user)
    found: Registration = row
    return found


def first_letter(site: str, token: str) -> tuple[str, str]:
    words = {
        "journal": Journal.objects.current().name,
        "address": site + reverse("people:confirm", args=[token]),
    }
    return (
        _("Confirm your e-mail address for %(journal)s") % words,
        _(
            "Somebody, probably you, has asked for an account of %(journal)s with this address. Open the "
            "link within two days and type your password:\n\n%(address)s\n\nIf it was not you, you need not "
            "do anything."
        )
        % words,
    )


def known_letter(site: str) -> tuple[str, str]:
    words = {
        "journal": Journal.objects.current().name,
        "address": site + reverse("people:password-forgotten"),
    }
    return (
        _("You have an account of %(journal)s already") % words,
        _(
            "Somebody, probably you, has asked for an account of %(journal)s with this address; there is "
            "one already. If you do not know its password, set a new one:\n\n%(address)s"
        )
        % words,
    )
