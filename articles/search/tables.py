"""Where the two databases differ, and nowhere else: how a row of units is stored and looked up.

Both keep rows under numbers that tell their article and their rank: text rows lie at ``article × ROWS``, head
rows (number, titles, names …) at the same place above ``HEADS``. Read from the highest number down, an index
gives what is found in heads before what is found in texts, the newest first: a reader may stop where enough
was found. SQLite: an FTS5 table without a copy of the text; what was indexed stands compressed beside it, for
such a table forgets a row only when it is told every word of it. PostgreSQL: two ``tsvector`` columns written
by cast, never through a text-search configuration; which of the rows that hold all pairs of a phrase hold
them in a row is read from the units themselves, in the order of the numbers.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from django.db import connections
from django.db.models.expressions import RawSQL

from articles.search.words import distinct, line, pairs

__all__ = ["HEADS", "ROWS", "PostgresTable", "Row", "SqliteTable", "table"]

#: The most rows of one article's head, and of its text.
ROWS = 4096
HEADS = 1 << 52
#: What finds the article of a row's number, in both databases.
ARTICLE = f"(({{}} & {HEADS - 1}) / {ROWS})"

Row = tuple[int, str, list[str]]  # number, digest of what it was made from, units
Statement = tuple[str, list[Any]]


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

    def rows_with(self, term: list[str], *, heads: bool | None = None) -> Statement:
        """A statement for the numbers of the rows that hold a term, the highest first.

        Of heads only, of texts only (``False``), or of both.
        """
        where = f'units : "{term[0]}"'
        if len(term) > 1:
            where = f'pairs : "{" ".join(pairs(term)[:-1])}"'
        sql = "SELECT rowid AS number FROM articles_search WHERE articles_search MATCH %s"
        return f"{sql}{side('rowid', heads)} ORDER BY rowid DESC", [where]

    def articles_with(self, term: list[str]) -> RawSQL:
        """A subquery of article keys."""
        sql, values = self.rows_with(term)
        return RawSQL(f"SELECT {ARTICLE.format('number')} FROM ({sql}) AS held", values)  # noqa: S608, S611


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
                (number, digest, lexemes(distinct(pairs(row))), lexemes(distinct(row)), line(row))
                for number, digest, row in new
            ],
        )

    def clear(self) -> None:
        self.execute("TRUNCATE articles_search")

    def tidy(self) -> None:
        self.execute("ANALYZE articles_search")

    def rows_with(self, term: list[str], *, heads: bool | None = None) -> Statement:
        sql = "SELECT number{} FROM articles_search WHERE {} @@ %s::tsquery" + side("number", heads)  # noqa: S608
        if len(term) <= 2:
            column = "pairs" if len(term) == 2 else "units"
            token = pairs(term)[0] if len(term) == 2 else term[0]
            return sql.format("", column) + " ORDER BY number DESC", [quoted(token)]
        # OFFSET 0 keeps the two steps apart: a row's units are fetched only when its turn has come.
        inner = sql.format(", words", "pairs") + " ORDER BY number DESC OFFSET 0"
        wanted = " & ".join(quoted(token) for token in sorted(set(pairs(term)[:-1])))
        return (
            f"SELECT number FROM ({inner}) AS near WHERE words LIKE %s ORDER BY number DESC",  # noqa: S608
            [wanted, f"%{line(term)}%"],
        )


def side(column: str, heads: bool | None) -> str:
    return "" if heads is None else f" AND {column} {'>=' if heads else '<'} {HEADS}"


def columns(row: list[str]) -> tuple[str, str]:
    return " ".join(pairs(row)), " ".join(distinct(row))


def quoted(token: str) -> str:
    return f"'{token}'"  # units hold letters and digits only, so nothing wants escaping


def lexemes(tokens: list[str]) -> str:
    """``'渡口' '口纪'``: a ``tsvector`` without places."""
    return " ".join(quoted(token) for token in tokens)


def table(using: str = "default") -> SqliteTable:
    vendor = connections[using].vendor
    return {"sqlite": SqliteTable, "postgresql": PostgresTable}[vendor](using)
