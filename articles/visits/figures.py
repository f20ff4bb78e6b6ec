"""What the counts say: of an issue, and of what is read most."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from articles.models import Article, VisitDay, VisitTotal
from articles.models.article import ArticleQuerySet

__all__ = ["DAYS", "most_read", "of_issue"]

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
        rows = totals.order_by("-count", "article").values_list("article", "count")
    return dict(rows[:most])
