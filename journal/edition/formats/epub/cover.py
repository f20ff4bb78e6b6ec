"""The cover of an issue without a picture: name, year and number in type, as a vector drawing."""

from __future__ import annotations

import hashlib
from typing import Any

from lxml import etree

from journal.edition.formats.text import IssueText

__all__ = ["drawn_cover"]

SVG = "http://www.w3.org/2000/svg"
WIDTH, HEIGHT, EDGE = 210, 285, 20  # the large sixteenmo in millimetres
PAPER, INK, RED = "#fbfaf7", "#1c1b19", "#a6281e"
SONG = "'Source Han Serif SC','Noto Serif CJK SC','Songti SC',SimSun,serif"
HEI = "'PingFang SC','Source Han Sans SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif"


def drawn_cover(issue: IssueText) -> bytes:
    """SVG; the levels of its lines come from year and number, the same for the same issue."""
    drawing = shape("svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", width=WIDTH * 4, height=HEIGHT * 4)
    drawing.append(shape("rect", width=WIDTH, height=HEIGHT, fill=PAPER))
    name = issue.journal.name
    size = min(46, (WIDTH - 2 * EDGE) / max(len(name), 1))
    drawing.append(words(name, EDGE, 68, size, SONG, weight=700))
    drawing.append(words(issue.journal.pinyin_name.upper(), EDGE + 1, 80, 5.5, HEI, spacing=1.6))
    drawing.append(shape("rect", x=EDGE, y=92, width=24, height=2, fill=RED))
    drawing.extend(levels(f"{issue.year}/{issue.number}"))
    drawing.append(words(str(issue.year), EDGE, 252, 15, SONG))
    drawing.append(words(issue.number, WIDTH - EDGE, 252, 44, SONG, weight=700, anchor="end"))
    drawing.append(words(issue.label, EDGE, 266, 5.5, HEI))
    drawing.append(words(issue.journal.organiser, EDGE, 275, 5, HEI))
    data: bytes = etree.tostring(drawing, encoding="utf-8", xml_declaration=True)
    return data


def shape(name: str, **attributes: Any) -> Any:
    made = etree.Element(f"{{{SVG}}}{name}", nsmap={None: SVG})
    for key, value in attributes.items():
        made.set(key.replace("_", "-"), f"{value:g}" if isinstance(value, float) else str(value))
    return made


def words(
    said: str,
    x: float,
    y: float,
    size: float,
    family: str,
    *,
    weight: int = 400,
    spacing: float = 0,
    anchor: str = "start",
) -> Any:
    made = shape(
        "text",
        x=x,
        y=y,
        font_size=size,
        font_family=family,
        font_weight=weight,
        letter_spacing=spacing,
        text_anchor=anchor,
        fill=INK,
    )
    made.text = said
    return made


def levels(seed: str) -> list[Any]:
    """Water lines: fourteen strokes whose lengths and weights a hash of ``seed`` gives."""
    digest = hashlib.sha256(seed.encode()).digest()
    lines, y = [], 108.0
    for number in range(14):
        start = EDGE + (digest[number] / 255) * 70 if number % 3 else EDGE
        width = WIDTH - EDGE - start
        height = 0.5 + digest[number + 14] / 255 * (3.5 if number % 4 == 0 else 0.8)
        lines.append(shape("rect", x=start, y=y, width=width, height=height, fill=INK))
        y += 7.4
    return lines
