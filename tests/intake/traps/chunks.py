"""A printed page as a row of chunks: words, what they are, and the line ends before them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

__all__ = ["BREAK", "Chunk", "cut", "glue", "is_cjk"]

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Chunk:
    """``before`` counts the line ends that part it from its predecessor (1 tight, 2 a blank line, 4 a page).

    ``kind`` is one of title, kicker, subtitle, byline, body, verse, heading, row, caption, note, jump,
    furniture, contents, masthead, section, residue.
    """

    text: str
    kind: str
    before: int = 2
    continued: bool = False  # the second half of a paragraph cut by a column or a page

    def with_(self, **values: object) -> Chunk:
        return replace(self, **values)  # type: ignore[arg-type]


def is_cjk(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def cut(chunk: Chunk, at: int, rng: random.Random) -> tuple[Chunk, Chunk] | None:
    """Cut a paragraph inside a sentence near ``at``; None where no such place is."""
    words = chunk.text
    places = [
        i
        for i in range(12, len(words) - 12)
        if is_cjk(words[i - 1]) and is_cjk(words[i]) and not re.match(r"[一二三四五六七八九十]是", words[i:])
    ]
    if chunk.kind != "body" or len(words) < 60 or not places:
        return None
    nearest = min(places, key=lambda i: (abs(i - at), rng.random()))
    return chunk.with_(text=words[:nearest]), Chunk(words[nearest:], "body", 2, True)


def glue(chunks: list[Chunk]) -> str:
    """Print the chunks one after the other."""
    out: list[str] = []
    for i, chunk in enumerate(chunks):
        out += [BREAK * (chunk.before if i else 0), chunk.text]
    return "".join(out) + BREAK
