"""Reminders of due days: once before the day, once after it, for each day that was set."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from articles.models import Article, Event, Journal
from articles.stages import Stage
from journal.notices.kinds import Audience, Kind
from journal.notices.make import templates_in_use, with_people, write_notice
from journal.notices.models import Notice
from journal.notices.recipients import Directory

__all__ = ["DAYS_BEFORE", "remind"]

DAYS_BEFORE = 3
BATCH = 500


def remind(today: datetime.date | None = None) -> int:
    """Write the reminders that are due on ``today``; returns how many. Running it again writes none."""
    today = today or timezone.localdate()
    soon = today + datetime.timedelta(days=DAYS_BEFORE)
    written = write_reminders(Kind.OVERDUE, datetime.date.min, today - datetime.timedelta(days=1))
    return written + write_reminders(Kind.DUE_SOON, today, soon)


@transaction.atomic
def write_reminders(kind: Kind, first: datetime.date, last: datetime.date) -> int:
    """Reminders for manuscripts whose day lies between ``first`` and ``last``, both included."""
    set_by = Event.objects.filter(article=OuterRef("pk"), action__in=["return", "extend"])
    late = Article.objects.filter(stage=Stage.RETURNED, due_on__gte=first, due_on__lte=last)
    last_set = Subquery(set_by.order_by("-pk").values("pk")[:1])
    late = late.annotate(set_by=last_set).filter(set_by__isnull=False)
    told = Notice.objects.filter(event=OuterRef("set_by"), kind=kind)
    pairs = dict(late.filter(~Exists(told)).order_by("due_on").values_list("pk", "set_by")[:BATCH])
    if not pairs:
        return 0
    events = Event.objects.in_bulk(pairs.values())
    templates, journal = templates_in_use(), Journal.objects.current()
    articles = list(with_people(pairs))
    directory = Directory(articles)
    found: list[Notice] = []
    for article in articles:
        event = events[pairs[article.pk]]
        if kind == Kind.DUE_SOON and set_just_now(event, article):
            continue
        for audience, people in recipients(directory, article):
            if (template := templates.get((kind, audience))) is not None:
                found += [write_notice(template, article, event, person, journal) for person in people]
    Notice.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def recipients(directory: Directory, article: Article) -> list[tuple[Audience, list[Any]]]:
    """The author, and who minds the manuscript at the desk – the one who set the day included."""
    office = [article.editor] if article.editor is not None else directory.people("articles.register_article")
    both = ((Audience.AUTHOR, directory.authors(article)), (Audience.EDITOR, office))
    return [(audience, [p for p in dict.fromkeys(people) if p.is_active]) for audience, people in both]


def set_just_now(event: Event, article: Article) -> bool:
    """A day so near that the notice that set it is the reminder."""
    if article.due_on is None:
        return True
    return article.due_on - timezone.localdate(event.at) <= datetime.timedelta(days=DAYS_BEFORE)
