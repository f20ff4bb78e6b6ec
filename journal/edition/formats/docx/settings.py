"""The parts that say how Word treats the file: settings, heads and feet of pages, the pages' sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .markup import made, text, w

__all__ = ["A4", "TRIM", "PageSize", "footer", "header", "section", "settings"]

SIDE = 1474  # twips beside the text: 26 mm
#: What may not begin and what may not end a line; Word's own list lacks some of ours.
NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠—"
)
NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"


@dataclass(frozen=True)
class PageSize:
    """In twips; ``top`` and ``bottom`` are the empty strips."""

    width: int
    height: int
    top: int = 1500
    bottom: int = 1400


A4 = PageSize(11906, 16838)
#: 210 × 285 mm, what the journal is trimmed to.
TRIM = PageSize(11906, 16157, top=1360, bottom=1250)


def settings() -> Any:
    """The root of ``settings.xml``."""
    return w(
        "settings",
        w("zoom", percent=100),
        w("characterSpacingControl", val="compressPunctuation"),
        w("noLineBreaksAfter", lang="zh-CN", val=NOT_LAST),
        w("noLineBreaksBefore", lang="zh-CN", val=NOT_FIRST),
        w("footnotePr", w("footnote", id=-1), w("footnote", id=0)),
        w("compat", w("doNotExpandShiftReturn"), compatibility("compatibilityMode", 15)),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def compatibility(name: str, value: int) -> Any:
    return w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)


def header(left: str, right: str) -> Any:
    """A running head: the section on the left, the journal and its number on the right."""
    return w("hdr", line("Header", text(left), w("tab"), text(right)))


def footer() -> Any:
    """The page's number, counted by Word."""
    number = w("fldSimple", w("r", text("1")), instr=" PAGE ")
    return w("ftr", w("p", style("Footer"), w("r", text("— ")), number, w("r", text(" —"))))


def line(name: str, *pieces: Any) -> Any:
    return w("p", style(name), w("r", *pieces))


def style(name: str) -> Any:
    return w("pPr", w("pStyle", val=name))


def section(size: PageSize, *, header: str = "", footer: str = "", bare_first: bool = False) -> Any:
    """``w:sectPr``; ``header`` and ``footer`` are relation ids. Notes are counted anew in each section."""
    return w(
        "sectPr",
        reference("headerReference", header),
        reference("footerReference", footer),
        w("footnotePr", w("numRestart", val="eachSect")),
        w("type", val="nextPage"),
        w("pgSz", w=size.width, h=size.height),
        w(
            "pgMar",
            top=size.top,
            right=SIDE,
            bottom=size.bottom,
            left=SIDE,
            header=720,
            footer=680,
            gutter=0,
        ),
        w("cols", space=720),
        w("titlePg") if bare_first else None,
    )


def reference(name: str, id: str) -> Any:
    return made(f"w:{name}", {"w:type": "default", "r:id": id}) if id else None
