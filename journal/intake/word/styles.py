"""What a style, its parents and the file's defaults say of a paragraph or a run."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .package import local, q

__all__ = ["Look", "Styles"]

HALF_POINTS = 2
DEEPEST = 12
HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
MOST = 10_000  # no size, level or number of a real file is larger
OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Look:
    """Settings of a paragraph's text; ``None`` and empty where nothing is said."""

    name: str = ""
    outline: int | None = None
    align: str = ""
    size: float | None = None
    font: str = ""
    indented: bool | None = None
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    lowered: bool | None = None
    numbering: tuple[str, int] | None = None  # (list, level)

    def under(self, other: Look) -> Look:
        """What ``other``, nearer to the text, leaves standing of this one."""
        said = {
            name: value
            for name in self.__slots__
            if (value := getattr(other, name)) is not None and value != ""
        }
        own = said.get("numbering")
        if own and not own[0] and self.numbering:  # only another level of the list the style counts in
            said["numbering"] = (self.numbering[0], own[1])
        return replace(self, **said)


def is_on(element: Any) -> bool:
    """``<w:b/>`` is on, ``<w:b w:val="0"/>`` is off."""
    return str(element.get(q("val"), "1")).lower() not in OFF


def number(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < MOST else None


def read_look(properties: Any) -> Look:
    """The settings in ``w:pPr`` or ``w:rPr``; unknown ones are passed over."""
    if properties is None:
        return Look()
    said: dict[str, Any] = {}
    for child in properties:
        name, value = local(child), child.get(q("val"))
        if name == "jc":
            said["align"] = {"start": "left", "end": "right"}.get(value or "", value or "")
        elif name == "outlineLvl" and (level := number(value)) is not None:
            said["outline"] = int(level) + 1 if level < 9 else 0
        elif name == "sz" and (size := number(value)):
            said["size"] = size / HALF_POINTS
        elif name == "rFonts":
            said["font"] = child.get(q("eastAsia")) or child.get(q("ascii")) or ""
        elif name == "ind" and (first := first_line(child)) is not None:
            said["indented"] = first > 0
        elif name in {"b", "i"}:
            said["bold" if name == "b" else "italic"] = is_on(child)
        elif name in {"vanish"}:
            said["hidden"] = is_on(child)
        elif name == "vertAlign":
            said |= {"raised": value == "superscript", "lowered": value == "subscript"}
        elif name == "numPr":
            said["numbering"] = read_numbering(child)
    return Look(**said)


def first_line(indent: Any) -> float | None:
    """How far the first line is set in; ``None`` where nothing is said."""
    said = [number(indent.get(q(name))) for name in ("firstLine", "firstLineChars")]
    known = [value for value in said if value is not None]
    return max(known) if known else None


def read_numbering(element: Any) -> tuple[str, int] | None:
    """The list and level a paragraph is counted in; list ``0`` means: not counted any more."""
    found = {local(child): child.get(q("val"), "") for child in element}
    level = number(found.get("ilvl"))
    return (found.get("numId", ""), int(level or 0)) if found else None


class Styles:
    """The file's styles by their ids."""

    def __init__(self, root: Any | None) -> None:
        self.rows: dict[str, Any] = {}
        self.usual = ""
        self.defaults = Look()
        for child in root if root is not None else ():
            if local(child) == "style":
                key = child.get(q("styleId"), "")
                self.rows[key] = child
                if child.get(q("type")) == "paragraph" and is_on_flag(child.get(q("default"))):
                    self.usual = key
            elif local(child) == "docDefaults":
                self.defaults = read_look(child.find(f".//{q('rPr')}"))
        self.of = cache(self._of)

    def _of(self, key: str) -> Look:
        """A style with what it inherits; the name is its own."""
        chain: list[Any] = []
        asked = key
        while key in self.rows and len(chain) < DEEPEST:
            chain.append(self.rows[key])
            based = chain[-1].find(q("basedOn"))
            key = based.get(q("val"), "") if based is not None else ""
        look = Look()
        for row in reversed(chain):
            name = row.find(q("name"))
            own = replace(
                read_look(row.find(q("pPr"))), name=(name.get(q("val"), "") if name is not None else "")
            )
            look = look.under(own).under(read_look(row.find(q("rPr"))))
        named = HEADING.fullmatch(look.name or asked)
        if named and look.outline is None:
            look = replace(look, outline=int(named[1]))
        return look if look.name else replace(look, name=asked)

    def paragraph(self, properties: Any) -> Look:
        """The look of a paragraph: defaults, style, its own settings."""
        style = properties.find(q("pStyle")) if properties is not None else None
        key = style.get(q("val"), "") if style is not None else self.usual
        return self.defaults.under(self.of(key)).under(read_look(properties))

    def run(self, properties: Any, paragraph: Look) -> Look:
        """The look of a run inside a paragraph of that look."""
        style = properties.find(q("rStyle")) if properties is not None else None
        named = self.of(style.get(q("val"), "")) if style is not None else Look()
        return paragraph.under(replace(named, name="")).under(read_look(properties))


def is_on_flag(value: str | None) -> bool:
    return value is not None and value.lower() not in OFF
