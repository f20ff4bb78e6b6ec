"""What the paged lists of articles share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from articles.models import Article
from articles.models.article import ArticleQuerySet
from journal.public.answer import page
from journal.public.listing import for_lists
from journal.public.paging import Paged

__all__ = ["list_page", "newest_first"]


def newest_first(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Newest issue first, inside it by page; bodies stay in the database."""
    return for_lists(articles).order_by("-issue__year", "-issue__sort_number", "first_page", "position", "pk")


def list_page(request: HttpRequest, template: str, paged: Paged, context: dict[str, Any]) -> HttpResponse:
    """One page of a list; ``Link: rel="next"`` tells machines (and the bake) that there is another."""
    articles: list[Article] = list(paged.page.object_list)
    context |= {"paged": paged, "articles": articles, "canonical": paged.here}
    response = page(request, template, context)
    if paged.older:
        response.headers["Link"] = f'<{paged.older}>; rel="next"'
    return response
