"""The end of a manuscript: signatures, units, sources, contacts, letters to the editors; read from behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal.intake.article_page.closings import Closing, find_closing, read_closing
from journal.intake.manuscript import Author, AuthorKind, Credit
from journal.intake.names import looks_like_group, split_names

from .author_notes import AuthorNote
from .edits import edited
from .facts import Facts
from .labels import About, read_pairs
from .lines import Line, Page, Part
from .people_lines import byline_of, read_line, take_people
from .people_words import is_person
from .politeness import is_furniture, is_polite, is_salutation
from .posts import is_unit, split_unit
from .under_title import read_common

__all__ = ["read_tail"]

MOST_LINES = 14
REFERENCES = re.compile(
    r"[【\[]?(?:主要)?(?:参\s*考\s*(?:文\s*献|资料)|注\s*释|附\s*注|尾\s*注|注)[】\]]?[：:]?"
)
BRACKETS = re.compile(r"[（(【\[](?P<inside>.*)[）)】\]]\s*[。]?", re.DOTALL)
ROLE_AND_NAMES = re.compile(
    "(?P<role>(?:本[报刊])?(?:特约|见习|实习)?(?:记者|通讯员)|作者|撰稿人?)[\\s\u3000：:]+"
    "(?P<names>[\u4e00-\u9fff·]{2,4}(?:[\\s\u3000、，,]+[\u4e00-\u9fff·]{2,4})*)"
)
END_MARK = re.compile(r"[（(【]?\s*(?:完|全文完|本文完|END|end)\s*[）)】]?|[□■◆●▲☐◼]")
#: Over what is said of the authors below it.
ABOUT_AUTHORS = re.compile(r"[【\[]?作者(?:简介|信息|介绍|单位)[】\]]?[：:]?")
SIGN_LONGEST = 40
BARE_UNITS = re.compile(
    r"(?:本文|第一)?作者(?:单位)?(?:分别|均)?(?:[系为是]|[：:]|来自|供职于|现任|现为)|[\u4e00-\u9fff·]{2,8}[，,].{0,30}(?:[系为是]|现任).{2,40}"
)
BEHIND_LAST_WORD = re.compile(r"(?<=[。！？…”」』）])\s*(?P<mark>[□■◆●▲☐◼])\s*$")


def read_tail(page: Page, facts: Facts, start: int) -> None:
    """Read what stands behind the last word of the text, and before the list of references."""
    lines = page.lines
    references = next(
        (
            n
            for n in range(len(lines) - 1, start, -1)
            if lines[n].free and REFERENCES.fullmatch(lines[n].text)
        ),
        None,
    )
    read_from_behind(page, facts, start, len(lines))
    if references is not None:
        read_from_behind(page, facts, start, references)
    read_hung_notes(facts)
    last = next((line for line in reversed(lines[start:references]) if line.free), None)
    if last is not None:
        cut_closing(last, facts)
    if not facts.authors and not facts.about_authors:
        facts.add_authors(facts.signed)


def read_hung_notes(facts: Facts) -> None:
    """The notes on title and names; as many units as there are people are one for each, in their order."""
    known = len(facts.about_authors)
    for words in facts.notes:
        if not read_note(words, facts) and not read_note(f"（{words}）", facts):
            facts.closing_notes.append(words)
    said = facts.about_authors[known:]
    people = [a for a in facts.authors if a.kind is AuthorKind.PERSON]
    if len(said) > 1 and len(said) == len(people) and all(len(n.places) == 1 and not n.named for n in said):
        facts.about_authors[known:] = [AuthorNote(places=tuple(n.places[0] for n in said), each=True)]


def read_from_behind(page: Page, facts: Facts, start: int, end: int) -> None:
    """Claim lines from the end until one is text."""
    letter = letter_from(page, start, end)
    for line in page.lines[letter:end]:
        if line.free:
            rest = facts.keep_private(line.text)
            read = None if facts.authors or len(rest) > SIGN_LONGEST else byline_of(rest)
            if read is not None and read.strength >= 0.6:
                facts.signed += read.authors
            facts.cover.append(line.text)
            line.part = Part.PRIVATE
    held: list[Line] = []  # names and units, to be read together
    seen, known = 0, len(facts.credits)
    for line in reversed(page.lines[start:letter]):
        if not line.free:
            if line.paragraph is None and line.part is Part.TEXT:
                break
            continue
        seen += 1
        if seen > MOST_LINES:
            break
        if facts.take_author_note(facts.keep_private(line.text)):
            line.part = Part.NOTE
        elif is_sign(line):
            held.insert(0, line)
        elif not read_line_of_tail(line, facts):
            break
    facts.credits[known:] = facts.credits[: known - 1 if known else None : -1]  # in the order of the print
    read_signature(held, facts)


def letter_from(page: Page, start: int, end: int) -> int:
    """Where a letter to the editors begins at the end of the file; ``end`` where there is none."""
    for place in range(max(start + 1, end - MOST_LINES), end):
        line = page.lines[place]
        if line.free and is_salutation(line.text):
            return place
    return end


def is_sign(line: Line) -> bool:
    """Names and units alone on a short line."""
    text = line.text.strip()
    if len(text) > SIGN_LONGEST or line.number_rank in (1, 2, 3) or is_furniture(text) or is_polite(text):
        return False
    read = read_line(text)
    if read is None or text.endswith(("。", "！", "？")):
        return False
    if read.strength < 0.7 and BRACKETS.fullmatch(text) and read_closing(text[1:-1]) is not None:
        return False
    paired = BRACKETS.fullmatch(text) and any(a.affiliation for a in read.authors)
    if line.right or paired or read.strength >= 0.6:
        return True
    inside = text.strip("（）()")
    several = len(read.authors) > 1 and any(is_person(a.name) for a in read.authors)
    return (read.strength >= 0.4 and line.gap) or is_unit(inside) or (inside != text and several)


def read_signature(lines: list[Line], facts: Facts) -> None:
    """Names the head gave already say nothing new, their units may."""
    if not lines:
        return
    known = bool(facts.authors)
    if known:
        signed = Facts()
        take_people(lines, signed)
        names = {a.name for a in facts.authors}
        named = [a for a in signed.authors if a.name in names]
        facts.add_authors(named)
        facts.add_credits(signed.credits)
        others = [a for a in signed.authors if a.name not in names]
        units = [a.name for a in others if a.kind is AuthorKind.CORPORATE and not looks_like_group(a.name)]
        if units:
            facts.about_authors.append(AuthorNote(places=tuple(map(split_unit, units))))
        facts.closing_notes += [a.name for a in others if a.name not in units]
    else:
        take_people(lines, facts)
    for line in lines:
        line.part = Part.PEOPLE


def read_line_of_tail(line: Line, facts: Facts) -> bool:
    text = line.text.strip()
    if END_MARK.fullmatch(text):
        facts.end_mark, line.part = True, Part.LEFT_OUT
        return True
    rest = facts.keep_private(text)
    if not rest.strip("（）()【】[]"):
        line.part = Part.PRIVATE
        return True
    if is_polite(rest):
        facts.cover.append(rest)
        line.part = Part.PRIVATE
        return True
    if ABOUT_AUTHORS.fullmatch(rest):
        line.part = Part.NOTE
        return True
    if read_note(rest, facts):
        line.part = Part.NOTE
        return True
    if rest == text and read_common(line, facts):
        return True
    if rest != text and facts.take_labels(rest):
        line.part = Part.PEOPLE
        return True
    if rest != text and (read := byline_of(rest)) is not None:
        if facts.authors and all(a.kind is AuthorKind.CORPORATE for a in read.authors):
            facts.about_authors.append(AuthorNote(places=tuple(split_unit(a.name) for a in read.authors)))
        else:
            facts.add_authors(read.authors)
        line.part = Part.PEOPLE
        return True
    return False


def read_note(text: str, facts: Facts) -> bool:
    """``（作者单位：…）``, ``作者系…``, ``（转自…）``, ``（责任编辑：…）``, with brackets or without."""
    inside = BRACKETS.fullmatch(text)
    bare = inside["inside"].strip() if inside else text
    if facts.take_author_note(text):
        return True
    if not inside and not re.match(r"(?:本文|第一)?作者|(?:来源|转自|摘自|原载|选自|本文)", bare):
        return False
    if named := ROLE_AND_NAMES.fullmatch(bare):
        names = split_names(named["names"])
        if not facts.authors and all(2 <= len(name) <= 4 for name in names):
            role = named["role"]
            facts.add_authors(Author(name, role=role) for name in names)
            facts.add_credits([Credit(role, names)] if role != "作者" else [])
            return True
    found = read_pairs(bare)[1]
    if len(found) > 1 or (found and not found[0].start and found[0].about is About.CREDIT):
        return facts.take_labels(bare)
    closing = read_closing(bare.rstrip("。"))
    if closing is None:
        return bool(inside) and facts.take_labels(bare)
    take_closing(closing, text, facts)
    return True


def take_closing(closing: Closing, text: str, facts: Facts) -> None:
    if closing.units:
        facts.affiliations.append(text.strip())
        facts.take_units(closing.units)
    if closing.source:
        facts.source = facts.source or with_issue(closing.source, text)
    elif closing.note:
        if END_MARK.fullmatch(closing.note):
            facts.end_mark = True
        else:
            facts.closing_notes.append(text.strip())
    known = {a.name for a in facts.authors}
    if closing.authors and not known:
        facts.add_authors(retold(closing.authors))
    facts.add_credits(closing.credits)


def retold(authors: Sequence[Author]) -> Sequence[Author]:
    return [a for a in authors if a.name]


def with_issue(source: str, text: str) -> str:
    """``《某刊》`` with the issue printed behind it."""
    found = re.search(rf"{re.escape(source)}\s*(?:杂志|月刊)?\s*\d{{4}}\s*年\s*第\s*\d{{1,2}}\s*期", text)
    return found.group() if found else source


def cut_closing(line: Line, facts: Facts) -> None:
    """``……河水。（作者单位：某馆）``: the bracket behind the last sentence is no part of it."""
    paragraph = line.paragraph
    if paragraph is None:
        return
    for _more in range(3):
        text = paragraph.text
        if mark := BEHIND_LAST_WORD.search(text):
            facts.end_mark = True
            paragraph = edited(paragraph, [(*mark.span(), "")])
            continue
        found = re.search(r"[（(][^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*[）)]\s*$", text)
        if not found or not re.search("[。！？…”’」』]\\s*$", text[: found.start()]):
            break
        rest = facts.keep_private(found.group().strip())
        if rest.strip("（）()"):
            closing = find_closing(text[: found.start()] + rest)
            if closing is None:
                break
            take_closing(closing[1], rest, facts)
        paragraph = edited(paragraph, [(found.start(), len(text), "")])
    line.item = paragraph
