"""The index a browser searches without a server: sorted tokens in small files, with every place of each.

The tokens are those of ``articles.search.words``: every two units side by side, and every unit by itself.
What is written, all numbers as LEB128 (seven bits a byte, the lowest first):

``<n>.bin``  number of tokens; of each token the bytes it shares with the one before, the length of the rest,
             the rest in UTF-8, and the length of its list; then all lists.
a pair's list  of each article ``2 × step + (one place?)``, where ``step`` counts from the article before;
             unless it is one place their number; then the places, each counted from the one before.
a unit's list  of each article ``4 × step + rank``: 3 in a title, 2 in a name, 1 elsewhere in the head, 0 in
             the text, the highest that holds.

Tokens are sorted by UTF-16 code units, as JavaScript compares strings. ``first_tokens`` says where each file
begins, so a browser loads one file a token.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from articles.search.words import BREAK, distinct, pairs

__all__ = ["Index", "number_bytes"]

#: About what one look-up costs on the wire, uncompressed. A token with a longer list has a file to itself.
FILE_BYTES = 24_000


def number_bytes(value: int) -> bytes:
    """A number in LEB128."""
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


class Index:
    """Takes articles one after the other, then gives the files. Holds the lists, never the texts."""

    def __init__(self) -> None:
        self.lists: dict[str, bytearray] = defaultdict(bytearray)
        self.last: dict[str, int] = {}

    def add(self, article: int, parts: list[list[str]]) -> None:
        """An article's units with breaks between its fields: titles, names, the rest of the head, the text.

        ``article`` must be greater than in the call before.
        """
        for rank, part in enumerate(reversed(parts)):
            others = set[str]().union(*parts[: len(parts) - 1 - rank])
            for unit in distinct(part):
                if unit not in others:
                    self.begin(unit, article, 4, rank)
        places: dict[str, list[int]] = defaultdict(list)
        for place, pair in enumerate(pairs([unit for part in parts for unit in part])):
            if pair != BREAK:
                places[pair].append(place)
        for pair, found in places.items():
            self.begin(pair, article, 2, len(found) == 1)
            if len(found) > 1:
                self.lists[pair] += number_bytes(len(found))
            before = 0
            for place in found:
                self.lists[pair] += number_bytes(place - before)
                before = place

    def begin(self, token: str, article: int, scale: int, mark: int) -> None:
        step = article - self.last.get(token, 0)
        self.last[token] = article
        self.lists[token] += number_bytes(scale * step + mark)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The first token of each file, and its bytes."""
        tokens: list[str] = []
        size = 0
        for token in sorted(self.lists, key=lambda one: one.encode("utf-16-be")):
            if tokens and size + len(self.lists[token]) > FILE_BYTES:
                yield tokens[0], self.file(tokens)
                tokens, size = [], 0
            tokens.append(token)
            size += len(self.lists[token]) + 8
        if tokens:
            yield tokens[0], self.file(tokens)

    def file(self, tokens: list[str]) -> bytes:
        head = bytearray(number_bytes(len(tokens)))
        before = b""
        for token in tokens:
            name = token.encode()
            shared = alike(before, name)
            head += number_bytes(shared) + number_bytes(len(name) - shared) + name[shared:]
            head += number_bytes(len(self.lists[token]))
            before = name
        return bytes(head) + b"".join(self.lists[token] for token in tokens)


def alike(one: bytes, two: bytes) -> int:
    """How many bytes two names begin with in common."""
    pairs_of_bytes = zip(one, two, strict=False)
    return next((n for n, (a, b) in enumerate(pairs_of_bytes) if a != b), min(len(one), len(two)))
