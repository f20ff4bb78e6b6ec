"""What stands under a title: subtitle, names and units, notes, abstract; then the text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal.intake.manuscript import Author

from .days import is_date
from .facts import Facts
from .labels import About, read_pairs
from .lines import ENDS_SENTENCE, Line, Page, Part
from .people_lines import byline_on, take_people
from .people_words import NO_NAME
from .politeness import is_furniture, is_polite
from .posts import is_unit
from .titles import DASHES, SUBTITLE_STYLES, WORDS_COUNT, is_labelled

__all__ = ["read_below", "read_common"]

SUBTITLE_END = re.compile(
    "(?:侧记|纪实|见闻|调查|观察|综述|记事|访谈|手记|小记|纪事|札记|启示|解读|报告|为例|思考|实践|探索)$"
)


def read_below(page: Page, lines: list[Line], facts: Facts, title: list[Line]) -> None:
    """What stands between title and text; the first line nobody knows begins the text."""
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.free:
            place += 1
            continue
        text = line.text
        if alone := re.fullmatch(r"[【\[]?((?:内容)?[摘提]\s*要|关\s*键\s*词)[】\]]?[：:]?", text):
            place += take_lone_label(alone[1], line, lines[place + 1 :], facts)
        elif is_subtitle(page, line, facts, title):
            facts.subtitle = f"{facts.subtitle}\n{text}".strip()
            line.part = Part.SUBTITLE
        elif read_common(line, facts):
            facts.alone = names_author(text)
        elif facts.take_author_note(text):
            line.part = Part.NOTE
        elif stands_before_people(lines, place, facts, title):
            facts.subtitle, line.part = text, Part.SUBTITLE
        else:
            understood = take_people(run_of_people(lines[place:]), facts)
            if not understood and is_lone_name(lines, place, facts, title):
                facts.add_authors([Author(text)])
                facts.alone = True
                understood = [line]
            if not understood:
                return
            for each in understood:
                each.part = Part.PEOPLE
            place += len(understood) - 1
        place += 1


def names_author(text: str) -> bool:
    """``作者：甲`` and nothing else; a unit may stand below."""
    pairs = read_pairs(text)[1]
    return len(pairs) == 1 and pairs[0].about is About.AUTHOR


def is_lone_name(lines: list[Line], place: int, facts: Facts, title: list[Line]) -> bool:
    """Two to six signs alone between title and text: a name, whatever the surname."""
    line = lines[place]
    if not title or facts.authors or line.bold or line.number_rank or (line.gap and not line.centered):
        return False
    if (
        not re.fullmatch("[\u4e00-\u9fff·]{2,6}", line.text)
        or NO_NAME.search(line.text)
        or is_unit(line.text)
    ):
        return False
    below = next((each for each in lines[place + 1 :] if each.free), None)
    opens = below is None or below.reads_as_text or below.number_rank or is_labelled(below.text) or below.bold
    return bool(opens) or (len(line.text) <= 4 and (line.centered or line.right))


def stands_before_people(lines: list[Line], place: int, facts: Facts, title: list[Line]) -> bool:
    """An unknown phrase between title and names is the subtitle, however it is set."""
    line = lines[place]
    following = lines[place + 1] if place + 1 < len(lines) else None
    if not title or line.gap or facts.subtitle or facts.authors or following is None:
        return False
    if byline_on(line) or is_unit(line.text) or line.number_rank or ENDS_SENTENCE.search(line.text):
        return False
    return place == 0 and len(line.text) >= 5 and byline_on(following) is not None


def run_of_people(lines: list[Line]) -> list[Line]:
    """The lines from here that hold no label and no date."""
    found: list[Line] = []
    for line in lines:
        if not line.free or is_labelled(line.text) or is_date(line.text) or line.number_rank in (1, 2):
            break
        found.append(line)
    return found


def take_lone_label(label: str, line: Line, below: Sequence[Line], facts: Facts) -> int:
    """摘要 or 关键词 on a line of their own; how many lines below them they take."""
    line.part = Part.ABSTRACT
    if not below or not below[0].free:
        return 0
    below[0].part = Part.ABSTRACT
    if "关" in label:
        facts.take_labels(f"关键词：{below[0].text}")
    else:
        facts.abstract = facts.abstract or below[0].text
    return 1


def is_subtitle(page: Page, line: Line, facts: Facts, title: list[Line]) -> bool:
    if not title or facts.authors:
        return (
            bool(title) and not facts.subtitle and line.text.startswith(DASHES[0]) and not line.reads_as_text
        )
    text = line.text
    if text.startswith(DASHES) or SUBTITLE_STYLES.search(line.style):
        return True
    if facts.subtitle or byline_on(line) or is_unit(text) or is_labelled(text) or ENDS_SENTENCE.search(text):
        return False
    if is_date(text) or re.fullmatch(r"[（(].*[）)]", text) or line.number_rank or is_furniture(text):
        return False
    return page.center_tells and line.centered and (bool(SUBTITLE_END.search(text)) or len(text) >= 5)


def read_common(line: Line, facts: Facts) -> bool:
    """Labels, dates, counts, contacts: what may stand anywhere in a head or a tail."""
    text = line.text
    if is_date(text) or is_furniture(text) or WORDS_COUNT.fullmatch(text):
        facts.left_out.append(text)
        line.part = Part.LEFT_OUT
        return True
    rest = facts.keep_private(text)
    if not rest:
        line.part = Part.PRIVATE
        return True
    if facts.take_labels(rest):
        line.part = Part.PEOPLE
        return True
    if is_polite(text):
        facts.cover.append(text)
        line.part = Part.PRIVATE
        return True
    return False
