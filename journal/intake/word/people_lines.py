"""Lines of names and units under (or over) a title, read together: which unit belongs to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from journal.intake.bylines import Byline, read_byline
from journal.intake.manuscript import Author, AuthorKind, Credit
from journal.intake.names import looks_like_group, looks_like_person, split_names, split_post

from .facts import Facts
from .labels import read_pairs
from .layout import Paragraph
from .lines import Line
from .units import is_unit, numbered_units, split_unit, without_place

__all__ = ["byline_of", "byline_on", "marked_names", "take_people"]

NUMBER = r"[\d¹²³⁴⁵⁶⁷⁸⁹①-⑨*＊†‡,，]"
SUPERSCRIPTS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨", "123456789123456789")
RAISED = re.compile(r"\ue000(?P<marks>[^\ue001]*)\ue001")
TYPED = re.compile(
    rf"(?<=[\u4e00-\u9fff])\s?(?P<marks>{NUMBER.replace(',，', '')}(?:{NUMBER}){{0,3}})(?=$|[\s，,、；;])"
)
BEFORE = re.compile("([\u4e00-\u9fff·]{2,12})\\s*$")
HELPER = re.compile(
    r"(?P<rest>.*[^\s\u3000、，,])[\s\u3000]+(?P<name>[\u4e00-\u9fff·]{2,6})[\s\u3000]+"
    r"(?P<role>摄影|摄|图|供图|整理|口述|绘图|插图)"
)
UNIT_AND_NAME = re.compile(
    r"(?P<unit>本[刊报社网]|[\u4e00-\u9fff]{4,24}(?:[\s\u3000]+[\u4e00-\u9fff]{2,16})?)[\s\u3000]+(?P<name>[\u4e00-\u9fff·]{2,6})"
)
GLUED = re.compile("[\u4e00-\u9fff]{4,6}")
#: A line about somebody, not by them.
JOINT = re.compile("[、，,][\u4e00-\u9fff·]{2,6}\\s*[（(][^（()）]+[）)]$")
ROLE = re.compile(
    "(?:本[报刊网台社]|[\u4e00-\u9fff]{2,4}[日晚]报)?(?:全媒体|首席|特约|见习|实习)*(?:记者|通讯员|实习生|撰稿人)"
    "|作者|文字?|撰文|撰稿|采写|采访|整理|口述|执笔|摄影|摄|图片?|供图|绘图|插图"
)
TAKES = re.compile("摄影|摄|图片?|供图|绘图|插图")
TELLS = re.compile("访|专访|记|对话|走近|走进|追记|与|致|写给|悼|怀念|一位|听")
LONGEST = 40
BRACKETED = re.compile(
    r"[\s\u3000、，,；;]*(?P<name>[\u4e00-\u9fff·]{2,6})\s*[（(](?P<unit>[^（()）。，；：\d]{2,24})[）)]"
)
UNKNOWN_UNIT = re.compile("[\u4e00-\u9fff]{4,20}")
UNKNOWN_IN_BRACKETS = re.compile(r"[（(][\u4e00-\u9fff\w\s\u3000]{3,30}[）)]")
ADDRESSED = re.compile("^(?:作者|撰稿|文字?|撰文)[\\s\u3000]+(?=[\u4e00-\u9fff])")


def marked_names(paragraph: Paragraph) -> tuple[str, dict[str, tuple[int, ...]]]:
    """A line without the raised (or typed) figures behind its names, and what they were: ``甲¹ 乙²``."""
    raw = "".join(
        f"\ue000{run.text}\ue001" if run.raised and re.fullmatch(rf"\s*{NUMBER}+\s*", run.text) else run.text
        for run in paragraph.runs
    )
    marks: dict[str, tuple[int, ...]] = {}
    for pattern in (RAISED, TYPED):
        while found := pattern.search(raw):
            name = BEFORE.search(re.sub(r"[\ue000\ue001]", "", raw[: found.start()]))
            figures = tuple(int(n) for n in re.findall(r"\d", found["marks"].translate(SUPERSCRIPTS)))
            if pattern is TYPED and not (name and any(looks_like_person(name[1][-n:]) for n in (2, 3))):
                break
            if name and figures:
                marks[name[1]] = figures
            raw = raw[: found.start()] + raw[found.end() :]
    return raw.strip(), marks


def byline_on(line: Line) -> Byline | None:
    """A line as a byline, the figures behind its names apart."""
    return byline_of(marked_names(line.paragraph)[0]) if line.paragraph is not None else None


def byline_of(text: str) -> Byline | None:
    """A line as a byline; ``作者　甲`` without a colon, too."""
    if read_pairs(text)[1]:
        return None
    bare = ADDRESSED.sub("", text.strip())
    if GLUED.fullmatch(bare) and not is_unit(bare):
        return None  # four to six signs without a gap are words before they are two names
    ways = (roles_first, with_helper, read_byline, bracketed, unit_and_name, post_and_name)
    read = next((read for way in ways if (read := way(bare)) is not None), None)
    return shared(read, bare) if read is not None else None


def shared(read: Byline, text: str) -> Byline:
    """``甲、乙（某馆）``: the bracket behind several names is everybody's."""
    first, *others = reversed(read.authors) if read.authors else (None,)
    if first is None or not others or not first.affiliation or not JOINT.search(text):
        return read
    if any(a.affiliation or a.kind is not AuthorKind.PERSON for a in others):
        return read
    authors = tuple(replace(a, affiliation=first.affiliation) for a in read.authors)
    return Byline(authors, read.credits, read.strength)


