"""The first page of the three officers, who see no manuscripts: the accounts, the roles, the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import RecordHead
from journal.people import registration
from journal.people.lockout import locked_names

__all__ = ["Duty", "duties_of"]


@dataclass(frozen=True, slots=True)
class Duty:
    """A room, what is done there, and how much of it there is; ``waits``: whether that is work to do."""

    name: str
    address: str
    said: str
    count: int
    waits: bool = False


def duties_of(user: Any) -> list[Duty]:
    """What the rights of this person keep in order, a query each."""
    found: list[Duty] = []
    if user.has_perm("people.change_user"):
        found += accounts()
    if user.has_perm("people.assign_roles"):
        found.append(roles())
    if user.has_perm("articles.view_event"):
        found.append(the_record())
    return found


def accounts() -> list[Duty]:
    asked, closed = registration.waiting().count(), locked_names().count()
    people = get_user_model()._default_manager.filter(is_active=True).count()
    return [
        Duty(
            _("Requests for accounts"),
            reverse("admin:registrations"),
            _("Open an account for who asked for one, or leave it closed."),
            asked,
            bool(asked),
        ),
        Duty(
            _("Sign-in"),
            reverse("admin:sign_in"),
            _("Open again what wrong passwords closed; reset a lost second proof."),
            closed,
            bool(closed),
        ),
        Duty(
            _("Accounts"),
            reverse("admin:people_user_changelist"),
            _("Make an account, mend its details, close it."),
            people,
        ),
    ]


def roles() -> Duty:
    people = get_user_model()._default_manager.filter(is_active=True, is_superuser=False, groups=None)
    without = people.count()
    return Duty(
        _("Accounts without a role"),
        reverse("admin:people_user_changelist"),
        _("Give each person the roles of their work, and take back what is over."),
        without,
        bool(without),
    )


def the_record() -> Duty:
    head = RecordHead.objects.first()
    return Duty(
        _("Record"),
        reverse("admin:articles_event_changelist"),
        _("Read what was done, verify that nothing was altered, write it to a file."),
        head.count if head else 0,
    )
