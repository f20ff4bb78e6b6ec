"""How long a manuscript usually stands in a stage, read from the record: what a sender may expect."""

from __future__ import annotations

import datetime
import math
import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import F, Max
from django.utils import timezone

from articles.stages import Stage

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["likely_next_days", "usual_days"]

#: Before the office has a record of its own, in days.
FIRST_GUESS = {
    Stage.UNIT_CHECK: 3,
    Stage.SUBMITTED: 3,
    Stage.FIRST_REVIEW: 7,
    Stage.SECOND_REVIEW: 5,
    Stage.FINAL_REVIEW: 5,
}
LOOKED_AT = 40
ENOUGH = 8


def usual_days(stage: Stage) -> int | None:
    """The median of the last stays in ``stage`` in whole days, at least one; ``None`` where nobody waits."""
    from articles.models import Event

    if stage not in FIRST_GUESS:
        return None
    left = Event.objects.filter(before=stage, article__isnull=False).exclude(after=stage)
    last = list(left.order_by("-pk").values_list("article", "at")[:LOOKED_AT])
    came = Event.objects.filter(after=stage, article__in=[pk for pk, _at in last]).exclude(before=stage)
    arrivals: dict[int, list[datetime.datetime]] = {}
    for pk, at in came.order_by("pk").values_list("article", "at"):
        arrivals.setdefault(pk, []).append(at)
    stays = [
        (at - max(earlier)).total_seconds() / 86_400
        for pk, at in last
        if (earlier := [a for a in arrivals.get(pk, []) if a <= at])
    ]
    if len(stays) < ENOUGH:
        return FIRST_GUESS[stage]
    return max(1, math.ceil(statistics.median(stays)))


def likely_next_days(articles: Sequence[Article]) -> dict[int, datetime.date]:
    """Article key → the day by which its sender may expect the next word, in the office's time zone.

    Returned manuscripts have their due day; a stay already longer than usual gives no day at all. The number
    of queries does not grow with the list.
    """
    from articles.models import Event

    usual = {stage: usual_days(stage) for stage in {Stage(article.stage) for article in articles}}
    here = Event.objects.filter(article__in=[a.pk for a in articles], after=F("article__stage"))
    came = dict(here.exclude(before=F("after")).values_list("article").annotate(Max("at")).order_by())
    today, days = timezone.localdate(), {}
    for article in articles:
        if article.stage == Stage.RETURNED and article.due_on:
            days[article.pk] = article.due_on
        elif (stay := usual[Stage(article.stage)]) is not None:
            start = timezone.localtime(came[article.pk]).date() if article.pk in came else today
            if (day := start + datetime.timedelta(days=stay)) >= today:
                days[article.pk] = day
    return days