def post_and_name(text: str) -> Byline | None:
    """``某局 某站站长　甲``, with gaps or without: a unit or a post, and a name at the end."""
    bare = re.sub(r"[\s\u3000]+", "", text)
    if len(text) > LONGEST or TELLS.match(bare) or not re.fullmatch("[\u4e00-\u9fff·]+", bare):
        return None
    for size in (3, 2, 4):
        name, before = bare[-size:], bare[:-size]
        unit, post = split_post(before)
        if looks_like_person(name) and (is_unit(before) or (post and len(unit) > 2)):
            strength = 0.6 if is_unit(unit) or is_unit(before) else 0.5
            return Byline((Author(name, AuthorKind.PERSON, unit if post else before, post),), (), strength)
    return None


def roles_first(text: str) -> Byline | None:
    """``本刊记者　甲　摄影　乙``: a line that begins with a role and ends with a name says roles first."""
    tokens = text.split()
    if len(tokens) < 4 or not ROLE.fullmatch(tokens[0]) or ROLE.fullmatch(tokens[-1]):
        return None
    groups: list[tuple[str, list[str]]] = []
    for token in tokens:
        if ROLE.fullmatch(token):
            if groups and not groups[-1][1]:
                return None
            groups.append((token, []))
        else:
            names = split_names(token)
            if not all(looks_like_person(name) for name in names):
                return None
            groups[-1][1].extend(names)
    if len(groups) < 2:
        return None
    authors = tuple(
        Author(name, role=role) for role, names in groups for name in names if not TAKES.fullmatch(role)
    )
    return Byline(authors, tuple(Credit(role, tuple(names)) for role, names in groups if role != "作者"), 1.0)


def with_helper(text: str) -> Byline | None:
    """``甲　乙　摄影``: behind a gap the last role is the last person's alone."""
    found = HELPER.fullmatch(text)
    if not found or not looks_like_person(found["name"]):
        return None
    before, helper = read_byline(found["rest"]), read_byline(f"{found['name']}\u3000{found['role']}")
    if before is None or helper is None or not before.authors:
        return None
    return Byline((*before.authors, *helper.authors), (*before.credits, *helper.credits), 1.0)


