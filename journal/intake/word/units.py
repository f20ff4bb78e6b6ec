"""Where authors work: units under their names, counted ones, and the unit a curriculum names."""

from __future__ import annotations

import re
from dataclasses import replace

from journal.intake.manuscript import Author, AuthorKind

from .posts import is_unit, split_unit, without_place

__all__ = ["hang_numbered", "numbered_units", "with_unit"]

COUNT = re.compile(
    r"(?:^|(?<=[；;。，,\s\u3000]))[\[［(（]?(\d{1,2}|[①-⑨]|[a-e]|[*＊]{1,4})[\]］)）.．、：:\s\u3000]*(?=[\u4e00-\u9fff])"
)
BRACKETS = re.compile(r"\s*[（(【\[](?P<inside>.*)[）)】\]]\s*", re.DOTALL)
LONGEST = 60


def numbered_units(text: str) -> dict[int, str]:
    """``（1.某馆；2.某局）`` → units by number; nothing where one of them is none."""
    inside = BRACKETS.fullmatch(text)
    bare = inside["inside"] if inside else text
    marks = list(COUNT.finditer(bare))
    if not marks or bare[: marks[0].start()].strip():
        return {}
    ends = [m.start() for m in marks[1:]] + [len(bare)]
    found = {
        figure(mark[1]): without_place(re.split("[；;。]", bare[mark.end() : end])[0])
        for mark, end in zip(marks, ends, strict=True)
    }
    sound = all(3 < len(unit) <= LONGEST and not re.search("[。！？]", unit) for unit in found.values())
    counted = len(found) > 1 and sorted(found) == list(range(1, len(found) + 1)) and inside is not None
    return found if sound and (counted or all(names_unit(unit) for unit in found.values())) else {}


def names_unit(words: str) -> bool:
    """A unit, with a post or without; 作者系… is a sentence about one."""
    return is_unit(split_unit(words)[0]) and "作者" not in words


def figure(mark: str) -> int:
    """``①``, ``a`` and ``*`` count as 1."""
    if mark.isdigit() and mark.isascii():
        return int(mark)
    if mark[0] in "*＊":
        return len(mark)
    return ord(mark) - (0x245F if mark > "z" else 0x60)


def hang_numbered(
    authors: list[Author], units: dict[int, str], marks: dict[str, tuple[int, ...]]
) -> list[Author]:
    """Authors with the units their raised figures point to; without figures all share the only unit."""
    if not units:
        return authors
    people = [a for a in authors if a.kind is AuthorKind.PERSON]
    pairwise = not marks and len(units) == len(people)
    alone = not marks and len(units) == 1
    given: dict[str, list[str]] = {}
    for place, author in enumerate(people):
        if pairwise or alone:
            given[author.name] = [sorted(units.items())[0 if alone else place][1]]
        else:
            given[author.name] = [units[n] for n in marks.get(author.name, ()) if n in units]
    return [with_unit(a, *split_unit(given[a.name][0])) if given.get(a.name) else a for a in authors]


def with_unit(author: Author, unit: str, post: str | None = None) -> Author:
    if author.affiliation or not unit:
        return author
    return replace(author, affiliation=without_place(unit), post=author.post or post)
