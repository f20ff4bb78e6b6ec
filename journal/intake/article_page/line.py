"""One printed line with everything its markup said about it."""

from __future__ import annotations

import enum
import re
import unicodedata
from dataclasses import dataclass

from .strand import Strand

__all__ = ["SENTENCE_END", "Area", "Line", "Shape", "key", "similar_key"]

SENTENCE_END = re.compile('[。！？!?…]+[”’』」）)》"\']*$|[.;；][”"]?$')


class Area(enum.StrEnum):
    """Where on the page a line stood, as far as the markup tells."""

    PAGE = "page"
    FURNITURE = "furniture"
    WINDOW_TITLE = "window title"  # <title>
    META = "meta"  # <meta name=… content=…>


class Shape(enum.StrEnum):
    """What the markup says a line is."""

    TEXT = "text"
    ITEM = "item"
    IMAGE = "image"
    CAPTION = "caption"
    RULE = "rule"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """``gap``: blank lines above; ``level``: a heading's rank, 0 for none; ``links``: the linked share."""

    strand: Strand
    gap: int = 0
    level: int = 0
    bold: bool = False
    centered: bool = False
    indented: bool = False
    links: float = 0.0
    area: Area = Area.PAGE
    shape: Shape = Shape.TEXT
    name: str = ""  # of a <meta>
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def text(self) -> str:
        return self.strand.text

    @property
    def size(self) -> int:
        """Characters that count: letters, digits and Chinese, without marks and blanks."""
        return len(key(self.text))

    @property
    def ends_sentence(self) -> bool:
        return SENTENCE_END.search(self.text.rstrip()) is not None


def key(text: str) -> str:
    """Fold width and case and drop marks and blanks, so that printings of the same words compare equal."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def similar_key(first: str, second: str) -> bool:
    """Return whether two keys are the same title but for the site's name or a cut end."""
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    return long == short or (len(short) >= 6 and long.startswith(short) and len(short) * 2 >= len(long))