def stands_for_name(text: str) -> bool:
    """Two or three signs that are no post: behind a unit and a gap a name, whatever the surname."""
    return bool(re.fullmatch("[\u4e00-\u9fff]{2,3}", text)) and split_post(f"某某某处{text}")[1] is None


def unit_and_name(text: str) -> Byline | None:
    """``某某院子　甲``: before a gap and a name, what nobody would take for a unit is one."""
    found = UNIT_AND_NAME.fullmatch(text)
    if not found:
        return None
    unit, post = split_unit(re.sub(r"\s+", "", found["unit"]))
    if not looks_like_person(found["name"]) and not (
        stands_for_name(found["name"]) and (post or is_unit(unit))
    ):
        return None
    return Byline((Author(found["name"], AuthorKind.PERSON, unit, post),), (), 0.6)


def bracketed(text: str) -> Byline | None:
    """``甲（某报） 乙（某处）``: beside a name any bracket is where somebody works."""
    authors = []
    rest = text
    while found := BRACKETED.match(rest):
        unit, post = split_unit(found["unit"])
        if not looks_like_person(found["name"]) and not (stands_for_name(found["name"]) and is_unit(unit)):
            return None
        authors.append(Author(found["name"], AuthorKind.PERSON, unit, post))
        rest = rest[found.end() :]
    return Byline(tuple(authors), (), 1.0) if authors and not rest.strip() else None


def take_people(lines: Sequence[Line], facts: Facts) -> list[Line]:
    """Read neighbouring lines that hold names and units; returns those that were understood.

    A line that names only a unit belongs to the people on the line above it, or below where the units
    come first; a unit nobody is named beside wrote the text itself.
    """
    people: list[tuple[str, tuple[Author, ...]]] = []  # ("people" or "unit", who)
    taken: list[Line] = []
    for line in lines:
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
        unknown = UNKNOWN_UNIT.fullmatch(text) and below_names(line, taken[-1]) if people else None
        left_over = line.cleared and len(text) <= LONGEST and not re.search("[。！？]", text)
        if read is None and people and (unknown or left_over or UNKNOWN_IN_BRACKETS.fullmatch(text)):
            text = re.split("[，,；;]", text.strip("（）() \u3000"))[0]
            read = Byline((Author(without_place(text), AuthorKind.CORPORATE),), (), 0.4)
        if read is None:
            break
        facts.marks |= marks
        facts.add_credits(read.credits)
        only_unit = all(a.kind is AuthorKind.CORPORATE and not looks_like_group(a.name) for a in read.authors)
        if read.authors:
            people.append(("unit" if only_unit else "people", read.authors))
        taken.append(line)
    settle(people, facts)
    return taken


def below_names(line: Line, names: Line) -> bool:
    """Set like the names over it: centred or right, of one size, close by."""
    return line.look == names.look and (line.centered or line.right) and not line.gap


def read_line(text: str) -> Byline | None:
    read = byline_of(text)
    bare = text.strip("（）() \u3000")
    if read is None and is_unit(bare):
        return Byline((Author(without_place(bare), AuthorKind.CORPORATE),), (), 0.4)
    return read


def settle(people: list[tuple[str, tuple[Author, ...]]], facts: Facts) -> None:
    named = any(kind == "people" for kind, _who in people)
    units_first = bool(people) and people[0][0] == "unit"
    held = ""
    for kind, who in people:
        if kind == "unit" and named:
            unit = who[0].name
            if units_first:
                held = unit
            else:
                hang(facts, unit)
            continue
        facts.add_authors(who)
        if held:
            hang(facts, held)


def hang(facts: Facts, unit: str) -> None:
    """Give a unit to everybody who has none yet."""
    place, post = split_post(unit)
    for at, author in enumerate(facts.authors):
        if author.kind is AuthorKind.PERSON and not author.affiliation:
            facts.authors[at] = Author(
                author.name,
                author.kind,
                without_place(place if is_unit(place) else unit),
                author.post or post,
                author.role,
            )
