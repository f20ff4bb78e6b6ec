from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connections, models, router, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import record
from articles.models.base import AppendOnly, AppendOnlyQuerySet
from articles.models.record_head import RecordHead
from articles.record_chain import FORM, clean_address, digest

__all__ = ["Event"]


class EventQuerySet(AppendOnlyQuerySet):
    def bulk_create(self, objs: Iterable[Event], *args: Any, **kwargs: Any) -> list[Event]:
        """Each event gets its link; an event that is left out silently would tear the chain."""
        if kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts"):
            raise TypeError(gettext("The record is only ever added to; it cannot be changed."))
        events = list(objs)
        if (waiting := record.waiting_events()) is not None:
            waiting.extend(events)
            return events
        with chained(events, self.db):
            return super().bulk_create(events, *args, **kwargs)


@contextmanager
def chained(events: Sequence[Event], using: str) -> Iterator[None]:
    """Lock the head, give every event its link, let them be written, move the head on – or nothing of it.

    The head is the last lock of a transaction: issue → article → head. Who writes several events locks all
    their rows before the first, or two people may wait for each other.
    """
    if not events:
        yield
        return
    under_way = connections[using].in_atomic_block
    with nullcontext() if under_way else transaction.atomic(using=using):
        head = RecordHead.objects.using(using).select_for_update().get()
        for event in events:
            event.seal(head)
        yield
        RecordHead.objects.using(using).filter(pk=True).update(
            count=head.count, last_id=head.last_id, last_hash=head.last_hash
        )


class Event(AppendOnly):
    """One line of the record: who did what to which object, when, from where, and what changed."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    action = models.CharField(_("action"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="events",
        verbose_name=_("who"),
    )
    # The name as it was then; for commands without a person the command's name.
    actor_name = models.CharField(max_length=150)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, related_name="events"
    )
    issue = models.ForeignKey("articles.Issue", on_delete=models.PROTECT, null=True, related_name="events")
    delegation = models.ForeignKey(
        "articles.Delegation", on_delete=models.PROTECT, null=True, related_name="events"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="account_events"
    )
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    note = models.TextField(_("reason or opinion"), blank=True)
    data = models.JSONField(default=dict, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    # Its link in the chain (articles/record_chain.py), given when it is written and by nobody else.
    form = models.PositiveSmallIntegerField(default=FORM, editable=False)
    sequence = models.PositiveBigIntegerField(_("number in the record"), unique=True, editable=False)
    previous_hash = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    objects = EventQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False)
                | Q(issue__isnull=False)
                | Q(delegation__isnull=False)
                | Q(account__isnull=False),
                name="event_has_object",
            ),
            models.CheckConstraint(condition=~Q(actor_name=""), name="event_has_actor"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="event_counts_from_one"),
        ]
        indexes = [
            models.Index(fields=["article", "action"], name="event_article_action"),
            models.Index(fields=["issue", "action"], name="event_issue_action"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            super().save(*args, **kwargs)  # refuses it
            return
        if (waiting := record.waiting_events()) is not None:
            waiting.append(self)
            return
        with chained([self], kwargs.get("using") or router.db_for_write(Event, instance=self)):
            super().save(*args, **kwargs)

    def seal(self, head: RecordHead) -> None:
        """Become the event after ``head`` and move it on; nothing is written yet."""
        if self.pk not in {None, head.last_id + 1}:
            raise IntegrityError("the key of an event is given when it is written")
        # Inside a request its own address counts, whatever way the action took to come here.
        self.address = clean_address(record.address_asking() or self.address)
        self.form, self.sequence, self.previous_hash = FORM, head.count + 1, head.last_hash
        self.id = head.last_id + 1
        self.hash = digest(self)
        head.count, head.last_id, head.last_hash = self.sequence, self.id, self.hash

    def __str__(self) -> str:
        return f"{self.actor_name} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
