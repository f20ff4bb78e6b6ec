"""The head of a manuscript: covering note, kicker, title, people, abstract; where the text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal.intake.article_page.dates import find_date

from .edits import lines_of
from .facts import Facts
from .labels import About, read_pairs
from .lines import ENDS_SENTENCE, LONG, Line, Page, Part
from .people_lines import byline_of, take_people
from .politeness import is_furniture, is_polite, is_salutation
from .units import is_unit

__all__ = ["read_head"]

MOST_LINES = 30
DASHES = ("——", "—", "--", "──", "－－", "–")
KICKER_END = re.compile("[：:]$|……$|——$")
BANNER = re.compile(r"[【\[「『◆●■▶].{2,12}?[】\]」』]?|[·•]\s*.{2,10}\s*[·•]")
SUBTITLE_END = re.compile(
    "(?:侧记|纪实|见闻|调查|观察|综述|记事|访谈|手记|小记|纪事|札记|启示|解读|报告|为例|思考|实践|探索)$"
)
TITLE_STYLES = re.compile("^(?:title|标题|文章标题|大标题|正标题|题目|主标题)$")
SUBTITLE_STYLES = re.compile("^(?:subtitle|副标题)$")
HEADING_STYLES = re.compile(r"^(?:heading|标题)\s*\d$")
LARGER = 0.9  # points that make a difference
TITLE_LONGEST = 80
DATE_LINE = re.compile(
    r"[（(]?\s*(?:[\d〇○零一二三四五六七八九十]{2,4}\s*[年./-])?.{1,12}[日号\d月]\s*[）)]?"
)
WORDS_COUNT = re.compile(r"[（(]?\s*(?:全文|正文)?(?:共|约|共约)?\s*\d{3,6}\s*字\s*(?:左右)?[）)]?")


def read_head(page: Page, facts: Facts) -> None:
    """Find the head's lines, tell ``facts`` what they say and mark them with their part."""
    start = skip_cover(page, facts)
    end = zone_end(page, start)
    split_zone(page, start, end)
    end = zone_end(page, start)
    zone = [line for line in page.lines[start:end] if line.free]
    read_labelled_title(zone, facts)
    title = [] if facts.title else pick_title(page, zone)
    for line in title:
        line.part = Part.TITLE
    if title:
        facts.title = "\n".join(line.text for line in title)
    before = zone[: zone.index(title[0])] if title else []
    after = zone[zone.index(title[-1]) + 1 :] if title else zone
    read_above(page, before, facts, title)
    read_below(page, after, facts, title)


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


def is_labelled(text: str) -> bool:
    lead, pairs = read_pairs(text)
    return bool(pairs) and (not lead or len(lead) <= LONG)


def follows_label(lines: Sequence[Line], place: int) -> bool:
    """摘要 alone on its line, the words of it below."""
    above = next((line for line in reversed(lines[:place]) if line.text), None)
    return above is not None and bool(re.fullmatch(r"[【\[]?(?:内容)?[摘提]\s*要[】\]]?[：:]?", above.text))


def stands_out(page: Page, line: Line) -> bool:
    larger = bool(page.size and line.size >= page.size + LARGER)
    centered = page.center_tells and line.centered
    return larger or centered or (page.bold_tells and line.bold) or bool(TITLE_STYLES.search(line.style))


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
            facts.keep_private(line.text)
            facts.cover.append(line.text)
            line.part = Part.PRIVATE
    return end


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


def read_labelled_title(zone: Sequence[Line], facts: Facts) -> None:
    for line in zone:
        _lead, pairs = read_pairs(line.text)
        for pair in pairs:
            if pair.about in {About.TITLE, About.KICKER, About.SUBTITLE} and pair.value:
                facts.take_pair(pair)
                line.part = Part.TITLE


def pick_title(page: Page, zone: Sequence[Line]) -> list[Line]:
    """The lines of the title, in order; none where nothing looks like one."""
    candidates = [line for line in zone if line.free and may_be_title(line)]
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


def may_be_title(line: Line) -> bool:
    text = line.text
    if not text or len(text) > TITLE_LONGEST or text.startswith(DASHES) or line.right:
        return False
    if is_labelled(text) or is_furniture(text) or is_date(text) or WORDS_COUNT.fullmatch(text):
        return False
    if re.fullmatch(r"[（(].*[）)]", text) or re.search("[。；，]$", text):
        return False
    read = byline_of(text)
    return read is None or (read.strength < 0.6 and line.centered) or bool(TITLE_STYLES.search(line.style))


def title_score(page: Page, line: Line, largest: float) -> float:
    text = line.text
    score = 6.0 * bool(TITLE_STYLES.search(line.style)) - 5.0 * bool(SUBTITLE_STYLES.search(line.style))
    score += 3.0 * (line.paragraph is not None and line.paragraph.outline == 1)
    score += 3.0 * (bool(page.size) and line.size == largest and line.size >= page.size + LARGER)
    score += 1.5 * line.centered + 1.0 * line.bold
    score += 0.5 * (4 <= len(text) <= 40) - 2.0 * (len(text) < 3)
    score -= 2.0 * bool(KICKER_END.search(text)) + 2.5 * bool(BANNER.fullmatch(text))
    return score - 2.0 * (byline_of(text) is not None) - 1.0 * bool(line.number_rank)


def same_title(page: Page, line: Line, title: Line) -> bool:
    """Another line of the same title: the same look, and words that can be nothing else."""
    alike = line.look == title.look and line.style == title.style and line.free and stands_out(page, line)
    if not alike or line.text.startswith(DASHES):
        return False
    return may_be_title(line) and byline_of(line.text) is None and not line.number_rank


def read_above(page: Page, lines: list[Line], facts: Facts, title: list[Line]) -> None:
    """What stands over the title: kicker, section, people, the file's own furniture."""
    people = take_people([line for line in lines if byline_of(line.text)], facts)
    for line in people:
        line.part = Part.PEOPLE
    for line in reversed(lines):
        if not line.free:
            continue
        text = line.text
        if not read_common(line, facts):
            if BANNER.fullmatch(text):
                facts.section = facts.section or text.strip("【】[]「」『』◆●■▶·• ")
                line.part = Part.LEFT_OUT
            elif is_furniture(text) or facts.kicker:
                facts.left_out.append(text)
                line.part = Part.LEFT_OUT
            else:
                facts.kicker, line.part = text, Part.KICKER


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
            pass
        else:
            understood = take_people(run_of_people(lines[place:]), facts)
            if not understood:
                return
            for each in understood:
                each.part = Part.PEOPLE
            place += len(understood) - 1
        place += 1


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
    if facts.subtitle or byline_of(text) or is_unit(text) or is_labelled(text) or ENDS_SENTENCE.search(text):
        return False
    if is_date(text) or re.fullmatch(r"[（(].*[）)]", text) or line.number_rank or is_furniture(text):
        return False
    return page.center_tells and line.centered and (bool(SUBTITLE_END.search(text)) or len(text) >= 5)


def read_common(line: Line, facts: Facts) -> bool:
    """Labels, dates, counts, contacts: what may stand anywhere in a head or a tail."""
    text = line.text
    if is_date(text) or WORDS_COUNT.fullmatch(text):
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


def is_date(text: str) -> bool:
    """A line that is a date and nothing else."""
    bare = text.strip("（）() \u3000")
    if len(bare) > 24 or not DATE_LINE.fullmatch(bare):
        return False
    found = find_date(bare)
    return found is not None and len(bare) - (found.end - found.start) <= 6
