"""Writes the record: events, versions and signatures. Only the two doors (workflow, press) call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Max
from django.dispatch import Signal
from django.utils.translation import gettext as _

from articles import signals
from articles.record_chain import signature_digest
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article, Event, Issue, Revision

__all__ = [
    "address_asking",
    "asked_from",
    "events_last",
    "is_performing",
    "make_revision",
    "notify",
    "performing",
    "signature_data",
    "text_of",
    "waiting_events",
    "write_event",
]

_performing: ContextVar[bool] = ContextVar("performing", default=False)
_address: ContextVar[str | None] = ContextVar("address", default=None)
_waiting: ContextVar[list[Event] | None] = ContextVar("waiting", default=None)

#: PostgreSQL's name for two transactions that wait for each other.
DEADLOCK = "40P01"


@contextmanager
def asked_from(address: str | None) -> Iterator[None]:
    """Whatever is recorded inside was asked for from this network address, said at each step or not."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def address_asking() -> str | None:
    """The address of the request this thread works on; ``None`` in a command."""
    return _address.get()


def is_performing() -> bool:
    """Whether one of the doors is at work in this thread: only then may a stage be saved."""
    return _performing.get()


@contextmanager
def performing() -> Iterator[None]:
    """One transaction in which stages may be saved; what the database itself forbids is a refusal, too.

    Locks are taken in one order: issues, articles, what hangs on them, and the head of the record last, with
    the event. Who does several actions in one transaction locks all their rows first
    (``press.lock_contents``); should two nevertheless wait for each other, one of them is told.
    """
    token = _performing.set(True)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(
            _("Somebody took the same number or place at the same moment. Nothing was stored: try again."),
            code="taken",
            kind="conflict",
        ) from error
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != DEADLOCK:
            raise
        raise Refused(
            _("Somebody else was at work on the same things at this moment. Nothing was stored: try again."),
            code="taken",
            kind="conflict",
        ) from error
    finally:
        _performing.reset(token)


@contextmanager
def events_last() -> Iterator[Callable[[], None]]:
    """For a long transaction: its events wait, and with them the head of the record, which everybody needs.

    The function given writes them, all at once, when the long part is over; what it has not written by the
    end of the block is written there. Until then an event has neither key nor number, and no query finds it.
    """
    waiting: list[Event] = []
    token = _waiting.set(waiting)

    def write() -> None:
        _waiting.set(None)
        if waiting:
            type(waiting[0]).objects.bulk_create(waiting)
            waiting.clear()

    try:
        yield write
        write()
    finally:
        _waiting.reset(token)


def waiting_events() -> list[Event] | None:
    """Where events of this thread wait to be written; ``None`` where they are written at once."""
    return _waiting.get()


def write_event(action: str, by: Any, *, actor_name: str = "", **fields: Any) -> Event:
    """Add one line to the record. ``by`` is ``None`` for commands, which then give their name."""
    from articles.models import Event

    name = actor_name or (by.get_full_name() if by else "")
    return Event.objects.create(action=action, actor=by, actor_name=name, **fields)


def signature_data(row: Any) -> dict[str, Any]:
    """What the event of a sign-off keeps of it: its key and its hash, so that it cannot be changed unseen."""
    return {"signoff": row.pk, "signoff_sha256": signature_digest(row)}


def text_of(article: Article) -> dict[str, Any]:
    """The signed fields of an article, as a version keeps them."""
    from articles.models.article import SIGNED_FIELDS

    return {name: getattr(article, name) for name in SIGNED_FIELDS}


def make_revision(article: Article, reason: str, by: Any) -> Revision:
    """Keep the text as it stands; the newest version is used again when the text has not moved."""
    from articles.models import Revision

    text_hash = article.text_hash
    newest = article.revisions.order_by("-number").first()
    if newest is not None and newest.text_hash == text_hash and reason == Revision.Reason.SIGNED:
        return newest
    number = (article.revisions.aggregate(Max("number"))["number__max"] or 0) + 1
    return Revision.objects.create(
        article=article, number=number, reason=reason, text_hash=text_hash, content=text_of(article), by=by
    )


def notify(signal: Signal, thing: Article | Issue, event: Event) -> None:
    """Tell the house once the transaction is safe; a listener that fails is logged, nothing is undone."""
    name = "article" if signal is signals.stage_changed else "issue"
    transaction.on_commit(
        lambda: signal.send(sender=type(thing), **{name: thing, "event": event}), robust=True
    )
