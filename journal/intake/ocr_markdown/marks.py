"""The small print around a text: jumps, folios, captions, notes after the end, end marks.

Only generic trade vocabulary stands here. Each recogniser looks at one line (or the end of one
paragraph) and says what it could be by form; whether it is, the flow decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .wording import Ending, ending

__all__ = [
    "Jump",
    "Note",
    "Tail",
    "caption_strength",
    "find_jump",
    "is_folio",
    "page_number",
    "peel",
    "read_note",
    "split_photographer",
]

_JUMP = re.compile(
    r"[（(【\[<〈《]?\s*(?P<kind>下转|转|上接|紧接|续接|接)\s*(?:本[期刊版])?\s*第?\s*(?P<page>[\d"
    r"一二三四五六七八九十百]{1,4}|[A-Z]\d{1,2})\s*(?:页|版|面)"
    r"(?:[^（()）\n]{0,40})?[)）】\]>〉》]?"
)
_JUMP_ALONE = re.compile(
    r"[（(【\[]\s*(?P<kind>下转|上接|接上页|转下页|接下页)\s*(?P<page>\d{0,3})[^（()）\n]{0,30}[)）】\]]"
)
_FOLIO = re.compile(
    r"[—\-–－·•.~～|｜/\s　_＿]*(?:第|p|P|Page|page)?\s*(\d{1,3})\s*(?:页|版)?[—\-–－·•.~～|｜/\s　_＿]*"
)
_END_MARK = re.compile(
    r"[\s　]*(?:[□■◆◇●○◎★☆※▲△◼◻▢◾❑▣☐]+|[（(](?:完|全文完|续完|本文完|连载完)[)）]|\[完\]|—完—)[\s　]*$"
)
_SERIAL = re.compile(
    r"[\s　]*[（(\[【](?P<status>待续|未完待续|未完，?\s*待续|下期续完|下期待续|接上期|续上期|续完|"
    r"连载\s*[一二三四五六七八九十\d]*)[)）\]】][\s　]*"
)
_GROUP_AT_END = re.compile(
    r"[（(\[【](?P<inside>[^（()）\[\]【】\n]{1,160}(?:[（(][^（()）]{0,40}[)）][^（()）\n]{0,80}"
    r")?)[)）\]】][\s　]*$"
)

_SOURCE = re.compile(
    r"(?:(?:文章|信息|稿件|资料|图文|原文|本文)?来源(?:于|自)?|摘自|摘编自|选自|节选自|转自|转载自|"
    r"原载(?:于)?|载于|原刊(?:于)?|摘编|据)\s*[:：]?\s*(?P<value>.+)"
)
_UNIT_NOTE = re.compile(
    r"(?:第[一二]?作者|[一二三]?作者|本文作者|作者们)?\s*(?:单位|系|为|简介|介绍|均为|均系|分别系|"
    r"分别为|工作单位|所在单位|现任|是)\s*[:：]?\s*(?P<value>.+)"
)
_BIO = re.compile(r"(?:第[一二]|通讯)?作者(?:简介|介绍)\s*[:：]?\s*")
_CREDIT_ROLES = (
    "(?:课题组|调研组|项目组|编写组|写作组|采访组)(?:组长|副组长|成员|执笔)|课题组组长|课题负责人|"
    "课题主持人|项目负责人|副组长|组长|成员|执笔人?|主笔|统稿|整理|编译|翻译|译者|译|采写|撰稿|撰文|"
    "供稿|记录|口述|讲述|采访|"
    "摄影报道|摄影|摄像|摄|供图|图片|绘图|插图|制图|制表|漫画|责任编辑|责编|本期编辑|本文编辑|编辑|"
    "校对|审校|审核|美编|版式|策划|文字|指导老师|指导教师|"
    "本报记者|本刊记者|本报通讯员|本刊通讯员|特约记者|实习记者|通讯员|实习生|记者|作者|文图|图文|文|"
    "图|通讯作者|联系人"
)
_CREDIT = re.compile(rf"(?:^|(?<=[\s　;；，,、。|｜/]))(?P<role>{_CREDIT_ROLES})\s*[:：/／]\s*")
_CREDIT_BEHIND = re.compile(
    r"(?P<names>[\u4e00-\u9fff·、，\s　]{2,24}?)[\s　/／]*(?P<role>执笔|整理|编译|翻译|译|供稿|采写|撰稿)$"
)
_CAPTION_START = re.compile(
    r"^[▲△▼▽◀▶◁▷←→↑↓☝]|^(?:上|下|左|右|中|题|本|头|组|配)?图片?\s*(?:[\d"
    r"一二三四五六七八九十①-⑨]{1,2}(?![一-鿿]*年)|为|[:：]|说)|^照片|^(?:左|右|上|下|前|"
    r"后)[一二三四五排起]{1,2}[:：]|^图\s*[a-zA-Z]\b|^图\d"
)
_PHOTOGRAPHER = re.compile(
    r"[\s　]*[（(]?\s*(?<![\u4e00-\u9fff])(?P<names>(?:本[报刊]记者|通讯员|记者)?[\s　]*[\u4e00-\u9fff]{1,4}"
    r"(?:[\s　·、，][\s　]*[\u4e00-\u9fff]{1,4}){0,4})[\s　]*[/／]?[\s　]*"
    r"(?P<role>摄影报道|摄影|摄|供图|提供图片|(?<!供)图)[\s　]*[)）]?\s*$"
)
_PHOTOGRAPHER_FIRST = re.compile(
    r"[\s　]*[（(]?\s*(?P<role>摄影|摄|供图|图片来源|图)[\s　]*[:：/／][\s　]*"
    r"(?P<names>[\u4e00-\u9fffA-Za-z·、\s]{2,20})[\s　]*[)）]?\s*$"
)
_SUPPLIED = re.compile(r"[\s　（(]*(?P<names>[\u4e00-\u9fff]{2,16})\s*(?P<role>供图|提供|供稿)[)）]?$")


@dataclass(frozen=True, slots=True)
class Jump:
    """``（下转第43页）`` sends the text away (``leaves``), ``（上接第41页）`` takes it up."""

    leaves: bool
    page: int | None
    start: int
    end: int


def find_jump(text: str) -> Jump | None:
    """Find the first jump line in a piece of text; bare words count only when they are the whole line."""
    for match in list(_JUMP_ALONE.finditer(text)) + list(_JUMP.finditer(text)):
        whole = match.group().strip()
        fenced = whole[0] in "（(【[<〈《"
        if not fenced and len(text.strip()) > len(whole) + 14:
            continue
        if not fenced and match.group("kind") in ("接", "转") and len(text.strip()) > len(whole) + 2:
            continue
        number = page_number(match.group("page") or "")
        return Jump("转" in match.group("kind") or match.group("kind") == "接下页", number, *match.span())
    return None


def page_number(text: str) -> int | None:
    digits = re.sub(r"\D", "", text)
    if digits:
        return int(digits)
    from .wording import chinese_number

    return chinese_number(text)


def is_folio(text: str) -> int | None:
    """The page number a line consists of (``— 12 —``, ``·12·``, ``第12页``), or ``None``."""
    match = _FOLIO.fullmatch(text)
    return int(match[1]) if match and len(text) <= 14 else None


@dataclass(frozen=True, slots=True)
class Note:
    """One closing note: ``kind`` is source, unit, bio or credit; ``value`` its words."""

    kind: str
    value: str
    credits: tuple[tuple[str, str], ...] = ()


def read_note(inside: str) -> Note | None:
    """Understand the words of a closing note (without brackets); ``None`` when they are none."""
    words = inside.strip().strip("　 。")
    if len(words) > 400:
        return None
    roles = _roles(words) or _editor(words)
    if roles:
        return Note("credit", words, roles)
    if (match := _SOURCE.match(words)) and len(words) <= 80:
        return Note("source", match["value"].strip(" 　:：。"))
    if match := _BIO.match(words):
        return Note("bio", words[match.end() :])
    if words.startswith(("作者", "本文作者", "第一作者", "单位", "工作单位")) and (
        match := _UNIT_NOTE.match(words)
    ):
        return Note("unit", match["value"].strip(" 　:：。"))
    if (match := _CREDIT_BEHIND.fullmatch(words)) and _are_names(match["names"].strip()):
        return Note("credit", words, ((match["role"], match["names"].strip()),))
    return None


def _roles(words: str) -> tuple[tuple[str, str], ...]:
    """``role：names`` pairs when the words begin with one."""
    found = list(_CREDIT.finditer(words))
    if not found or found[0].start() != 0:
        return ()
    ends = [m.start() for m in found[1:]] + [len(words)]
    pairs = [
        (m["role"], words[m.end() : end].strip(" 　;；，,。|｜")) for m, end in zip(found, ends, strict=True)
    ]
    return tuple(p for p in pairs if _are_names(p[1]))


def _editor(words: str) -> tuple[tuple[str, str], ...]:
    """``责任编辑　某某`` without a colon."""
    match = re.fullmatch(r"(责任编辑|责编|责任校对|校对|编校|审校|本文编辑)[\s　]+(.{2,16})", words)
    return ((match[1], match[2].strip()),) if match and _are_names(match[2]) else ()


def _are_names(words: str) -> bool:
    """The words behind a role: a list of names or units, no sentence."""
    from ..names import looks_like_person, looks_like_unit, split_names

    if not words or len(words) > 80 or re.search("[？！。?!“”…]", words):
        return False
    names = split_names(re.sub(r"[（(][^（()）]*[)）]", " ", words))
    fitting = sum(looks_like_person(n) or looks_like_unit(n) for n in names)
    return fitting * 2 >= len(names) or (len(names) == 1 and len(names[0]) <= 4)


@dataclass(frozen=True, slots=True)
class Tail:
    """What stood behind the words of a paragraph: ranges of its text, last one first."""

    kind: str  # end, serial, note, jump, caption
    start: int
    end: int
    value: str = ""


def peel(text: str) -> tuple[int, list[Tail]]:
    """Take end marks, serial marks, jumps and bracketed closing notes off the end of a paragraph.

    Returns how many characters of words remain and what was taken off, in order of the text.
    """
    taken: list[Tail] = []
    end = len(text)
    while end:
        part = text[:end]
        tail = _last_tail(part)
        if tail is None:
            break
        taken.append(tail)
        end = len(text[: tail.start].rstrip(" 　"))
    return end, taken[::-1]


def _last_tail(part: str) -> Tail | None:
    if match := _END_MARK.search(part):
        return Tail("end", *match.span())
    serial = list(_SERIAL.finditer(part[-40:]))
    if serial and serial[-1].end() == len(part[-40:]):
        offset = max(0, len(part) - 40)
        return Tail("serial", offset + serial[-1].start(), len(part), serial[-1]["status"])
    jump = find_jump(part[-60:])
    if jump and jump.end >= len(part[-60:].rstrip()) and jump.leaves:
        return Tail("jump", max(0, len(part) - 60) + jump.start, len(part))
    if match := _GROUP_AT_END.search(part):
        inside = match["inside"]
        before = part[: match.start()].rstrip(" 　")
        if caption_strength(inside) >= 0.95:
            return Tail("caption", match.start(), len(part), inside)
        note = read_note(inside)
        if note and note.kind == "credit" and ending(before) is not Ending.FINAL and _of_pictures(note):
            return None
        if note or (_is_signature(inside) and (not before or ending(before) is Ending.FINAL)):
            return Tail("note", match.start(), len(part), inside)
    return None


def _of_pictures(note: Note) -> bool:
    return all(
        role in ("摄影", "摄", "摄像", "供图", "图片", "图", "绘图", "插图", "漫画")
        for role, _ in note.credits
    )


def _is_signature(inside: str) -> bool:
    from ..names import looks_like_person, looks_like_unit, split_names

    if len(inside) > 60 or re.search("[。！？；：:]|摄|供图|图为", inside):
        return False
    names = split_names(inside)
    if not names:
        return False
    people = [n for n in names if looks_like_person(n)]
    if len(names) == 2 and len(people) == 1 and all(n in people or 4 <= len(n) <= 20 for n in names):
        return True  # a unit of any kind and one name
    return len(people) == len(names) or (
        bool(people) and all(n in people or looks_like_unit(n) for n in names)
    )


def caption_strength(text: str) -> float:
    """How much a line alone looks like a picture's caption by its words, 0–1."""
    words = text.strip().strip("（()）")
    if len(words) > 120:
        return 0.0
    if _CAPTION_START.match(words):
        return 1.0
    if re.search(r"(?:摄|摄影|供图|摄影报道)[)）]?[。]?$", words) and len(words) <= 100:
        return 0.95
    if re.search(r"[（(](?:摄影|摄|图|供图)[:：/／]?[^（()）]{2,10}[)）]$", text):
        return 0.95
    if re.search(r"[（(](?:[^（()）]{2,14})(?:摄|图|供图|提供)[)）]$", text) or re.search(
        r"图[:：/／][\u4e00-\u9fff]{2,4}$", words
    ):
        return 0.95
    if re.match(r"^[（(]?图(?:为|片)", text) or "（资料图" in text or "资料图片" in text:
        return 0.95
    return 0.0


def split_photographer(caption: str) -> tuple[str, str | None, str | None]:
    """``(words, photographer, role)`` of a caption."""
    bare = caption.strip()
    for pattern in (_PHOTOGRAPHER, _PHOTOGRAPHER_FIRST, _SUPPLIED):
        match = pattern.search(bare)
        if match is None:
            continue
        names = re.sub(r"^(?:本[报刊]记者|通讯员|记者)\s*", "", match["names"].strip())
        at = match.start()
        if pattern is _PHOTOGRAPHER:
            names = _last_names(names)
            at = match.start("names") + match["names"].rindex(names)
        if at > 1:
            return bare[:at].strip(" 　（("), names, match["role"]
    return bare, None, None


def _last_names(words: str) -> str:
    """The names at the end of a caption's words: back to the first word that is no name."""
    from ..names import looks_like_person

    pieces = list(re.finditer(r"[^\s　·、，]+", words))
    start = len(pieces) - 1
    while (
        start > 0
        and looks_like_person(pieces[start - 1].group())
        and looks_like_person(pieces[start].group())
    ):
        start -= 1
    padded = len(pieces) >= 2 and all(len(p.group()) == 1 for p in pieces[-2:])
    return words[pieces[-2 if padded else start].start() :] if pieces else words
