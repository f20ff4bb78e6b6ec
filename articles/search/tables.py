"""Where the two databases differ, and nowhere else: how a row of units is stored and looked up.

Both keep one row of an article (of a very long one several) under a number that tells its key, and in it the
tokens of the text beside those of the head (number, title, names …): one look-up finds one term in the head
and the other in the text. Read from the highest number down, first by what heads hold, then by what texts
hold, an index gives the newest first: a reader may stop where enough was found.

SQLite: an FTS5 table without a copy of the text; what was indexed stands compressed beside it, for such a
table forgets a row only when it is told every word of it. PostgreSQL: a ``tsvector`` column written by cast,
never through a text-search configuration, and read stretch by stretch (``lexemes``), for its index knows no
order; which of the rows that hold all tokens of a phrase hold them in a row is read from the units
themselves, in the order of the numbers.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connections
from django.db.models.expressions import RawSQL

from articles.search.lexemes import ROWS, anywhere, stretches, vector, wanted
from articles.search.words import distinct, line, pairs

__all__ = ["FEW", "ROWS", "PostgresTable", "Row", "Scope", "SqliteTable", "table"]

#: Up to so many articles are looked into one by one.
FEW = 1000
#: In the index of SQLite, rows that are not alone.
SEVERAL = "several"


class Row(NamedTuple):
    """``digest``: of what it was made from; ``text`` and ``head``: their units."""

    number: int
    digest: str
    text: list[str]
    head: list[str]


Statement = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is looked: the newest article's key there is, and the keys of the articles if they are few."""

    newest: int
    few: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The first number of each of the few."""
        return [pk * ROWS for pk in self.few or ()]


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
        ranges = [(pk * ROWS, pk * ROWS + ROWS - 1) for pk in articles]
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
        self.many(
            f"INSERT INTO articles_search (articles_search, rowid, {', '.join(COLUMNS)}) "  # noqa: S608
            f"VALUES ('delete', %s{', %s' * len(COLUMNS)})",
            [(n, *columns(n, *unpacked(self.words[n]))) for n in gone],
        )
        self.many(
            f"INSERT INTO articles_search (rowid, {', '.join(COLUMNS)}) "  # noqa: S608
            f"VALUES (%s{', %s' * len(COLUMNS)})",
            [(row.number, *columns(row.number, row.text, row.head)) for row in new],
        )
        left = set(gone) - {row.number for row in new}
        self.many("DELETE FROM articles_searchrow WHERE number = %s", [(n,) for n in left])
        self.many(
            "INSERT OR REPLACE INTO articles_searchrow (number, digest, words) VALUES (%s, %s, %s)",
            [(row.number, row.digest, packed(row)) for row in new],
        )

    def clear(self) -> None:
        self.execute("INSERT INTO articles_search (articles_search) VALUES ('delete-all')")
        self.execute("DELETE FROM articles_searchrow")

    def write_many(self) -> None:
        """Many rows are written until the transaction ends."""

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
        sql = f"SELECT rowid / {ROWS} FROM articles_search WHERE articles_search MATCH %s"  # noqa: S608
        return RawSQL(sql, [match(term, *EITHER)])  # noqa: S611

    def hits(
        self, asked: list[list[str]], seen: Statement, scope: Scope, sides: list[bool], most: int
    ) -> Statement:
        """The first rows (whether found in the head, then what is ``seen`` of its article) with all terms.

        They have the first term in their head (``True`` in ``sides``) or in their text, side after side and
        the highest number first, not more than ``most``.
        """
        parts, given = [], []
        for heads in sides:
            found, values = self.rows_with(asked, heads, scope)
            parts.append(
                f"SELECT * FROM (SELECT {heads:d}, seen.* FROM ({found}) AS found "  # noqa: S608
                f"JOIN ({seen[0]}) AS seen ON seen.id = found.number / {ROWS} "
                f"ORDER BY found.number DESC LIMIT {most})"
            )
            given += [*values, *seen[1]]
        return f"{' UNION ALL '.join(parts)} LIMIT {most}", given

    def rows_with(self, asked: list[list[str]], heads: bool, scope: Scope) -> Statement:
        source, where = "articles_search AS held", "held.articles_search MATCH %s"
        given: list[Any] = [matching(asked, heads)]
        if scope.few is not None:
            source = f"json_each(%s) AS start CROSS JOIN {source}"
            where += f" AND held.rowid BETWEEN start.value AND start.value + {ROWS - 1}"
            given.insert(0, json.dumps(scope.starts))
        for other in asked[1:]:  # what another row of a long text holds
            where += (
                f" AND (held.rowid & {ROWS - 1} = 0 OR EXISTS (SELECT 1 FROM articles_search AS other "  # noqa: S608
                f"WHERE other.articles_search MATCH %s AND other.rowid BETWEEN {place_of('held.rowid')}))"
            )
            given.append(match(other, *EITHER))
        return f"SELECT held.rowid AS number FROM {source} WHERE {where} ORDER BY held.rowid DESC", given  # noqa: S608


class PostgresTable(SqliteTable):
    rows_table = "articles_search"

    def digests(self, articles: Iterable[int]) -> dict[int, str]:
        return dict(self.rows_of(articles, "number, digest"))

    def replace(self, gone: Iterable[int], new: Iterable[Row]) -> None:
        if numbers := list(gone):
            self.execute("DELETE FROM articles_search WHERE number = ANY(%s)", [numbers])
        self.many(
            "INSERT INTO articles_search (number, digest, tokens, head, words) "
            "VALUES (%s, %s, %s::tsvector, %s, %s)",
            [
                (number, digest, vector(number, text, head), line(head), line(text))
                for number, digest, text, head in new
            ],
        )

    def clear(self) -> None:
        self.execute("TRUNCATE articles_search")

    def write_many(self) -> None:
        """More rows than usual may wait to be put in their place together."""
        self.execute("SELECT set_config('gin_pending_list_limit', '16MB', true)")
        self.execute("SELECT set_config('work_mem', '256MB', true)")

    def tidy(self) -> None:
        """Put in its place what many writes have left waiting, which every search would read through."""
        self.execute("SELECT gin_clean_pending_list('articles_search_tokens')")
        self.take_stock()

    def take_stock(self) -> None:
        self.execute("ANALYZE articles_search")

    def articles_with(self, term: list[str]) -> RawSQL:
        """What is held is read whole: which of it is the newest does not matter."""
        where, given = "tokens @@ %s::tsquery", [anywhere(term)]
        if len(term) > 2:
            where, given = f"{where} AND {HOLDS}", [*given, *[like(term)] * 2]
        return RawSQL(f"SELECT number / {ROWS} FROM articles_search AS held WHERE {where}", given)  # noqa: S608, S611

    def hits(
        self, asked: list[list[str]], seen: Statement, scope: Scope, sides: list[bool], most: int
    ) -> Statement:
        source = self.rows_among if scope.few is not None else self.rows_lately
        found, given = source(asked, scope, sides)
        visible, values = seen
        # LATERAL with OFFSET 0 leaves one plan only: stretch by stretch, its rows in order, and each row's
        # article looked up by its key, until there are enough. No stretch is read before its turn.
        return (
            f"SELECT found.heads, seen.* FROM {found} CROSS JOIN LATERAL ("  # noqa: S608
            f"SELECT * FROM ({visible}) AS visible WHERE visible.id = found.number / {ROWS} "
            f"OFFSET 0) AS seen LIMIT {most}",
            [*given, *values],
        )

    def rows_lately(self, asked: list[list[str]], scope: Scope, sides: list[bool]) -> Statement:
        """``found``: rows of the first term that hold the others, one stretch after the other."""
        spans = [(heads, *span) for heads in sides for span in stretches(scope.newest)]
        given: list[Any] = [
            [below for _heads, below, _stretch in spans],
            [heads for heads, _below, _stretch in spans],
            [wanted(asked, heads, stretch) for heads, _below, stretch in spans],
        ]
        # Rows that hold all tokens of a longer term need not hold it: that is read from their units, which
        # are fetched only when a row's turn has come.
        where, phrases = "true", []
        if len(asked[0]) > 2:
            where, phrases = f"{SIDE.format('span')} LIKE %s", [like(asked[0])]
        for other in asked[1:]:
            holds = HOLDS if len(other) > 2 else "true"
            where += f" AND CASE WHEN held.number & {ROWS - 1} = 0 THEN {holds} ELSE {ELSEWHERE} END"
            phrases += [like(other)] * (2 + holds.count("%s"))
        held = (
            "SELECT number, head, words FROM articles_search "
            "WHERE tokens @@ span.wanted::tsquery AND number < span.below ORDER BY number DESC OFFSET 0"
        )
        return (
            "unnest(%s::bigint[], %s::boolean[], %s::text[]) AS span (below, heads, wanted) "  # noqa: S608
            "CROSS JOIN LATERAL ("
            f"SELECT span.heads, held.number FROM ({held}) AS held WHERE {where} OFFSET 0) AS found",
            [*given, *phrases],
        )

    def rows_among(self, asked: list[list[str]], scope: Scope, sides: list[bool]) -> Statement:
        """``found``: the same, read from the rows of a few articles."""
        rows = (  # as fenced: no plan may read the units of all rows to find those of a few
            "unnest(%s::boolean[]) AS side (heads) CROSS JOIN unnest(%s::bigint[]) AS start (first) "  # noqa: S608
            "CROSS JOIN LATERAL (SELECT number, head, words FROM articles_search "
            f"WHERE number BETWEEN start.first AND start.first + {ROWS - 1} OFFSET 0) AS held"
        )
        where, given = f"{SIDE.format('side')} LIKE %s", [sides, scope.starts, like(asked[0])]
        for other in asked[1:]:
            where += f" AND ({HOLDS} OR held.number & {ROWS - 1} > 0 AND {ELSEWHERE})"
            given += [like(other)] * 4
        sql = f"SELECT side.heads, held.number FROM {rows} WHERE {where}"  # noqa: S608
        return f"({sql} ORDER BY side.heads DESC, held.number DESC OFFSET 0) AS found", given


# -- SQLite

COLUMNS = ("pairs", "units", "head_pairs", "head_units", "marks")
EITHER = ("", "head_")


def matching(asked: list[list[str]], heads: bool) -> str:
    """Rows with the first term in the head or in the text and the others in either, or in another row."""
    parts = [match(asked[0], "head_" if heads else "")]
    parts += [f'({match(other, *EITHER)} OR marks : "{SEVERAL}")' for other in asked[1:]]
    return " AND ".join(parts)


def match(term: list[str], *sides: str) -> str:
    """A term as SQLite's index is asked for it."""
    kind, tokens = ("units", term) if len(term) == 1 else ("pairs", pairs(term)[:-1])
    return f'{{{" ".join(side + kind for side in sides)}}} : "{" ".join(tokens)}"'


