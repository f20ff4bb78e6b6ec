"""What a row of PostgreSQL's index is found by: its tokens, those of heads marked, and its stretches.

A stretch is all articles whose keys share their leading bits. A frequent word in the newest stretches is
looked up in the time that these take, however many rows hold it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.search.words import line, pairs

__all__ = [
    "HEADS",
    "ROWS",
    "STRETCHES",
    "anywhere",
    "column_of",
    "lexemes",
    "like",
    "pattern",
    "phrase",
    "stretches",
    "tokens_of",
    "wanted",
]

#: The most rows of one article's head, and of its text.
ROWS = 4096
HEADS = 1 << 52
#: Powers of two: how many articles' keys a stretch holds, the newest of which are looked into before others.
STRETCHES = (11, 13, 15)
#: Stands before what is kept of a head: no unit, so that it never meets what stands in a text.
HEAD = "^"


def stretches(newest: int, heads: bool) -> Iterator[tuple[int, bool, list[str]]]:
    """Stretches from the newest down: what its rows lie below, the side, what they name themselves."""
    top = HEADS if heads else 0
    below = top + HEADS
    for bits in STRETCHES:
        block = newest >> bits
        yield below, heads, [f"{bits}.{block}", f"{bits}.{max(block - 1, 0)}"]
        if block < 2:
            return
        below = top + ((block - 1) << bits) * ROWS
    yield below, heads, []


def tokens_of(number: int, tokens: Iterable[str]) -> list[str]:
    """What is kept of a row: its tokens, of a head marked so, and the stretches it lies in."""
    article = (number & (HEADS - 1)) // ROWS
    named = [*tokens, *(f"{bits}.{article >> bits}" for bits in STRETCHES)]
    return [HEAD + token for token in named] if number >= HEADS else named


def wanted(term: list[str], heads: bool, stretch: list[str]) -> str:
    """The query for a term in heads or in texts, of certain stretches only."""
    mark = HEAD if heads else ""
    tokens = term if len(term) == 1 else sorted(set(pairs(term)[:-1]))
    parts = [quoted(mark + token) for token in tokens]
    if stretch:
        parts.append(f"({' | '.join(quoted(mark + name) for name in stretch)})")
    return " & ".join(parts)


def anywhere(term: list[str], stretch: Iterable[str] = ()) -> str:
    return " | ".join(f"({wanted(term, heads, list(stretch))})" for heads in (True, False))


def column_of(term: list[str]) -> str:
    return "units" if len(term) == 1 else "pairs"


def like(term: list[str], before: str = "AND ") -> str:
    """Rows that hold all pairs of a longer term need not hold it: that is read from their units."""
    return f" {before}words LIKE %s" if len(term) > 2 else ""


def phrase(term: list[str]) -> list[str]:
    return [pattern(term)] if len(term) > 2 else []


def pattern(term: list[str]) -> str:
    return f"%{line(term)}%"


def quoted(token: str) -> str:
    return f"'{token}'"  # units hold letters and digits only, so nothing wants escaping


def lexemes(tokens: list[str]) -> str:
    """``'渡口' '口纪'``: a ``tsvector`` without places."""
    return " ".join(quoted(token) for token in tokens)
