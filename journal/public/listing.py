"""Articles with what every list of them prints, in a number of queries that does not grow with the list."""

from __future__ import annotations

from django.db.models import Prefetch

from articles.models import Byline, Figure
from articles.models.article import ArticleQuerySet

__all__ = ["for_lists", "in_issue"]


def for_lists(articles: ArticleQuerySet, *, bodies: bool = False) -> ArticleQuerySet:
    """Articles with section, issue, bylines and the first pictures; texts only with ``bodies``."""
    bylines = Byline.objects.select_related("author").order_by("position")
    found = articles.select_related("section", "issue").prefetch_related(
        Prefetch("bylines", queryset=bylines),
        Prefetch("figures", queryset=Figure.objects.order_by("position", "pk")),
    )
    return found.defer("raw_body") if bodies else found.defer("raw_body", "body")


def in_issue(articles: ArticleQuerySet, *, bodies: bool = False) -> ArticleQuerySet:
    """The same in the order of the pages."""
    return for_lists(articles, bodies=bodies).in_page_order()