def columns(number: int, text: list[str], head: list[str]) -> list[str]:
    words = [part for row in (text, head) for part in (pairs(row), distinct(row))]
    return [*map(" ".join, words), SEVERAL if number % ROWS else ""]


def packed(row: Row) -> bytes:
    return zlib.compress("\n".join(map(" ".join, (row.text, row.head))).encode())


def unpacked(words: bytes) -> tuple[list[str], list[str]]:
    text, head = zlib.decompress(words).decode().split("\n")
    return text.split(), head.split()


def place_of(number: str) -> str:
    """The numbers of all rows of an article, from one of them."""
    return f"({number} & {-ROWS}) AND ({number} | {ROWS - 1})"


# -- PostgreSQL: what is read from the units of the row ``held``

SIDE = "CASE WHEN {}.heads THEN held.head ELSE held.words END"
HOLDS = "(held.head LIKE %s OR held.words LIKE %s)"
ELSEWHERE = (
    f"EXISTS (SELECT FROM articles_search AS other WHERE other.number BETWEEN {place_of('held.number')} "
    "AND (other.head LIKE %s OR other.words LIKE %s))"
)


def like(term: list[str]) -> str:
    return f"%{line(term)}%"


def table(using: str = "default") -> SqliteTable:
    vendor = connections[using].vendor
    return {"sqlite": SqliteTable, "postgresql": PostgresTable}[vendor](using)
