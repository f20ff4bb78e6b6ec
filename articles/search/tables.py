"""Where the two databases differ, and nowhere else: how a row of units is stored and looked up.

Both keep rows under numbers that tell their article and their rank: text rows lie at ``article × ROWS``, head
rows (number, titles, names …) at the same place above ``HEADS``. Read from the highest number down, an index
gives what is found in heads before what is found in texts, the newest first: a reader may stop where enough
was found. SQLite: an FTS5 table without a copy of the text; what was indexed stands compressed beside it, for
such a table forgets a row only when it is told every word of it. PostgreSQL: two ``tsvector`` columns written
by cast, never through a text-search configuration, and read stretch by stretch (``lexemes``), for their index
knows no order; which of the rows that hold all pairs of a phrase hold them in a row is read from the units
themselves, in the order of the numbers.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models.expressions import RawSQL

from articles.search.lexemes import (
    HEADS,
    ROWS,
    anywhere,
    column_of,
    lexemes,
    like,
    phrase,
    stretches,
    tokens_of,
    wanted,
)
from articles.search.lexemes import pattern as like_pattern
from articles.search.words import distinct, line, pairs

__all__ = ["FEW", "HEADS", "ROWS", "PostgresTable", "Row", "Scope", "SqliteTable", "table"]

#: What finds the article of a row's number, in both databases.
ARTICLE = f"(({{}} & {HEADS - 1}) / {ROWS})"

#: Up to so many articles are looked into one by one.
FEW = 1000
#: SQLite reads in order by itself; only for several terms it is led: how many of the newest keys come first.
SPANS = (4096, 32768)

Row = tuple[int, str, list[str]]  # number, digest of what it was made from, units
Statement = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is looked: the newest article's key there is, and the keys of the articles if they are few."""

    newest: int
    few: list[int] | None = None

    def starts(self, sides: Iterable[bool]) -> list[int]:
        """The first number of each of the few, of heads (``True``) and of texts."""
        return [(HEADS if heads else 0) + pk * ROWS for heads in sides for pk in self.few or ()]


