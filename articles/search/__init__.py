"""Finds articles by any phrase: hides the database and how Chinese is cut into words.

``search(query)`` answers one page of hits with their number and what narrows them; ``matching(query,
articles)`` narrows a query set. Both look at number, titles, names and units of the bylines, abstract,
keywords, source, series, closing notes and text, ``matching`` also at the section's name, and find **every**
article that holds the phrase. Blanks part terms, all of which must occur; whatever else is typed is plain
text. ``pattern`` and ``snippet`` show where.

What somebody may see is decided by the query set that is passed, ``Article.objects.visible_to(user)``;
without one only what is published for everyone is searched.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from articles.search.finding import CANDIDATES, Facets, Page, Value, search
from articles.search.keeping import TEXT_FIELDS, forget, keep, rebuild
from articles.search.marks import Piece, marked, pattern, snippet, text_of
from articles.search.tables import table
from articles.search.words import has_phrase, terms

__all__ = [
    "CANDIDATES",
    "TEXT_FIELDS",
    "Facets",
    "Page",
    "Piece",
    "Value",
    "forget",
    "keep",
    "marked",
    "matching",
    "pattern",
    "rebuild",
    "search",
    "snippet",
    "terms",
    "text_of",
]


def matching(query: str, articles: Any) -> Any:
    """The articles of a query set in which every term of the query occurs; none for a query without words."""
    asked = terms(query)
    if not asked:
        return articles.none()
    for term in asked:
        found = Q(pk__in=table(articles.db).articles_with(term))
        if sections := sections_named(term):
            found |= Q(section__in=sections)
        articles = articles.filter(found)
    return articles


def sections_named(term: list[str]) -> list[int]:
    """A section's name is looked up where it stands: renaming one must not rewrite thousands of rows."""
    from articles.models import Section

    return [pk for pk, name in Section.objects.order_by().values_list("pk", "name") if has_phrase(name, term)]
