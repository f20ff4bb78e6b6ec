"""Which lines are headings, and of which rank: by style, by number, by standing bold and short alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal.intake.article_page.captions import is_caption
from journal.intake.names import looks_like_person

from .labels import read_pairs
from .lines import Line, Page, Part

__all__ = ["rank_headings"]

LONGEST = 40
STYLED_LONGEST = 60
BARE_LONGEST = 26
LARGER = 0.9
CLOSED = re.compile("[。；;，,、：:…][”’』」）)》]*$")
SPEAKER = re.compile("^(?:[问答QA]|(?P<who>[\u4e00-\u9fff]{1,4}))[：:]")
SPEAKERS = re.compile("[者人员师长生某]$|^老|^小")
MARK = re.compile(r"^[\W_\d\s]+$")


def rank_headings(page: Page, start: int) -> None:
    """Mark the headings among ``page.lines[start:]``; their ranks count from 1."""
    lines = [line for line in page.lines[start:] if line.paragraph is None or line.text or line.pictures]
    for place, line in enumerate(lines):
        if line.free and is_heading(page, lines, place):
            line.part = Part.HEADING
    give_ranks([line for line in lines if line.part is Part.HEADING])


def is_heading(page: Page, lines: Sequence[Line], place: int) -> bool:
    line = lines[place]
    paragraph = line.paragraph
    text = line.text
    if paragraph is None or paragraph.bullet or line.right or "\n" in text or MARK.match(text):
        return False
    if paragraph.outline:
        return len(text) <= STYLED_LONGEST and not (CLOSED.search(text) and len(text) > LONGEST)
    if is_spoken(text) and not line.number_rank:
        return False
    if line.number_rank:
        return is_numbered_heading(page, lines, place)
    following = lines[place + 1] if place + 1 < len(lines) else None
    if (
        following is None
        or len(text) > BARE_LONGEST
        or CLOSED.search(text)
        or text.startswith(("—", "（", "("))
    ):
        return False
    if is_caption(text) or read_pairs(text)[1]:
        return False
    larger = bool(page.size and line.size >= page.size + LARGER)
    set_apart = (page.bold_tells and line.bold) or larger or (page.center_tells and line.centered)
    set_apart = set_apart or (line.other_face and not 0 < line.size < page.size)
    return set_apart and (
        following.part is not Part.TEXT or following.paragraph is None or bool(following.text)
    )


def is_spoken(text: str) -> bool:
    """``记者：``, ``甲某：``: somebody begins to speak."""
    found = SPEAKER.match(text)
    who = found["who"] if found else None
    return found is not None and (who is None or looks_like_person(who) or bool(SPEAKERS.search(who)))


def is_numbered_heading(page: Page, lines: Sequence[Line], place: int) -> bool:
    """Short, not closed like a sentence, and no item of a list."""
    line = lines[place]
    text, rank = line.text, line.number_rank
    bold = page.bold_tells and line.bold
    closed = CLOSED.search(text)
    if len(text) > (STYLED_LONGEST if bold else LONGEST) or (closed and not bold):
        return False
    if closed and closed.group()[0] in "；;，,、：:":
        return False
    if rank in (1, 2) and (bold or line.centered):
        return True
    if not bold and rank >= 3 and (len(text) > BARE_LONGEST or rank == 5):
        return False
    after = lines[place + 1] if place + 1 < len(lines) else None
    if after is None:
        return False
    if bold:
        return True
    before = lines[place - 1] if place else None
    in_list = any(near is not None and near.number_rank == rank and near.free for near in (before, after))
    return not in_list and (after.paragraph is None or bool(after.text) or bool(after.pictures))


def give_ranks(headings: Sequence[Line]) -> None:
    """Ranks 1, 2, 3 without gaps. Styles lead; a number seen in a style has its rank.

    Lines without either stand below 一、 and （一）, but above 1. and （1）.
    """
    ranks: dict[tuple[str, int], int] = {}
    keys = [key_of(line) for line in headings]
    for key in sorted({key for key in keys if key[0] == "style"}):
        ranks[key] = len(set(ranks.values())) + 1
    for line, key in zip(headings, keys, strict=True):
        if key[0] == "style" and line.number_rank:
            ranks.setdefault(("number", line.number_rank), ranks[key])
    numbers = sorted({key for key in keys if key[0] == "number"} - ranks.keys())
    bare = [("bare", 0)] if ("bare", 0) in keys else []
    high = [key for key in numbers if key[1] <= 2]
    for key in [*high, *bare, *numbers[len(high) :]]:
        ranks[key] = max(ranks.values(), default=0) + 1
    for line, key in zip(headings, keys, strict=True):
        line.rank = min(ranks[key], 3)


def key_of(line: Line) -> tuple[str, int]:
    paragraph = line.paragraph
    if paragraph is not None and paragraph.outline:
        return "style", paragraph.outline
    return ("number", line.number_rank) if line.number_rank else ("bare", 0)