class SqliteTable:
    rows_table = "articles_searchrow"

    def __init__(self, using: str) -> None:
        self.using = using
        self.words: dict[int, bytes] = {}  # what the rows asked for were made of

    def execute(self, sql: str, values: Any = ()) -> Any:
        cursor = connections[self.using].cursor()
        cursor.execute(sql, values)
        return cursor

    def many(self, sql: str, values: list[Any]) -> None:
        if values:
            connections[self.using].cursor().executemany(sql, values)

    def rows_of(self, articles: Iterable[int], columns: str) -> list[Any]:
        places = [top + pk * ROWS for pk in articles for top in (0, HEADS)]
        ranges = [(place, place + ROWS - 1) for place in places]
        where = " OR ".join(["number BETWEEN %s AND %s"] * len(ranges))
        sql = f"SELECT {columns} FROM {self.rows_table} WHERE {where}"  # noqa: S608
        return self.execute(sql, [n for pair in ranges for n in pair]).fetchall() if ranges else []

    def digests(self, articles: Iterable[int]) -> dict[int, str]:
        """Number → digest of every row of these articles (keys); ask before ``replace``."""
        found = self.rows_of(articles, "number, digest, words")
        self.words.update({number: words for number, _digest, words in found})
        return {number: digest for number, digest, _words in found}

    def is_empty(self) -> bool:
        return not self.execute(f"SELECT 1 FROM {self.rows_table} LIMIT 1").fetchall()  # noqa: S608

    def replace(self, gone: Iterable[int], new: Iterable[Row]) -> None:
        """Take rows out (their numbers) and put others in."""
        gone, new = list(gone), list(new)
        old = [(n, zlib.decompress(self.words[n]).decode().split(" ")) for n in gone]
        self.many(
            "INSERT INTO articles_search (articles_search, rowid, pairs, units) "
            "VALUES ('delete', %s, %s, %s)",
            [(number, *columns(row)) for number, row in old],
        )
        self.many(
            "INSERT INTO articles_search (rowid, pairs, units) VALUES (%s, %s, %s)",
            [(number, *columns(row)) for number, _digest, row in new],
        )
        left = set(gone) - {number for number, _digest, _row in new}
        self.many("DELETE FROM articles_searchrow WHERE number = %s", [(n,) for n in left])
        self.many(
            "INSERT OR REPLACE INTO articles_searchrow (number, digest, words) VALUES (%s, %s, %s)",
            [(number, digest, zlib.compress(" ".join(row).encode())) for number, digest, row in new],
        )

    def clear(self) -> None:
        self.execute("INSERT INTO articles_search (articles_search) VALUES ('delete-all')")
        self.execute("DELETE FROM articles_searchrow")

    def tidy(self) -> None:
        """Merge what many writes have left in pieces."""
        self.execute("INSERT INTO articles_search (articles_search) VALUES ('optimize')")
        self.take_stock()

    def take_stock(self) -> None:
        """Tell the planner what the tables are like: else it walks all articles to find a year's."""
        self.execute("PRAGMA analysis_limit = 1000")  # milliseconds, however many rows there are
        for name in ("articles_article", "articles_issue"):
            self.execute(f"ANALYZE {name}")

    def articles_with(self, term: list[str]) -> RawSQL:
        """A subquery of article keys."""
        sql = f"SELECT {ARTICLE.format('rowid')} FROM articles_search WHERE articles_search MATCH %s"  # noqa: S608
        return RawSQL(sql, [match(term)])  # noqa: S611

    def hits(
        self, asked: list[list[str]], seen: Statement, scope: Scope, sides: list[bool], most: int
    ) -> Statement:
        """The first rows (number, then what is ``seen`` of its article) of articles that hold all terms.

        They are rows of the first term: of heads (``True`` in ``sides``) and of texts, side after side and
        the highest number first, not more than ``most``.
        """
        if scope.few is not None:
            parts = [self.hits_among(asked, seen, scope, heads) for heads in sides]
        else:
            spans = SPANS if len(asked) > 1 else ()
            lows = [max(scope.newest - span, 0) for span in spans] + [0]
            highs = [HEADS // ROWS - 1, *(low - 1 for low in lows)]
            parts = [
                self.hits_between(asked, seen, heads, low, high)
                for heads in sides
                for low, high in zip(lows, highs, strict=False)
                if low <= high
            ]
        in_order = f"SELECT * FROM ({{}} ORDER BY number DESC LIMIT {most})"  # noqa: S608
        sql = " UNION ALL ".join(in_order.format(part) for part, _values in parts)
        return f"{sql} LIMIT {most}", [value for _sql, values in parts for value in values]

    def hits_between(
        self, asked: list[list[str]], seen: Statement, heads: bool, low: int, high: int
    ) -> Statement:
        """What is found in the articles of certain keys: the other terms are looked up in these only."""
        where = "articles_search MATCH %s AND rowid BETWEEN %s AND %s"
        rows = f"SELECT rowid AS number FROM articles_search WHERE {where}"  # noqa: S608
        visible, values = seen
        given = [match(asked[0]), *numbers(low, high, heads), *values]
        held = []
        for other in asked[1:]:
            sides = (True, False)
            both = " UNION ALL ".join(f"SELECT {ARTICLE.format('number')} FROM ({rows})" for _ in sides)  # noqa: S608
            held.append(f"{ARTICLE.format('found.number')} IN ({both})")
            given += [value for side in sides for value in (match(other), *numbers(low, high, side))]
        return (
            f"SELECT found.number, seen.* FROM ({rows} ORDER BY rowid DESC) AS found "  # noqa: S608
            f"JOIN ({visible}) AS seen ON seen.id = {ARTICLE.format('found.number')}"
            f"{' WHERE ' if held else ''}{' AND '.join(held)}",
            given,
        )

    def hits_among(self, asked: list[list[str]], seen: Statement, scope: Scope, heads: bool) -> Statement:
        """What is found in a few articles, looked into one by one."""
        rows = (
            "SELECT held.rowid AS number "  # noqa: S608
            "FROM json_each(%s) AS start CROSS JOIN articles_search AS held "
            "WHERE held.articles_search MATCH %s "
            f"AND held.rowid BETWEEN start.value AND start.value + {ROWS - 1}"
        )
        visible, values = seen
        given = [json.dumps(scope.starts([heads])), match(asked[0]), *values]
        where = []
        for other in asked[1:]:
            where.append(
                f"{ARTICLE.format('found.number')} IN (SELECT {ARTICLE.format('number')} FROM ({rows}))"  # noqa: S608
            )
            given += [json.dumps(scope.starts([True, False])), match(other)]
        return (
            f"SELECT found.number, seen.* FROM ({rows}) AS found "  # noqa: S608
            f"JOIN ({visible}) AS seen ON seen.id = {ARTICLE.format('found.number')}"
            f"{' WHERE ' if where else ''}{' AND '.join(where)}",
            given,
        )


class PostgresTable(SqliteTable):
    rows_table = "articles_search"

    def digests(self, articles: Iterable[int]) -> dict[int, str]:
        return dict(self.rows_of(articles, "number, digest"))

    def replace(self, gone: Iterable[int], new: Iterable[Row]) -> None:
        if numbers := list(gone):
            self.execute("DELETE FROM articles_search WHERE number = ANY(%s)", [numbers])
        self.many(
            "INSERT INTO articles_search (number, digest, pairs, units, words) "
            "VALUES (%s, %s, %s::tsvector, %s::tsvector, %s)",
            [
                (
                    number,
                    digest,
                    lexemes(tokens_of(number, distinct(pairs(row)))),
                    lexemes(tokens_of(number, distinct(row))),
                    line(row),
                )
                for number, digest, row in new
            ],
        )

    def clear(self) -> None:
        self.execute("TRUNCATE articles_search")

    def tidy(self) -> None:
        self.take_stock()

    def take_stock(self) -> None:
        self.execute("ANALYZE articles_search")

    def articles_with(self, term: list[str]) -> RawSQL:
        """What is held is read whole: which of it is the newest does not matter."""
        where = f"{column_of(term)} @@ %s::tsquery{like(term)}"
        sql = f"SELECT {ARTICLE.format('number')} FROM articles_search WHERE {where}"  # noqa: S608
        return RawSQL(sql, [anywhere(term), *phrase(term)])  # noqa: S611

    def hits(
        self, asked: list[list[str]], seen: Statement, scope: Scope, sides: list[bool], most: int
    ) -> Statement:
        source = self.rows_among if scope.few is not None else self.rows_lately
        found, given = source(asked, scope, sides)
        visible, values = seen
        # LATERAL with OFFSET 0 leaves one plan only: stretch by stretch, its rows in order, and each row's
        # article looked up by its key, until there are enough. No stretch is read before its turn.
        return (
            f"SELECT found.number, seen.* FROM {found} CROSS JOIN LATERAL ("  # noqa: S608
            f"SELECT * FROM ({visible}) AS visible WHERE visible.id = {ARTICLE.format('found.number')} "
            f"OFFSET 0) AS seen LIMIT {most}",
            [*given, *values],
        )

    def rows_lately(self, asked: list[list[str]], scope: Scope, sides: list[bool]) -> Statement:
        """``found``: rows of the first term whose articles hold the others, one stretch after the other."""
        spans = [span for heads in sides for span in stretches(scope.newest, heads)]
        given: list[Any] = [[below for below, _heads, _stretch in spans]]
        given.append([wanted(asked[0], heads, stretch) for _below, heads, stretch in spans])
        where, phrases = "", []
        for n, other in enumerate(asked[1:], 1):
            given.append([anywhere(other, stretch) for _below, _heads, stretch in spans])
            phrases += phrase(other)
            where += (
                f" AND {ARTICLE.format('number')} IN (SELECT {ARTICLE.format('number')} FROM articles_search "  # noqa: S608
                f"WHERE {column_of(other)} @@ span.wanted{n}::tsquery{like(other)})"
            )
        names = "".join(f", wanted{n}" for n in range(len(asked)))
        held = (
            f"SELECT number, words FROM articles_search WHERE {column_of(asked[0])} @@ span.wanted0::tsquery "  # noqa: S608
            f"AND number < span.below{where} ORDER BY number DESC OFFSET 0"
        )
        # A row's units are fetched only when its turn has come.
        near = f"SELECT number FROM ({held}) AS held WHERE true{like(asked[0])} OFFSET 0"  # noqa: S608
        return (
            f"unnest(%s::bigint[]{', %s::text[]' * len(asked)}) AS span (below{names}) "
            f"CROSS JOIN LATERAL ({near}) AS found",
            [*given, *phrases, *phrase(asked[0])],
        )

    def rows_among(self, asked: list[list[str]], scope: Scope, sides: list[bool]) -> Statement:
        """``found``: the same, read from the rows of a few articles."""
        rows = (  # as fenced: no plan may read the units of all rows to find those of a few
            "unnest(%s::bigint[]) AS start (first) CROSS JOIN LATERAL ("  # noqa: S608
            "SELECT number, words FROM articles_search "
            f"WHERE number BETWEEN start.first AND start.first + {ROWS - 1} OFFSET 0) AS held"
        )
        where, given = "", [scope.starts(sides), like_pattern(asked[0])]
        for other in asked[1:]:
            where += (
                f" AND {ARTICLE.format('number')} IN "  # noqa: S608
                f"(SELECT {ARTICLE.format('number')} FROM {rows} WHERE words LIKE %s)"
            )
            given += [scope.starts([True, False]), like_pattern(other)]
        sql = f"SELECT number FROM {rows} WHERE words LIKE %s{where}"  # noqa: S608
        return f"({sql} ORDER BY number DESC OFFSET 0) AS found", given


def match(term: list[str]) -> str:
    """A term as SQLite's index is asked for it."""
    return f'units : "{term[0]}"' if len(term) == 1 else f'pairs : "{" ".join(pairs(term)[:-1])}"'


def numbers(low: int, high: int, heads: bool) -> tuple[int, int]:
    """The first and the last number of the heads or of the texts of articles (keys)."""
    top = HEADS if heads else 0
    return top + low * ROWS, top + high * ROWS + ROWS - 1


def columns(row: list[str]) -> tuple[str, str]:
    return " ".join(pairs(row)), " ".join(distinct(row))


def table(using: str = "default") -> SqliteTable:
    vendor = connections[using].vendor
    return {"sqlite": SqliteTable, "postgresql": PostgresTable}[vendor](using)
