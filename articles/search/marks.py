"""Where a query stands in a text as it was written, and the piece of a text that shows it best.

The index knows folded units; what a reader is shown keeps its own characters. So a query becomes one regular
expression that finds every way of writing it: old and simplified characters, any width and case, with blanks
and punctuation in between where the index sees none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import pairwise

from articles.search.variants import GROUPS
from articles.search.words import IS_WIDE, LETTER, terms

__all__ = ["Piece", "marked", "pattern", "snippet", "text_of"]

#: Characters of a snippet, and how many of them may stand before the first hit.
WIDTH, LEAD = 96, 24
#: A text is searched for the best place only so far.
MOST_PLACES = 200
GAP = r"[\W_]*"
SENTENCE_END = "。！？；\n"
BLOCKS = "p|h[2-4]|blockquote|ul|ol|li|figure|figcaption|table|caption|tr"
BREAKS = re.compile(rf"<(?:/?(?:{BLOCKS})|br|hr|t[dh])\b[^>]*>")
TAGS = re.compile(r'<[^">]*(?:"[^"]*"[^">]*)*>')

Piece = tuple[str, bool]  # a part of a text, and whether it is a hit


@cache
def ways_of_writing() -> dict[str, str]:
    """Character → all that fold to it; only where there are others than case and width."""
    found = {group[0]: group for group in GROUPS}
    for code in range(0xF900, 0xFB00):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            found[plain] = found.get(plain, plain) + chr(code)
    return found


def character(char: str) -> str:
    ways = ways_of_writing().get(char, char)
    if "!" <= char <= "~":
        ways += chr(ord(char) + 0xFEE0)
    return f"[{ways}]" if len(ways) > 1 else re.escape(char)


def term_pattern(term: list[str]) -> str:
    """One term; words of letters and numbers only as a whole."""
    parts = [guard(term[0], "(?<!{})"), "".join(map(character, term[0]))]
    for before, unit in pairwise(term):
        apart = not IS_WIDE.match(before) and not IS_WIDE.match(unit) and before.isdigit() == unit.isdigit()
        parts += [r"[\W_]+" if apart else GAP, "".join(map(character, unit))]
    return "".join([*parts, guard(term[-1], "(?!{})")])


def guard(unit: str, form: str) -> str:
    if IS_WIDE.match(unit):
        return ""
    return form.format(r"\d" if unit.isdigit() else LETTER)


def pattern(query: str) -> re.Pattern[str] | None:
    """What finds the terms of a query, a group each; ``None`` for a query without words."""
    asked = sorted(terms(query), key=lambda term: -sum(map(len, term)))
    return re.compile("|".join(f"({term_pattern(term)})" for term in asked), re.IGNORECASE) if asked else None


def text_of(html: str) -> str:
    """The words of a cleaned body, quickly: its tags are well formed, and ``<`` stands for nothing else."""
    return unescape(TAGS.sub("", BREAKS.sub("\n", html))).strip()


def marked(text: str, query: re.Pattern[str] | None) -> list[Piece]:
    """The whole text in pieces, hits and what is between them."""
    if query is None:
        return [(text, False)] if text else []
    return list(pieces(text, query, 0, len(text)))


def pieces(text: str, query: re.Pattern[str], start: int, end: int) -> Iterator[Piece]:
    at = start
    for match in query.finditer(text, start, end):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match[0], True
        at = match.end()
    if at < end:
        yield text[at:end], False


def snippet(text: str, query: re.Pattern[str] | None) -> list[Piece]:
    """The part of a text with the most different terms, the first such; empty where none occurs."""
    places = [] if query is None else list(places_in(text, query))
    if query is None or not places:
        return []
    start = beginning(text, best(places))
    end = min(len(text), start + WIDTH)
    end = start + len(text[start:end].rstrip())
    for at, till, _term in places:  # no hit is cut in two
        if at < end < till:
            end = till
    shown = [(part.replace("\n", " "), hit) for part, hit in pieces(text, query, start, end)]
    return [*([("……", False)] if start else []), *shown, *([("……", False)] if end < len(text) else [])]


def places_in(text: str, query: re.Pattern[str]) -> Iterator[tuple[int, int, int]]:
    for count, match in enumerate(query.finditer(text)):
        if count == MOST_PLACES:
            return
        yield match.start(), match.end(), match.lastindex or 0


def best(places: list[tuple[int, int, int]]) -> int:
    """Where the hit stands that has the most different terms in the window it opens."""
    most, chosen = 0, places[0][0]
    for n, (start, _end, _term) in enumerate(places):
        here = set()
        for _start, other_end, term in places[n:]:
            if other_end > start + WIDTH - LEAD:
                break
            here.add(term)
        if len(here) > most:
            most, chosen = len(here), start
    return chosen


def beginning(text: str, hit: int) -> int:
    """Where to begin so that the hit stands early: with its sentence, if that is near."""
    earliest = max(0, hit - LEAD)
    for at in range(hit - 1, earliest - 1, -1):
        if text[at] in SENTENCE_END:
            return at + 1
    return earliest
