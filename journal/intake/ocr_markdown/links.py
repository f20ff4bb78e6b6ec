"""Does this text go on there? Evidence that one piece of running text continues another.

The document itself is the language model: pairs of characters that stand together elsewhere in the
issue speak for a word cut in two; quotation marks and brackets left open want to be closed; some
characters never begin a sentence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from .wording import Ending, ending, number_rank, open_marks

__all__ = ["Links"]

_NEVER_FIRST = frozenset("，。、；：？！”’》）〉】…%‰℃的了着过们吗呢吧啊性化")
_SELDOM_FIRST = frozenset("和与及或者而且并也都就才是为于以之其所被把将等内外中上下里后前间时员家学力度量")
_UNITS = frozenset("年月日期页个件项次名人户家万亿元吨米公里亩%‰时点分岁级届卷章条")


class Links:
    """Counts of character pairs and triples over the running text of one issue."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.single: Counter[str] = Counter()
        self.pairs: Counter[str] = Counter()
        self.triples: Counter[str] = Counter()
        for text in texts:
            for run in re.findall("[\u4e00-\u9fff]+", text):
                self.single.update(run)
                self.pairs.update(run[i : i + 2] for i in range(len(run) - 1))
                self.triples.update(run[i : i + 3] for i in range(len(run) - 2))
        self.total = max(1, sum(self.single.values()))

    def strength(self, head: str, tail: str, *, start: bool = True) -> float:
        """How well ``tail`` continues ``head``; above 2 is good, below 0 speaks against it.

        ``start`` counts what the first character of ``tail`` says by itself; leave it out when the
        question is only which of several heads it continues.
        """
        head, tail = head.rstrip(" 　□■◆"), tail.lstrip(" 　")
        if not head or not tail:
            return 0.0
        score = self._word(head, tail) + _marks(head[-400:], tail[:300])
        score += _start(tail) if start else 0.0
        state = ending(head)
        if state is Ending.FINAL:
            score -= 3.0
        elif state is Ending.SOFT:
            score -= 0.8
        if number_rank(tail) is not None and not head[-1].isdigit():
            score -= 2.0
        return score

    def _word(self, head: str, tail: str) -> float:
        x, y = head[-1], tail[0]
        if x.isdigit() and (y.isdigit() or y in _UNITS):
            return 1.5
        if x.isascii() and y.isascii() and x.isalpha() and y.isalpha():
            return 1.0
        if not ("\u4e00" <= x <= "\u9fff" and "\u4e00" <= y <= "\u9fff"):
            return 0.3 if x in "，、；" else 0.0
        expected = self.single[x] * self.single[y] / self.total
        score = math.log2((self.pairs[x + y] + 0.5) / (expected + 0.5))
        score = max(-1.5, min(2.5, score))
        score += 0.8 * (self.triples[head[-2:] + y] > 0) + 0.8 * (self.triples[x + tail[:2]] > 0)
        return score


def _marks(head: str, tail: str) -> float:
    """Quotation marks: what the head leaves open the tail should close first."""
    _, left_open = open_marks(head)
    stray, _ = open_marks(tail)
    if left_open and stray:
        return 3.0 if left_open[-1] == stray[0] else 0.5
    if stray:
        return -2.5
    return -1.5 if left_open and len(tail) >= 60 else 0.0


def _start(tail: str) -> float:
    if tail[0] in _NEVER_FIRST:
        return 2.0
    return 0.4 if tail[0] in _SELDOM_FIRST else 0.0
