"""Lines of names and units under (or over) a title, read together: which unit belongs to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from journal.intake.bylines import Byline
from journal.intake.manuscript import Author, AuthorKind
from journal.intake.names import looks_like_group

from .facts import Facts
from .grammar import read_people_line
from .labels import read_pairs
from .layout import Paragraph
from .lines import Line
from .people_words import is_person
from .posts import is_unit, split_unit, without_place
from .units import numbered_units

__all__ = ["byline_of", "byline_on", "marked_names", "read_line", "take_people"]

NUMBER = r"[\d¹²³⁴⁵⁶⁷⁸⁹①-⑨*＊†‡,，a-e]"
FIGURES = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨abcde", "12345678912345678912345")
RAISED = re.compile(r"\ue000(?P<marks>[^\ue001]*)\ue001")
TYPED = re.compile(
    r"(?<=[\u4e00-\u9fff])\s?(?P<marks>[\d¹²³⁴⁵⁶⁷⁸⁹①-⑨*＊†‡](?:[,，]?[\d¹²³⁴⁵⁶⁷⁸⁹①-⑨*＊†‡]){0,3}|[\[［（(]\d[\]］）)]|[a-e])(?=$|[\s，,、；;])"
)
BEFORE = re.compile("([\u4e00-\u9fff·]{2,12})\\s*$")
#: A day before or behind the names
DATED = re.compile(
    r"^(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2})[\s\u3000]+(?=\S)"
    r"|(?<=\S)[\s\u3000]+(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2})$"
)
GLUED = re.compile("[\u4e00-\u9fff]{4,6}")
LONGEST = 40
UNKNOWN_UNIT = re.compile("[\u4e00-\u9fff]{4,20}")
UNKNOWN_IN_BRACKETS = re.compile(r"[（(][\u4e00-\u9fff\w\s\u3000]{3,30}[）)]")


def marked_names(paragraph: Paragraph) -> tuple[str, dict[str, tuple[int, ...]]]:
    """A line without the raised (or typed) figures behind its names, and what they were: ``甲¹ 乙²``."""
    raw = "".join(
        f"\ue000{run.text}\ue001" if run.raised and re.fullmatch(rf"\s*{NUMBER}+\s*", run.text) else run.text
        for run in paragraph.runs
    )
    marks: dict[str, tuple[int, ...]] = {}
    raw = without_marks(raw, RAISED, marks)
    typed: dict[str, tuple[int, ...]] = {}
    bare = without_marks(raw, TYPED, typed)
    read = read_people_line(bare) if typed else None
    if read is not None and all(a.kind is AuthorKind.PERSON for a in read.authors):
        return bare.strip(), marks | typed
    return raw.strip(), marks


def without_marks(raw: str, pattern: re.Pattern[str], marks: dict[str, tuple[int, ...]]) -> str:
    while found := pattern.search(raw):
        name = BEFORE.search(re.sub(r"[\ue000\ue001]", "", raw[: found.start()]))
        words = found["marks"]
        figures = tuple(int(n) for n in re.findall(r"\d", words.translate(FIGURES)))
        figures = figures or ((len(words.strip()),) if re.fullmatch(r"\s*[*＊]+\s*", words) else ())
        if name and figures:
            marks[re.sub(r"\s", "", name[1])] = figures
        raw = raw[: found.start()] + raw[found.end() :]
    return raw


def byline_on(line: Line) -> Byline | None:
    """A line as a byline, the figures behind its names apart."""
    return byline_of(marked_names(line.paragraph)[0]) if line.paragraph is not None else None


def byline_of(text: str) -> Byline | None:
    """A line as a byline; labelled values are none, and four to six signs without a gap are words."""
    bare = DATED.sub("", text.strip())
    glued = GLUED.fullmatch(bare) and not bare.endswith("供稿")
    if read_pairs(text)[1] or (glued and not is_unit(bare) and not is_person(bare)):
        return None
    return read_people_line(bare)


@dataclass(slots=True)
class Run:
    """Neighbouring lines of one kind: people, or units."""

    units: bool
    who: list[Author] = field(default_factory=list)


def take_people(lines: Sequence[Line], facts: Facts) -> list[Line]:
    """Read neighbouring lines that hold names and units; returns those that were understood.

    A line that names only a unit belongs to the people on the line above it, or below where the units
    come first; a unit nobody is named beside wrote the text itself.
    """
    found: list[Run] = []
    taken: list[Line] = []
    for place, line in enumerate(lines):
        if line.paragraph is None:
            break
        text, marks = marked_names(line.paragraph)
        text = facts.keep_private(text)
        if not text:
            taken.append(line)
            continue
        if counted := numbered_units(text) or numbered_units(facts.keep_private(line.text)):
            facts.counted_units |= counted
            taken.append(line)
            continue
        read = read_line(text)
        if read is not None and read.strength < 0.4 and not stands_for_names(lines, place, facts, taken):
            break
        if read is None and found:
            read = unknown_unit(line, text, taken[-1])
        if read is None:
            break
        facts.marks |= marks
        facts.add_credits(read.credits)
        add_run(found, read)
        taken.append(line)
    settle(found, facts)
    return taken


def stands_for_names(lines: Sequence[Line], place: int, facts: Facts, taken: Sequence[Line]) -> bool:
    """Whether a line of two or three signs with no known surname can only be names, by where it stands."""
    line = lines[place]
    if taken:
        return line.look == taken[-1].look and not (line.bold and not taken[-1].bold)
    if facts.authors or line.number_rank or line.style.startswith(("heading", "标题")):
        return False
    return line.centered or line.right or not line.bold


def unknown_unit(line: Line, text: str, above: Line) -> Byline | None:
    """Words nobody would take for a unit, where only one can stand: under the names, set as they are."""
    below = line.look == above.look and (line.centered or line.right) and not line.gap
    unknown = UNKNOWN_UNIT.fullmatch(text) and below
    left_over = line.cleared and len(text) <= LONGEST and not re.search("[。！？]", text)
    if not (unknown or left_over or UNKNOWN_IN_BRACKETS.fullmatch(text)):
        return None
    words = re.split("[，,；;]", text.strip("（）() \u3000"))[0]
    return Byline((Author(without_place(words), AuthorKind.CORPORATE),), (), 0.4)


def add_run(found: list[Run], read: Byline) -> None:
    if not read.authors:
        return
    units = all(a.kind is AuthorKind.CORPORATE and not looks_like_group(a.name) for a in read.authors)
    if not found or found[-1].units != units:
        found.append(Run(units))
    found[-1].who += read.authors


def read_line(text: str) -> Byline | None:
    read = byline_of(text)
    bare = text.strip("（）()【】[] \u3000")
    unit, post = split_unit(bare)
    if read is None and (is_unit(bare) or (post and is_unit(unit))):
        return Byline((Author(without_place(bare), AuthorKind.CORPORATE),), (), 0.4)
    return read


def settle(found: list[Run], facts: Facts) -> None:
    """Give the units to the people: to those above, to those below where a unit stands first."""
    bare, facts.alone = facts.alone, False
    named = bare or any(not run.units for run in found)
    units_first = bool(found) and found[0].units and not bare
    held: list[str] = []
    for run in found:
        if run.units and named:
            if units_first:
                held = [a.name for a in run.who]
            else:
                hang(facts, [a.name for a in run.who])
            continue
        facts.add_authors(run.who)
        if held:
            hang(facts, held)


def hang(facts: Facts, units: list[str]) -> None:
    """Give units to those who have none: one to each, or the only one to all."""
    bare = [a for a in facts.authors if a.kind is AuthorKind.PERSON and not a.affiliation]
    for at, author in enumerate(facts.authors):
        if author in bare:
            unit, post = split_unit(units[bare.index(author)] if len(units) == len(bare) else units[0])
            facts.authors[at] = replace(author, affiliation=without_place(unit), post=author.post or post)
