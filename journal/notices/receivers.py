"""Listens to the domain after its commit: writes the rows, and sends them only where that cannot wait long.

A mail server may take seconds to answer or not answer at all, and the person who pressed a button would
wait for it. So with SMTP the row is all that is written here and ``manage.py send_notices`` (run every
minute) sends it; backends that cannot block (console, file) are served at once.
"""

from __future__ import annotations

from typing import Any

from articles.models import Article, Event, Issue
from journal.notices.deliver import deliver, sends_at_once
from journal.notices.make import write_notices
from journal.notices.models import AccountLetter, Notice
from journal.notices.placeholders import one_line

__all__ = ["post", "tell", "tell_of_event", "tell_of_issue"]


def tell_of_event(article: Article, event: Event, **kwargs: Any) -> None:
    tell([event])


def tell_of_issue(issue: Issue, event: Event, **kwargs: Any) -> None:
    """Publishing an issue wrote one event for each article."""
    tell(list(Event.objects.filter(article__issue=issue, action="publish", pk__lte=event.pk)))


def tell(events: list[Event]) -> None:
    written = write_notices(events)
    if written and sends_at_once():
        keys = Notice.objects.filter(event__in=[event.pk for event in events], next_try_at__isnull=False)
        deliver(limit=written, keys=list(keys.values_list("pk", flat=True)))


def post(address: str, subject: str, body: str, **kwargs: Any) -> None:
    """Keep a letter about an account; it may go to somebody who has none yet."""
    letter = AccountLetter.objects.create(address=address, subject=one_line(subject), body=body)
    if sends_at_once():
        deliver(limit=1, keys=[letter.pk], of=AccountLetter)
