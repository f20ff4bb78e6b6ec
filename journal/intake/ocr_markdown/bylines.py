"""The line that says who wrote it, in all the forms of the trade.

``文/某某`` ``□ 某某`` ``作者：某某`` ``本报记者 某某 通讯员 某某`` ``某某/文 某某/图`` ``单位 职务 某某``
``某某（单位）`` ``（某某 单位）`` – read by tokens: a role word stands before its names, or, when the
line ends with one, behind them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from ..manuscript import Author, AuthorKind, Credit
from ..names import (
    author_kind,
    join_padded_name,
    looks_like_group,
    looks_like_person,
    looks_like_unit,
    split_names,
    split_post,
)

__all__ = ["Byline", "may_be_unit", "parse_byline", "same_name"]

_BULLET = re.compile(r"^[□■◆◇●○◎★☆▲△※◼◻▢❑☐▪•·＊*]+[\s　]*")
_BEFORE = (
    "本报记者|本刊记者|本社记者|本网记者|特约记者|实习记者|首席记者|见习记者|本报通讯员|本刊通讯员|"
    "特约通讯员|通讯员|实习生|记者|本刊特约撰稿人?|特约撰稿人?|撰稿人|作者|撰文|采写|供稿|执笔"
)
_EITHER = "文字|文图|图文|文/图|文／图|摄影报道|文|图片|图|摄影|摄|供图|整理|编译|翻译|译|口述|绘图|编辑"
_ROLE = re.compile(rf"(?:{_BEFORE}|{_EITHER})")
_ALWAYS_BEFORE = re.compile(rf"(?:{_BEFORE})")
_TEXT_ROLES = frozenset(
    {"文", "文字", "作者", "撰文", "采写", "撰稿人", "供稿", "文图", "图文", "文/图", "文／图", "摄影报道"}
)
_PICTURE_ROLES = frozenset({"图", "图片", "摄", "摄影", "供图", "绘图", "编辑"})
_TOKEN = re.compile(
    rf"(?P<paren>[（(][^（()）]{{1,60}}[)）])|(?P<role>(?:{_BEFORE})(?=[\s　:：/／|｜]|[\u4e00-\u9fff]"
    rf"{{2,3}}(?:[\s　、，]|$))|(?:{_EITHER})(?=[\s　:：/／|｜]|$))"
    r"|(?P<sep>[\s　]+|[、，,;；]|[:：/／|｜])|(?P<word>[^\s　、，,;；:：/／|｜（()）]+)"
)
_COLLECTIVE = re.compile(
    r"(?:评论员|编辑部|观察员|本刊编辑|记者站|编辑组|采访组|报道组|课题组)$|^(?:本刊|"
    r"本报)(?:特约)?(?:评论员|编辑部|编辑|记者)$"
)
_REPORTER = re.compile(r"记者|通讯员|实习生|撰稿")
_WEAK_UNIT = re.compile(
    "[\u4e00-\u9fff]{2,20}(?:厂|队|站|班组|报社|诊所|部|科|室|股|村委会|车间|分会|支行|课题组|调研组|"
    "教研组|工作室)"
)
_PADDED = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff][ \u3000\u2002\u2003]{1,4}[\u4e00-\u9fff](?![\u4e00-\u9fff])"
)
_FOOTMARK = re.compile(r"[\d¹²³⁴⁵①-⑨*＊,，]+$")


@dataclass(slots=True)
class Byline:
    """Authors in printed order, credits (pictures, reporters …), and how sure the form is, 0–1."""

    authors: list[Author] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    certainty: float = 0.0
    marks: dict[str, str] = field(default_factory=dict)  # name → the figure set behind it


def may_be_unit(text: str) -> bool:
    """A unit by the last character of its name only: enough where a name is expected anyway."""
    return looks_like_unit(text) or _WEAK_UNIT.fullmatch(re.sub(r"\s", "", text)) is not None


def same_name(a: str, b: str) -> bool:
    return re.sub(r"\s", "", a) == re.sub(r"\s", "", b)


@dataclass(slots=True)
class _Group:
    """Names that share a role."""

    role: str | None = None
    names: list[str] = field(default_factory=list)
    unit: str | None = None
    post: str | None = None
    units: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    loose: int = 0


def parse_byline(text: str, *, expected: tuple[str, ...] = ()) -> Byline | None:
    """Read one line as a byline; ``None`` when its form speaks against it.

    ``expected`` are names the contents page promises here: they count as names whatever their form.
    """
    words = text.strip().strip("*").strip()
    if not words or len(words) > 90 or re.search(r"[。！？!?…“”《》]", words):
        return None
    bullet = _BULLET.match(words)
    if bullet:
        words = words[bullet.end() :]
    words = _unwrap(words)
    printed = words
    padded = {re.sub(r"\s", "", m) for m in _PADDED.findall(words)}
    words = join_padded_name(words)
    groups, loose, roles = _read(words, (*expected, *padded))
    names = [n for g in groups for n in g.names]
    if not names:
        return None
    certainty = _certainty(words, printed, names, groups, loose, roles, bool(bullet), expected)
    if certainty <= 0:
        return None
    return _byline(groups, certainty)


def _unwrap(words: str) -> str:
    if words[:1] in "（([【" and words[-1:] in ")）]】" and not re.search(r"[（()）]", words[1:-1]):
        return words[1:-1].strip()
    return words


def _read(words: str, expected: tuple[str, ...]) -> tuple[list[_Group], int, int]:
    """Groups of names, the number of tokens that fit no pattern, the number of role words."""
    tokens = [(m.lastgroup or "", m.group()) for m in _TOKEN.finditer(words)]
    solid = [t for t in tokens if t[0] != "sep"]
    behind = (
        bool(solid)
        and solid[-1][0] == "role"
        and not _ALWAYS_BEFORE.fullmatch(solid[-1][1])
        and len(solid) > 1
    )
    groups = [_Group()]
    loose = roles = 0
    people = any(looks_like_person(t) for kind, t in tokens if kind == "word")
    for kind, token in tokens:
        if kind == "word" and _begins_new_unit(groups[-1], token):
            groups.append(_Group(role=groups[-1].role))
        if kind == "role":
            roles += 1
            _take_role(groups, token, behind)
        elif kind == "paren":
            loose += _take_parenthesis(groups[-1], token[1:-1], expected)
        elif kind == "word":
            loose += _take_word(groups[-1], token, expected, roles > 0, people)
    for group in groups:
        _settle(group)
    return [g for g in groups if g.names], loose, roles


def _begins_new_unit(group: _Group, token: str) -> bool:
    """``单位甲 某某 单位乙 某某``: a second unit starts a second group."""
    return (
        bool(group.unit and group.names)
        and not looks_like_person(token)
        and looks_like_unit(split_post(token)[0])
    )


def _take_role(groups: list[_Group], token: str, behind: bool) -> None:
    last = groups[-1]
    if behind and not _ALWAYS_BEFORE.fullmatch(token):
        if last.names or last.unit:
            last.role = last.role if last.role and token in _TEXT_ROLES else _joined(last.role, token)
            groups.append(_Group())
        elif len(groups) > 1 and token in _EITHER.split("|"):
            groups[-2].role = _joined(groups[-2].role, token)
    elif last.names or last.unit:
        groups.append(_Group(role=token))
    else:
        last.role = _joined(last.role, token)


def _joined(role: str | None, token: str) -> str:
    return token if not role or role == token else f"{role}/{token}"


def _take_parenthesis(group: _Group, inside: str, expected: tuple[str, ...]) -> int:
    """A unit in brackets belongs to the names before it; names in brackets are names."""
    pieces = split_names(inside)
    if group.names and not all(looks_like_person(p) for p in pieces):
        for name in group.names:
            group.units.setdefault(name, inside.strip())
        return 0
    return sum(_take_word(group, piece, expected, False) for piece in pieces)


def _take_word(
    group: _Group, token: str, expected: tuple[str, ...], after_role: bool, among_people: bool = False
) -> int:
    if token.isdigit() and group.names:
        return 0  # ``某某1,2``
    name = _FOOTMARK.sub("", token) or token
    if name != token and (figure := re.sub(r"\D", "", unicodedata.normalize("NFKC", token[len(name) :]))):
        group.marks[name] = figure[0]
    if any(same_name(name, e) for e in expected) or looks_like_person(name):
        group.names.append(name)
    elif _is_post(name):
        group.post = name
        return 0 if group.unit or group.names else 1
    elif (glued := _glued(name, expected)) is not None:
        group.unit, group.post = split_post(glued[0])
        group.names.append(glued[1])
    elif _COLLECTIVE.search(name) or looks_like_group(name):
        _settle(group)
        group.names.append(name)
    elif _unit_and_post(name) is not None or (among_people and _WEAK_UNIT.fullmatch(name)):
        _take_unit(group, name)
    elif (after_role or group.names) and re.fullmatch("[\u4e00-\u9fff·]{2,6}|[A-Za-z.]{2,15}", name):
        group.names.append(name)
    else:
        group.loose += 1
        group.names.append(name)
        return 1
    return 0


def _take_unit(group: _Group, token: str) -> None:
    unit, post = _unit_and_post(token) or (token, None)
    if group.names and any(looks_like_person(n) for n in group.names) and group.unit is None:
        for name in group.names:
            group.units.setdefault(name, unit)
        return
    if group.unit:
        unit = group.unit + unit
    group.unit, group.post = unit, post


def _unit_and_post(token: str) -> tuple[str, str | None] | None:
    """``某县某局副编审`` → unit and post; ``None`` when no unit begins the words."""
    unit, post = split_post(token)
    if post or looks_like_unit(token):
        return unit, post
    for size in range(len(token) - 1, max(3, len(token) - 7), -1):
        if looks_like_unit(token[:size]):
            return token[:size], token[size:]
    return None


def _settle(group: _Group) -> None:
    """A unit that no name followed is itself the author."""
    if group.unit and not group.names:
        group.names.append(group.unit + (group.post or ""))
        group.unit = group.post = None
    elif group.unit:
        for name in group.names:
            if not looks_like_unit(name):
                group.units.setdefault(name, group.unit)


def _is_post(token: str) -> bool:
    return len(token) <= 12 and split_post("某某某" + token)[1] == token


def _glued(token: str, expected: tuple[str, ...]) -> tuple[str, str] | None:
    """``单位姓名`` without a space."""
    for name in expected:
        bare = re.sub(r"\s", "", name)
        if token.endswith(bare) and len(token) > len(bare) + 2 and len(bare) <= 4:
            return token[: -len(bare)], bare
    for size in (3, 2):
        unit, name = token[:-size], token[-size:]
        if len(unit) >= 4 and looks_like_person(name) and (looks_like_unit(unit) or split_post(unit)[1]):
            return unit, name
    return None


def _certainty(
    words: str,
    printed: str,
    names: list[str],
    groups: list[_Group],
    loose: int,
    roles: int,
    bullet: bool,
    expected: tuple[str, ...],
) -> float:
    if expected and any(same_name(n, e) for n in names for e in expected):
        return 1.0
    if loose:
        return (
            0.5
            if (bullet or roles) and loose == len(names) and all(len(n) <= 12 for n in names) and loose <= 2
            else 0.0
        )
    if bullet or roles:
        return 0.95
    people = sum(looks_like_person(n) for n in names)
    if people == len(names):
        return 0.9 if len(words) <= 40 else 0.6
    if all(looks_like_person(n) or looks_like_unit(n) or _COLLECTIVE.search(n) for n in names):
        return 0.8
    # one name padded to three characters: its form alone does not prove much
    return 0.6 if len(names) == 1 and _PADDED.fullmatch(printed) else 0.0


def _byline(groups: list[_Group], certainty: float) -> Byline:
    line = Byline(certainty=certainty)
    for group in groups:
        line.marks |= group.marks
        parts = (group.role or "").split("/") if group.role not in ("文/图", "文／图") else [group.role]
        if not group.role or not all(p in _PICTURE_ROLES for p in parts):
            line.authors += [_author(name, group) for name in group.names]
        for part in parts:
            if part and part not in _TEXT_ROLES and not _REPORTER.search(part):
                line.credits.append(Credit(part, tuple(group.names)))
    if not line.authors:
        line.authors = [_author(n, g) for g in groups for n in g.names]
    return line


def _author(name: str, group: _Group) -> Author:
    kind = (
        AuthorKind.CORPORATE if _COLLECTIVE.search(name) and not looks_like_group(name) else author_kind(name)
    )
    role = "作者" if not group.role or group.role.split("/")[0] in _TEXT_ROLES else group.role.split("/")[0]
    unit, post = split_post(group.units[name]) if name in group.units else (None, None)
    return Author(name=name, kind=kind, affiliation=unit, post=group.post or post, role=role)
