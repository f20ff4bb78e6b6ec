"""From events to notices, each exactly once, whoever comes first: the listener or the command.

``write_notices()`` writes the notices of some events and marks these as handled in one transaction, so a
process that dies leaves either both or neither. ``catch_up()`` finds what nobody handled.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models import Article, Event, Journal
from journal.notices.address import posting
from journal.notices.kinds import PUT_AWAY, RULES, WAITING_STAGES, Audience, Kind
from journal.notices.models import HandledEvent, Notice, NoticeTemplate, Progress
from journal.notices.recipients import Directory
from journal.notices.values import values_of

__all__ = ["catch_up", "templates_in_use", "write_notice", "write_notices"]

#: No transaction is open longer: below this age no event can appear any more.
SETTLED = datetime.timedelta(hours=1)
BATCH = 200

logger = logging.getLogger(__name__)

Templates = dict[tuple[str, str], NoticeTemplate]


def write_notices(events: Sequence[Event]) -> int:
    """Write the notices of ``events`` not handled yet; returns how many were written."""
    try:
        with transaction.atomic():
            keys = [event.pk for event in events]
            done = set(HandledEvent.objects.filter(pk__in=keys).values_list("pk", flat=True))
            fresh = [event for event in events if event.pk not in done]
            HandledEvent.objects.bulk_create(HandledEvent(event_id=event.pk) for event in fresh)
            return len(write_fresh([event for event in fresh if event.article_id is not None]))
    except IntegrityError:
        # Another process took some of them at the same moment; together with their notices.
        return sum(write_notices([event]) for event in events) if len(events) > 1 else 0


def catch_up(limit: int = 10_000) -> int:
    """Write what a listener that died has left behind, oldest first; returns how many notices."""
    progress, _new = Progress.objects.get_or_create(only=True)
    written = 0
    for _batch in range(0, limit, BATCH):
        events = list(unhandled(progress.event_pk)[:BATCH])
        if not events:
            break
        written += write_singly(events)
    advance(progress)
    return written


def write_singly(events: Sequence[Event]) -> int:
    """All at once; if one of them cannot be told of, the others all the same, and the log says which."""
    try:
        return write_notices(events)
    except Exception:  # whatever it was, it must not keep the letters of all the other manuscripts back
        logger.exception("the notices of events %s to %s", events[0].pk, events[-1].pk)
        if len(events) == 1:
            return 0
    return sum(write_singly([event]) for event in events)


def unhandled(above: int) -> models.QuerySet[Event]:
    handled = HandledEvent.objects.filter(pk=OuterRef("pk"))
    return Event.objects.filter(~Exists(handled), pk__gt=above).order_by("pk")


def advance(progress: Progress) -> None:
    """Move the mark up to where nothing can be missing, and forget the single events below it."""
    settled = Event.objects.filter(at__lt=timezone.now() - SETTLED).aggregate(m=models.Max("pk"))["m"] or 0
    first_open = unhandled(progress.event_pk).values_list("pk", flat=True).first()
    mark = min(settled, first_open - 1) if first_open is not None else settled
    if mark <= progress.event_pk:
        return
    with transaction.atomic():
        Progress.objects.filter(pk=progress.pk, event_pk__lt=mark).update(event_pk=mark)
        HandledEvent.objects.filter(pk__lte=mark).delete()


def templates_in_use() -> Templates:
    """The wording by occasion and audience; letters are chosen by hand."""
    rows = NoticeTemplate.objects.filter(active=True).exclude(kind=Kind.LETTER)
    return {(row.kind, row.audience): row for row in rows}


def write_fresh(events: Sequence[Event]) -> list[Notice]:
    if not events:
        return []
    articles = {a.pk: a for a in with_people({event.article_id for event in events})}
    printed = printed_long_ago(events)
    directory, journal = Directory(articles.values()), Journal.objects.current()
    templates = templates_in_use()
    found: list[Notice] = []
    for event in events:
        article = articles[event.article_id or 0]
        for kind, audience in occasions(event, article):
            template = templates.get((kind, audience))
            if template is None or (kind == Kind.PUBLISHED and article.pk in printed):
                continue
            people = directory.find(article, event, kind, audience)
            found += [write_notice(template, article, event, person, journal) for person in people]
    Notice.objects.bulk_create(found, ignore_conflicts=True)
    put_away(events)
    return found


def with_people(keys: Iterable[Any]) -> models.QuerySet[Article]:
    """Articles with everything a notice says about them; without the text."""
    found = Article.objects.filter(pk__in=keys).select_related("submitter", "editor", "issue")
    return found.prefetch_related("bylines__author__user", "co_authors__person").defer("body", "raw_body")


def printed_long_ago(events: Sequence[Event]) -> set[int]:
    """Articles of back issues: nobody is told today that they came out years ago."""
    out = [event.article_id for event in events if event.action == "publish"]
    rows = Event.objects.filter(article__in=out, action="record_as_printed") if out else Event.objects.none()
    return {pk for pk in rows.values_list("article", flat=True) if pk is not None}


def occasions(event: Event, article: Article) -> list[tuple[Kind, Audience]]:
    """What an event gives rise to. Whose work it is now is told only while it still is."""
    found = list(RULES.get(event.action, ()))
    arrived = event.before != event.after and event.after in WAITING_STAGES and article.stage == event.after
    given_to_one = (Kind.ASSIGNED, Audience.EDITOR) in found and bool(event.data.get("editor"))
    if arrived and not given_to_one:
        found.append((Kind.WAITING, Audience.REVIEWERS))
    return found


def write_notice(
    template: NoticeTemplate, article: Article, event: Event, person: Any, journal: Journal
) -> Notice:
    """One notice as it will stand in the record, not stored yet."""
    values = values_of(article, event, template.kind, template.audience, person, journal)
    subject, body = template.filled(dict(values))
    return Notice(
        article=article,
        event=event,
        kind=template.kind,
        audience=template.audience,
        recipient=person,
        subject=subject,
        body=body,
        **posting(person, template.by_email),
    )


def put_away(events: Sequence[Event]) -> None:
    """What waited for somebody waits no longer once the manuscript has moved on or changed hands."""
    moved = {e.article_id for e in events if e.before != e.after or e.action in {"assign", "extend"}}
    if not moved:
        return
    waiting = Notice.objects.filter(article__in=moved, kind__in=PUT_AWAY, read_at=None)
    earlier = waiting.filter(event__lt=max(event.pk for event in events))
    earlier.exclude(event__in=[event.pk for event in events]).update(read_at=timezone.now())
