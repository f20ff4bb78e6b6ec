"""Smaller copies of a published picture, in formats that cost a reader's line less; made when first needed.

Beside ``figures/<name>.jpg`` stand ``figures/<name>-960.avif`` and the like. Which there are follows from the
picture's own width, so nothing needs to be stored about them: a page names them before they exist.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import NamedTuple

from django.core.files.storage import default_storage
from PIL import Image

__all__ = ["MADE", "Rendition", "delete", "made", "of", "source_of"]

#: Widths in pixels: a telephone, a telephone with a fine screen, a column on a fine screen.
WIDTHS = (480, 960, 1600)
#: Kind → how it is written. The first is the smallest and the youngest; browsers take the first they know.
#: One thread: the same picture is then the same bytes on every machine. AVIF's speed 8 takes four times as
#: long as 9 and saves a sixth.
KINDS = {
    "avif": {"quality": 60, "speed": 9, "max_threads": 1},
    "webp": {"quality": 78, "method": 4},
}
#: The name of a rendition inside the media folder, and of the picture it is of without its ending.
MADE = re.compile(rf"(figures/[0-9a-f]{{32}})-({'|'.join(map(str, WIDTHS))})\.({'|'.join(KINDS)})")


class Rendition(NamedTuple):
    name: str  # inside the media folder
    width: int
    kind: str


def of(name: str, width: int) -> list[Rendition]:
    """The renditions of a picture ``width`` pixels wide, by kind, the narrowest first; none is wider."""
    stem = name.rpartition(".")[0]
    narrower = [one for one in WIDTHS if one <= width]
    return [Rendition(f"{stem}-{one}.{kind}", one, kind) for kind in KINDS for one in narrower]


def source_of(rendition: str) -> str | None:
    """``figures/<name>.`` of the picture a rendition's name belongs to; ``None`` for any other name."""
    found = MADE.fullmatch(rendition)
    return f"{found[1]}." if found else None


def made(name: str) -> list[str]:
    """The names of all renditions of a picture, those that are missing made first.

    Raises ``FileNotFoundError`` when the picture itself is missing, ``OSError`` when there is no room.
    """
    path = Path(default_storage.path(name))
    with Image.open(path) as picture:
        wanted = of(name, picture.width)
        missing = [one for one in wanted if not default_storage.exists(one.name)]
        for width in {one.width for one in missing}:
            size = (width, max(1, round(picture.height * width / picture.width)))
            smaller = picture.resize(size, Image.Resampling.LANCZOS)
            for one in missing:
                if one.width == width:
                    write(smaller, one)
    return [one.name for one in wanted]


def write(smaller: Image.Image, one: Rendition) -> None:
    """Beside its place first, then there in one step: whoever reads sees all of it or none."""
    place = Path(default_storage.path(one.name))
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", suffix=".tmp", delete=False) as file:
        try:
            smaller.save(file, one.kind.upper(), **KINDS[one.kind])
        except BaseException:
            os.unlink(file.name)
            raise
    os.chmod(file.name, 0o644)
    os.replace(file.name, place)


def delete(name: str) -> None:
    """Remove what was made of a picture that is removed."""
    for width in WIDTHS:
        for kind in KINDS:
            default_storage.delete(f"{name.rpartition('.')[0]}-{width}.{kind}")
