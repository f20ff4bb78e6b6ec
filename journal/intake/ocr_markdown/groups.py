"""Which words go with which page number: before it, behind it, or in a block of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from .bylines import parse_byline
from .contents import Token
from .lines import Line
from .shelf import Shelf
from .words import Group, Word, text_of

__all__ = ["Words", "group_after", "group_before", "in_blocks", "marks_mean_something", "pages_first"]

Words = Callable[[int, list[Token]], list[Word]]
"""The words among some tokens of one line."""


def marks_mean_something(lines: list[Line], rows: list[tuple[int, list[Token]]]) -> bool:
    """Mark-up shows sections only while the entries themselves are not marked as well."""
    paged = [lines[i].marked for i, tokens in rows if any(t.kind == "page" for t in tokens)]
    return not paged or sum(paged) <= 0.4 * len(paged)


def in_blocks(rows: list[tuple[int, list[Token]]]) -> bool:
    """Three pages or more in a row without words between them."""
    run = best = total = 0
    for _, tokens in rows:
        for token in tokens:
            if token.kind == "page":
                run, total = run + 1, total + 1
                best = max(best, run)
            elif token.kind == "text":
                run = 0
    return best >= 3 and best >= 0.4 * total


def pages_first(rows: list[tuple[int, list[Token]]]) -> bool:
    """Whether pages stand before the titles: on most lines with both, the number comes first."""
    before = after = 0
    for _, tokens in rows:
        kinds = [t.kind for t in tokens if t.kind != "leader"]
        if "page" in kinds and "text" in kinds:
            before += kinds.index("page") < kinds.index("text")
            after += kinds.index("page") > kinds.index("text")
    if before or after:
        return before > after
    kinds = [t.kind for _, tokens in rows for t in tokens if t.kind != "leader"]
    return kinds[-1:] == ["text"]


def group_before(words: Words, shelf: Shelf, rows: list[tuple[int, list[Token]]]) -> list[Group]:
    """Words up to and including their page number."""
    groups, current = [], Group()
    for index, tokens in rows:
        held: list[Token] = []
        for token in tokens:
            if token.kind == "page":
                current.words += words(index, held)
                held = []
                current.page, current.last = token.page, token.last
                groups.append(current)
                current = Group()
            else:
                held.append(token)
        current.words += words(index, held)
    if groups and current.words and len({w.line for w in current.words}) <= 2:
        leftover = text_of(current.words)
        if parse_byline(leftover):
            groups[-1].words += [replace(w, behind=True, marked=False) for w in current.words]
        elif shelf.best(leftover) >= 0.8:
            groups.append(current)
    return groups


def group_after(words: Words, rows: list[tuple[int, list[Token]]]) -> tuple[list[Group], list[Word]]:
    """A page number and the words after it; and the words before the first number."""
    groups: list[Group] = []
    opening: list[Word] = []
    for index, tokens in rows:
        held: list[Token] = []
        for token in tokens:
            if token.kind != "page":
                held.append(token)
                continue
            (groups[-1].words if groups else opening).extend(words(index, held))
            held = []
            groups.append(Group(page=token.page, last=token.last))
        (groups[-1].words if groups else opening).extend(words(index, held))
    return groups, opening
