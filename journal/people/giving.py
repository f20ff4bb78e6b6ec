"""Giving roles and taking them away: checked and recorded below every screen, for the superuser, too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from articles.refusals import Refused
from journal.people.changes import acting_person, tell
from journal.people.models import User
from journal.people.roles import mixed, works_at_desk

__all__ = ["roles_changed"]


def roles_changed(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Listens to every change of ``User.groups``; raises ``Refused`` before anything is written."""
    if action == "post_clear":  # who held it can only be asked before
        for person in instance.__dict__.pop("_cleared", [instance]):
            admit(person)
        return
    concerned = pairs(instance, action, reverse, pk_set)
    if action == "pre_clear" and reverse:
        instance._cleared = [person for person, _codes in concerned]
    for person, codes in concerned:
        if action.startswith("pre_"):
            refuse_own(person)
        if action == "pre_add":
            refuse_mixture(person, codes)
        elif action in {"pre_remove", "pre_clear"}:
            record(person, "role_taken", codes)
        elif action == "post_add":
            record(person, "role_given", codes)
        if action.startswith("post_"):
            admit(person)


def pairs(instance: Any, action: str, reverse: bool, keys: set[int] | None) -> list[tuple[User, list[str]]]:
    """Each account concerned with the codes given or taken; of what is taken only what was held."""
    if reverse:
        held = instance.user_set.all() if action.startswith("pre_") and "add" not in action else None
        people = User.objects.all() if held is None else held
        return [(p, [instance.name]) for p in (people if keys is None else people.filter(pk__in=keys))]
    groups = Group.objects.all() if "add" in action else instance.groups.all()
    if keys is not None:
        groups = groups.filter(pk__in=keys)
    return [(instance, list(groups.order_by("name").values_list("name", flat=True)))]


def refuse_own(person: User) -> None:
    giver = acting_person()
    if giver is not None and giver.pk == person.pk:
        raise Refused(
            _("Nobody changes their own roles. Ask another security officer to do it."),
            code="own-roles",
            kind="forbidden",
        )


def refuse_mixture(person: User, codes: Iterable[str]) -> None:
    """With the account locked: two officers may be giving it a role at the same moment."""
    User.objects.select_for_update().get(pk=person.pk)
    held = person.groups.values_list("name", flat=True)
    if refusal := mixed([*held, *codes]):
        raise refusal


def record(person: User, action: str, codes: Iterable[str]) -> None:
    for code in codes:
        tell(action, person, role=code)


def admit(person: User) -> None:
    """Whoever holds a role that works at the desk may enter it, nobody else."""
    works = person.is_superuser or works_at_desk(person.groups.values_list("name", flat=True))
    if person.is_staff != works:
        person.is_staff = works
        person.save(update_fields=["is_staff"])
