"""What a row of PostgreSQL's index is found by: tokens without places, and how they are asked for.

A row holds the tokens of a text and, marked, those of its head: one look-up finds an article with one word in
its title and the other in its text. Beside them stand the stretches it lies in, each all articles whose keys
share their leading bits: a frequent word in the newest stretches is looked up in the time that these take,
however many rows hold it elsewhere. And every three units of the text that follow one another are there as
one of 8,192 signs: few rows that hold all pairs and all signs of a phrase do not hold the phrase itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from articles.search.words import BREAK, distinct, pairs

__all__ = ["ROWS", "STRETCHES", "anywhere", "stretches", "vector", "wanted"]

#: The most rows of one article; one row alone has the first number, several have those after it.
ROWS = 4096
#: Powers of two: how many articles' keys a stretch holds, the newest of which are looked into before others.
STRETCHES = (11, 13, 15)
#: Stands before what is kept of a head, and by itself in rows that are not alone: no units, so that neither
#: ever meets what stands in a text.
HEAD, SEVERAL = "^", "+"
#: The signs of three units, private characters: so few that a saved text is soon put into the index.
SIGNS, MOST_SIGNS = 0xF0000, 1 << 13
BEYOND = 1 << 62


def stretches(newest: int) -> Iterator[tuple[int, list[str]]]:
    """Stretches from the newest down: what its rows lie below, and what they name themselves."""
    below = BEYOND
    for bits in STRETCHES:
        block = newest >> bits
        yield below, [f"{bits}.{block}", f"{bits}.{max(block - 1, 0)}"]
        if block < 2:
            return
        below = ((block - 1) << bits) * ROWS
    yield below, []


def vector(number: int, text: list[str], head: list[str]) -> str:
    """What is kept of a row as a ``tsvector``: ``'渡口' '^李伟'``."""
    article, place = divmod(number, ROWS)
    tokens = {*text, *pairs(text), *signs(text), *(HEAD + token for token in (*head, *pairs(head)))}
    tokens -= {BREAK, HEAD + BREAK}
    tokens |= {f"{bits}.{article >> bits}" for bits in STRETCHES}
    return " ".join(map(quoted, tokens | {SEVERAL} if place else tokens))


def signs(row: list[str]) -> list[str]:
    trios = zip(row, row[1:], row[2:], strict=False)
    return [sign(BREAK.join(trio)) for trio in trios if BREAK not in trio]


def sign(trio: str) -> str:
    return chr(SIGNS + zlib.crc32(trio.encode()) % MOST_SIGNS)


def wanted(asked: list[list[str]], heads: bool, stretch: list[str]) -> str:
    """The query for rows of a stretch with the first term in the head or in the text, the others anywhere.

    Of an article of several rows, one may hold what another lacks: these are found by the first term alone.
    """
    parts = [held(asked[0], heads)]
    parts += [f"({anywhere(other)} | {quoted(SEVERAL)})" for other in asked[1:]]
    if stretch:
        parts.append(f"({' | '.join(map(quoted, stretch))})")
    return " & ".join(parts)


def anywhere(term: list[str]) -> str:
    return f"({held(term, True)}) | ({held(term, False)})"


def held(term: list[str], heads: bool) -> str:
    tokens = term if len(term) == 1 else distinct(pairs(term)[:-1])
    if heads:
        return " & ".join(quoted(HEAD + token) for token in tokens)
    return " & ".join(map(quoted, [*tokens, *dict.fromkeys(signs(term))]))


def quoted(token: str) -> str:
    return f"'{token}'"  # units hold letters and digits only, so nothing wants escaping
