"""The grammar of a line of people: roles, names, units and posts in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.intake.bylines import BYLINE_MARKS, Byline
from journal.intake.manuscript import Author, AuthorKind, Credit
from journal.intake.names import join_padded_name, looks_like_group

from .labels import about
from .people_found import Entry, Reading
from .people_words import (
    COLLECTIVE,
    EITHER,
    FOREIGN_SIGNS,
    LEADING,
    LEADS,
    LENDER,
    LONG_NAME,
    LONGEST,
    LONGEST_NAME,
    NO_NAME,
    OPEN_UNIT,
    OTHER,
    PLACE_TELLS,
    REMARK,
    SURE_UNIT,
    TELLS,
    TOKEN,
    WRITER,
    WRITES,
    is_person,
)
from .posts import AND, LISTED, is_post, is_unit, split_unit, without_place

__all__ = ["read_people_line"]

BY = re.compile(r"^(?:@|[Bb][Yy](?=[\s：:/]))[\s：:/]*")
#: ``Mary Ann Lee``, but no heading in English.
LATIN = re.compile(
    r"(?!(?:The|An?|On|In|For|To|How|Why|Part|Chapter|No)\b)"
    r"[A-Z][a-z]+(?:[ ·-](?:[A-Z][a-z]+|[A-Z]\.?)){1,3}"
)
FOREIGN = 3  # of the signs of a name, before somebody is believed to bear it


def read_people_line(text: str) -> Byline | None:
    """The people a line names; ``None`` if any word of it is neither role, name, unit nor post.

    Strength 1 with a role or a mark, 0.7 for a unit with a name, 0.6 for known surnames, 0.4 for a unit
    alone, 0.3 where only the place of the line can tell whether it holds names.
    """
    bare = BY.sub("", text.strip().replace("丨", "｜").replace("\\", "/"))
    if LATIN.fullmatch(bare):
        return Byline((Author(bare),), (), PLACE_TELLS)
    unmarked = bare.lstrip(BYLINE_MARKS + "•－-–\u3000 ")
    marked = bool(unmarked) and unmarked != bare and bare[0] in BYLINE_MARKS
    wrapped = re.fullmatch("[（(【\\[〔]([^（(【\\[〔]*(?:[（(][^（()）]*[）)])?)[）)】\\]〕]", unmarked)
    bare = (wrapped[1] if wrapped else unmarked).strip()
    if not bare or len(bare) > LONGEST or re.search("[。！？…—]|“.*”.*“", bare):
        return None
    if COLLECTIVE.fullmatch(bare):
        return Byline((Author(bare, AuthorKind.CORPORATE),), (), 1.0)
    reading = Reading(marked=marked)
    pieces = list(pieces_of(LISTED.sub(rf"\g<first>{AND}", join_padded_name(bare))))
    if any(about(words) in OTHER for kind, words in pieces if kind == "chunk"):
        return None
    roles = [n for n, (kind, words) in enumerate(pieces) if kind == "role" or LEADING.fullmatch(words)]
    if roles and goes_before(pieces, roles):
        reading.habit = "before"
    for at, (kind, words) in enumerate(pieces):
        if not take(reading, kind, words, pieces, at):
            return None
    return finished(reading, marked, bool(wrapped))


def pieces_of(text: str) -> Iterator[tuple[str, str]]:
    """(kind, words) of the whole line; what fits nothing is of kind ``alien``."""
    place = 0
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None:
            yield "alien", text[place]
            place += 1
            continue
        yield str(found.lastgroup), found.group()
        place = found.end()


def goes_before(pieces: list[tuple[str, str]], roles: list[int]) -> bool:
    """``记者　甲　摄影　乙``, ``文：甲``: roles stand before their names."""
    either = [n for n in roles if pieces[n][0] == "role"]
    if any(n + 1 < len(pieces) and re.search(r"[：:]", pieces[n + 1][1]) for n in either):
        return True
    words = [n for n, (kind, _words) in enumerate(pieces) if kind in {"chunk", "role"}]
    return words[0] == roles[0] and words[-1] not in roles


def take(reading: Reading, kind: str, words: str, pieces: list[tuple[str, str]], at: int) -> bool:
    if kind in {"gap", "star"}:
        reading.listed = kind == "gap" and bool(words.strip())
        return True
    if kind == "role":
        return reading.add_role(words)
    if kind == "bracket":
        last = not any(k == "chunk" for k, _w in pieces[at + 1 :])
        return take_bracket(reading, words[1:-1].strip(), last)
    return kind == "chunk" and take_chunk(reading, words, pieces, at)


def take_bracket(reading: Reading, inside: str, last: bool) -> bool:
    if REMARK.fullmatch(inside):
        return bool(reading.entries)
    said = re.fullmatch(r"(?P<role>执笔人?|组长|主笔|统稿|摄影|摄|文|图)[：:\s]+(?P<names>.+)", inside)
    if said:
        names = tuple(n for n in re.split(r"[、，,\s]+", join_padded_name(said["names"])) if n)
        reading.credits.append(Credit(said["role"], names))
        return all(2 <= len(n) <= 6 for n in names)
    if EITHER.fullmatch(inside) and reading.entries:
        reading.entries[-1].roles.append(inside)
        reading.roles += 1
        return True
    unit, post = split_unit(inside)
    if (
        is_unit(unit)
        or is_unit(inside)
        or (reading.entries and len(unit) >= 3 and (post or OPEN_UNIT.fullmatch(unit)))
    ):
        reading.brackets += 1
        if not reading.entries:
            reading.unit, reading.post, reading.used = without_place(unit), post, False
            return True
        free = [e for e in reading.entries if e.unit is None]
        if not free:
            return False
        everybody = last and reading.brackets == 1 and len(free) == len(reading.entries)
        for entry in free if everybody else free[-1:]:
            entry.unit, entry.post = without_place(unit), entry.post or post
        return True
    if is_person(inside) and reading.unit and not reading.used:
        reading.add_name(inside, True)
        return True
    return False


def take_chunk(reading: Reading, words: str, pieces: list[tuple[str, str]], at: int) -> bool:
    if LEADING.fullmatch(words) or EITHER.fullmatch(words):
        return reading.add_role(words)
    if is_post(words):
        return reading.add_post(words)
    dotted = re.fullmatch("(?P<unit>[^·•-]{4,})[·•-](?P<name>[^·•-]{2,3})", words)
    if dotted and is_unit(dotted["unit"]) and is_name(dotted["name"]):
        reading.add_unit(dotted["unit"], None)
        reading.add_name(dotted["name"], True)
        return True
    if is_person(words) or LENDER.fullmatch(words):
        reading.add_name(words, True)
        return True
    led = re.match(LEADS, words)
    if led and 2 <= len(words) - led.end() <= 4 and is_name(words[led.end() :]):
        return reading.add_role(led.group()) and take_chunk(reading, words[led.end() :], pieces, at)
    behind = re.fullmatch("(.{2,4}?)(摄影报道|文/图|图/文|摄影|供图|摄|整理|口述|撰文|执笔)", words)
    if behind and is_person(behind[1]):
        reading.add_name(behind[1], True)
        return reading.add_role(behind[2])
    lent = re.fullmatch("(.{4,24})(供图|供稿)", words)
    if lent and is_unit(lent[1]):
        reading.add_unit(lent[1], None)
        return reading.add_role(lent[2]) if lent[2] == "供稿" and not reading.entries else False
    return take_unit_chunk(reading, words, pieces, at)


def take_unit_chunk(reading: Reading, words: str, pieces: list[tuple[str, str]], at: int) -> bool:
    if is_unit(words):
        reading.add_unit(*split_unit(words))
        return True
    unit, post = split_unit(words)
    if post and (
        is_unit(unit)
        or is_place(unit)
        or (len(unit) >= 4 and not TELLS.match(unit) and not NO_NAME.search(unit))
    ):
        reading.add_unit(unit, post)
        return True
    if not TELLS.match(words):
        for size in (3, 2, 4):
            name, before = words[-size:], words[:-size]
            if not is_person(name) or len(before) < 2:
                continue
            unit, post = split_unit(before)
            if is_post(before):
                return post_and_name(reading, before, name)
            if is_unit(before) or (post and (is_unit(unit) or len(unit) > 2)):
                reading.add_unit(unit, post)
                reading.add_name(name, True)
                return True
    if not TELLS.match(words) and (sure := SURE_UNIT.match(words)) and is_name(words[sure.end() :]):
        reading.add_unit(sure.group(), None)
        reading.add_name(words[sure.end() :], False)
        reading.guessed = True
        return True
    if is_name(words) or (LONG_NAME.fullmatch(words) and names_may_stand(reading, pieces, at)):
        reading.add_name(words, False)
        return True
    return take_unknown_unit(reading, words, pieces, at)


def is_place(words: str) -> bool:
    return bool(re.fullmatch("[\u4e00-\u9fff]{2,4}[省市县区州镇乡村]", words))


def post_and_name(reading: Reading, post: str, name: str) -> bool:
    taken = reading.add_post(post)
    reading.add_name(name, True)
    return taken


def names_may_stand(reading: Reading, pieces: list[tuple[str, str]], at: int) -> bool:
    """Behind a role or a unit, or before a bracket or a role, words of four to six signs are a name."""
    if NO_NAME.search(pieces[at][1]):
        return False
    words = [w for k, w in pieces if k == "chunk"]
    short = len(words) > 1 and all(len(w) <= LONGEST_NAME or "·" in w for w in words)
    marks = any(k == "gap" and w.strip() for k, w in pieces)
    foreign = len(FOREIGN_SIGNS.findall(pieces[at][1])) > 1
    listed = short and any(map(is_name, words)) and (marks or foreign or len(words) != 2 or at > 0)
    if reading.lead or reading.unit or reading.marked or listed:
        return True
    behind = next((w for k, w in pieces[at + 1 :] if k == "chunk"), "")
    if is_unit(split_unit(behind)[0]):
        return True
    following = pieces[at + 1] if at + 1 < len(pieces) else ("", "")
    if following[0] == "gap" and at + 2 < len(pieces):
        following = pieces[at + 2] if re.search(r"[/／|｜]", following[1]) else ("", "")
    return following[0] in {"bracket", "role"}


def take_unknown_unit(reading: Reading, words: str, pieces: list[tuple[str, str]], at: int) -> bool:
    """``某某院子　甲``: before a gap and a name, what nobody would take for a unit is one."""
    following = [w for k, w in pieces[at + 1 :] if k == "chunk"]
    blanks = all(k in {"chunk", "star"} or (k == "gap" and not w.strip()) for k, w in pieces)
    known = bool(following) and is_person(following[-1]) and len(following) <= 2
    fits = (
        re.fullmatch("[\u4e00-\u9fff]{4,24}", words) and not TELLS.match(words) and not NO_NAME.search(words)
    )
    if not (fits and blanks) or reading.entries or reading.unit:
        return False
    if not known and not (len(following) == 1 and (is_name(following[0]) or is_foreign(following[0]))):
        return False
    reading.add_unit(words, None)
    reading.guessed = not known
    return True


def is_foreign(words: str) -> bool:
    """Four to six signs names of other languages are written with."""
    return bool(LONG_NAME.fullmatch(words)) and len(FOREIGN_SIGNS.findall(words)) >= FOREIGN


def is_name(words: str) -> bool:
    """Two or three signs, whatever the surname, that are no post and no word of a sentence."""
    if is_person(words):
        return True
    return (
        bool(re.fullmatch("[\u4e00-\u9fff]{2,3}", words)) and not is_post(words) and not NO_NAME.search(words)
    )


def finished(reading: Reading, marked: bool, wrapped: bool) -> Byline | None:
    entries = reading.entries
    named = bool(entries)
    entries += [Entry(unit, is_unit=True) for unit in reading.more]
    if reading.unit and not reading.used:
        whole = reading.unit + (reading.post or "")
        entries.append(Entry(whole, None, None, [reading.lead] if reading.lead else [], is_unit=True))
        if reading.habit == "after" and named:
            return None
    if not entries or sum(not e.sure for e in entries) > 6:
        return None
    authors: list[Author] = []
    for entry in entries:
        first = entry.roles[0] if entry.roles else "作者"
        more = entry.roles[1:]
        writes = LEADING.fullmatch(first) or WRITES.search(first)
        if not writes or (more and not any(WRITES.search(r) for r in more)):
            continue
        kind = unit_kind(entry.name) if entry.is_unit else AuthorKind.PERSON
        role = "作者" if WRITER.fullmatch(first) else first
        if all(a.name != entry.name for a in authors):
            authors.append(
                Author(entry.name, kind, entry.unit, (entry.post or "").replace(AND, "、") or None, role)
            )
    return Byline(
        tuple(authors),
        (*credits_of(entries), *reading.credits),
        strength_of(reading, named, marked),
    )


def unit_kind(name: str) -> AuthorKind:
    group = looks_like_group(name) or re.search("(?<!党)组$", name)
    return AuthorKind.GROUP if group else AuthorKind.CORPORATE


def strength_of(reading: Reading, named: bool, marked: bool) -> float:
    if marked or reading.roles:
        return 1.0
    if reading.guessed:
        return PLACE_TELLS
    if not named:
        return 0.4
    if any(e.unit for e in reading.entries):
        return 0.7
    if all(e.sure for e in reading.entries):
        return 0.6
    return 0.3 if len(reading.entries) == 1 else 0.5


def credits_of(entries: list[Entry]) -> list[Credit]:
    grouped: dict[str, list[str]] = {}
    for entry in entries:
        for role in entry.roles:
            if not WRITER.fullmatch(role):
                grouped.setdefault(role, []).append(entry.name)
    return [Credit(role, tuple(dict.fromkeys(names))) for role, names in grouped.items()]
