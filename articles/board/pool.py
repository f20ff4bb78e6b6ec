"""The pool: accepted manuscripts that stand in no issue yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Window

from articles.board.keeping import with_names
from articles.stages import Stage

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["PAGE", "Pool", "pool"]

PAGE = 20


@dataclass(frozen=True)
class Pool:
    """One page of the pool: ``total`` fit the search; pages count from one."""

    articles: list[Article]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def keys(self) -> list[int]:
        return [article.pk for article in self.articles]


def pool(*, section: int = 0, words: str = "", page: int = 1) -> Pool:
    """Accepted manuscripts in no issue, by section and age; two queries.

    ``words`` are looked for in titles, numbers and authors' names, ``section`` is a key.
    """
    from articles.models import Article

    found: Any = Article.objects.filter(stage=Stage.ACCEPTED, issue=None)
    if section:
        found = found.filter(section=section)
    for word in words.split()[:5]:
        named = Q(bylines__author__name__icontains=word) | Q(bylines__printed_name__icontains=word)
        fits = Q(title__icontains=word) | Q(manuscript_number__icontains=word)
        found = found.filter(Q(pk__in=Article.objects.filter(fits | named).order_by().values("pk")))
    ordered = found.order_by("section__position", "section__name", "updated_at", "pk")
    counted = ordered.select_related("section").annotate(total=Window(Count("pk")))
    page = max(1, page)
    articles = on_page(counted, page)
    if not articles and page > 1:  # beyond the last one
        page = max(1, -(-found.count() // PAGE))
        articles = on_page(counted, page)
    return Pool(articles, articles[0].total if articles else 0, page)


def on_page(found: Any, page: int) -> list[Any]:
    return list(with_names(found)[(page - 1) * PAGE : page * PAGE])
