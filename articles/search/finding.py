"""One page of hits, ranked, with what it can be narrowed by.

The index is read from its highest number down (``tables``): first what is found in heads, then what is found
in texts, the newest entered first, until ``CANDIDATES`` rows that may be seen are there. Where only a few
articles may be seen, or were asked for, these are looked into one by one. Only these are
counted, ranked and shown, so that a frequent word costs little more than a rare one; whether there were more
is said in ``cut``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connections

from articles.search.marks import term_pattern
from articles.search.tables import FEW, Scope, Statement, table
from articles.search.words import MOST_UNITS, terms

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["CANDIDATES", "Facets", "Page", "Value", "search"]

CANDIDATES = 500
MOST = 100
#: The most values a facet offers, the most frequent ones.
MOST_VALUES = 12
TITLES = ("title", "kicker", "subtitle", "toc_title")
COLUMNS = (
    *("id", "section__code", "section__name", "issue__year", "issue__sort_number", "first_page"),
    *TITLES,
)


@dataclass(frozen=True, slots=True)
class Value:
    """Something hits can be narrowed by: its code, its name, and how many of the hits have it."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What hits can be narrowed by; years the newest first, the others the most frequent first."""

    sections: list[Value] = field(default_factory=list)
    years: list[Value] = field(default_factory=list)
    authors: list[Value] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """Hits of one page in their order, without their texts unless these were asked for.

    ``names``: article → the names it is signed with. ``count``: how many hits there are to leaf through;
    ``cut``: there are more, which only a narrower search shows. ``more``: others follow this page.
    """

    hits: list[Article] = field(default_factory=list)
    more: bool = False
    count: int = 0
    cut: bool = False
    names: dict[int, list[str]] = field(default_factory=dict)
    facets: Facets = field(default_factory=Facets)


Named = tuple[str, str]  # code, name


@dataclass(slots=True)
class Candidate:
    """An article found. ``side_by_side``: with the terms as they were typed; ``in_head``: not only in its
    text; ``authors``: code → the name printed."""

    pk: int
    section: Named
    year: int | None
    issue: int | None
    page: int | None
    titles: list[str]
    side_by_side: bool = False
    in_head: bool = False
    authors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Candidate:
        """From a row of ``COLUMNS``."""
        pk, code, name, year, issue, page, *titles = row
        return cls(pk, (code, name), year, issue, page, titles)


def search(
    query: str,
    *,
    among: Any = None,
    limit: int = 50,
    offset: int = 0,
    newest_first: bool = False,
    bodies: bool = False,
) -> Page:
    """The hits ``offset`` … ``offset + limit`` for ``query`` in the query set ``among``.

    Terms that stand side by side as they were typed come before scattered ones, terms in titles before terms
    in names, these before terms in the rest of a head and these before the text; then the newest issue, or,
    with ``newest_first``, only that. Costs four queries, five for several terms. ``limit`` is at most 100.
    """
    from articles.models import Article

    among = Article.objects.for_everyone() if among is None else among
    asked = terms(query)
    found, cut = candidates(asked, among, newest_first)
    give_names(found)
    key = by_date if newest_first else Rank(asked).key
    ranked = sorted(found.values(), key=key, reverse=True)
    limit, offset = max(1, min(limit, MOST)), max(0, offset)
    shown = ranked[offset : offset + limit]
    heavy = ("raw_body",) if bodies else ("raw_body", "body")
    articles = Article.objects.select_related("issue", "section").defer(*heavy)
    hits = articles.in_bulk([candidate.pk for candidate in shown]) if shown else {}
    return Page(
        hits=[hits[candidate.pk] for candidate in shown if candidate.pk in hits],
        more=offset + limit < len(ranked),
        count=len(ranked),
        cut=cut,
        names={candidate.pk: list(candidate.authors.values()) for candidate in shown},
        facets=facets_of(ranked),
    )


# -- candidates


def candidates(asked: list[list[str]], among: Any, newest_first: bool) -> tuple[dict[int, Candidate], bool]:
    """Article → candidate, and whether there were more rows than are looked at."""
    found: dict[int, Candidate] = {}
    if not asked:
        return found, False
    try:
        sql, values = among.order_by().values_list(*COLUMNS).query.get_compiler(among.db).as_sql()
    except EmptyResultSet:
        return found, False
    seen = sql, list(values)
    scope = scope_of(seen, among.db)
    if scope is None:
        return found, False
    cut = False
    if not newest_first or len(asked) == 1:
        joined = [unit for term in asked for unit in term][:MOST_UNITS]
        cut = take(found, read([joined], seen, scope, among.db, newest_first), True)
    if len(asked) > 1 and not cut:
        cut = take(found, read(asked, seen, scope, among.db, newest_first), False)
    return found, cut


