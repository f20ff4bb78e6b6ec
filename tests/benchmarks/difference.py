"""How long the difference of two bodies takes, as a multiple of what difflib needs for the same words.

    .venv/bin/python -m tests.benchmarks.difference

Both are timed in one run, so the figures hold on any machine. The yardstick is one character difference of
the first case by ``difflib.SequenceMatcher`` as it comes (plain text, no mark-up, no words).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from difflib import SequenceMatcher

from articles.difference import compare, merge

__all__ = ["main"]

SEED = 20261122
COMMON = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"


class Writer:
    """Made-up Chinese: frequent characters often, a mark every dozen."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.rare = [chr(self.dice.randrange(0x4E00, 0x9FA5)) for _ in range(1500)]

    def character(self) -> str:
        return self.dice.choice(COMMON if self.dice.random() < 0.35 else self.rare)

    def paragraph(self, length: int) -> str:
        return "".join("，" if k % 13 == 12 else self.character() for k in range(length - 1)) + "。"

    def edited(self, paragraphs: list[str], edits: int) -> list[str]:
        """Characters changed, paragraphs split, put in, left out and rewritten."""
        found = list(paragraphs)
        for _ in range(edits):
            k, fate = self.dice.randrange(len(found)), self.dice.random()
            text = found[k]
            at = self.dice.randrange(5, len(text) - 5) if len(text) > 20 else 1
            if fate < 0.6:
                found[k] = text[:at] + self.character() + text[at + self.dice.randrange(3) :]
            elif fate < 0.7:
                found[k : k + 1] = [text[:at], text[at:]]
            elif fate < 0.8:
                found.insert(k, self.paragraph(60))
            elif fate < 0.9:
                del found[k]
            else:
                found[k] = self.paragraph(67)
        return found


def body(paragraphs: list[str]) -> str:
    return "\n".join(f"<p>{text}</p>" for text in paragraphs)


def by_difflib(old: list[str], new: list[str]) -> int:
    """How many places changed, by the standard library."""
    opcodes = SequenceMatcher(None, "\n".join(old), "\n".join(new)).get_opcodes()
    return sum(opcode[0] != "equal" for opcode in opcodes)


def best(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    writer = Writer(SEED)
    usual = [writer.paragraph(67) for _ in range(300)]
    revised = writer.edited(usual, 40)
    everywhere = [text[:30] + writer.character() + text[31:] for text in usual]
    cases = {
        "20,000 characters, 300 blocks, 40 edits": (usual, revised, 5),
        "20,000 characters, every block edited": (usual, everywhere, 3),
    }
    for name, length in {"1,500 blocks": 67, "100 blocks": 1000, "one block": 100_000}.items():
        texts = [[writer.paragraph(length) for _ in range(100_000 // length)] for _ in range(2)]
        cases[f"two unrelated texts of 100,000, {name}"] = (*texts, 1)
    yardstick = best(lambda: by_difflib(usual, revised), 1)
    print(f"the yardstick, difflib on the first case: {yardstick * 1000:.0f} ms here")
    for name, (old, new, rounds) in cases.items():
        took = best(lambda old=old, new=new: compare(body(old), body(new)), rounds)  # type: ignore[misc]
        changes = compare(body(old), body(new)).changes
        print(f"{took / yardstick:8.4f} × difflib  {changes:5} changes  {name}")
    took = best(lambda: merge(body(usual), body(revised), body(everywhere)), 2)
    print(f"{took / yardstick:8.4f} × difflib                 three ways, cleaned, the first two as sides")


if __name__ == "__main__":
    main()
