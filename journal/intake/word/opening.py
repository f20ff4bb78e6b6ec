"""People named at the head of the first paragraph: ``本刊讯（记者 甲 通讯员 乙）…``, ``（某局　甲）…``."""

from __future__ import annotations

import re

from .edits import edited
from .facts import Facts
from .grammar import read_people_line
from .lines import Line, Page

__all__ = ["read_opening"]

OPENING = re.compile(
    r"\s*(?P<news>[\u4e00-\u9fff\d]{0,12}讯)?[\s\u3000]*(?P<people>[（(【](?P<inside>[^（()）【】]{3,60})[）)】])[\s\u3000]*(?=\S{12})"
)
ROLE = re.compile(
    "((?:本[报刊网台社])?(?:全媒体|首席|特约|特派|见习|实习|融媒体)*(?:记者|通讯员|实习生|评论员))[\\s\u3000：:]*"
)
#: What a line of people must say to be believed: behind 讯 names are enough, elsewhere a role or a unit.
BEHIND_NEWS, ALONE = 0.5, 0.7


def read_opening(page: Page, start: int, facts: Facts) -> None:
    """Take the people a first paragraph opens with; the words behind 讯 are printed and stay in the text."""
    line = first_text(page, start)
    found = OPENING.match(line.paragraph.text) if line is not None and line.paragraph is not None else None
    if line is None or line.paragraph is None or found is None:
        return
    read = read_people_line(ROLE.sub("\u3000\\1\u3000", found["inside"]).strip())
    if read is None or not read.authors or read.strength < (BEHIND_NEWS if found["news"] else ALONE):
        return
    if not facts.authors:
        facts.add_authors(read.authors)
    facts.add_credits(read.credits)
    if not found["news"]:
        line.item = edited(line.paragraph, [(found.start("people"), found.end(), "")])


def first_text(page: Page, start: int) -> Line | None:
    return next((line for line in page.lines[start:] if line.free and line.reads_as_text), None)
