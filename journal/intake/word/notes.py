"""Notes typed by hand behind the text (注释 ① …): put where their mark stands, as Word's own notes are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .edits import noted
from .layout import Paragraph
from .lines import Line, Page, Part

__all__ = ["read_typed_notes"]

HEADING = re.compile(r"[【\[]?(?:注\s*释|附\s*注|尾\s*注|脚\s*注|注)[】\]]?[：:]?")
OPENED = re.compile(r"^\s*注(?:释)?[：:]\s*(?=[①-⑳\[［〔])")
MARK = re.compile(
    r"\s*(?:(?P<ring>[①-⑳])|[\[［〔](?P<square>\d{1,2})[\]］〕]|[（(](?P<round>\d{1,2})[）)]"
    r"|(?P<bare>\d{1,2})[.．、])\s*"
)


def read_typed_notes(page: Page, start: int) -> None:
    """Notes whose marks all stand in the text above become notes there; others stay what they are."""
    lines = page.lines
    heading = next((n for n in range(len(lines) - 1, start, -1) if opens_notes(lines[n])), None)
    if heading is None:
        return
    first = heading if OPENED.match(lines[heading].text) else heading + 1
    notes: list[tuple[Line, int, str]] = []
    for line in lines[first:]:
        found = MARK.match(OPENED.sub("", line.text)) if line.free else None
        if not found or line.paragraph is None:
            break
        words = OPENED.sub("", line.text)[found.end() :]
        notes.append((line, number_of(found), words))
    above = [line for line in lines[start:heading] if line.free]
    places = [find_mark(above, number) for _line, number, _words in notes]
    if not notes or any(place is None for place in places):
        return
    for (line, number, words), _place in zip(notes, places, strict=True):
        if (place := find_mark(above, number)) is not None:
            owner, begin, end = place
            if owner.paragraph is not None:
                owner.item = noted(owner.paragraph, begin, end, words)
        line.part = Part.LEFT_OUT
    if first > heading:
        lines[heading].part = Part.LEFT_OUT


def opens_notes(line: Line) -> bool:
    return line.free and bool(HEADING.fullmatch(line.text) or OPENED.match(line.text))


def number_of(found: re.Match[str]) -> int:
    if found["ring"]:
        return ord(found["ring"]) - 0x245F
    return int(found["square"] or found["round"] or found["bare"])


def find_mark(lines: Sequence[Line], number: int) -> tuple[Line, int, int] | None:
    """Where the text refers to a note: ``①`` or ``[1]`` behind a word, or a raised figure."""
    ring = chr(0x245F + number)
    pattern = re.compile(rf"(?<=[^\s；;：:]){ring}|(?<=\S)[\[［〔]{number}[\]］〕]")
    for line in lines:
        if line.paragraph is None:
            continue
        if found := pattern.search(line.paragraph.text):
            return line, *found.span()
        if place := raised_figure(line.paragraph, number):
            return line, *place
    return None


def raised_figure(paragraph: Paragraph, number: int) -> tuple[int, int] | None:
    at = 0
    for run in paragraph.runs:
        if run.raised and run.text.strip("[]［］（）() ") == str(number) and at:
            return at, at + len(run.text)
        at += len(run.text)
    return None
