"""Invented Chinese that is as hard to search as a real monthly, and the measurement that says so.

A phrase is looked up by its pairs of characters, so a search costs what is found by pairs that only happen to
stand in one text. How many these are depends on how many characters a text is written with and how unevenly:
those of ``desk_lists.Words`` meet three times too often. ``Chinese`` is fitted to one real issue:

    python -m tests.benchmarks.invented [--text FILE] [--write]

says how often the pairs of a phrase meet in another piece of 1,150 characters, in a real text (of the shared
issue, where that is) and in both ways to invent one. Nothing of a real text is kept but these figures.
"""

from __future__ import annotations

import argparse
import os
import random
import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from pathlib import Path

from tests.benchmarks.desk_lists import Words

__all__ = ["Chinese"]

PIECE, PIECES, PHRASES = 1150, 49, 3000
ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KANWU_SHARED", ROOT.parent / "shared"))
REAL = SHARED / "import/issue-2024-07/source.md"
HAN = re.compile("[\u4e00-\u9fff]")
#: The 3,755 characters of the first level of GB 2312, which nearly all of a monthly is written with.
CHARACTERS = "".join(
    bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
    if (row, cell) < (0xD7, 0xFA)
)  # fmt: skip
#: Zipf's law with a bend (Mandelbrot): the weight of a rank is 1 / (rank + bend) ** steepness.
BEND, STEEPNESS, BEND_OF_WORDS = 30, 1.7, 20
LENGTHS = (1, 1, 2, 2, 2, 2, 3, 4)


class Chinese(Words):
    """Words of one to four of 3,000 characters; few words and few characters are frequent."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        characters = self.chance.sample(CHARACTERS, 3000)
        weights = list(accumulate(1 / (rank + BEND) ** STEEPNESS for rank in range(len(characters))))
        self.words = [
            "".join(self.chance.choices(characters, cum_weights=weights, k=self.chance.choice(LENGTHS)))
            for _ in range(20_000)
        ]
        self.weights = list(accumulate(1 / (rank + BEND_OF_WORDS) for rank in range(len(self.words))))

    def body(self) -> str:
        return "".join(
            f"<p>{'，'.join(self.sentence(5) for _ in range(6))}。</p>"
            for _ in range(self.chance.randint(5, 13))
        )


def pieces(text: str) -> list[str]:
    """Its Chinese characters in pieces as long as an article of the benchmark."""
    han = "".join(HAN.findall(text))
    return [han[at : at + PIECE] for at in range(0, len(han) - PIECE + 1, PIECE)][:PIECES]


def invented(words: Words) -> list[str]:
    return pieces("".join(words.body() for _ in range(3 * PIECES)))


def meetings(texts: list[str], length: int) -> tuple[list[float], list[float]]:
    """Of phrases of a text, the shares of the others with all their pairs, and with these only by chance."""
    chance, held = random.Random(3), [pairs_of(text) for text in texts]
    every, chances = [], []
    for _ in range(PHRASES):
        own = chance.randrange(len(texts))
        start = chance.randrange(PIECE - length + 1)
        phrase = texts[own][start : start + length]
        wanted = pairs_of(phrase)
        with_pairs = [n for n, pairs in enumerate(held) if n != own and wanted <= pairs]
        every.append(len(with_pairs) / (len(texts) - 1))
        chances.append(sum(phrase not in texts[n] for n in with_pairs) / (len(texts) - 1))
    return sorted(every), sorted(chances)


def pairs_of(text: str) -> set[tuple[str, str]]:
    return set(pairwise(text))


def line(name: str, texts: list[str]) -> str:
    characters, pairs = set("".join(texts)), set().union(*map(pairs_of, texts))
    two, four = meetings(texts, 2)[0], meetings(texts, 4)[1]
    counts = (len(texts), len(characters), len(pairs))
    return f"| {' | '.join([name, *(f'{count:,}' for count in counts), *shares(two), *shares(four)])} |"


def shares(found: list[float]) -> Iterable[str]:
    mean = sum(found) / len(found)
    return (f"{share:.1%}" for share in (mean, found[len(found) // 2], found[int(len(found) * 0.95)]))


def table(real: Path) -> str:
    lines = [
        "## The texts",
        "",
        f"Written by `tests/benchmarks/invented.py` from pieces of {PIECE:,} characters: how many of the",
        "others hold a pair of characters taken from one of them, and how many hold all three pairs of four",
        "characters without holding these four in a row.",
        "",
        "| text | pieces | characters | pairs | pair: mean | p50 | p95 | four, by chance: mean | p50 | p95 |",
        "|---|---|---|---|---|---|---|---|---|---|",
        line("one real issue", pieces(real.read_text(encoding="utf-8"))),
        line("invented (`invented.Chinese`)", invented(Chinese(7))),
        line("few characters (`desk_lists.Words`)", invented(Words(7))),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    from tests.benchmarks.search import write

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=Path, default=REAL)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = table(options.text)
    print(found)
    if options.write:
        write(found)


if __name__ == "__main__":
    main()
