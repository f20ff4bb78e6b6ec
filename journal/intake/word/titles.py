"""Which line of a head is the title: by style, size and place, and by what no title says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .days import is_date
from .labels import read_pairs
from .lines import LONG, Line, Page
from .people_lines import byline_on
from .politeness import is_furniture

__all__ = [
    "BANNER",
    "DASHES",
    "LARGER",
    "SUBTITLE_STYLES",
    "TITLE_LONGEST",
    "TITLE_STYLES",
    "WORDS_COUNT",
    "is_labelled",
    "pick_title",
    "stands_out",
]

DASHES = ("——", "—", "--", "──", "－－", "–")
KICKER_END = re.compile("[：:]$|……$|——$")
BANNER = re.compile(r"[【\[「『◆●■▶].{2,12}?[】\]」』]?|[·•]\s*.{2,10}\s*[·•]")
TITLE_STYLES = re.compile("^(?:title|标题|文章标题|大标题|正标题|题目|主标题|正题)$")
OUR_TITLE = "正题"  # in the files the house itself sends out: nothing else is set in it
SUBTITLE_STYLES = re.compile("^(?:subtitle|副标题|副题)$")
NAMES_SOMEBODY = 0.4  # strength of a byline that is more than two or three signs
LARGER = 0.9  # points that make a difference
MUCH_LARGER = 4.0
TITLE_LONGEST = 80
WORDS_COUNT = re.compile(r"[（(]?\s*(?:全文|正文)?(?:共|约|共约)?\s*\d{3,6}\s*字\s*(?:左右)?[）)]?")


def is_labelled(text: str) -> bool:
    lead, pairs = read_pairs(text)
    return bool(pairs) and (not lead or len(lead) <= LONG)


def stands_out(page: Page, line: Line) -> bool:
    larger = bool(page.size and line.size >= page.size + LARGER)
    centered = page.center_tells and line.centered
    return larger or centered or (page.bold_tells and line.bold) or bool(TITLE_STYLES.search(line.style))


def pick_title(page: Page, zone: Sequence[Line]) -> list[Line]:
    """The lines of the title, in order; none where nothing looks like one."""
    candidates = [line for line in zone if line.free and may_be_title(page, line)]
    if not candidates:
        return []
    largest = max(line.size for line in candidates)
    best = max(candidates, key=lambda line: (title_score(page, line, largest), -zone.index(line)))
    at = zone.index(best)
    first = last = at
    while last + 1 < len(zone) and not zone[last + 1].gap and same_title(page, zone[last + 1], best):
        last += 1
    while (
        first > 0 and same_title(page, zone[first - 1], best) and not KICKER_END.search(zone[first - 1].text)
    ):
        first -= 1
    if not stands_out(page, best):
        first = last = at
    return list(zone[first : last + 1])


def may_be_title(page: Page, line: Line) -> bool:
    text = line.text
    if not text or len(text) > TITLE_LONGEST or text.startswith(DASHES) or line.right:
        return False
    if is_labelled(text) or is_furniture(text) or is_date(text) or WORDS_COUNT.fullmatch(text):
        return False
    if re.fullmatch(r"[（(].*[）)]", text) or re.search("[。；，]$", text):
        return False
    read = byline_on(line)
    if read is not None and line.size >= page.size + MUCH_LARGER and not re.search(r"\s", text):
        return True
    set_apart = line.bold or line.size >= page.size + LARGER
    if read is not None and set_apart and re.fullmatch("[\u4e00-\u9fff]{2,3}", text):
        return True  # two or three signs that stand out are rather a short title than a name
    return read is None or read.strength < 0.6 or bool(TITLE_STYLES.search(line.style))


def title_score(page: Page, line: Line, largest: float) -> float:
    text = line.text
    score = 6.0 * bool(TITLE_STYLES.search(line.style)) - 5.0 * bool(SUBTITLE_STYLES.search(line.style))
    score += 3.0 * (line.paragraph is not None and line.paragraph.outline == 1)
    score += 3.0 * (bool(page.size) and line.size == largest and line.size >= page.size + LARGER)
    score += 1.5 * line.centered + 1.0 * line.bold
    score += 0.5 * (4 <= len(text) <= 40) - 2.0 * (len(text) < 3)
    score -= 2.0 * bool(KICKER_END.search(text)) + 2.5 * bool(BANNER.fullmatch(text))
    read = byline_on(line)
    people = 0.0 if read is None else 0.5 if read.strength < NAMES_SOMEBODY else 2.5
    return score - people - 1.0 * bool(line.number_rank)


def same_title(page: Page, line: Line, title: Line) -> bool:
    """Another line of the same title: the same look, and words that can be nothing else."""
    alike = line.look == title.look and line.style == title.style and line.free and stands_out(page, line)
    if alike and line.style == OUR_TITLE:
        return True
    if not alike or line.text.startswith(DASHES):
        return False
    read = byline_on(line)
    names = read is not None and read.strength >= NAMES_SOMEBODY
    return may_be_title(page, line) and not names and not line.number_rank
