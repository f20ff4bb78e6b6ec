"""Changing a paragraph's text without losing the look of what stays: cut, close gaps, divide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .layout import Paragraph, Run

__all__ = ["Edit", "divided", "edited", "lines_of", "noted", "part", "tidied", "tidy"]

#: (start, end, the words to put there): offsets into ``Paragraph.text``.
Edit = tuple[int, int, str]

INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]"
)
BLANKS = "[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
HAN = "\u3400-\u9fff\uf900-\ufaff"
MARKS = "，。；：？！、（）《》“”‘’…—【】「」『』〈〉"
GAPS = re.compile(
    rf"(?<=[{MARKS}]){BLANKS}+(?=[{HAN}{MARKS}\d])|(?<=[{HAN}\d]){BLANKS}+(?=[，。；：？！、）》”])"
)
WIDE_GAP = re.compile(rf"{BLANKS}{{2,}}|[\t\u00a0\u2000-\u200a\u202f\u205f]")
#: 李　伟; 文, 图 and 摄 behind a name are what somebody did, unless nobody comes after them
PADDED = re.compile(rf"(?<![{HAN}])(?P<first>[{HAN}])(?P<gap>{BLANKS}{{1,4}})(?P<second>[{HAN}])(?![{HAN}])")
ROLES = "文图摄绘"
#: 陶 一 苇: three signs, each by itself
SPELT = re.compile(
    rf"(?:^|(?<=[：:，,、（(]))(?![{ROLES}])[{HAN}](?P<gap>{BLANKS}{{1,2}})[{HAN}](?P=gap)(?![{ROLES}])[{HAN}]"
    rf"(?=$|[，,、；;（）()])"
)
OPENING_LABEL = re.compile(
    rf"{BLANKS}*(?P<label>(?:中文|内容|文章)?[摘提]{BLANKS}*要|关{BLANKS}*键{BLANKS}*[词字]|主题词|内容简介|核心提示)(?P<gap>{BLANKS}*)(?=[^\s：:】\]〕］〗]{{2}})"
)
#: Between people a gap is all that parts them: ``本刊讯（记者 甲 乙）``, ``……。（甲　乙）``
OPENING_PEOPLE = re.compile(r"\s*[\u4e00-\u9fff\d]{0,12}[（(【][^（()）【】。]{3,60}[）)】]")
CLOSING_BRACKET = re.compile(r"(?<=[。！？…”])\s*[（(][^（()）。]{3,60}[）)]\s*$")
LONG_TEXT = 30
PROSE_GAP = re.compile(rf"(?<=[{HAN}]){BLANKS}+(?=[{HAN}])")
PROSE = 40
ENDS = re.compile("[。！？!?…；;][”’』」）)》\"']*$")


def edited(paragraph: Paragraph, edits: Iterable[Edit]) -> Paragraph:
    """``paragraph`` with pieces of its text replaced; overlapping edits count once, the first wins."""
    todo = sorted(edits)
    if not todo:
        return paragraph
    runs: list[Run] = []
    at = 0
    for run in paragraph.runs:
        end = at + len(run.text)
        text, place = "", at
        for start, stop, words in todo:
            if stop <= place or start >= end or (start < at and stop <= at):
                continue
            if start >= place:
                text += run.text[place - at : start - at] + words
            place = min(max(stop, place), end)
        text += run.text[place - at :]
        if text or run.note or run.picture:
            runs.append(replace(run, text=text))
        at = end
    return replace(paragraph, runs=tuple(runs))


def part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """The stretch ``[start, end)`` of a paragraph; pictures and notes stay with the words before them."""
    runs: list[Run] = []
    at = 0
    for run in paragraph.runs:
        stop = at + len(run.text)
        if run.text:
            words = run.text[max(start - at, 0) : max(end - at, 0)]
            if words:
                runs.append(replace(run, text=words))
        elif start < at <= end or (at == 0 and start == 0):
            runs.append(run)
        at = stop
    return replace(paragraph, runs=tuple(runs))


def noted(paragraph: Paragraph, start: int, end: int, words: str) -> Paragraph:
    """The paragraph with a note in place of the mark ``[start, end)``."""
    before, after = part(paragraph, 0, start), part(paragraph, end, len(paragraph.text))
    return replace(paragraph, runs=(*before.runs, Run(note=words.strip()), *after.runs))


def tidy_edits(text: str) -> list[Edit]:
    """What to close up: typed indents, invisible signs, gaps between Chinese, padded names."""
    edits: list[Edit] = [(*m.span(), "") for m in INVISIBLE.finditer(text)]
    lead = re.match(r"\s*", text)
    tail = re.search(r"\s*$", text)
    if lead and lead.end():
        edits.append((0, lead.end(), ""))
    if tail and tail.start() < len(text) and tail.start() >= (lead.end() if lead else 0):
        edits.append((tail.start(), len(text), ""))
    edits += [(*m.span(), "") for m in re.finditer(r"(?<=\n)[^\S\n]+|[^\S\n]+(?=\n)", text)]
    if len(text) > LONG_TEXT and ENDS.search(text.rstrip()):
        people = [m.span() for m in (OPENING_PEOPLE.match(text), CLOSING_BRACKET.search(text)) if m]
        gaps = [m.span() for pattern in (GAPS, PROSE_GAP) for m in pattern.finditer(text)]
        edits += [(a, b, "") for a, b in gaps if not any(first <= a < last for first, last in people)]
    edits += [(*m.span(), "") for words in SPELT.finditer(text) for m in inner_gaps(words)]
    edits += [(*m.span("gap"), "") for m in padded_names(text)]
    edits += [(*m.span(), " ") for m in WIDE_GAP.finditer(text)]
    edits.sort(key=lambda edit: (edit[0], -edit[1]))
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept


def tidy(text: str) -> str:
    """Plain text as ``tidied`` leaves a paragraph."""
    for start, end, words in reversed(tidy_edits(text)):
        text = text[:start] + words + text[end:]
    return text


def inner_gaps(words: re.Match[str]) -> Iterator[re.Match[str]]:
    return re.compile(rf"{BLANKS}+").finditer(words.string, *words.span())


def padded_names(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while found := PADDED.search(text, place):
        role = found["first"] in ROLES or (found["second"] in ROLES and text[found.end() :].strip())
        if not role:
            yield found
        place = found.start("second") if role else found.end()


def labelled(paragraph: Paragraph) -> Paragraph:
    """摘要 set apart by a gap or by its boldness alone is given the colon it stands for."""
    found = OPENING_LABEL.match(paragraph.text)
    if found is None or len(paragraph.text) <= found.end():
        return paragraph
    first = next(run for run in paragraph.runs if run.text.strip())
    alone = first.bold and not paragraph.bold and first.text.strip() == found["label"].strip()
    if not found["gap"] and not alone:
        return paragraph
    return edited(paragraph, [(*found.span("gap"), "：")])


def tidied(paragraph: Paragraph) -> Paragraph:
    paragraph = labelled(paragraph)
    return edited(paragraph, tidy_edits(paragraph.text))


def divided(paragraph: Paragraph) -> Sequence[Paragraph]:
    """The paragraphs somebody made with line breaks instead of returns; a poem or a title stays whole."""
    lines = paragraph.text.split("\n")
    if len([line for line in lines if line.strip()]) < 2:
        return [paragraph]
    indented = any(re.match(r"[\u3000]|\s{2,}", line) for line in lines[1:])
    prose = any(len(line.strip()) >= PROSE for line in lines)
    if not (indented or prose or all(ENDS.search(line.strip()) for line in lines if line.strip())):
        return [paragraph]
    return lines_of(paragraph)


def lines_of(paragraph: Paragraph) -> list[Paragraph]:
    """One paragraph for each printed line."""
    found: list[Paragraph] = []
    at = 0
    for line in paragraph.text.split("\n"):
        piece = part(paragraph, at, at + len(line))
        if not piece.is_empty:
            found.append(replace(piece, label="" if found else paragraph.label))
        at += len(line) + 1
    return found
