"""Which issue is this: year, number, continuous serial number, frequency, the journal's name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from .lines import Line
from .wording import chinese_number

__all__ = ["Identity", "has_issue_mark", "is_issue_line", "read_identity"]

_NUM = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = r"(?:19|20)\d\d|[一二][〇○零Ｏ九][〇○零Ｏ一二三四五六七八九]{2}"
_ISSUE = re.compile(
    rf"(?P<year>{_YEAR})\s*年?\s*[(（·.,，、]?\s*第?\s*(?P<number>S\d|增刊\s*\d?|(?:{_NUM})(?:\s"
    rf"*[-—–~～、/·．至]\s*(?:{_NUM}))?)\s*[期号]"
)
_MONTH = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[.．·/年—-]\s*(?P<number>1[0-2]|0?[1-9])(?!\d)\s*月?(?:号|刊|\s"
    r"|$|[|｜·—])"
)
_YEAR_ALONE = re.compile(rf"(?<!\d)(?P<year>{_YEAR})\s*年(?!\s*\d)")
_DATE = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?")
_NUMBER_ALONE = re.compile(
    rf"(?<!总)(?<!总 )第\s*(?P<number>(?:{_NUM})(?:\s*[-—–~～、/至]\s*(?:{_NUM}))?)\s*期"
)
_SERIAL = re.compile(
    r"总\s*(?:第|NO\.?|No\.?)?\s*(?P<serial>\d{1,5}(?:\s*[-—–~～、]\s*\d{1,5})?|"
    r"[一二三四五六七八九十百〇零]{1,6})\s*期"
)
_FREQUENCY = re.compile(
    r"半月刊|双月刊|双周刊|半年刊|月刊|旬刊|周刊|季刊|年刊|周报|日报|月报|[(（]\s*(?P<short>双月|半月|"
    r"月|旬|周|季)\s*[·,，、 ]*\s*总"
)
_SHORT = {"双月": "双月刊", "半月": "半月刊", "月": "月刊", "旬": "旬刊", "周": "周刊", "季": "季刊"}
_CITATION = re.compile(r"来源|摘自|原载|转载|选自|转自|载于|》")
_OFFICE = re.compile(r"《(?P<name>[^《》]{2,14})》\s*(?:杂志社|编辑部|编委会|编辑委员会|月刊社|报社)")


@dataclass(slots=True)
class Identity:
    year: int | None = None
    number: str | None = None
    serial: int | None = None
    frequency: str | None = None
    name: str | None = None


def is_issue_line(text: str) -> bool:
    """Whether a short line consists of nothing but the issue's identity."""
    rest = text = unicodedata.normalize("NFKC", text)
    for pattern in (_ISSUE, _SERIAL, _MONTH, _FREQUENCY):
        rest = pattern.sub("", rest)
    return rest != text and len(re.sub(r"[\W\d_]+|[年月日期总第出版]", "", rest)) <= 4


def has_issue_mark(text: str) -> bool:
    """Whether the issue's identity stands somewhere in a line."""
    text = unicodedata.normalize("NFKC", text)
    return any(p.search(text) for p in (_ISSUE, _SERIAL, _MONTH)) or bool(_DATE.search(text))


def _number(text: str) -> str:
    text = re.sub(r"\s", "", text)
    if text.startswith(("S", "增刊")):
        return "S" + (re.sub(r"\D", "", text) or "1")
    parts = [str(chinese_number(p)) for p in re.split(r"[-—–~～、/·．至]", text) if chinese_number(p)]
    return "-".join(parts)


def read_identity(lines: list[Line], zone: set[int]) -> Identity:
    """Weigh what short lines say; lines of ``zone`` (masthead, contents) speak loudest.

    A citation such as 《某刊》2024年第6期 names another journal's issue and is not heard.
    """
    votes: dict[str, Counter[str]] = {
        k: Counter() for k in ("issue", "year", "number", "serial", "frequency")
    }
    for index, line in enumerate(lines):
        text = unicodedata.normalize("NFKC", line.text)
        if not text or len(text) > 60 or (_CITATION.search(text) and index not in zone):
            continue
        weight = (5 if index in zone else 1) + (2 if index < 12 else 0) + (2 if len(text) <= 24 else 0)
        _vote(text, weight, votes)
    identity = Identity()
    _settle(identity, votes)
    identity.name = _name(lines, zone)
    return identity


def _vote(text: str, weight: int, votes: dict[str, Counter[str]]) -> None:
    if match := _ISSUE.search(text):
        votes["issue"][f"{chinese_number(match['year'])} {_number(match['number'])}"] += weight * 3
    elif (match := _MONTH.search(text)) and len(text) <= 30:
        votes["issue"][f"{match['year']} {int(match['number'])}"] += weight
    else:
        if (match := _YEAR_ALONE.search(text)) and len(text) <= 16:
            votes["year"][str(chinese_number(match["year"]))] += weight
        if (match := _DATE.search(text)) and not re.search("[，。,;；]", text):
            votes["year"][match["year"]] += weight
        if (match := _NUMBER_ALONE.search(text)) and not re.search("[，。；]", text):
            votes["number"][_number(match["number"])] += weight
    if match := _SERIAL.search(text):
        first = re.split(r"[-—–~～、]", match["serial"])[0]
        votes["serial"][str(chinese_number(first))] += weight
    if match := _FREQUENCY.search(text):
        part_of_name = re.search("[\u4e00-\u9fff]$", text[: match.start()])
        votes["frequency"][_SHORT.get(match["short"] or "", match.group())] += (
            1 if part_of_name else weight * 10
        )


def _settle(identity: Identity, votes: dict[str, Counter[str]]) -> None:
    best = {name: counter.most_common(1)[0][0] for name, counter in votes.items() if counter}
    if "issue" in best:
        year, number = best["issue"].split(" ", 1)
        identity.year, identity.number = int(year), number or None
    if identity.year is None and "year" in best:
        identity.year = int(best["year"])
    if identity.number is None:
        identity.number = best.get("number")
    if best.get("serial", "").isdecimal():
        identity.serial = int(best["serial"])
    identity.frequency = best.get("frequency")


def _name(lines: list[Line], zone: set[int]) -> str | None:
    names: Counter[str] = Counter()
    for index in sorted(zone):
        for match in _OFFICE.finditer(lines[index].text):
            names[match["name"]] += 1
    return names.most_common(1)[0][0] if names else None