def take(found: dict[int, Candidate], rows: list[tuple[Any, ...]], side_by_side: bool) -> bool:
    """Put the articles of rows (in head, ``COLUMNS``) among those found; whether the rows were cut off."""
    for in_head, *row in rows:
        candidate = found.get(row[0])
        if candidate is None:
            candidate = found[row[0]] = Candidate.of(tuple(row))
            candidate.side_by_side = side_by_side
        candidate.in_head = candidate.in_head or bool(in_head)
    return len(rows) >= CANDIDATES


def read(
    asked: list[list[str]], seen: Statement, scope: Scope, using: str, newest_first: bool
) -> list[tuple[Any, ...]]:
    """Rows of the longest term whose articles are ``seen`` and hold the others: in head, then ``COLUMNS``.

    Heads before texts, the highest number first. Newest first, as many of heads and as many of texts are
    read, so that neither hides the other.
    """
    parts: list[str] = []
    given: list[Any] = []
    longest_first = sorted(asked, key=len, reverse=True)
    for sides in ([True], [False]) if newest_first else ([True, False],):
        sql, own = table(using).hits(longest_first, seen, scope, sides, CANDIDATES)
        parts.append(f"SELECT * FROM ({sql}) AS part")  # noqa: S608 - made of our own statements
        given += own
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), given)
        return list(cursor.fetchall())


def scope_of(seen: Statement, using: str) -> Scope | None:
    """Where to look, or ``None``: nothing may be seen."""
    visible, values = seen
    newest = "SELECT max(id) FROM articles_article"
    sql = f"SELECT ({newest}), visible.id FROM ({visible}) AS visible LIMIT {FEW + 1}"  # noqa: S608
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    if not rows:
        return None
    return Scope(rows[0][0], [pk for _newest, pk in rows] if len(rows) <= FEW else None)


# -- rank


def give_names(found: dict[int, Candidate]) -> None:
    from articles.models import Byline

    if not found:
        return
    lines = Byline.objects.filter(article__in=list(found)).order_by("position")
    for pk, code, printed, name in lines.values_list(
        "article", "author__code", "printed_name", "author__name"
    ):
        found[pk].authors[code] = printed or name


def by_date(candidate: Candidate) -> tuple[int, ...]:
    """The newest issue first, in it from the first page on; what is in no issue yet before them all."""
    year = 9999 if candidate.year is None else candidate.year
    return year, candidate.issue or 0, -(candidate.page or 0), candidate.pk


class Rank:
    """What comes before what, for the terms asked for."""

    def __init__(self, asked: list[list[str]]) -> None:
        self.terms = [re.compile(term_pattern(term), re.IGNORECASE) for term in asked]

    def key(self, candidate: Candidate) -> tuple[int, ...]:
        return candidate.side_by_side, self.place(candidate), *by_date(candidate)

    def place(self, candidate: Candidate) -> int:
        """3: every term in a title; 2: in titles and names; 1: elsewhere in the head; 0: in the text."""
        if not candidate.in_head:
            return 0
        titles = candidate.titles
        if all(self.holds(term, titles) for term in self.terms):
            return 3
        signed = [*titles, *candidate.authors.values()]
        return 2 if all(self.holds(term, signed) for term in self.terms) else 1

    def holds(self, term: re.Pattern[str], texts: Iterable[str]) -> bool:
        return any(term.search(text) for text in texts if text)


# -- facets


def facets_of(found: list[Candidate]) -> Facets:
    years = Counter(candidate.year for candidate in found if candidate.year is not None)
    return Facets(
        sections=counted(candidate.section for candidate in found if candidate.section[0]),
        years=[Value(str(year), str(year), years[year]) for year in sorted(years, reverse=True)],
        authors=counted(author for candidate in found for author in candidate.authors.items()),
    )


def counted(values: Iterable[Named]) -> list[Value]:
    """The most frequent codes, each under the name it was met with first."""
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for code, name in values:
        names.setdefault(code, name)
        counts[code] += 1
    return [Value(code, names[code], count) for code, count in counts.most_common(MOST_VALUES)]
