"""The head of an article: kicker, title, subtitle, byline, abstract, keywords around the title's lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..manuscript import BlockKind
from ..names import join_padded_name
from .bylines import Byline, parse_byline
from .lines import width
from .marks import caption_strength, find_jump, read_note
from .shelf import is_prose
from .titles import Body, Place
from .units import read_units
from .wording import Ending, ending, key, number_rank
from .words import is_residue

__all__ = ["Head", "is_front_matter", "read_head"]

_SUBTITLE = re.compile(r"^(?:——|—|──|－－|--|–)\s*\S")
_ABSTRACT = re.compile(r"^[\[【［〔]?\s*(?:内容)?(?:摘\s*要|提\s*要|导\s*读|内容简介)\s*[\]】］〕]?\s*[:：]?")
_KEYWORDS = re.compile(r"^[\[【［〔]?\s*关\s*键\s*[词字]\s*[\]】］〕]?\s*[:：]?\s*")
_DATE = re.compile(
    r"^[（(]?(?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*(?:[月./-]\s*(?:\d{1,2}\s*日?)?)?[)）]?$|^发布(?:时间|日期)"
)
_CODES = re.compile(
    r"^[\[【［〔]?\s*(?:中图分类号|文献标识码|文章编号|DOI|doi|基金项目|收稿日期|修回日期|作者简介|"
    r"通讯作者|第一作者|Abstract|ABSTRACT|Key\s*words|KEY\s*WORDS|课题项目)\s*[\]】］〕]?\s*[:：]"
)
_WRITER_FIRST = re.compile(r"[□■◆◎○●]?\s*(?:文|撰文|图文|作者|采写|本[报刊]|记者|通讯员|特约)")
_KICKER_END = re.compile(
    r"(?:强调|指出|要求|提出|表示|时|上|中|后|下|会议|会上|讲话|：|:|——|之[一二三四五六七八九十]|"
    r"系列.{0,6}|特别报道|纪实|启示录|侧记)$"
)
_PART = re.compile(
    r"[（(](上|中|下|[一二三四五六七八九十]{1,2}|续|续[一二三四五]|之[一二三四五六七八九十])[)）]"
)


@dataclass(slots=True)
class Head:
    """The head's lines by kind, and what they mean."""

    kinds: dict[int, BlockKind] = field(default_factory=dict)
    kicker: list[int] = field(default_factory=list)
    title: list[int] = field(default_factory=list)
    subtitle: list[int] = field(default_factory=list)
    bylines: list[tuple[int, Byline]] = field(default_factory=list)
    abstract: list[int] = field(default_factory=list)
    keywords: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    section: str | None = None
    inline_author: str | None = None

    def give(self, index: int, kind: BlockKind, shelf: list[int] | None = None) -> None:
        self.kinds[index] = kind
        if shelf is not None:
            shelf.append(index)

    @property
    def first(self) -> int:
        return min(self.kinds)

    @property
    def last(self) -> int:
        return max(self.kinds)


def read_head(place: Place, body: Body, sections: set[str], stop: set[int], signs: bool = False) -> Head:
    """Read the lines around one title.

    ``stop`` are lines that belong to other heads; ``signs`` says that this file has its authors
    right under the titles, so that an unusual name is recognised by its place.
    """
    head = Head()
    expected = _expected(place)
    for index in range(place.run.first, place.run.last + 1):
        if index in body.position and head.title and _SUBTITLE.match(body.text(index)):
            head.give(index, BlockKind.SUBTITLE, head.subtitle)
        elif index in body.position:
            head.give(index, BlockKind.TITLE, head.title)
    _upwards(head, place, body, sections, stop, expected)
    _downwards(head, place, body, stop, expected or _pen_name(head, place, body, sections, stop, signs))
    return head


def _pen_name(
    head: Head, place: Place, body: Body, sections: set[str], stop: set[int], signs: bool
) -> tuple[str, ...]:
    """A name no list of surnames knows, where the other articles have theirs."""
    below = body.after(place.run.last, 3)
    if not signs or head.bylines or len(below) < 2 or any(parse_byline(body.text(i)) for i in below):
        return ()
    first, text = below[0], join_padded_name(body.text(below[0]))
    padded = text != body.text(first)
    plain = re.fullmatch("[\u4e00-\u9fff]{2,4}", text) and first not in stop and key(text) not in sections
    if (
        plain
        and not body.lines[first].marked
        and (padded or is_prose(body.text(below[1])) or width(body.text(below[1])) >= 24)
    ):
        return (text,)
    return ()


def _expected(place: Place) -> tuple[str, ...]:
    if place.entry is None or not place.entry.author:
        return ()
    byline = parse_byline(place.entry.author)
    return tuple(a.name for a in byline.authors) if byline else (place.entry.author,)


