"""What harvesters may know of: which articles, since when, in which set, and which have gone.

A record is an article of an issue that is for everybody. It has gone when the article was taken down, or when
its issue was kept for fewer readers after it had been for everybody; what never was for everybody is none.

The datestamp is when that became so or the text was corrected, by the record of events. The time of
publication would not do: it may be the day of a printed issue long ago, which no harvester asks for any more.
"""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from articles.models import Article, Event, Issue, Section
from articles.models.journal import Visibility
from articles.press import IssueStage
from articles.press_table import DECISION_FOR
from articles.workflow import Stage

__all__ = ["records", "sets"]

OPENS = DECISION_FOR[Visibility.PUBLIC]
CLOSES = [action for visibility, action in DECISION_FOR.items() if visibility != Visibility.PUBLIC]
#: What happens to an article that its readers see.
CHANGES = ("publish", "correct", "take_down")


def last(events: QuerySet[Event]) -> Subquery:
    return Subquery(events.order_by("-at").values("at")[:1])


def records() -> QuerySet[Any]:
    """Articles with ``stamp`` (when the record last changed) and ``gone``."""
    of_issue, of_article = (
        Event.objects.filter(issue=OuterRef("issue")),
        Event.objects.filter(article=OuterRef("pk")),
    )
    left = of_issue.filter(
        action__in=CLOSES, before__in=IssueStage.out_stages(), data__visibility__before=Visibility.PUBLIC
    )
    changed = Coalesce(last(of_article.filter(action__in=CHANGES)), F("published_at"))
    opened = Coalesce(last(of_issue.filter(action=OPENS)), F("published_at"))
    return (
        Article.objects.filter(stage__in=[Stage.PUBLISHED, Stage.RETRACTED])
        .annotate(open=Exists(Issue.objects.for_everyone().filter(pk=OuterRef("issue"))), left=last(left))
        .filter(Q(open=True) | Q(left__isnull=False))
        .annotate(
            stamp=Case(When(open=True, then=Greatest(changed, opened)), default=F("left")),
            gone=Case(
                When(open=True, stage=Stage.PUBLISHED, then=Value(False)),
                default=Value(True),
                output_field=BooleanField(),
            ),
        )
    )


def sets() -> QuerySet[Section]:
    """The sections with something for everybody: the names of others are not for everybody either."""
    shown = records().filter(open=True)
    return Section.objects.filter(pk__in=shown.values("section")).order_by("position", "name")
