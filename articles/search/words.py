"""Text → units → tokens: the one way Chinese is cut for the index and for a query.

A *unit* is one Chinese (or Japanese, Korean) character, one run of digits or one run of other letters.
Punctuation and white space are no units, so a phrase is found across them. The index holds every two units
that stand side by side as one token, and every unit once by itself. Nothing here knows a database.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from articles.search.variants import SIMPLIFIED

__all__ = ["BREAK", "MOST_UNITS", "distinct", "fold", "has_phrase", "line", "pairs", "rows", "terms", "units"]

#: Stands between two fields (and where a row ends): no phrase leads across it. It is never part of a unit.
BREAK = "·"
#: The longest phrase that is looked up whole; of a longer one its beginning.
MOST_UNITS = 64
MOST_TERMS = 8
LONGEST_WORD = 64
#: PostgreSQL forgets positions past 16,383 and the 257th place of a token: a row ends well before either.
LONGEST_ROW = 12_000
MOST_REPEATS = 200

# 〇, kana, bopomofo, Han with its extensions, Yi, Hangul: no blanks between words.
WIDE = (
    "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
LETTER = rf"[^\W\d_{WIDE}]"
UNIT = re.compile(rf"[{WIDE}]|\d+|{LETTER}+")
IS_WIDE = re.compile(rf"[{WIDE}]")


def fold(text: str) -> str:
    """Full and half width, capitals, old and simplified characters are one: what is compared."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.translate(SIMPLIFIED)


def units(text: str) -> list[str]:
    return [unit[:LONGEST_WORD] for unit in UNIT.findall(fold(text))]


def terms(query: str) -> list[list[str]]:
    """What was asked for: blanks part terms, and each must occur; all else in a query is plain text."""
    found = (units(part)[:MOST_UNITS] for part in fold(query).split())
    return [term for term in found if term][:MOST_TERMS]


def rows(fields: Iterable[str]) -> Iterator[list[str]]:
    """The units of several fields, with breaks, in rows the databases can hold.

    A row overlaps the one before so far that every phrase of ``MOST_UNITS`` stands whole in one of them.
    """
    stream: list[str] = []
    for field in fields:
        if found := units(field):
            stream += [*found, BREAK]
    start = 0
    while start < len(stream):
        end = row_end(stream, start)
        yield stream[start:end]
        if end == len(stream):
            return
        start = end - MOST_UNITS


def row_end(stream: list[str], start: int) -> int:
    """Where a row that begins at ``start`` has to end."""
    last = min(start + LONGEST_ROW, len(stream))
    if most_common(stream[start:last]) <= MOST_REPEATS:
        return last
    seen: dict[tuple[str, str], int] = {}
    for place in range(start, last - 1):
        pair = (stream[place], stream[place + 1])
        seen[pair] = seen.get(pair, 0) + 1
        if seen[pair] > MOST_REPEATS:
            return place + 1
    return last


def most_common(row: list[str]) -> int:
    return max(Counter(pairwise(row)).values(), default=0)


def pairs(row: list[str]) -> list[str]:
    """One token a place: a unit with the next one; a break where there is no next one."""
    nexts = [*row[1:], BREAK] if row else []
    return [joined(one, two) for one, two in zip(row, nexts, strict=True)]


def joined(one: str, two: str) -> str:
    if BREAK in (one, two):
        return BREAK
    return one + two if IS_WIDE.match(one) and IS_WIDE.match(two) else f"{one}{BREAK}{two}"


def distinct(row: list[str]) -> list[str]:
    return sorted(set(row) - {BREAK})


def line(row: list[str]) -> str:
    """Units as one string that holds the string of a phrase exactly where the row holds the phrase."""
    return "".join(unit if IS_WIDE.match(unit) else f" {unit} " for unit in row)


def has_phrase(text: str, term: list[str]) -> bool:
    """Whether a text holds a term as the index understands it."""
    found = units(text)
    size = len(term)
    return any(found[i : i + size] == term for i in range(len(found) - size + 1))
