"""The numbers Word counts by itself: computed again, because the file holds only how to count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .package import local, q

__all__ = ["Numbering"]

DIGITS = "零一二三四五六七八九"
TEN = 10
HUNDRED = 100
BULLETS = {"bullet", "none", ""}
CIRCLED = 20
MOST_DIGITS = 4
LEGAL = str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰")
STEMS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
LEVELS = re.compile(r"%(\d)")


def chinese(number: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百零五."""
    if number < TEN:
        return DIGITS[number]
    if number < HUNDRED:
        tens, ones = divmod(number, TEN)
        return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
    hundreds, rest = divmod(number, HUNDRED)
    tail = (
        ""
        if not rest
        else ("零" if rest < TEN else "")
        + (chinese(rest) if rest < TEN or rest >= 2 * TEN else "一" + chinese(rest))
    )
    return DIGITS[hundreds % TEN] + "百" + tail


def letters(number: int) -> str:
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def roman(number: int) -> str:
    found = ""
    for value, sign in (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            found += sign
            number -= value
    return found


def written(number: int, kind: str) -> str:
    """A number in one of Word's ways of counting; unknown ways count in digits."""
    if kind in STEMS:
        return STEMS[kind][(number - 1) % len(STEMS[kind])]
    if "Counting" in kind or kind in {"ideographDigital", "taiwaneseDigital"}:
        return chinese(number)
    if kind == "chineseLegalSimplified":
        return chinese(number).translate(LEGAL)
    if kind == "decimalEnclosedCircle" and 1 <= number <= CIRCLED:
        return chr(0x2460 + number - 1)
    if kind in {"upperLetter", "lowerLetter"}:
        return letters(number) if kind[0] == "u" else letters(number).lower()
    if kind in {"upperRoman", "lowerRoman"}:
        return roman(number) if kind[0] == "u" else roman(number).lower()
    if kind == "decimalFullWidth":
        return "".join(chr(ord(sign) + 0xFEE0) for sign in str(number))
    return f"{number:02}" if kind == "decimalZero" else str(number)


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    kind: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts through the text: ``label`` is to be asked once for each counted paragraph, in order."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)  # of lists not met yet

    @classmethod
    def of(cls, root: Any | None) -> Numbering:
        found = cls()
        linked: dict[str, str] = {}
        links: dict[str, str] = {}
        for child in root if root is not None else ():
            if local(child) == "abstractNum":
                key = child.get(q("abstractNumId"), "")
                found.levels[key] = {place_of(row): read_level(row) for row in child if local(row) == "lvl"}
                for row in child:
                    if local(row) in {"styleLink", "numStyleLink"}:
                        (linked if local(row) == "styleLink" else links).setdefault(
                            row.get(q("val"), ""), key
                        )
            elif local(child) == "num":
                found.read_list(child)
        for style, key in links.items():
            if not found.levels.get(key) and style in linked:
                found.levels[key] = found.levels[linked[style]]
        return found

    def read_list(self, element: Any) -> None:
        pointer, key = element.find(q("abstractNumId")), element.get(q("numId"), "")
        self.lists[key] = pointer.get(q("val"), "") if pointer is not None else ""
        for override in element.iter(q("lvlOverride")):
            start = override.find(q("startOverride"))
            value = start.get(q("val"), "") if start is not None else ""
            if is_count(value):
                self.restarts.setdefault(key, {})[place_of(override)] = int(value)

    def label(self, numbering: tuple[str, int] | None) -> tuple[str, bool]:
        """``(label, is a bullet)`` of a paragraph; two empty answers for one that is not counted."""
        if numbering is None or numbering[0] in {"", "0"}:
            return "", False
        key, at = self.lists.get(numbering[0], ""), numbering[1]
        levels = self.levels.get(key, {})
        level = levels.get(at)
        if level is None:
            return "", False
        if level.kind in BULLETS:
            return "", level.kind == "bullet"
        counts = self.counts.setdefault(key, {})
        for restarted, start in self.restarts.pop(numbering[0], {}).items():
            counts[restarted] = start - 1
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [n for n in counts if n > at]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            n = int(match[1]) - 1
            other = levels.get(n, Level())
            return written(counts.get(n, other.start), other.kind)

        return LEVELS.sub(shown, level.text), False


def is_count(value: str) -> bool:
    return value.isdecimal() and len(value) <= MOST_DIGITS


def place_of(element: Any) -> int:
    value = element.get(q("ilvl"), "0")
    return int(value) if is_count(value) else 0


def read_level(row: Any) -> Level:
    found = {local(child): child.get(q("val"), "") for child in row}
    start = found.get("start", "1")
    return Level(
        int(start) if is_count(start) else 1, found.get("numFmt", "decimal"), found.get("lvlText", "")
    )
