"""The head of a manuscript: covering note, kicker, title, people, abstract; where the text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from journal.intake.article_page.dates import find_date

from .contacts import find_contacts
from .days import is_date
from .edits import lines_of
from .facts import Facts
from .labels import About, read_pairs
from .lines import LONG, Line, Page, Part
from .people_lines import byline_of, byline_on, take_people
from .politeness import is_furniture, is_polite, is_salutation
from .posts import is_unit
from .titles import (
    BANNER,
    LARGER,
    TITLE_LONGEST,
    TITLE_STYLES,
    is_labelled,
    pick_title,
    stands_out,
)
from .under_title import read_below, read_common

__all__ = ["read_head"]

MOST_LINES = 30
#: ``第3期``, ``2026年第3期（总第17期）``
NUMBER = re.compile(
    r"[（(〔]?(?:20\d\d\s*年?[）)〕]?\s*[,，]?)?第?\s*[\d一二三四五六七八九十〇]{1,4}\s*期"
    r"\s*(?:[（(]总第?\s*\d+\s*期[）)])?[）)]?"
)
SECTION = re.compile("[\u4e00-\u9fff]{2,4}")


def read_head(page: Page, facts: Facts) -> None:
    """Find the head's lines, tell ``facts`` what they say and mark them with their part."""
    start = skip_letterhead(page, facts, skip_cover(page, facts))
    end = zone_end(page, start)
    split_zone(page, start, end)
    end = zone_end(page, start)
    for line in page.lines[start:end]:
        clear(line, facts)
    zone = [line for line in page.lines[start:end] if line.free]
    labelled = read_labelled_title(zone, facts)
    title = [] if facts.title else pick_title(page, zone)
    for line in title:
        line.part = Part.TITLE
    if title:
        facts.title = "\n".join(line.text for line in title)
    marks = title or labelled
    before = zone[: zone.index(marks[0])] if marks else []
    after = zone[zone.index(marks[-1]) + 1 :] if marks else zone
    part_title(facts)
    read_above(page, before, facts, title)
    read_below(page, after, facts, title)
    for line in page.lines[start:end]:
        if line.part not in {Part.TEXT, Part.HEADING} and line.paragraph is not None:
            facts.notes += [run.note for run in line.paragraph.runs if run.note]


def part_title(facts: Facts) -> None:
    """``正题——副题`` typed on one line are two."""
    found = re.fullmatch(r"(?P<title>[^—]{4,}?)(?P<subtitle>——[^—]{4,})", facts.title)
    if found and not facts.subtitle:
        facts.title, facts.subtitle = found["title"].strip(), found["subtitle"].strip()


def clear(line: Line, facts: Facts) -> None:
    """Whatever a line is taken for later, how to reach somebody is cut out of it first."""
    paragraph = line.paragraph
    if not line.free or paragraph is None:
        return
    found = find_contacts(paragraph.text)
    if not found:
        return
    facts.add_contacts(found)
    line.cleared = True
    if not found.rest.strip("（）()【】[] "):
        line.part = Part.PRIVATE
    else:
        first = next(run for run in paragraph.runs if run.text.strip())
        line.item = replace(paragraph, runs=(replace(first, text=found.rest),))


def zone_end(page: Page, start: int) -> int:
    """The first line that is text: a sentence, a counted heading, a table."""
    lines = page.lines
    after_title = False
    for place in range(start, min(len(lines), start + MOST_LINES)):
        line = lines[place]
        if not line.free:
            if line.paragraph is None and line.part is Part.TEXT:
                return place
            continue
        styled = bool(TITLE_STYLES.search(line.style))
        if styled or (not after_title and line.paragraph and line.paragraph.outline == 1):
            after_title = True
            continue
        if is_labelled(line.text) or follows_label(lines, place):
            continue
        if line.reads_as_text and not (stands_out(page, line) and len(line.text) <= TITLE_LONGEST):
            return place
        if line.number_rank in (1, 2) and place > start:
            return place
        if after_title and line.paragraph and line.paragraph.outline:
            return place
    return min(len(lines), start + MOST_LINES)


def follows_label(lines: Sequence[Line], place: int) -> bool:
    """摘要 alone on its line, the words of it below."""
    above = next((line for line in reversed(lines[:place]) if line.text), None)
    return above is not None and bool(re.fullmatch(r"[【\[]?(?:内容)?[摘提]\s*要[】\]]?[：:]?", above.text))


def split_zone(page: Page, start: int, end: int) -> None:
    """In a head each printed line counts for itself."""
    lines: list[Line] = []
    for line in page.lines[start:end]:
        if line.free and line.paragraph is not None and "\n" in line.paragraph.text:
            pieces = lines_of(line.paragraph)
            lines += [Line(piece, gap=line.gap and not n) for n, piece in enumerate(pieces)]
        else:
            lines.append(line)
    page.lines[start:end] = lines


