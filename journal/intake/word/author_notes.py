"""Notes about the authors: ``（作者单位：…）``, ``（甲系某局副局长）``, ``作者简介：甲，…``."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from journal.intake.manuscript import AuthorKind
from journal.intake.names import join_padded_name, looks_like_person

from .grammar import is_name, read_people_line
from .labels import About, read_pairs
from .posts import is_post, is_unit, split_unit, without_place

__all__ = ["AuthorNote", "read_author_note"]

MOST = 240
Place = tuple[str, str | None]  # unit and post

WHO = r"(?:本文|第[一二三]|通讯|责任|主要)*作者"
LABEL = re.compile(
    rf"(?:(?P<label>{WHO}\s*(?:所在|工作|服务)?\s*(?:单位|简介|信息|介绍|情况)(?:及职务|及简介)?|(?:供稿|报送|工作|所在)?单位)\s*(?P<many>分别)?[为是]?\s*(?:[：:】\]]|[\s\u3000]|(?<=[为是]))"
    rf"|(?P<is>{WHO})\s*(?P<all>分别|均)?\s*(?P<verb>[系为是]|现任|现为|单位[：:]?|均?来自|供职于|就职于|任职于|工作于)"
    rf"|(?P<named>{WHO})(?:\s*[：:]\s*|[\s\u3000]+|(?=[\u4e00-\u9fff·]{{2,6}}[，,]?\s*(?:系|现任|现为))))\s*"
)
VERB = r"(?:现[为任系是]|[系为是任]|来自|供职于|就职于|任职于|单位\s*[：:]?|工作单位\s*[：:]?)"
SAID = re.compile(
    rf"(?P<name>[\u4e00-\u9fff·]{{2,12}}?)\s*(?:[（(](?P<life>[^（()）]*)[）)])?\s*(?:[，,：:\s\u3000、]+{VERB}?|{VERB})\s*(?P<rest>.+)"
)
LIFE = re.compile(
    r"男|女|.{1,4}族|(?:生于)?(?:19|20)\d\d.*|\d+岁|.{2,9}[人籍]|.*年生|.*出生|研究方向.*|主要研究.*|中共党员|.*民主党派.*|[本硕博]士?|大学(?:本科)?|(?:本科|硕士|博士|研究生)(?:学历|学位|毕业)?|.*毕业.*|现居.*|笔名.*|本名.*|原名.*"
)
ORDINAL = re.compile(r"第[一二三四]作者\s*(?:[系为是：:]|单位[：:]?|现任)")
COUNTED = re.compile(
    r"(?:^|(?<=[；;。]))\s*(?:[①-⑨]|[（(\[]?\d[）)\].．、]?|[*＊]{1,3})\s*(?=[\u4e00-\u9fff])"
)
BRACKETS = re.compile(r"[（(【\[〔](?P<inside>.*)[）)】\]〕]\s*[。]?", re.DOTALL)
OPENING = re.compile(r"^(?:现|分别|均|都)?(?:就职于|供职于|任职于|工作于|就读于|来自|任|系|为|是)")


@dataclass(frozen=True, slots=True)
class AuthorNote:
    """``named`` are people with where they work, ``places`` what is said of people the note does not name."""

    named: tuple[tuple[str, Place], ...] = ()
    places: tuple[Place, ...] = ()
    each: bool = False  # the places are one for each author


def read_author_note(text: str, names: Collection[str] = ()) -> AuthorNote | None:
    """What a bracket or a line says of the authors; ``None`` where it says nothing of them.

    Without a label the note must name one of ``names``, or be a bracket that holds a unit and nothing else.
    """
    bare = re.sub(r"^[*＊†‡\d①-⑨\s]+(?=作者)", "", text.strip())
    if re.match(r"[【\[〔［〖]?\s*作者[^】\]〕］〗]{0,6}[】\]〕］〗]", bare):
        bare = re.sub("[【\\[〔［〖】\\]〕］〗]", lambda m: "" if m.start() < 2 else "：", bare, count=2)
    uncounted = COUNTED.sub("", bare)
    bare = uncounted if any(uncounted.startswith(name) for name in names) else bare
    wrapped = BRACKETS.fullmatch(bare)
    bare = join_padded_name((wrapped["inside"] if wrapped else bare).strip(" \u3000。"))
    if len(bare) > MOST or re.search("[！？]", bare):
        return None
    if len(found := read_pairs(bare)[1]) > 1 and found[0].about is About.UNIT:
        return None  # a line of labels
    for name in names:
        bare = re.sub(r"[\s\u3000]*".join(map(re.escape, name)), name, bare) if len(name) == 2 else bare
    label = LABEL.match(bare)
    rest = bare[label.end() :].strip("：: \u3000") if label else bare
    if not rest:
        return None
    if ORDINAL.match(bare) and len(parts := [p for p in ORDINAL.split(bare) if p.strip("，,；;。 ")]) > 1:
        return AuthorNote(places=tuple(place_of(p) for p in parts), each=True)
    by_name = label is not None and label["named"] is not None
    plain = not re.search("[系为是]|现任", rest) or "单位" in rest
    if by_name and plain and (people := read_writers(rest)):
        return AuthorNote(named=people)
    if named := read_named(rest, names, free=label is not None, wrapped=wrapped is not None):
        return AuthorNote(named=named)
    if by_name and (people := read_writers(rest)):
        return AuthorNote(named=people)
    if label is None:
        return (
            AuthorNote(places=((without_place(bare), None),)) if wrapped and names and is_unit(bare) else None
        )
    if label["named"] is not None:
        return None  # 作者：and names is a byline
    return read_places(rest, each=bool(label["many"] or label["all"] == "分别"))


def read_writers(text: str) -> tuple[tuple[str, Place], ...]:
    """``甲　乙，单位：某馆`` and ``某馆　甲`` behind 作者."""
    apart = re.fullmatch(r"(?P<who>.+?)[，,；;\s]*(?:工作|所在|作者)?单位\s*[：:为]\s*(?P<unit>.+)", text)
    people = read_people_line(apart["who"] if apart else text)
    if people is None or not people.authors or any(a.kind is not AuthorKind.PERSON for a in people.authors):
        return ()
    place = place_of(apart["unit"]) if apart else ("", None)
    return tuple((a.name, (a.affiliation or place[0], a.post or place[1])) for a in people.authors)


def read_named(
    text: str, names: Collection[str], *, free: bool, wrapped: bool
) -> tuple[tuple[str, Place], ...]:
    """``甲，某馆馆员；乙系某局干部``: everybody with a place; nothing where a part names nobody."""
    commas = [part.strip() for part in re.split("[，,；;。]", text) if part.strip()]
    each = len(commas) > 1 and all(part.startswith(tuple(names)) for part in commas) if names else False
    for parts in (commas if each else re.split("[；;。]", text), commas):
        pieces = [part.strip() for part in parts if part.strip()]
        found = [said_of(part, names, free, wrapped) for part in pieces]
        if pieces and all(found):
            return tuple(each for each in found if each)
        if found and found[0] and len(re.split("[；;]", text)) == 1:
            return (found[0],)  # one person, and more about them
    return ()


def said_of(part: str, names: Collection[str], free: bool, wrapped: bool) -> tuple[str, Place] | None:
    known = next((n for n in names if part.startswith(n)), "")
    said = SAID.match(part)
    if known:
        rest = re.match(
            rf"{re.escape(known)}\s*(?:[（(][^（()）]*[）)])?\s*[，,：:\s\u3000、]*{VERB}?\s*(?P<rest>.+)",
            part,
        )
        place = place_of(rest["rest"]) if rest else ("", None)
        return (known, place) if place[0] and (free or wrapped or is_unit(place[0])) else None
    if said is None or not (looks_like_person(said["name"]) or (free and is_name(said["name"]))):
        return None
    place = place_of(said["rest"])
    return (said["name"], place) if place[0] and (free or is_unit(place[0])) else None


def place_of(text: str) -> Place:
    """The first unit said of somebody, without what is said of their life."""
    bare = re.sub(r"[（(][^（()）]*[）)]", "", text)
    first: Place = ("", None)
    for piece in re.split("[，,；;。]", bare):
        words = OPENING.sub("", piece.strip(" \u3000：:"))
        if not words or LIFE.fullmatch(words):
            continue
        unit, post = split_unit(words)
        if not is_unit(unit) and not post and "、" in words:  # more posts, or other societies
            unit, post = split_unit(words.split("、")[0])
        if is_unit(unit) or (post and len(unit) >= 4):
            return unit, post
        if not first[0] and not is_post(words) and len(words) >= 3:
            first = (unit, post)
    return first if len(first[0]) <= 30 else ("", None)


def read_places(text: str, *, each: bool) -> AuthorNote | None:
    """Units without names: one for all, or one for each where that is said."""
    people = read_people_line(text) if not each else None
    if people is not None and people.strength >= 0.6:
        return AuthorNote(named=tuple((a.name, (a.affiliation or "", a.post)) for a in people.authors))
    parts = [p for p in re.split("[；;]", text) if p.strip()]
    if len(parts) == 1:
        commas = [p for p in re.split("[、，,]", text) if p.strip()]
        apart = all(is_unit(split_unit(p)[0]) for p in commas)
        if len(commas) > 1 and (apart or each):
            parts = commas
    places = tuple(place for part in parts if (place := place_of(part))[0])
    return AuthorNote(places=places, each=each) if places else None
