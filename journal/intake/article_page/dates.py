"""Printed dates to ISO 8601; with the time of day they carry China's offset, +08:00."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

__all__ = ["PrintedDate", "find_date"]

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "Ｏ": 0}
_NUMERIC = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*(?:年/?|[-/.．—])\s*(?P<m>\d{1,2})\s*(?:月/?|[-/.．—])\s*(?P<d>\d{1,2})\s*(?:日|(?!\d))"
    r"(?:\s*[（(]?(?:星期|周)[一二三四五六日天][）)]?)?"
    r"(?:[T\s]{0,3}(?P<h>[01]?\d|2[0-3])\s*[:：时]\s*(?P<min>[0-5]\d)分?"
    r"(?:\s*[:：]\s*(?P<s>[0-5]\d)|(?P<s2>[0-5]\d)秒)?(?:\.\d+)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_CHINESE = re.compile(
    "(?P<y>[一二][〇○零Ｏ一二三四五六七八九]{3})年(?P<m>十?[一二三四五六七八九十])月(?P<d>[一二三]?十?[一二三四五六七八九十]?)日"
)
_CHINA = datetime.timezone(datetime.timedelta(hours=8))
_MONTH = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月(?!\s*\d)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """``iso`` is a date, a date with time and offset, or a month; ``[start, end)`` its place in the text."""

    iso: str
    raw: str
    start: int
    end: int


def find_date(text: str) -> PrintedDate | None:
    """Return the first date in ``text``; impossible ones (13月) are passed over."""
    for found in _NUMERIC.finditer(text):
        day = (int(found["y"]), int(found["m"]), int(found["d"]))
        iso = _iso(day, (found["h"], found["min"], found["s"] or found["s2"]), found["zone"])
        if iso:
            return PrintedDate(iso, found.group().strip(), found.start(), found.end())
    for found in _CHINESE.finditer(text):
        year = int("".join(str(_DIGITS[c]) for c in found.group("y")))
        iso = _iso((year, _small_number(found.group("m")), _small_number(found.group("d"))))
        if iso:
            return PrintedDate(iso, found.group(), found.start(), found.end())
    month = _MONTH.search(text)
    if month and 1 <= int(month.group("m")) <= 12:
        return PrintedDate(f"{month['y']}-{int(month['m']):02}", month.group(), month.start(), month.end())
    return None


def _iso(
    day: tuple[int, int, int],
    time: tuple[str | None, str | None, str | None] = (None, None, None),
    zone: str | None = None,
) -> str | None:
    hour, minute, second = time
    try:
        if hour is None:
            return datetime.date(*day).isoformat()
        moment = datetime.datetime(*day, int(hour), int(minute or 0), int(second or 0), tzinfo=_zone(zone))
        return moment.astimezone(_CHINA).isoformat()
    except (ValueError, OverflowError):
        return None


def _zone(printed: str | None) -> datetime.timezone:
    """A printed offset counts; without one the clock is China's."""
    if printed is None:
        return _CHINA
    if printed == "Z":
        return datetime.UTC
    sign = -1 if printed[0] == "-" else 1
    minutes = int(printed[1:3]) * 60 + int(printed[-2:])
    return datetime.timezone(sign * datetime.timedelta(minutes=minutes))


def _small_number(text: str) -> int:
    """``十二`` → 12, ``三十`` → 30, ``九`` → 9; 0 when it is no number."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(tens, 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
