"""Where the two databases differ, and nowhere else: how a row of units is stored and looked up.

Both keep rows under one number, ``article × ROWS + row``: the first ``HEAD_ROWS`` are for the head (number,
titles, names …), the others for the text. SQLite: an FTS5 table without a copy of the text; what was
indexed stands compressed beside it, for such a table forgets a row only when it is told every word of it.
PostgreSQL: two ``tsvector`` columns written by cast, never through a text-search configuration.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db import connections
from django.db.models.expressions import RawSQL

from articles.search.words import BREAK, distinct, pairs

__all__ = ["HEAD_ROWS", "ROWS", "PostgresTable", "Row", "SqliteTable", "table"]

ROWS = 4096
HEAD_ROWS = 256

Row = tuple[int, str, list[str]]  # number, digest of what it was made from, units


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

    def articles_with(self, term: list[str]) -> RawSQL:
        """A subquery of article keys."""
        where = f'units : "{term[0]}"'
        if len(term) > 1:
            where = f'pairs : "{" ".join(pairs(term)[:-1])}"'
        sql = f"SELECT rowid / {ROWS} FROM articles_search WHERE articles_search MATCH %s"  # noqa: S608
        return RawSQL(sql, [where])  # noqa: S611 - no part of a query stands in the statement


class PostgresTable(SqliteTable):
    rows_table = "articles_search"

    def digests(self, articles: Iterable[int]) -> dict[int, str]:
        return dict(self.rows_of(articles, "number, digest"))

    def replace(self, gone: Iterable[int], new: Iterable[Row]) -> None:
        if numbers := list(gone):
            self.execute("DELETE FROM articles_search WHERE number = ANY(%s)", [numbers])
        self.many(
            "INSERT INTO articles_search (number, digest, pairs, units) "
            "VALUES (%s, %s, %s::tsvector, %s::tsvector)",
            [
                (number, digest, placed(pairs(row)), " ".join(quoted(u) for u in distinct(row)))
                for number, digest, row in new
            ],
        )

    def clear(self) -> None:
        self.execute("TRUNCATE articles_search")

    def tidy(self) -> None:
        self.execute("ANALYZE articles_search")

    def articles_with(self, term: list[str]) -> RawSQL:
        where, column = quoted(term[0]), "units"
        if len(term) > 1:
            where, column = phrase(pairs(term)[:-1]), "pairs"
        sql = f"SELECT number / {ROWS} FROM articles_search WHERE {column} @@ %s::tsquery"  # noqa: S608
        return RawSQL(sql, [where])  # noqa: S611 - no part of a query stands in the statement


def columns(row: list[str]) -> tuple[str, str]:
    return " ".join(pairs(row)), " ".join(distinct(row))


def quoted(token: str) -> str:
    return f"'{token}'"  # units hold letters and digits only, so nothing wants escaping


def placed(tokens: list[str]) -> str:
    """``'渡口':1 '口纪':2``: tokens with their places; a break leaves its place empty."""
    return " ".join(f"{quoted(t)}:{n}" for n, t in enumerate(tokens, start=1) if t != BREAK)


def phrase(tokens: list[str]) -> str:
    """Every second token says as much as all of them: each unit is in one of them, at its place."""
    last = len(tokens) - 1
    kept = [n for n in range(len(tokens)) if n % 2 == 0 or n == last]
    parts = [quoted(tokens[kept[0]])]
    for before, here in pairwise(kept):
        parts.append(f"<{here - before}> {quoted(tokens[here])}")
    return " ".join(parts)


def table(using: str = "default") -> SqliteTable:
    vendor = connections[using].vendor
    return {"sqlite": SqliteTable, "postgresql": PostgresTable}[vendor](using)
