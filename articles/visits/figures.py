"""What the counts say: of an issue, and of what is read most."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from articles.models import Article, Issue, VisitDay, VisitTotal
from articles.models.article import ArticleQuerySet

__all__ = ["DAYS", "Ranks", "in_days", "most_read", "most_read_ever", "of_issue"]

#: Visits by article's key: of an issue, of everything.
Ranks = tuple[dict[int, int], dict[int, int]]
#: What “lately” is in a list of what is read most.
DAYS = 30


def of_issue(year: int, number: str) -> dict[str, int]:
    """Visits by article's code; nothing for an issue that is not for everybody, or not there."""
    shown = Article.objects.for_everyone().filter(issue__year=year, issue__number=number)
    totals = VisitTotal.objects.filter(article__in=shown, count__gt=0)
    return dict(totals.values_list("article__code", "count"))


def most_read(shown: ArticleQuerySet, *, lately: bool = False, most: int = 10) -> dict[int, int]:
    """Visits by article's key, the most read of ``shown`` first: since they came out, or ``lately``."""
    rows: Any
    if lately:
        since = timezone.localdate() - timedelta(days=DAYS - 1)
        days = VisitDay.objects.filter(day__gte=since, article__in=shown)
        sums = days.values("article").annotate(visits=Sum("count")).filter(visits__gt=0)
        rows = sums.order_by("-visits", "article").values_list("article", "visits")
    else:
        totals = VisitTotal.objects.filter(article__in=shown, count__gt=0)
        rows = totals.order_by("-count", "article_id").values_list("article", "count")
    return dict(rows[:most])


def most_read_ever(shown: ArticleQuerySet, issue: Issue | None, *, most: int = 10) -> Ranks:
    """``most_read`` of an issue (``None``: of none) and of all that is ``shown``, in one query."""
    totals = VisitTotal.objects.filter(article__in=shown, count__gt=0).order_by("-count", "article_id")
    first = Q(pk__in=totals.values("pk")[:most])
    rows = totals.filter(Q(article__issue=issue) | first) if issue else totals[:most]
    found = list(rows.values_list("article", "count", "article__issue"))
    of_issue = [(key, count) for key, count, inside in found if issue and inside == issue.pk]
    return dict(of_issue[:most]), {key: count for key, count, _inside in found[:most]}


def in_days(first: date | None = None, last: date | None = None) -> QuerySet[Any]:
    """Rows with ``article`` and ``count``: those of the days from ``first`` to ``last``, or of all time."""
    if first is None or last is None:
        return VisitTotal.objects.filter(count__gt=0)
    return VisitDay.objects.filter(day__range=(first, last), count__gt=0)
