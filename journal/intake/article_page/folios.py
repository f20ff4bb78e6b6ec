"""The folio of a newspaper page: its number, section, date and the editors of the page, not of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..names import looks_like_person
from .dates import PrintedDate, find_date

__all__ = ["WEEKDAY", "Folio", "read_folio"]

WEEKDAY = re.compile(r"(?:星期|周)[一二三四五六日天]|农历\S{2,10}|\d{1,2}:\d{2}(?::\d{2})?")
_PAGE_MARK = re.compile(
    r"[\[【（(]?(?:第\s*)?(?P<sheet>[A-Z])?\s*0?(?P<number>\d{1,3})\s*版(?:[：:·\s|"
    r"—-]\s*[\u4e00-\u9fff/·]{2,10})?[\]】）)]?"
)
_SHEET_BEHIND_DATE = re.compile(
    r"日\s*(?:(?:星期|周)[一二三四五六日天])?\s*(?P<sheet>[A-Z])(?P<number>\d{1,2})\s*$"
)
_PAPER_LINE = re.compile(
    r"《?[\u4e00-\u9fff]{2,8}(?:日报|晚报|时报|晨报|周报|周刊|都市报|新闻网|在线|网)》?(?:社|数字报|电子版)?"
)
_SHEET = re.compile(r"第?(?P<sheet>[A-Z]?)0?(?P<number>\d{1,3})(?P<word>版)?")
_EDITORS = re.compile(
    r"(?:本版|版面|本期|值班|责任|执行|美术|见习|组版)?(?:责编|责任编辑|编辑|主编|美编|校对|版式|组版|校检|审读|编委|排版|设计|统筹)"
)
_CONTACT = re.compile(r"(?:电话|热线|邮箱|投稿|E-?mail|新闻热线|QQ)\S*", re.I)
_ARTICLES_OWN = re.compile("来源|作者|记者|通讯员|发布|时间|转载|[。！？；]")
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Folio:
    page: int | None = None
    date: PrintedDate | None = None


def read_folio(text: str, size: int) -> Folio | None:
    """Return what a folio line says; ``None`` when words stand in it that no folio has."""
    bare = text.strip()
    if size <= 40:
        marked = _read_marked(bare)
        if marked is not None:
            return marked
    if _PAPER_LINE.fullmatch(bare):
        return Folio()
    return _read_row(bare) if len(bare) <= _LONGEST else None


def _read_marked(text: str) -> Folio | None:
    found = _PAGE_MARK.search(text) or _SHEET_BEHIND_DATE.search(text)
    if found is None:
        return None
    cut = "日 " * (text[found.start()] == "日")
    rest = _PAPER_LINE.sub("", text[: found.start()] + cut + text[found.end() :])
    date = find_date(rest)
    rest = WEEKDAY.sub("", rest[: date.start] + rest[date.end :] if date else rest)
    if len(re.sub(r"[\W_]", "", rest)) > 6:
        return None
    return Folio(int(found.group("number")), date)


def _read_row(text: str) -> Folio | None:
    """``B2　城乡　责编 甲　2024年5月9日``: a sheet, a section, editors and a date in any order."""
    if _ARTICLES_OWN.search(text):
        return None
    date = find_date(text)
    rest = f"{text[: date.start]} {text[date.end :]}" if date else text
    words = [w for w in re.split(r"[\s|｜/：:·、,，□■◎●]+", WEEKDAY.sub(" ", _CONTACT.sub(" ", rest))) if w]
    sheets = [m for w in words if (m := _SHEET.fullmatch(w)) and (m["sheet"] or m["word"] or w == words[0])]
    editors = [w for w in words if _EDITORS.match(w)]
    papers = [w for w in words if _PAPER_LINE.fullmatch(w)]
    if sum(map(bool, (date, sheets, editors, papers))) < 2 or not (sheets or papers):
        return None
    named = (*editors, *papers, *(m.group() for m in sheets))
    others = [w for w in words if w not in named and not looks_like_person(w)]
    if len(others) > 2 or any(not re.fullmatch("[\u4e00-\u9fff]{1,6}", w) for w in others):
        return None
    return Folio(int(sheets[0]["number"]) if sheets else None, date)
