"""Where authors work: units under their names, counted ones, and the unit a curriculum names."""

from __future__ import annotations

import re
from dataclasses import replace

from journal.intake.manuscript import Author, AuthorKind
from journal.intake.names import looks_like_unit, split_post

__all__ = [
    "curriculum_unit",
    "hang_numbered",
    "is_unit",
    "numbered_units",
    "split_unit",
    "with_unit",
    "without_place",
]

PLACE = re.compile(
    r"[，,\s\u3000]+[\u4e00-\u9fff]{0,10}[\s\u3000]*[\u4e00-\u9fff]{0,6}[\s\u3000]*[\d０-９]{6}\s*$"
)
GAP = re.compile(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff])")
COUNT = re.compile(
    r"(?:^|(?<=[；;。，,\s\u3000]))[\[［(（]?(\d{1,2})[\]］)）.．、\s\u3000]*(?=[\u4e00-\u9fff])"
)
BRACKETS = re.compile(r"\s*[（(【\[](?P<inside>.*)[）)】\]]\s*", re.DOTALL)
#: What a unit in a curriculum is introduced by.
OPENING = re.compile(
    r"^(?:现任|现为|现系|现在|就职于|供职于|任职于|工作于|现就职于|现供职于|任|系|为|是|来自|就读于)"
)
MORE_UNITS = re.compile(
    "本[刊报社网]|[\u4e00-\u9fff]{2,16}(?:[少青]年宫|文化宫|工人宫|日报|晚报|月刊|书店|书院|书社|茶社|工作室|[农林渔茶牧]场|养老院"
    "|敬老院|幼儿园|驿站|剧院|影院|纪念馆|陈列馆|渡口|船厂|轮渡|航运站|商行|药店|诊所)"
)
LONGEST = 60
LONGEST_POST = 12


def without_place(unit: str) -> str:
    """``某大学，某市 000000`` without city and postcode."""
    return GAP.sub("", PLACE.sub("", unit.strip(" \u3000。；;，,")))


def is_unit(text: str) -> bool:
    bare = without_place(text)
    return bool(MORE_UNITS.fullmatch(bare)) or looks_like_unit(bare) or looks_like_unit(split_post(bare)[0])


def numbered_units(text: str) -> dict[int, str]:
    """``（1.某馆；2.某局）`` → units by number; nothing where one of them is none."""
    inside = BRACKETS.fullmatch(text)
    bare = inside["inside"] if inside else text
    marks = list(COUNT.finditer(bare))
    if not marks or bare[: marks[0].start()].strip():
        return {}
    ends = [m.start() for m in marks[1:]] + [len(bare)]
    found = {
        int(mark[1]): without_place(re.split("[；;。]", bare[mark.end() : end])[0])
        for mark, end in zip(marks, ends, strict=True)
    }
    sound = all(3 < len(unit) <= LONGEST and not re.search("[。！？]", unit) for unit in found.values())
    counted = len(found) > 1 and sorted(found) == list(range(1, len(found) + 1)) and inside is not None
    return found if sound and (counted or all(map(is_unit, found.values()))) else {}


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


def split_unit(text: str) -> tuple[str, str | None]:
    """Unit and post, whatever the post is called: the longest beginning that is a unit, and the rest."""
    unit, post = split_post(text)
    if post or is_unit(text):
        return unit, post
    for end in range(len(text) - 2, max(3, len(text) - LONGEST_POST), -1):
        if is_unit(text[:end]):
            return text[:end], text[end:].strip()
    return text, None


def with_unit(author: Author, unit: str, post: str | None = None) -> Author:
    if author.affiliation or not unit:
        return author
    return replace(author, affiliation=without_place(unit), post=author.post or post)


def curriculum_unit(text: str) -> tuple[str, str | None]:
    """The first unit a curriculum names, with the post; empty where it names none."""
    for piece in re.split("[，,。；;（）()]", text):
        bare = OPENING.sub("", piece.strip())
        unit, post = split_post(bare)
        for words in (unit, bare):
            if looks_like_unit(words):
                return words, post if words == unit else None
    return "", None
