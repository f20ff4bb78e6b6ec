"""Bylines and credits: who is named in a printed line, and in which role.

Reads lines such as ``本报记者 甲 通讯员 乙 文 丙 供图``, ``□ 本报记者 甲 文/图``, ``文/甲 图/乙``,
``某市图书馆 甲``, ``（记者 甲 通讯员 乙）``. A role stands before its names (本报记者, 文/) or after them
(供图, 摄); 文 and 图 may do either, and a line keeps to one habit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from .manuscript import Author, AuthorKind, Credit
from .names import author_kind, join_padded_name, looks_like_person, looks_like_unit, split_post

__all__ = ["BYLINE_MARKS", "Byline", "read_byline", "read_people"]

BYLINE_MARKS = "□■◆◇●○△▲☐▢◎★☆▪◼◻"
"""Marks printed before an author; □ and ■ also end an article, so only the place decides."""

_PAPER = "本报|本刊|本网|本台|本社|[\u4e00-\u9fff]{2,5}(?:日报|晚报|新闻网|融媒体中心|融媒体|融媒)"
_RANK = "全媒体|首席|特约|特派|见习|实习|融媒体"
_REPORTER = re.compile(
    f"(?:{_PAPER})?(?:{_RANK})*(?:记者|通讯员|实习生|撰稿人|评论员)(?=[\\s:：/／]|$|[\u4e00-\u9fff]{{2,4}}(?![\u4e00-\u9fff]))"
)
_EITHER = re.compile(
    "文字?(?:[/、／]?(?:图片?|摄影?))?|图文|图片?(?:[/、／]文)?|摄影报道|文并摄|摄影|摄|供图|供稿|绘图|插图|整理|执笔|口述|撰文|采写|编译"
)
_COLLECTIVE = re.compile(f"(?:{_PAPER})?(?:{_RANK})*评论员|(?:本报|本刊)?编辑部|编者")
_AUTHOR = re.compile("作者|撰稿")
_LENDER = re.compile("受访者|受访单位|采访对象|被访者|主办方|校方|院方")
"""Who lends a picture without being named."""
_TOKEN = re.compile(r"[（(][^（）()]*[）)]|[^\s、，,；;/／|:：（(）)]+")
_WRITES = re.compile("文|撰|采写|整理|执笔|口述|报道|编译|供稿")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says; ``strength`` is 1 with a role word or mark, 0.6 for bare names, 0.4 for a unit."""

    authors: tuple[Author, ...] = ()
    credits: tuple[Credit, ...] = ()
    strength: float = 0.0


@dataclass(slots=True)
class _Reading:
    """The state of reading one line from left to right."""

    entries: list[tuple[str | None, Author]] = field(default_factory=list)
    role: str | None = None
    pending: int = 0  # first entry no role behind it has claimed yet
    habit: str | None = None  # "before" or "after", set by the first free-standing role
    roles_seen: int = 0
    unit: str | None = None
    post: str | None = None


def read_byline(text: str) -> Byline | None:
    """Read a whole line as a byline; ``None`` if any word of it is neither role, name nor unit."""
    bare, marked = _strip_marks(text)
    if not bare or len(bare) > 90 or re.search("[。！？；”]", bare):
        return None
    if _COLLECTIVE.fullmatch(bare):
        return Byline((Author(bare, AuthorKind.CORPORATE),), (), 1.0)
    state = _Reading()
    for token in _tokens(bare):
        if not _take(state, token):
            return None
    return _finish(state, marked)


def read_people(text: str) -> tuple[Author, ...]:
    """Read the value of a label such as 作者：, where names and their units may be mixed freely."""
    found = read_byline(text)
    if found is not None:
        return found.authors
    return tuple(
        Author(n, author_kind(n)) for n in re.split("[、，,；;\\s]+", join_padded_name(text.strip())) if n
    )


def _strip_marks(text: str) -> tuple[str, bool]:
    bare = text.strip()
    unmarked = bare.lstrip(BYLINE_MARKS + "　 ")
    marked = unmarked != bare and bare[:1] in BYLINE_MARKS
    wrapped = re.fullmatch("[（(【\\[](.*)[）)】\\]]", unmarked)
    return (wrapped.group(1) if wrapped else unmarked).strip(), marked


def _tokens(text: str) -> list[str]:
    """Cut at spaces and separators, but keep ``文/图`` together and role and name apart (``记者张三``)."""
    text = join_padded_name(re.sub("(文字?|图片?|摄影?)[/、／](图片?|摄影?|文字?)", r"\1∕\2", text))
    tokens: list[str] = []
    for raw in _TOKEN.findall(text):
        token = raw.replace("∕", "/")
        role = _REPORTER.match(token)
        if role and role.end() < len(token):
            tokens += [role.group(), token[role.end() :]]
        else:
            tokens += _cut_tail(token)
    return tokens


