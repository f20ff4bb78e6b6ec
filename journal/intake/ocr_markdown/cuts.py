"""Cut the words of one promise into *before · title · after*.

The body decides first (is the title found there?), then what the rest looks like: sections or
authors before, authors after. Only the cut that leaves the least unexplained is taken.
"""

from __future__ import annotations

import re

from ..names import join_padded_name, looks_like_person
from .bylines import may_be_unit, parse_byline
from .lines import Line, width
from .shelf import Shelf
from .wording import key
from .words import Word, text_of

__all__ = ["best_cut", "join_title", "signed_below"]


def best_cut(words: list[Word], shelf: Shelf) -> tuple[list[Word], list[Word], list[Word]]:
    """Cut a group into before · title · after, by the body's word and by what the rest looks like."""
    words = words[:28]
    best: tuple[float, int, int] | None = None
    for a in range(len(words)):
        for b in range(a + 1, len(words) + 1):
            if _breaks_apart(words, a, b):
                continue
            score = _score_cut(words, a, b, shelf)
            if best is None or score > best[0]:
                best = (score, a, b)
    if best is None:
        return [], words, []
    _, a, b = best
    return words[:a], words[a:b], words[b:]


def _breaks_apart(words: list[Word], a: int, b: int) -> bool:
    """A title ends where something divides it from the rest, not inside a word."""
    return (a > 0 and words[a].divide == "") or (b < len(words) and words[b].divide == "")


def _score_cut(words: list[Word], a: int, b: int, shelf: Shelf) -> float:
    title = text_of(words[a:b])
    size = len(key(title))
    found = shelf.best(title)
    score = (7 * found if found >= 0.55 else 0.0) + (found >= 0.98)
    score += min(size, 8) * 0.1 + min(size, 40) * 0.03 - (1.5 if size < 4 else 0.0)
    if re.match("——|—|－－|--", title):
        score -= 3.0
    if any(w.behind for w in words[a:b]):
        score -= 2.0
    if len({w.marked for w in words[a:b]}) > 1:
        score -= 3.0
    if parse_byline(title):
        score -= 2.5 if found < 0.9 or a > 0 else 0.0
    if b < len(words) and words[b].line == words[b - 1].line:
        score += 3.0 * signed_below(title, text_of(words[b:]), shelf)
    if b - a > 1 and words[b - 1].divide == "space" and looks_like_person(words[b - 1].text):
        score -= 1.0
    divide = words[b].divide if b < len(words) else ""
    return score + _score_before(words[:a], words[a].divide) + _score_after(words[b:], divide)


def signed_below(title: str, words: str, shelf: Shelf) -> float:
    """Whether the body has these words as the author under the title (not as its second line)."""
    if re.search("[“”《》]|——|[？！。，]", words) or (
        shelf.best(f"{title} {words}") >= 0.98 and not may_be_unit(words)
    ):
        return 0.0
    return shelf.names_below(title, words)


def _score_before(before: list[Word], divide: str) -> float:
    """What speaks for words before a title being a section or authors (a colon is mostly the title's)."""
    if not before:
        return 0.0
    text = text_of(before)
    if divide == "line":
        lines = {w.line for w in before}
        if all(w.marked for w in before):
            return 1.0
        if parse_byline(text):
            return 0.8
        short = all(width(text_of([w for w in before if w.line == n])) <= 11 for n in lines)
        long = any(width(text_of([w for w in before if w.line == n])) > 18 for n in lines)
        return (0.2 if short else -1.5 if long else -0.4) - 0.6 * (len(lines) - 1)
    if parse_byline(text):
        return 0.6 if divide in ("field", "mark", "colon") else 0.2
    return 0.3 if divide in ("mark", "bracket", "field") and width(text) <= 10 else -2.0


def _score_after(after: list[Word], divide: str) -> float:
    """What speaks for words behind a title, line by line: authors, then perhaps the next section."""
    score = 0.0
    for line in dict.fromkeys(w.line for w in after):
        words = [w for w in after if w.line == line]
        score += _score_tail(words, divide if words[0] is after[0] else "line")
    return score


def _score_tail(words: list[Word], divide: str) -> float:
    text = text_of(words)
    if words[0].marked and divide == "line":
        return 0.3
    if re.match(r"[（(](?:上|中|下|[一二三四五六七八九十]|续)[)）]", text):
        return -1.5
    byline = parse_byline(text.strip("/／|｜ "))
    clear = 0.4 if words[0].behind or divide in ("field", "mark", "line") else 0.0
    if byline:
        return 1.5 * byline.certainty + clear
    if divide in ("field", "mark") and re.fullmatch(
        "[\u4e00-\u9fff]{2,4}", join_padded_name(text.strip("/／|｜ "))
    ):
        return 0.8  # a pen name in its own field
    return -0.3 if words[0].behind else -1.5 if divide != "space" else -2.5


def join_title(words: list[Word], lines: list[Line], shelf: Shelf) -> str:
    """Join a title set on several lines: with a blank where the body breaks it too, else without."""
    found = shelf.matches(text_of(words), 0.7)
    model = found[0][1].text if found else None
    text = ""
    for word in words:
        glue = word.glue if text else ""
        if text and word.divide == "line":
            glue = " " if _divided_in(model, text, word.text, words, lines) else ""
        text += glue + word.text
    return text


def _divided_in(model: str | None, head: str, tail: str, words: list[Word], lines: list[Line]) -> bool:
    if model is None:
        longest = max(width(lines[w.line].text) for w in words)
        return width(head.split(" ")[-1]) < longest - 2 and width(head) < longest - 2
    match = re.search(re.escape(head[-2:]) + r"([\s　]*)" + re.escape(tail[:2]), model)
    return bool(match and match.group(1))