def _upwards(
    head: Head, place: Place, body: Body, sections: set[str], stop: set[int], expected: tuple[str, ...]
) -> None:
    """Short lines above the title: a section's label, a kicker, sometimes the authors."""
    below = place.run.first
    for index in body.before(place.run.first, 4):
        text = body.text(index)
        if index in stop or is_prose(text) or width(text) > 40:
            return
        kind = _above(index, below, body, sections, expected)
        if kind is None:
            return
        if kind is BlockKind.BYLINE:
            byline = parse_byline(text, expected=expected)
            assert byline is not None
            head.give(index, kind)
            head.bylines.insert(0, (index, byline))
        elif kind is BlockKind.KICKER:
            head.give(index, kind)
            head.kicker.insert(0, index)
        else:
            head.give(index, kind)
            if kind is BlockKind.RUNNING_HEAD:
                head.section = text
        below = index


def _above(
    index: int, below: int, body: Body, sections: set[str], expected: tuple[str, ...]
) -> BlockKind | None:
    text = body.text(index)
    if is_residue(text):
        return BlockKind.RESIDUE
    if key(text) in sections and not is_prose(text):
        return BlockKind.RUNNING_HEAD
    if re.match(r"[\[［]\d{1,2}[\]］]", text):
        return None  # a reference of the article above
    if caption_strength(text) or find_jump(text) or read_note(text.strip("（()）")) or text[-1:] in "□■◆）)":
        return None
    byline = parse_byline(text, expected=expected)
    if byline and byline.certainty >= 0.8:
        return BlockKind.BYLINE if expected and byline.certainty == 1.0 else None
    if re.fullmatch(r"[【\[〖].{2,12}[】\]〗]", text) or (text[:1] in "◆●■▲★" and width(text) <= 12):
        return BlockKind.RUNNING_HEAD
    if not _reads_as_kicker(index, below, body, sections):
        return None
    return BlockKind.KICKER


def _reads_as_kicker(index: int, below: int, body: Body, sections: set[str]) -> bool:
    """A kicker clings to its title and stands clear of the text above it."""
    line, text = body.lines[index], body.text(index)
    if (
        ending(text) is Ending.FINAL
        or number_rank(text) is not None
        or len(key(text)) < 4
        or text[0] in "，。、；）)”"
    ):
        return False
    if any(body.lines[i].text for i in range(index + 1, below)):
        return False  # a page ends between them
    gap_below, gap_above = body.lines[below].gap, line.gap
    if gap_below >= 3:
        return False
    above = body.before(index, 1)
    if (
        above
        and ending(body.text(above[0])) is Ending.OPEN
        and gap_above == 0
        and width(body.text(above[0])) >= 14
    ):
        return False  # it runs on from the text above
    if gap_above > gap_below or _KICKER_END.search(text):
        return True
    if not above:
        return True
    over = body.text(above[0])
    if key(over) in sections and width(over) <= 24:
        return width(text) <= 40  # between the section's label and the title
    closed = over[-1:] in "□■◆" or (over[:1] in "（(" and over[-1:] in "）)") or find_jump(over) is not None
    return (closed or ending(over) is Ending.FINAL) and gap_above >= gap_below and width(text) <= 30


def _downwards(head: Head, place: Place, body: Body, stop: set[int], expected: tuple[str, ...]) -> None:
    """Lines under the title until the text begins."""
    after = list(body.after(place.run.last, 16))
    byline_ahead = _find_byline(after, body, stop, expected)
    for number, index in enumerate(after):
        text = body.text(index)
        if index in stop:
            return
        if head.bylines and not head.units and (units := read_units(text, [b for _, b in head.bylines])):
            head.give(index, BlockKind.BYLINE)
            head.units = units
            continue
        if index in head.kinds or _broken_byline(head, after[number : number + 2], body, expected):
            continue
        kind = _below(head, number, index, body, byline_ahead, expected)
        if kind is None:
            return
        if kind is BlockKind.BYLINE:
            byline = parse_byline(text, expected=expected)
            assert byline is not None
            head.bylines.append((index, byline))
        shelf = {
            BlockKind.SUBTITLE: head.subtitle,
            BlockKind.ABSTRACT: head.abstract,
            BlockKind.KEYWORDS: head.keywords,
            BlockKind.SOURCE: head.notes,
            BlockKind.CLOSING_NOTE: head.notes,
            BlockKind.TITLE: head.title,
        }.get(kind)
        head.give(index, kind, shelf)