def _cut_tail(token: str) -> list[str]:
    """Cut a role glued behind a name (``张三摄``), but leave names that merely end in such a character."""
    found = re.fullmatch("(.{2,3})(摄影报道|文/图|图/文|摄影|供图|摄|整理|口述|撰文)", token)
    if found and looks_like_person(found.group(1)):
        return [found.group(1), found.group(2)]
    lent = re.fullmatch("(.{2,20})(供图|供稿)", token)
    if lent and (_LENDER.fullmatch(lent.group(1)) or looks_like_unit(lent.group(1))):
        return [lent.group(1), lent.group(2)]
    return [token]


def _take(state: _Reading, token: str) -> bool:
    if _REPORTER.fullmatch(token) or _AUTHOR.fullmatch(token):
        return _take_leading_role(state, token)
    if _EITHER.fullmatch(token.replace("、", "/")):
        return _take_free_role(state, token)
    if token[0] in "（(":
        return _take_bracket(state, token[1:-1].strip())
    people = _people_in(token)
    if people:
        for name in people:
            state.entries.append((state.role, Author(name, AuthorKind.PERSON, state.unit, state.post)))
        return True
    return _take_unit(state, token)


def _take_leading_role(state: _Reading, token: str) -> bool:
    state.role, state.unit, state.post = token, None, None
    state.roles_seen += 1
    return True


def _take_free_role(state: _Reading, token: str) -> bool:
    if state.habit is None:
        state.habit = "after" if state.entries else "before"
    state.roles_seen += 1
    if state.habit == "before":
        state.role, state.unit, state.post = token, None, None
        return True
    claimed = state.entries[state.pending :]
    if not claimed:
        return bool(state.entries)  # ``甲 文 摄``: the second role says nothing new about the text
    state.entries[state.pending :] = [(_merge_role(role, token), author) for role, author in claimed]
    state.pending, state.role = len(state.entries), None
    return True


def _merge_role(role: str | None, behind: str) -> str:
    """``本报记者 甲 文`` adds nothing; ``本报记者 甲 文/图`` does."""
    if role is None:
        return behind
    return role if re.fullmatch("文字?|撰文|采写", behind) else f"{role}|{behind}"


def _take_bracket(state: _Reading, inside: str) -> bool:
    if not state.entries or not looks_like_unit(split_post(inside)[0]):
        return False
    role, author = state.entries[-1]
    unit, post = split_post(inside)
    state.entries[-1] = (role, replace(author, affiliation=unit, post=post))
    return True


def _take_unit(state: _Reading, token: str) -> bool:
    unit, post = split_post(token)
    if not (looks_like_unit(unit) or looks_like_unit(token)):
        return False
    if looks_like_unit(token) and not looks_like_unit(unit):
        unit, post = token, None
    free = [
        i for i, (_, a) in enumerate(state.entries) if a.affiliation is None and a.kind is AuthorKind.PERSON
    ]
    if free and state.unit is None and state.role is None:
        for i in free:
            role, author = state.entries[i]
            state.entries[i] = (role, replace(author, affiliation=unit, post=post))
    elif state.unit is not None and not _unit_used(state):
        state.unit = f"{state.unit}{unit}" if post is None else state.unit
    else:
        state.unit, state.post = unit, post
    return True


def _unit_used(state: _Reading) -> bool:
    return any(a.affiliation == state.unit for _, a in state.entries)


def _people_in(token: str) -> list[str]:
    if looks_like_person(token) or _LENDER.fullmatch(token):
        return [token]
    for cut in (2, 3):
        left, right = token[:cut], token[cut:]
        both = 2 <= len(right) <= 3 and looks_like_person(left) and looks_like_person(right)
        if both and not looks_like_unit(token):
            return [left, right]
    return []


def _finish(state: _Reading, marked: bool) -> Byline | None:
    entries = list(state.entries)
    if state.unit is not None and not _unit_used(state):
        unit = state.unit + (state.post or "")
        entries.append((state.role, Author(unit, author_kind(unit))))
    if not entries:
        return None
    strength = 1.0 if marked or state.roles_seen else (0.6 if state.entries else 0.4)
    return Byline(_authors(entries), _credits(entries), strength)


def _authors(entries: list[tuple[str | None, Author]]) -> tuple[Author, ...]:
    """Everybody who wrote; who only took or lent the pictures is a credit."""
    found: list[Author] = []
    for role, author in entries:
        first, *behind = (role or "作者").split("|")
        if behind and not _WRITES.search(behind[-1]):
            continue  # ``本报记者 甲 图``: took the pictures only
        writes = _REPORTER.fullmatch(first) or _AUTHOR.fullmatch(first) or _WRITES.search(first)
        if writes and all(author.name != other.name for other in found):
            found.append(replace(author, role="作者" if _AUTHOR.fullmatch(first) else first))
    return tuple(found)


def _credits(entries: list[tuple[str | None, Author]]) -> tuple[Credit, ...]:
    grouped: dict[str, list[str]] = {}
    for roles, author in entries:
        for role in (roles or "").split("|"):
            if role and not _AUTHOR.fullmatch(role):
                grouped.setdefault(role, []).append(author.name)
    return tuple(Credit(role, tuple(names)) for role, names in grouped.items())
