"""The words that belong to pictures and tables: captions under or over them, and whose pictures they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from journal.intake.article_page.captions import is_caption
from journal.intake.article_page.closings import read_closing

from .contacts import find_contacts
from .edits import lines_of
from .labels import read_pairs
from .layout import Table
from .lines import Line, Page, Part
from .picture_credits import CREDIT_ALONE, find_credit

__all__ = ["Words", "read_beside"]

CAPTION_STYLES = re.compile("caption|题注|图注|图题|图说|表题|图片说明")
OPENS = re.compile(
    r"[（(【\[]?\s*(?:[▲△▼▽↑↓←→]|图\s*[一二三四五六七八九十\d]|图为|图片|照片|[左右上下中]图|题图|插图)"
)
TABLE_OPENS = re.compile(
    r"(?:附?表)\s*[一二三四五六七八九十\d]*[\d.\-—－]*(?:[\s\u3000：:.．]|(?=[\u4e00-\u9fff]))"
)
TABLE_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:].{1,12}")
NUMBERED = re.compile(r"(?=(?:^|(?<=[\s\u3000；;。]))图\s*[一二三四五六七八九十\d]{1,2}[\s\u3000：:.．、])")
LISTED = re.compile(
    r"[（(]?(?:图|图片|照片)?\s*(?:[①-⑳]|[（(]?[一二三四五六七八九十\d]{1,2}[）)]?)[\s\u3000：:.．、]"
)
LONE_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}|\d{1,2}|[ⅠⅡⅢⅣⅤⅥ]+")
LONGEST = 80
LARGER = 0.9  # points
BESIDE_LONGEST = 45
TABLE_LONGEST = 50
CLOSED = re.compile("[。！？：:；;]$")
BRACKETED = re.compile(r"[（(【\[]([^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*)[）)】\]]")
POINTERS = "▲△▼▽◀▶↑↓←→ \u3000"
REST = " \u3000\t，,；;：:。（(|｜/／"


@dataclass(frozen=True, slots=True)
class Words:
    """The words under one picture; ``printed`` is the whole line, the others what it says."""

    printed: str = ""
    caption: str = ""
    photographer: str = ""
    credit: str = ""


def read_beside(page: Page) -> dict[str, Words]:
    """Mark the captions and give each picture its words; tables get theirs in ``Line.caption``."""
    divide_pictures(page)
    words = read_listed(page)
    place = 0
    while place < len(page.lines):
        if page.lines[place].pictures and page.lines[place].pictures[0] not in words:
            end = place
            while end + 1 < len(page.lines) and page.lines[end + 1].pictures:
                end += 1
            read_group(page, place, end, words)
            place = end
        elif isinstance(page.lines[place].item, Table):
            read_table_caption(page, place)
        place += 1
    return words


def read_listed(page: Page) -> dict[str, Words]:
    """``图①：…``, ``图②：…`` gathered in one place, a line for each picture of the file, in their order."""
    pictures = [id for line in page.lines for id in line.pictures]
    listed = [line for line in page.lines if line.free and LISTED.match(line.text)]
    places = [page.lines.index(line) for line in listed]
    together = len(places) > 1 and places == list(range(places[0], places[0] + len(places)))
    if not together or len(listed) != len(pictures) or any(len(line.text) > LONGEST for line in listed):
        return {}
    for line in listed:
        line.part = Part.CAPTION
    return {id: words_of(line.text) for id, line in zip(pictures, listed, strict=True)}


def divide_pictures(page: Page) -> None:
    """A picture and words in one paragraph become a line each: the words may be its caption, or text."""
    lines: list[Line] = []
    for line in page.lines:
        paragraph = line.paragraph
        if paragraph is None or not paragraph.pictures or not paragraph.text.strip():
            lines.append(line)
            continue
        pictures = replace(paragraph, runs=tuple(run for run in paragraph.runs if run.picture), label="")
        words = replace(paragraph, runs=tuple(run for run in paragraph.runs if not run.picture))
        text_lines = [Line(each) for each in (lines_of(words) if "\n" in words.text else [words])]
        first = next(run for run in paragraph.runs if run.picture or run.text.strip())
        if first.picture:
            lines += [Line(pictures, gap=line.gap), *text_lines]
        else:
            text_lines[0].gap = line.gap
            lines += [*text_lines, Line(pictures)]
    page.lines[:] = lines


def read_group(page: Page, first: int, last: int, words: dict[str, Words]) -> None:
    """Neighbouring pictures and the captions under them, else over them."""
    pictures = [id for line in page.lines[first : last + 1] for id in line.pictures]
    below = take_below(page, last + 1, len(pictures))
    above = take_above(page, first)
    credits = [line for line in below if CREDIT_ALONE.fullmatch(line.text)]
    if above and len(credits) == len(below):
        captions = [*above, *credits]
    else:
        captions = above if above and not any(map(is_sure, below)) else below
    for line in captions:
        line.part = Part.CAPTION
    texts = [text for line in captions for text in divided_captions(line.text, len(pictures))]
    texts = with_credits_joined(texts)
    for at, id in enumerate(pictures):
        if len(texts) == len(pictures) or at < len(texts):
            words[id] = words_of(texts[at])
    if len(texts) > len(pictures):
        extra = "\u3000".join(texts[len(pictures) - 1 :])
        words[pictures[-1]] = words_of(extra)


def take_below(page: Page, place: int, most: int) -> list[Line]:
    found: list[Line] = []
    for line in page.lines[place : place + most + 1]:
        if not line.free:
            break
        alone = bool(found) and CREDIT_ALONE.fullmatch(line.text)
        if not alone and (len(found) >= most or not reads_as_caption(page, line)):
            break
        found.append(line)
    return found


def opens_page(page: Page, line: Line) -> bool:
    """The first words of a file, set like a title, are no caption."""
    first = next((each for each in page.lines if each.text), None)
    large = bool(page.size and line.size >= page.size + LARGER)
    return first is line and (large or line.bold) and not OPENS.match(line.text)


def is_sure(line: Line) -> bool:
    """Named a caption by its style, its first words or whoever took the picture."""
    text = line.text
    return bool(
        CAPTION_STYLES.search(line.style) or OPENS.match(text) or is_caption(text) or find_credit(text)
    )


def take_above(page: Page, first: int) -> list[Line]:
    if not first:
        return []
    line = page.lines[first - 1]
    sure = (
        line.free
        and (CAPTION_STYLES.search(line.style) or OPENS.match(line.text))
        and len(line.text) <= LONGEST
    )
    return [line] if sure and not CLOSED.search(line.text) else []


def reads_as_caption(page: Page, line: Line) -> bool:
    """A line under a picture: named so by its style, its first words, its credit or its look."""
    text = line.text
    if CAPTION_STYLES.search(line.style):
        return True
    if opens_page(page, line):
        return False
    if (
        line.number_rank
        or LONE_NUMBER.fullmatch(text)
        or (line.paragraph and line.paragraph.outline)
        or len(text) > LONGEST * 2
    ):
        return False
    if OPENS.match(text) or (is_caption(text) and len(text) <= LONGEST):
        return True
    if (line.bold and not line.centered) or is_closing(text):
        return False
    if line.paragraph and line.paragraph.boxed and len(text) <= LONGEST:
        return True
    small = bool(page.size and 0 < line.size < page.size)
    set_apart = small or line.centered or re.fullmatch(r"[（(].*[）)]", text)
    if set_apart and len(text) <= LONGEST:
        return not text.endswith(("：", ":", "；"))
    if page.indent_tells and line.paragraph and not line.paragraph.indented and len(text) <= LONGEST:
        return True  # the text is indented, this line is not
    return is_caption(text, beside_picture=True) and len(text) <= BESIDE_LONGEST and not CLOSED.search(text)


def is_closing(text: str) -> bool:
    """A bracket or a labelled line about the author, the source or how to reach somebody."""
    if read_pairs(text)[1] or find_contacts(text):
        return True
    closing = read_closing(text[1:-1]) if re.fullmatch(r"[（(].*[）)]", text) else None
    return closing is not None and bool(closing.units or closing.source or closing.note)


def divided_captions(text: str, pictures: int) -> list[str]:
    """``图1　甲　图2　乙`` under two pictures are two captions."""
    starts = [m.start() for m in NUMBERED.finditer(text)]
    if pictures < 2 or len(starts) < 2:
        return [text]
    ends = [*starts[1:], len(text)]
    return [text[a:b].strip(REST) for a, b in zip(starts, ends, strict=True)]


def with_credits_joined(texts: list[str]) -> list[str]:
    found: list[str] = []
    for text in texts:
        if found and CREDIT_ALONE.fullmatch(text) and not CREDIT_ALONE.fullmatch(found[-1]):
            found[-1] = f"{found[-1]}\u3000{text}"
        else:
            found.append(text)
    return found


def words_of(printed: str) -> Words:
    """A caption taken apart: what it shows, who took or lent the picture."""
    whole = re.fullmatch(
        r"[（(【\[]([^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*)[）)】\]]", printed.strip()
    )
    text = (whole[1] if whole else printed).strip()
    credit = find_credit(text)
    shown = text[: credit.start] if credit else text
    shown = shown.strip(POINTERS).rstrip(REST)
    return Words(text, shown, credit.names if credit else "", credit.role if credit else "")


def read_table_caption(page: Page, place: int) -> None:
    """The line over a table that names it; a line with its unit of measure goes with it."""
    table = page.lines[place]
    above = place - 1
    unit = ""
    if above >= 0 and page.lines[above].free and TABLE_UNIT.fullmatch(page.lines[above].text):
        unit = page.lines[above].text.strip("（()） ")
        page.lines[above].part = Part.TABLE_CAPTION
        above -= 1
    over = page.lines[above] if above >= 0 else None
    if over is not None and over.free and names_table(over) and not opens_page(page, over):
        table.caption, over.part = over.text, Part.TABLE_CAPTION
    elif (
        place + 1 < len(page.lines)
        and page.lines[place + 1].free
        and TABLE_OPENS.match(page.lines[place + 1].text)
    ):
        below = page.lines[place + 1]
        if len(below.text) <= TABLE_LONGEST and not CLOSED.search(below.text) and names_table(below):
            table.caption, below.part = below.text, Part.TABLE_CAPTION
    if unit:
        table.caption = f"{table.caption}（{unit}）" if table.caption else f"（{unit}）"


def names_table(line: Line) -> bool:
    text = line.text
    if len(text) > TABLE_LONGEST or CLOSED.search(text) or line.number_rank:
        return False
    if TABLE_OPENS.match(text) or CAPTION_STYLES.search(line.style):
        return True
    return line.centered and not (line.paragraph and line.paragraph.outline)
