"""Articles with what every list of them prints, in a number of queries that does not grow with the list."""

from __future__ import annotations

from django.db.models import Prefetch

from articles.models import Byline, Figure
from articles.models.article import ArticleQuerySet

__all__ = ["for_lists", "in_issue", "signed"]


def signed(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Articles with section, issue and bylines, without their texts."""
    bylines = Byline.objects.select_related("author").order_by("position")
    found = articles.select_related("section", "issue").prefetch_related(
        Prefetch("bylines", queryset=bylines)
    )
    return found.defer("raw_body", "body")


def for_lists(articles: ArticleQuerySet, *, bodies: bool = False) -> ArticleQuerySet:
    """Articles with section, issue, bylines and the first pictures; texts only with ``bodies``."""
    figures = Prefetch("figures", queryset=Figure.objects.order_by("position", "pk"))
    found = signed(articles).prefetch_related(figures)
    return found.defer(None).defer("raw_body") if bodies else found


def in_issue(articles: ArticleQuerySet, *, bodies: bool = False) -> ArticleQuerySet:
    """The same in the order of the pages."""
    return for_lists(articles, bodies=bodies).in_page_order()
