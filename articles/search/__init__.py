"""Finds articles by any phrase: hides the database and how Chinese is cut into words.

``search(query)`` answers one page of hits, ``matching(query, articles)`` narrows a query set. Both look at
number, titles, names and units of the bylines, abstract, keywords, source, series, closing notes, text and
the section's name, and find **every** article that holds the phrase. Blanks part terms, all of which must
occur; whatever else is typed is plain text.

What somebody may see is decided by the query set that is passed, ``Article.objects.visible_to(user)``;
without one only what is published for everyone is searched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from articles.search.keeping import TEXT_FIELDS, forget, keep, rebuild
from articles.search.tables import table
from articles.search.words import has_phrase, terms

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["TEXT_FIELDS", "Page", "forget", "keep", "matching", "rebuild", "search"]

#: Hits are ranked inside blocks of so many of the newest: ranking all of them costs seconds.
BLOCK = 200
MOST = 100
TITLES = ("title", "kicker", "subtitle", "toc_title")
HEAVY = ("body", "raw_body")


@dataclass(frozen=True, slots=True)
class Page:
    """Hits of one page in their order, without their texts; ``more`` says whether others follow."""

    hits: list[Article] = field(default_factory=list)
    more: bool = False


def search(query: str, *, among: Any = None, limit: int = 50, offset: int = 0) -> Page:
    """The hits ``offset`` … ``offset + limit`` for ``query`` in the query set ``among``.

    The newest come first; of each 200 newest those with every term in a title come before the others. Costs
    three queries. ``limit`` is at most 100.
    """
    from articles.models import Article

    limit = max(1, min(limit, MOST))
    among = Article.objects.for_everyone() if among is None else among
    start = max(0, offset) // BLOCK * BLOCK
    newest = matching(query, among).order_by("-pk").values_list("pk", *TITLES)
    known = list(newest[start : start + 2 * BLOCK + 1])
    asked = terms(query)
    ranked = [pk for block in (known[:BLOCK], known[BLOCK : 2 * BLOCK]) for pk in ranks(block, asked)]
    wanted = ranked[offset - start : offset - start + limit]
    found = Article.objects.select_related("issue", "section").defer(*HEAVY).in_bulk(wanted)
    return Page([found[pk] for pk in wanted if pk in found], offset - start + limit < len(known))


def ranks(block: list[tuple[Any, ...]], asked: list[list[str]]) -> list[int]:
    """The keys of a block, those first whose titles hold every term."""

    def titled(row: tuple[Any, ...]) -> bool:
        return all(any(has_phrase(title, term) for title in row[1:]) for term in asked)

    return [row[0] for row in sorted(block, key=titled, reverse=True)]


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
