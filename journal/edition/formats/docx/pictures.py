"""Pictures as Word can show them, set inline."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from PIL import Image

from articles.pictures import FORMATS, derive
from journal.edition.formats.blocks import FigureText, plain
from journal.edition.formats.sound import read_picture
from journal.edition.store import EditionError

from .markup import NAMESPACES, made

__all__ = ["EMU", "Picture", "drawing", "picture_for_word"]

#: English metric units a twentieth of a point.
EMU = 635
PIXEL = 9525  # EMU, at 96 a inch
HIGHEST = 6_480_000  # EMU: 180 mm, so that the words under it stay on its page


@dataclass(frozen=True)
class Picture:
    """JPEG or PNG, with its size in pixels."""

    data: bytes
    width: int
    height: int


def picture_for_word(figure: FigureText, place: str) -> Picture:
    """The picture as it was stored; WebP, which Word does not know, re-encoded. Raises ``EditionError``."""
    data = read_picture(figure, place)
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        known = image.format in {"JPEG", "PNG"}
        size = image.size
    if known:
        return Picture(data, *size)
    try:
        derived = derive(data).read()
    except ValidationError as error:
        raise EditionError(f"{place}：{''.join(error.messages)}") from error
    with Image.open(io.BytesIO(derived), formats=FORMATS) as image:
        return Picture(derived, *image.size)


def drawing(
    picture: Picture, figure: FigureText, relation: str, *, number: int, width: int, fill: bool = False
) -> Any:
    """``w:drawing`` at most ``width`` EMU wide; ``fill``: just as wide. Screen readers get its words."""
    wide = width if fill else min(width, picture.width * PIXEL)
    scale = min(wide / picture.width, HIGHEST / picture.height)
    size: dict[str, object] = {"cx": round(picture.width * scale), "cy": round(picture.height * scale)}
    words = figure.alternative or plain(figure.caption)
    name: dict[str, object] = {"id": number, "name": f"图 {number}"}
    locks = made("a:graphicFrameLocks", {"noChangeAspect": 1})
    return made(
        "w:drawing",
        {},
        made(
            "wp:inline",
            {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
            made("wp:extent", size),
            made("wp:docPr", {**name, "descr": words}),
            made("wp:cNvGraphicFramePr", {}, locks),
            made(
                "a:graphic",
                {},
                made("a:graphicData", {"uri": NAMESPACES["pic"]}, picture_element(name, size, relation)),
            ),
        ),
    )


def picture_element(name: dict[str, object], size: dict[str, object], relation: str) -> Any:
    return made(
        "pic:pic",
        {},
        made("pic:nvPicPr", {}, made("pic:cNvPr", name), made("pic:cNvPicPr", {})),
        made(
            "pic:blipFill",
            {},
            made("a:blip", {"r:embed": relation}),
            made("a:stretch", {}, made("a:fillRect", {})),
        ),
        made(
            "pic:spPr",
            {},
            made("a:xfrm", {}, made("a:off", {"x": 0, "y": 0}), made("a:ext", size)),
            made("a:prstGeom", {"prst": "rect"}, made("a:avLst", {})),
        ),
    )
