"""Old, regional and variant characters folded into one each, so that 學習 finds 学习; for the index only.

Characters of one group are the same letter to a search: 发發髮, 干乾幹, 后後, 着著, 里裡裏. Who types one
finds texts with any of them; which of two words an old character stands for need not be guessed. The groups
stand in ``variants.txt``, one a line, the simplified character first. They are derived from OpenCC's tables
of single characters (``write()`` writes them anew) and kept as data, because an index is only as good as the
table it was made with: with another table move ``keeping.RULES``.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["GROUPS", "SIMPLIFIED", "derived", "write"]

FILE = Path(__file__).with_name("variants.txt")
#: The ways of OpenCC that exchange one character for another; Japanese ones would fold 予 and 豫, 欠 and 缺.
WAYS = ("t2s", "tw2s", "hk2s", "s2t", "t2tw", "t2hk", "tw2t", "hk2t")
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x323B0))
#: What no table of single characters has: nought in a date is often typed as one of the circles, and three
#: old characters are simplified in some words only (瞭解, 藉口, 摺疊).
ALSO = ("〇○◯", "了瞭", "借藉", "折摺")

GROUPS: tuple[str, ...] = tuple(FILE.read_text(encoding="utf-8").split())
#: Code point → the character that stands for its group.
SIMPLIFIED: dict[int, str] = {ord(other): group[0] for group in GROUPS for other in group[1:]}


def derived() -> Iterator[str]:
    """The groups as OpenCC has them: what any of its ways exchanges, directly or through others."""
    import opencc

    ways = [opencc.OpenCC(way).convert for way in WAYS]
    # What NFKC exchanges never comes here.
    han = [
        char for block in HAN for code in block if unicodedata.normalize("NFKC", char := chr(code)) == char
    ]
    inside = {char: set(group) for group in ALSO for char in group}
    known = set(han)
    for char in han:
        for other in {way(char) for way in ways} & known:
            group = inside.get(char, {char}) | inside.get(other, {other})
            inside.update(dict.fromkeys(group, group))
    groups = {min(group): group for group in inside.values() if len(group) > 1}
    for _, group in sorted(groups.items()):
        yield simplified_first(group, ways[0])


def simplified_first(group: set[str], simplify: Callable[[str], str]) -> str:
    """The group as a line: the character most of it is simplified to, then the others."""
    counted = Counter(map(simplify, group))
    by_hand = (also[0] for also in ALSO if set(also) <= group)
    first = next(by_hand, max(sorted(group), key=lambda char: counted[char]))
    return first + "".join(sorted(group - {first}))


def write() -> None:
    FILE.write_text("\n".join(derived()) + "\n", encoding="utf-8")