def skip_cover(page: Page, facts: Facts) -> int:
    """The first line behind a note to the editors; its lines are kept for them alone."""
    lines = page.lines
    first = next((n for n, line in enumerate(lines) if line.free), 0)
    if not lines or not lines[first].free:
        return 0
    if not (is_salutation(lines[first].text) or is_polite(lines[first].text)):
        return 0
    end = next((n for n in range(first + 1, len(lines)) if opens_manuscript(page, lines[n])), None)
    if end is None:
        end = first + 1
        while (
            end < len(lines)
            and lines[end].free
            and (
                is_polite(lines[end].text)
                or (len(lines[end].text) <= LONG // 2 and ends_letter(lines[end].text))
            )
        ):
            end += 1
    for line in lines[first:end]:
        if line.free:
            rest = facts.keep_private(line.text)
            if not facts.take_labels(rest):
                facts.cover.append(line.text)
            line.part = Part.PRIVATE
    return end


def skip_letterhead(page: Page, facts: Facts, start: int) -> int:
    """The first line behind the head of a bulletin: its name, ``第3期``, who issues it and when, a rule."""
    lines = page.lines
    number = next(
        (n for n in range(start, min(start + 4, len(lines))) if NUMBER.fullmatch(lines[n].text)), None
    )
    if number is None or (number == start and not lines[number].centered):
        return start
    end = number + 1
    while end < len(lines) and lines[end].free and is_issuer(lines[end].text):
        end += 1
    for line in lines[start:end]:
        if line.free:
            facts.left_out.append(line.text)
            line.part = Part.LEFT_OUT
    return end


def is_issuer(text: str) -> bool:
    """``某中心　2026年7月9日``, a rule of signs, ``编者按`` of no bulletin."""
    found = find_date(text)
    rest = (text[: found.start] + text[found.end :]).strip(" \u3000") if found else ""
    return (
        is_furniture(text)
        or is_date(text)
        or (found is not None and (not rest or is_unit(rest.removesuffix("编"))))
    )


def opens_manuscript(page: Page, line: Line) -> bool:
    """Looks like a title: styled, centred, larger; or labelled one."""
    if not line.free or line.right:
        return False
    _lead, pairs = read_pairs(line.text)
    if pairs and pairs[0].about is About.TITLE:
        return True
    larger = bool(page.size and line.size >= page.size + LARGER)
    outlined = bool(line.paragraph and line.paragraph.outline)
    return (
        not line.reads_as_text
        and (
            bool(TITLE_STYLES.search(line.style))
            or outlined
            or larger
            or line.centered
            or (line.bold and line.gap)
        )
        and not is_polite(line.text)
    )


def ends_letter(text: str) -> bool:
    return byline_of(text) is not None or is_date(text) or is_unit(text)


def read_labelled_title(zone: Sequence[Line], facts: Facts) -> list[Line]:
    """The lines that say 标题：, 引题： or 副题：."""
    found: list[Line] = []
    for line in zone:
        if facts.title and line.text.strip("《》") == facts.title:
            line.part = Part.TITLE  # a form over the text has said it already
        _lead, pairs = read_pairs(line.text)
        for pair in pairs:
            if pair.about in {About.TITLE, About.KICKER, About.SUBTITLE} and pair.value:
                facts.take_pair(pair)
                line.part = Part.TITLE
                found += [line] if pair.about is About.TITLE else []
    return found


def read_above(page: Page, lines: list[Line], facts: Facts, title: list[Line]) -> None:
    """What stands over the title: kicker, section, people, the file's own furniture."""
    people = take_people([line for line in lines if names_people(line)], facts)
    for line in people:
        line.part = Part.PEOPLE
    for line in reversed(lines):
        if not line.free:
            continue
        text = line.text
        if not read_common(line, facts):
            if BANNER.fullmatch(text) or (
                SECTION.fullmatch(text) and not line.centered and title and title[0].centered
            ):
                facts.section = facts.section or text.strip("【】[]「」『』◆●■▶·• ")
                line.part = Part.LEFT_OUT
            elif is_furniture(text) or facts.kicker or line.right:
                facts.left_out.append(text)
                line.part = Part.LEFT_OUT
            else:
                facts.kicker, line.part = text, Part.KICKER


def names_people(line: Line) -> bool:
    """Over a title two or three signs are no name unless something tells so."""
    read = byline_on(line)
    return (
        read is not None
        and read.strength >= 0.4
        and not is_furniture(line.text)
        and not BANNER.fullmatch(line.text)
    )
