"""Publish an issue: check → record → bake → switch → commit, so that record and readers never part.

Why in this order. The bake has to see the issue as published, yet a reader must not see it before the record
says so, nor the record say so while readers get the old pages. So the act is recorded in a transaction that
stays open; on that same connection the bake sees the issue as published, builds the new edition beside the
old one and switches; then the edition is noted and the transaction committed. What may happen:

* killed before the switch: the database forgets the transaction; readers see all of the old edition.
* killed after the switch, before the commit: readers see all of the new edition, the record does not know it
  yet. Publishing again is possible and repairs it; so does any bake (it shows what the record says).
* the bake fails, or the commit does: the link goes back to the edition before and the error is raised.

A catch-up bake goes before the transaction, which then lasts only as long as the pages of this issue take
(SQLite lets nobody else write meanwhile). On PostgreSQL others go on working on other manuscripts: the events
of publishing, and with them the head of the record that every deed needs, wait until the pages are built and
are written just before the switch. The lock of all bakes is taken first, the database's second, by everybody
in this order; so two publishers wait for each other and never block each other.
"""

from __future__ import annotations

import datetime
from contextlib import nullcontext
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import going_out, press, workflow
from articles.models import Issue
from articles.record import events_last
from articles.workflow import Stage
from journal.edition import store
from journal.edition.bake import Result, Say, bake_locked, quiet
from journal.edition.failpoints import reached

__all__ = ["NotDue", "find_issue", "publish", "publish_as_printed", "publish_scheduled"]

COMMAND = "publish_issue"


class NotDue(Exception):
    """Somebody else was quicker, or the hour was moved: there is nothing to do now."""


def publish(issue: Issue, by: Any, *, visibility: str = "", note: str = "", say: Say = quiet) -> Result:
    """Publish a signed issue for the person ``by`` and let readers see it.

    ``visibility`` (``public``, ``members``, ``inside``) is a recorded decision besides; empty keeps the
    journal's rule.
    Must not be called inside a transaction. Raises ``press.Refused`` or ``store.EditionError``; then neither
    the record nor what readers see has changed.
    """

    def record() -> None:
        press.lock_contents(issue)
        decide(issue, by, visibility, note)
        press.perform("publish", issue, by, note=note)

    press.check("publish", issue, by, note=note)
    return carry_out(issue, record, say, events=events_last)


def publish_scheduled(issue: Issue, *, say: Say = quiet) -> Result:
    """Publish an issue whose hour has come, for the person who set it, by the rights of this moment.

    Raises ``NotDue``, ``press.Refused`` (``too-early`` while the clock is before the hour) or
    ``store.EditionError``; then nothing has changed.
    """
    hour, by = issue.publish_at, issue.scheduled_by

    def words() -> dict[str, Any]:
        return {"published_at": going_out.hour_of(issue), "note": _("at the hour that was set")}

    def record() -> None:
        press.lock_contents(issue)
        if not going_out.still_due(issue, hour):
            raise NotDue
        press.perform("publish", issue, by, **words())

    press.check("publish", issue, by, **words())
    return carry_out(issue, record, say, events=events_last)


def publish_as_printed(
    issue: Issue, by: Any = None, *, visibility: str = "", note: str = "", say: Say = quiet
) -> Result:
    """The same for an issue printed long ago: its drafts skip the reviews, each by an explicit event.

    ``by=None`` records the command's own name. The time of publication is the printed date where it is known.
    Its events are written at once, because each rule asks the record for the one before: nobody else acts
    until the pages are built.
    """
    name = "" if by else COMMAND

    def record() -> None:
        press.lock_contents(issue)
        for article in issue.articles.filter(stage=Stage.DRAFT).in_page_order():
            workflow.record_as_printed(article, issue, by, actor_name=name)
        press.record_as_printed(issue, by, actor_name=name, note=note)
        decide(issue, by, visibility, note)
        press.perform("publish", issue, by, actor_name=name, note=note, published_at=printed_at(issue))

    return carry_out(issue, record, say, events=nullcontext)


def printed_at(issue: Issue) -> datetime.datetime | None:
    """The morning of the day an old issue came out; ``None`` (now) when nobody knows or it is not past."""
    if issue.publication_date is None or issue.publication_date >= timezone.localdate():
        return None
    return timezone.make_aware(datetime.datetime.combine(issue.publication_date, datetime.time(8)))


def decide(issue: Issue, by: Any, visibility: str, note: str) -> None:
    """Record who may read the issue, when that differs from how it stands."""
    if visibility and visibility != issue.effective_visibility:
        reason = note or _("decided when it was published")
        name = "" if by else COMMAND
        press.perform(press.DECISION_FOR[visibility], issue, by, actor_name=name, reason=reason)


def carry_out(issue: Issue, record: Any, say: Say, *, events: Any) -> Result:
    """Catch up, then record, bake and switch as one; undo the switch if the transaction fails.

    ``events`` makes the block that says when events are written, and may give a function that writes them.
    """
    with store.lock(say):
        bake_locked(reason=_("before publishing"), say=say)
        before = store.current()
        try:
            with transaction.atomic(durable=True), events() as write_events:
                record()
                reached("recorded")
                result = bake_locked(reason=str(issue), say=say, before_switch=write_events)
        except BaseException:
            if store.current() != before:
                store.switch(before)
            raise
        reached("committed")
        store.sweep_old()
        reached("swept")
        return result


def find_issue(year: int, number: str) -> Issue:
    """The issue; raises ``press.Refused`` with a sentence when there is none."""
    try:
        return Issue.objects.get(year=year, number=number)
    except ObjectDoesNotExist:
        raise press.Refused(
            _("There is no issue %(year)s No. %(number)s. Import it or plan it first.")
            % {"year": year, "number": number},
            code="no-issue",
        ) from None