def _broken_byline(head: Head, pair: list[int], body: Body, expected: tuple[str, ...]) -> bool:
    """A promised name set on two lines."""
    if len(pair) < 2 or head.bylines:
        return False
    joined = "".join(body.text(i) for i in pair)
    if key(joined) not in {key(name) for name in expected}:
        return False
    byline = parse_byline(joined, expected=expected)
    if byline is None:
        return False
    for index in pair:
        head.give(index, BlockKind.BYLINE)
    head.bylines.append((pair[0], byline))
    return True


def _find_byline(after: list[int], body: Body, stop: set[int], expected: tuple[str, ...]) -> int | None:
    for number, index in enumerate(after[:5]):
        text = body.text(index)
        if index in stop or (is_prose(text) and not _ABSTRACT.match(text)):
            return None
        byline = parse_byline(text, expected=expected)
        if byline and byline.certainty >= 0.5 and not _is_caption(text):
            return number
    return None


def _below(
    head: Head, number: int, index: int, body: Body, byline_ahead: int | None, expected: tuple[str, ...]
) -> BlockKind | None:
    line, text = body.lines[index], body.text(index)
    if is_residue(text):
        return BlockKind.RESIDUE
    if _ABSTRACT.match(text) and not head.abstract:
        return BlockKind.ABSTRACT
    if _runs_on(head.abstract, index, body):
        return BlockKind.ABSTRACT
    if _KEYWORDS.match(text):
        return BlockKind.KEYWORDS
    if is_front_matter(text):
        return BlockKind.CLOSING_NOTE
    if _SUBTITLE.match(text) and not head.bylines and len(text) <= 80 and "。" not in text:
        return BlockKind.SUBTITLE
    if head.subtitle and not head.bylines and _goes_on(head.subtitle[-1], index, body, byline_ahead, number):
        return BlockKind.SUBTITLE
    if _DATE.match(text) or re.fullmatch(r"[（(]?来源[:：].{2,40}", text):
        return BlockKind.SOURCE
    byline = parse_byline(text, expected=expected)
    if byline and not _is_caption(text) and _trusted(byline, head, body, index, line.marked):
        return BlockKind.BYLINE
    if _PART.fullmatch(text):
        return BlockKind.SUBTITLE
    if _is_second_line(head, number, index, body, byline_ahead):
        return BlockKind.TITLE if _same_dress(head.title[-1], index, body) else BlockKind.SUBTITLE
    return None


def _same_dress(title: int, index: int, body: Body) -> bool:
    """A line set like the title, or right under it, is its second line; a subtitle is set off."""
    above, line = body.lines[title], body.lines[index]
    return line.gap == 0 or (above.level == line.level and above.all_bold == line.all_bold and above.marked)


def is_front_matter(text: str) -> bool:
    """Classification codes, funding, dates and notes on authors of a scholarly paper."""
    return len(text) <= 400 and _CODES.match(text) is not None


def _runs_on(shelf: list[int], index: int, body: Body) -> bool:
    """The next line of a hard-wrapped abstract."""
    return (
        bool(shelf)
        and body.position[index] == body.position[shelf[-1]] + 1
        and body.lines[index].gap == 0
        and ending(body.text(shelf[-1])) is not Ending.FINAL
        and not _KEYWORDS.match(body.text(index))
    )


def _is_caption(text: str) -> bool:
    """A caption with its photographer reads like a byline; one that begins with the writer's role is none."""
    return caption_strength(text) >= 0.9 and not _WRITER_FIRST.match(text)


def _trusted(byline: Byline, head: Head, body: Body, index: int, marked: bool) -> bool:
    if (
        head.bylines
        and byline.certainty < 0.9
        and body.lines[index].gap > body.lines[head.bylines[-1][0]].gap
    ):
        return False
    return byline.certainty >= (0.8 if marked else 0.5)


def _goes_on(above: int, index: int, body: Body, byline_ahead: int | None, number: int) -> bool:
    """A subtitle set on two lines."""
    text, line = body.text(index), body.lines[index]
    if is_prose(text) or line.marked or parse_byline(text):
        return False
    cut = body.text(above)[-1:] in "、，," or (line.gap == 0 and width(text) <= 40)
    return (
        cut and ending(body.text(above)) is not Ending.FINAL and (line.gap == 0 or byline_ahead is not None)
    )


def _is_second_line(head: Head, number: int, index: int, body: Body, byline_ahead: int | None) -> bool:
    """A short line between title and byline."""
    text = body.text(index)
    return (
        byline_ahead is not None
        and number < byline_ahead
        and not head.bylines
        and not is_prose(text)
        and width(text) <= 40
        and number_rank(text) is None
        and not caption_strength(text)
        and len(body.lines[index].cells) < 3
        and sum(c.isdigit() for c in text) <= 4
    )
