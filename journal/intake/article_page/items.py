"""What each line of a page is, judged by its own words alone; its neighbours are asked later."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..bylines import BYLINE_MARKS, Byline, read_byline
from ..manuscript import Author
from .captions import is_caption
from .dates import PrintedDate, find_date
from .folios import WEEKDAY, read_folio
from .furniture import find_furniture, is_furniture
from .labels import About, Pair, read_pairs
from .line import Area, Line, Shape
from .units import read_numbered_units, without_marks

__all__ = ["NUMBERING", "Item", "Kind", "classify", "read_issue"]

SHORT_LIMIT = 45
"""Characters that count in the longest headline; longer lines are text."""

NUMBERING = re.compile(
    r"(?P<a>第?[一二三四五六七八九十]{1,3}(?:、|章|节|部分|[.．：:]|[ \u3000]))|"
    r"(?P<b>[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?P<c>\d{1,2}(?:[、．]|\.(?!\d)|[ \u3000]+(?=[\u4e00-\u9fff])))|(?P<d>[（(]\d{1,2}[）)])|"
    r"(?P<e>[①-⑳])|(?P<f>其[一二三四五六]|之[一二三四五六])(?=[：:、 \u3000])"
)
_JUMP_TO = re.compile(
    r"[（(【\[]?\s*(?:下转|转至|转)\s*第?\s*([A-Z]?\d{1,3}|"
    r"[一二三四五六七八九十]{1,3})\s*[版页].{0,12}[）)】\]]?\s*$"
)
_JUMP_FROM = re.compile(
    r"^\s*[（(【\[]?\s*(?:上接|接)\s*第?\s*([A-Z]?\d{1,3}|"
    r"[一二三四五六七八九十]{1,3})\s*[版页][^）)】\]]{0,40}[）)】\]]?"
)
_ISSUE = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*年\s*[，,]?\s*(?:第?\s*\d{1,3}\s*卷\s*[，,]?\s*)?第?\s*(?P<number>\d{1,2}(?:\s*[-—–~/、]\s*\d{1,2})?|"
    r"[一二三四五六七八九十]{1,3})\s*期(?:\s*[（(]?\s*总第?\s*\d+\s*期\s*[）)]?)?"
)
_VOLUME = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*[,，;；.]?\s*(?:Vol\.?\s*\d{1,3}|\d{1,3}(?=\s*[（(]))\s*[,，]?\s*(?:No\.?|Issue)?\s*[（(]?\s*(?P<number>\d{1,2})\b",
    re.I,
)
"""``2024, Vol. 31 Issue (2)``, ``2024,31(2):45-52``"""
_ISSUE_LINE = re.compile(
    rf"(?:《?[\u4e00-\u9fff]{{2,10}}》?\s*(?:杂志)?)?[\s·|]*{_ISSUE.pattern}(?:\s*(?:目录|总目录|电子版))?"
)
_ACCOUNT = re.compile(
    r"\s*(?:原创|首发|转载|投稿)[\s\u3000\u00a0|·：:]+(?:(?P<who>"
    r"[\u4e00-\u9fff](?:\s[\u4e00-\u9fff]){2}(?=\s)|[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][\s\u3000\u00a0]{1,4}[\u4e00-\u9fff])"
    r"[\s\u3000\u00a0|·]+)?(?P<house>[^\s，。；：]{2,20}(?:\s[^\s，。；：]{2,12})?)[\s\u3000\u00a0|·]*"
)
"""The line of a public account: 原创 甲 某某杂志 日期 时间 地名."""
_PLACE = re.compile(
    r"[\s\u3000\u00a0|·]*(?:发表于|IP属地[：:]?)?[\s\u3000\u00a0]*[\u4e00-\u9fff]{2,4}[\s\u3000\u00a0]*"
)
_REPORTED = re.compile(r"^\s*本[报刊网台社](?:综合)?讯\s*([（(][^（()）]+[）)])\s*$")
_WRITER = re.compile(r"(?:^|(?<=[\s|｜]))(?:作者|文|撰文|(?:本报|本刊)?记者|通讯员)\s+[\u4e00-\u9fff].*$")
_SAYS_WHEN = re.compile("(?:发表|发布|发帖|刊登|更新)[于在]?[：:]?\\s*$")
_END = re.compile(rf"[{BYLINE_MARKS}]|[（(](?:完|全文完)[）)]|[-—·]*\s*(?:The )?END\s*[-—·]*", re.I)
_LOOKS_LIKE_SOURCE = re.compile("[\u4e00-\u9fffA-Za-z《》·（）()]{2,24}")


class Kind(enum.StrEnum):
    RESIDUE = "residue"
    PAGE_MARK = "page mark"
    LABELS = "labels"
    DATE = "date"
    ISSUE = "issue"
    BYLINE = "byline"
    CAPTION = "caption"
    NOTE = "note"  # a line wholly in brackets
    JUMP_TO = "jump to"
    JUMP_FROM = "jump from"
    END = "end"
    RULE = "rule"
    IMAGE = "image"
    TABLE = "table"
    NUMBERED = "numbered"  # a short line that begins with a number
    SHORT = "short"  # a line that can be a headline
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Item:
    """A line, or a part of one, with its kind and what was read from it."""

    kind: Kind
    line: Line
    pairs: tuple[Pair, ...] = ()
    byline: Byline | None = None
    date: PrintedDate | None = None
    rest: str = ""  # words beside the date or before the labels
    page: int | None = None
    promised: bool = False  # a list of titles on the page announced this headline

    @property
    def text(self) -> str:
        return self.line.text


def classify(line: Line) -> Iterator[Item]:
    """Yield the items of one line; a line that mixes furniture with facts is split."""
    shaped = {
        Shape.IMAGE: Kind.IMAGE,
        Shape.RULE: Kind.RULE,
        Shape.TABLE: Kind.TABLE,
        Shape.CAPTION: Kind.CAPTION,
    }
    if line.shape in shaped:
        yield Item(shaped[line.shape], line)
    elif _is_residue(line):
        yield Item(Kind.RESIDUE, line)
    else:
        yield from _split_furniture(line) or _split_jump(line) or [_judge(line)]


def _is_residue(line: Line) -> bool:
    if line.area is Area.FURNITURE and (line.size < 60 or line.links > 0.3):
        return True
    if line.links > 0.8 and not line.level and not line.ends_sentence and line.size <= 60:
        return True
    return (
        not line.level and not read_pairs(line.text)[1] and is_furniture(line.text)
    ) or _is_bare_furniture(line.text)


def _is_bare_furniture(text: str) -> bool:
    """Labels that only furniture has (字体：大 中 小) count as furniture, those with facts do not."""
    rest, pairs = read_pairs(text)
    return bool(pairs) and not rest and all(p.about is About.NOISE for p in pairs)


def _split_furniture(line: Line) -> list[Item]:
    """``2020年第5期 返回首页``: fact and button part company; nothing when the line is one thing."""
    ranges = find_furniture(line.text) if line.size <= 80 else []
    pairs = read_pairs(line.text)[1]
    if not ranges or pairs:
        return []
    rest = line.strand.without(ranges).strip("|｜[]【】>·-")
    if not rest.text:
        return []
    judged = _judge(replace(line, strand=rest))
    if judged.kind not in (Kind.ISSUE, Kind.DATE, Kind.LABELS, Kind.PAGE_MARK):
        return []
    removed = [Item(Kind.RESIDUE, replace(line, strand=line.strand.slice(a, b).strip())) for a, b in ranges]
    return [judged, *removed]


def _split_jump(line: Line) -> list[Item]:
    """``（上接第1版）`` at the front of a paragraph is a line of its own."""
    found = _JUMP_FROM.match(line.text)
    if found is None or found.end() >= len(line.text) - 1 or line.text[found.end() - 1] not in "）)】]":
        return []
    jump = Item(Kind.JUMP_FROM, replace(line, strand=line.strand.slice(0, found.end()).strip()))
    return [jump, Item(Kind.TEXT, replace(line, strand=line.strand.slice(found.end()).strip(), gap=0))]


def _judge(line: Line) -> Item:
    for read in (
        _as_page_mark,
        _as_jump,
        _as_units,
        _as_labels,
        _as_issue,
        _as_date,
        _as_bracketed,
        _as_byline,
    ):
        item = read(line)
        if item is not None:
            return item
    text = line.text
    if _END.fullmatch(text.strip()):
        return Item(Kind.END, line)
    if not line.level and is_caption(text):
        return Item(Kind.CAPTION, line)
    return Item(_kind_of_words(line), line)


def _kind_of_words(line: Line) -> Kind:
    text = line.text.strip()
    if line.size == 0 or re.fullmatch(r"(?:0\d|PART\s*\.?\s*\d{1,2}|NO\.?\s*\d{1,2})", text, re.I):
        return Kind.RESIDUE  # the ordinal some sites print above a heading
    if re.search("[（(]下转.{1,14}$", text):
        return Kind.TEXT
    if line.size > SHORT_LIMIT or re.search("[，,、；;：:]$", text) or re.match("[问答][：:]", text):
        return Kind.TEXT
    if "。" in text and not (line.level or line.bold):
        return Kind.TEXT
    if line.ends_sentence and not (line.level or _is_exclaimed_headline(line)):
        return Kind.TEXT
    return Kind.NUMBERED if NUMBERING.match(text) else Kind.SHORT


def _is_exclaimed_headline(line: Line) -> bool:
    """A headline may ask or exclaim; so do speech and sentences: it must be short and alone."""
    text = line.text.strip()
    if not re.search("[？！?!…]$", text) or line.size > 30 or text[0] in '“"「‘':
        return False
    if re.match("[^：:]{1,8}[：:]", text):
        return False  # a speaker and what is asked
    return "。" not in text and (line.bold or line.centered or line.gap > 0)


def _as_page_mark(line: Line) -> Item | None:
    folio = None if line.level else read_folio(line.text, line.size)
    return Item(Kind.PAGE_MARK, line, date=folio.date, page=folio.page) if folio else None


def _as_jump(line: Line) -> Item | None:
    text = line.text.strip()
    if len(text) <= 40 and _JUMP_TO.match(text):
        return Item(Kind.JUMP_TO, line)
    found = _JUMP_FROM.match(text)
    return Item(Kind.JUMP_FROM, line) if found and found.end() >= len(text) - 1 else None


def _as_units(line: Line) -> Item | None:
    units = read_numbered_units(line.text)
    return Item(Kind.NOTE, line, rest="；".join(units)) if units else None


def _as_labels(line: Line) -> Item | None:
    rest, pairs = read_pairs(line.text)
    if not pairs or (len(line.text) > 220 and pairs[0].about is not About.ABSTRACT):
        return None
    roomy = (About.ABSTRACT, About.KEYWORDS, About.UNIT, About.TITLE, About.SUBTITLE, About.KICKER)
    if any(len(p.value) > 45 or re.search("[。！？]", p.value) for p in pairs if p.about not in roomy):
        return None
    date = find_date(rest)
    bare = WEEKDAY.sub("", rest[: date.start] + rest[date.end :]).strip() if date else rest
    if len(bare) > 24 or re.search("[，。！？]", bare):
        return None
    if re.search("[：:]", bare):
        bare = ""  # a label this house does not know
    return Item(Kind.LABELS, line, pairs, date=date, rest=bare)


def _as_issue(line: Line) -> Item | None:
    text = line.text.strip()
    if line.size <= 40 and _ISSUE_LINE.fullmatch(text):
        return Item(Kind.ISSUE, line)
    volume = _VOLUME.search(text) if line.size <= 60 and re.search("[A-Za-z(（]", text) else None
    cited = re.match(r"[\[［\d]|.*\[[A-Z](?:/OL)?\]", text)  # a reference names volumes too
    return Item(Kind.ISSUE, line) if volume and not cited and not re.search("[。！？]", text) else None


def _as_date(line: Line) -> Item | None:
    text = line.text.strip()
    date = find_date(text) if line.size <= 48 else None
    if date is None or len(date.iso) < 10:
        return None
    before, behind = text[: date.start], text[date.end :]
    account = _ACCOUNT.fullmatch(before)
    if account:
        return Item(Kind.DATE, line, date=date, byline=_writer(account), rest=account["house"].strip())
    timed = "T" in date.iso and re.fullmatch(r"\s*(?!本)[\u4e00-\u9fff][^站社报网刊局办委台\s]\s*", behind)
    placed = timed or (before.strip() and _PLACE.fullmatch(behind))
    rest = WEEKDAY.sub("", _SAYS_WHEN.sub(" ", before) + " " + ("" if placed else behind))
    for first, last in reversed(find_furniture(rest)):
        rest = rest[:first] + rest[last:]
    rest = rest.strip(" \t\u3000|｜/[]【】()（）·-—：:")
    rest, byline = _cut_writer(rest)
    words = [w for w in re.split(r"[\s·•|/]+", rest) if w]
    rest = " ".join(words)
    if len(words) > 3 or len(rest) > 18 or not all(_LOOKS_LIKE_SOURCE.fullmatch(w) for w in words):
        return None
    return Item(Kind.DATE, line, date=date, byline=byline, rest=rest)


def _cut_writer(rest: str) -> tuple[str, Byline | None]:
    """``来源 某报 记者 甲``: labels beside a date may stand without a colon."""
    found = _WRITER.search(rest)
    byline = read_byline(found.group().strip()) if found else None
    if found and byline and byline.authors:
        rest = rest[: found.start()]
    return re.sub(r"^\s*(?:来源|来自)\s+", "", rest).strip(" |｜"), byline


def _writer(account: re.Match[str]) -> Byline | None:
    who = re.sub(r"\s+", "", account["who"] or "")
    return Byline((Author(who),), (), 1.0) if who else None


def _as_byline(line: Line) -> Item | None:
    if line.level == 1 or line.size > 60:
        return None
    account = _ACCOUNT.fullmatch(line.text) if "原创" in line.text else None
    if account and account["who"]:
        return Item(Kind.BYLINE, line, byline=_writer(account), rest=account["house"].strip())
    byline = read_byline(without_marks(_REPORTED.sub(r"\1", line.text)))
    if byline is None or (byline.strength < 0.5 and (line.level or line.bold)):
        return None
    return Item(Kind.BYLINE, line, byline=byline)


def _as_bracketed(line: Line) -> Item | None:
    if not re.fullmatch(
        r"\s*[（(][^（()）]{1,90}(?:[（(][^（()）]*[）)][^（()）]{0,40})?[）)]\s*", line.text
    ):
        return None
    return None if is_caption(line.text) else Item(Kind.NOTE, line)


def read_issue(text: str) -> tuple[str, int, str] | None:
    """Return ``(text, year, number)`` of an issue named in a line; ``9-10`` for merged numbers."""
    found = _ISSUE.search(text) or _VOLUME.search(text)
    if found is None:
        return None
    number = re.sub(r"\s*[-—–~/、]\s*", "-", found.group("number"))
    return found.group().strip(), int(found.group("year")), _arabic(number)


def _arabic(number: str) -> str:
    digits = "零一二三四五六七八九"
    if number[0] not in digits + "十":
        return "-".join(str(int(n)) for n in number.split("-"))
    tens, ten, ones = number.partition("十")
    if not ten:
        return str(digits.index(number[0]))
    return str((digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0))
