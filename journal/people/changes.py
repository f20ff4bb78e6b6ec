"""Every change of an account or its roles is a line of the record, whoever made it and by whichever way.

``acting(request)`` says who is at work in this thread; ``User.save()`` and the signal of its roles call
``tell()``. Without a request a command is at work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from articles.record import write_event
from journal.security import address_of

if TYPE_CHECKING:
    from journal.people.models import User

__all__ = ["COMMAND", "acting", "acting_person", "changes_of", "tell"]

#: Who is named in the record when no person is at work.
COMMAND = "command"
#: Details whose change is told with both values; of the others only that they changed.
SHOWN = ("username", "name", "unit", "post", "is_superuser")
PRIVATE = ("email", "telephone")
WATCHED = frozenset((*SHOWN, *PRIVATE, "is_active", "password"))

_request: ContextVar[HttpRequest | None] = ContextVar("people_request", default=None)


@contextmanager
def acting(request: HttpRequest) -> Iterator[None]:
    """What is changed inside was changed by the person of this request, from its address."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def acting_person() -> Any:
    """The signed-in person at work in this thread, or ``None``."""
    user = getattr(_request.get(), "user", None)
    return user if user is not None and user.is_authenticated else None


def tell(action: str, account: User, note: str = "", *, actor_name: str = "", **data: Any) -> None:
    """Add a line about ``account`` to the record, with the person at work and where they sit."""
    person, request = acting_person(), _request.get()
    write_event(
        action,
        person,
        actor_name="" if person else actor_name or COMMAND,
        account=account,
        note=note,
        data=data,
        address=address_of(request) if request is not None else None,
    )


def changes_of(user: User, only: Iterable[str] | None) -> list[tuple[str, dict[str, Any]]]:
    """What saving ``user`` (its fields ``only``, or all) will change: actions with their data."""
    if user._state.adding:
        return [("account_made", {"username": user.username})]
    wanted = WATCHED if only is None else WATCHED & set(only)
    stored = type(user)._base_manager.filter(pk=user.pk).values(*WATCHED).first() if wanted else None
    if stored is None:
        return []
    moved = {name for name in wanted if stored[name] != getattr(user, name)}
    found: list[tuple[str, dict[str, Any]]] = []
    if "is_active" in moved:
        found.append(("account_opened" if user.is_active else "account_closed", {}))
    if "password" in moved and was_set(user):
        found.append(("password_set", {}))
    details = {name: [stored[name], getattr(user, name)] for name in SHOWN if name in moved}
    if details or moved & set(PRIVATE):
        found.append(("account_changed", {**details, "private": sorted(moved & set(PRIVATE))}))
    return found


def was_set(user: User) -> bool:
    """Whether somebody set this password; a stronger hash of the old one is no change."""
    return getattr(user, "_password", None) is not None or not user.has_usable_password()
