"""One title from two: what the contents page promised and what the page prints."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from itertools import permutations

from .links import Links
from .wording import key

__all__ = ["Verdict", "reconcile", "suspect"]

_PART = re.compile(r"[（(](?:上|中|下|续|[一二三四五六七八九十]{1,2}|之[一二三四五六七八九十])[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The title to propose, and why: ``same``, ``order``, ``part``, ``longer``, ``words``."""

    title: str
    reason: str


def reconcile(lines: list[str], promised: str | None, links: Links, subtitle: str = "") -> Verdict:
    """Choose between the page's title (its lines as printed) and the promised one.

    Equal words (with or without the subtitle): the page's own. The same lines in another order: the
    promised order. Different words: the form whose characters are at home in this issue.
    """
    printed = _join(lines, links)
    if promised is None or key(promised) in (key(printed), key(printed + subtitle)):
        return Verdict(printed, "same")
    if _reordered(lines, promised):
        return Verdict(promised, "order")
    body, toc = key(printed), key(promised)
    if _PART.search(promised) and key(_PART.sub("", promised)) == body:
        return Verdict(promised, "part")
    if body in toc or toc in body:
        return Verdict(printed, "longer")
    ordered = _best_order(lines, promised)
    return Verdict(_choose(ordered, promised, links), "words")


def _join(lines: list[str], links: Links) -> str:
    """Join a title's lines: a blank keeps the line break, unless it cuts a word the text knows."""
    text = ""
    for line in lines:
        cut = bool(text) and links.pairs[text[-1] + line[:1]] > 0
        text += ("" if not text or cut else " ") + line
    return text


def _orders(lines: list[str]) -> list[list[str]]:
    """Every order of the title's lines; a line may hold several phrases divided by blanks."""
    phrases = [p for line in lines for p in re.split(r"[ 　]+", line) if p]
    pieces = phrases if len(phrases) <= 5 else lines
    return [list(p) for p in permutations(pieces)] if len(pieces) <= 5 else [pieces]


def _reordered(lines: list[str], promised: str) -> bool:
    wanted = key(promised)
    bare = key(_PART.sub("", promised))
    return any(key("".join(order)) in (wanted, bare) for order in _orders(lines))


def _best_order(lines: list[str], promised: str) -> str:
    wanted = key(promised)

    def fit(order: list[str]) -> float:
        return difflib.SequenceMatcher(None, key("".join(order)), wanted, autojunk=False).ratio()

    orders = _orders(lines)
    best = max(orders, key=fit)
    own = " ".join(lines)
    return " ".join(best) if fit(best) > fit([own]) + 0.15 else own


def _choose(printed: str, promised: str, links: Links) -> str:
    """Few characters apart: the better attested form; a differently worded contents entry: the page."""
    body, toc = key(printed), key(_PART.sub("", promised))
    matcher = difflib.SequenceMatcher(None, body, toc, autojunk=False)
    if matcher.ratio() < 0.75:
        return printed
    value = rarity = 0.0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            value += _attested(toc, c, d, links) - _attested(body, a, b, links)
            rarity += _usual(toc[c:d], links) - _usual(body[a:b], links)
    if value == 0:
        return printed if rarity < -1.2 else promised
    return promised if value > 0 else printed


def _usual(text: str, links: Links) -> float:
    """How usual characters are in this issue; a misread character is mostly a rarer one."""
    return sum(math.log(links.single[c] + 1) for c in text if c > "\u2fff")


def _attested(text: str, start: int, end: int, links: Links) -> float:
    """How at home a stretch of a title is in the running text.

    Pairs across it count; a character the whole issue has only here speaks against it.
    """
    pairs = [text[i : i + 2] for i in range(max(0, start - 1), min(len(text) - 1, end))]
    score = sum(min(links.pairs[p], 20) for p in pairs) / max(1, len(pairs))
    strangers = sum(links.single[c] == 0 for c in text[start:end] if c > "\u2fff")
    return score - 0.5 * strangers


def suspect(title: str, text: str) -> tuple[str, str] | None:
    """``(printed, likelier)``: a phrase of the title that the text always writes with another character.

    Five characters with one of them different, the text's form twice and the title's never.
    """
    words = re.sub(r"[^\u4e00-\u9fff]", " ", title)
    for match in re.finditer(r"[\u4e00-\u9fff]{5,}", words):
        run = match.group()
        for i in range(len(run) - 4):
            window = run[i : i + 5]
            if window in text:
                continue
            for hole in (2, 3, 1):
                pattern = re.escape(window[:hole]) + "([\u4e00-\u9fff])" + re.escape(window[hole + 1 :])
                found = re.findall(pattern, text)
                if len(found) >= 2 and len(set(found)) == 1:
                    return window, window[:hole] + found[0] + window[hole + 1 :]
    return None
