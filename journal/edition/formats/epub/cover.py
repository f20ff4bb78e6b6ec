"""The cover of an issue without a picture: the plate readers know from the site, as a file of its own."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from articles.drawn_cover import cover_for
from journal.edition.formats.text import IssueText

__all__ = ["drawn_cover"]

SVG = "http://www.w3.org/2000/svg"
WIDTH, HEIGHT = 210, 285  # the plate, in its units
#: Widths a name or a number may take on it.
NAME_WIDTH, NUMBER_WIDTH = 182, 98
SONG = "'Source Han Serif SC','Noto Serif CJK SC','Songti SC',SimSun,serif"
HEI = "'PingFang SC','Source Han Sans SC','Noto Sans CJK SC','Microsoft YaHei',sans-serif"


def drawn_cover(issue: IssueText) -> bytes:
    """SVG, the same for the same issue."""
    plate = cover_for(issue.year, issue.number)
    drawing = shape("svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", width=WIDTH * 4, height=HEIGHT * 4)
    drawing.append(shape("rect", width=WIDTH, height=HEIGHT, fill=plate.ground))
    drawing.append(group([shape("path", d=d, fill_opacity=n) for d, n in plate.blocks], fill=plate.ink))
    lines = [shape("path", d=d, stroke_width=n) for d, n in plate.lines]
    drawing.append(group(lines, fill="none", stroke=plate.ink))
    drawing.append(group(lettering(issue), fill=plate.ink))
    data: bytes = etree.tostring(drawing, encoding="utf-8", xml_declaration=True)
    return data


def lettering(issue: IssueText) -> list[Any]:
    """Name and serial number above the rule, year and number at the foot."""
    name, serial = issue.journal.name, issue.serial_number
    overall = _("No. %(serial)s overall") % {"serial": serial} if serial else ""
    name_size = min(34, NAME_WIDTH // max(len(name), 1))
    number_size = min(96, int(NUMBER_WIDTH / (0.58 * len(issue.number))))
    small = {"y": 54, "font_size": 6.4, "font_family": HEI, "font_weight": 500, "letter_spacing": 1}
    large = {"y": 268, "font_family": SONG}
    return [
        words(name, x=13, y=40, font_size=name_size, font_family=SONG, font_weight=700, letter_spacing=2),
        words(issue.journal.pinyin_name.upper(), x=14, **small),
        words(overall, x=196, text_anchor="end", **small),
        shape("path", d="M14 60h182v1.6h-182zM14 63h182v.5h-182z"),
        words(str(issue.year), x=13, font_size=34, **large),
        words(issue.number, x=197, text_anchor="end", font_size=number_size, font_weight=900, **large),
    ]


def group(shapes: list[Any], **attributes: Any) -> Any:
    made = shape("g", **attributes)
    made.extend(shapes)
    return made


def words(said: str, **attributes: Any) -> Any:
    made = shape("text", **attributes)
    made.text = said
    return made


def shape(name: str, **attributes: Any) -> Any:
    made = etree.Element(f"{{{SVG}}}{name}", nsmap={None: SVG})
    for key, value in attributes.items():
        made.set(key.replace("_", "-") if key != "viewBox" else key, str(value))
    return made
