"""One file, whatever its format, to what was understood of it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.utils.translation import ngettext
from PIL import Image

from articles.pictures import FORMATS, MAX_PIXELS

from . import refusals
from .layout import Layout
from .meaning import understand
from .package import Package
from .plain import layout_of_html, layout_of_text
from .precheck import precheck
from .recognise import Kind
from .understood import WordManuscript
from .walk import walk
from .word2003 import Word2003

__all__ = ["read_word", "reader_into"]


def read_word(data: bytes, filename: str, *, keep: Callable[[str, bytes], None]) -> WordManuscript:
    """Understand one manuscript; ``keep(id, bytes)`` is handed each picture the text holds.

    Raises ``NotAManuscript`` with a sentence for its sender; nothing is kept then. Formats only an office
    program opens are to be turned into .docx before (``office.modern``).
    """
    layout, picture = layout_of(data, precheck(data))
    understood = understand(layout, filename)
    if not understood.manuscript.blocks and not understood.pictures:
        raise refusals.wordless()
    unfit = 0
    for id, part, _words in layout.pictures:
        data = picture(part)
        unfit += not is_fit(data)
        keep(id, data)
    return replace(understood, not_taken=(*understood.not_taken, *unfit_pictures(unfit)))


def is_fit(data: bytes) -> bool:
    """Whether a picture can be one of the house's, by its head alone; nothing is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
                return image.width * image.height <= MAX_PIXELS
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return False


def unfit_pictures(number: int) -> list[str]:
    sentence = ngettext(
        "%(n)s picture that is too large or damaged: save it anew as JPEG and add it.",
        "%(n)s pictures that are too large or damaged: save them anew as JPEG and add them.",
        number,
    )
    return [sentence % {"n": number}] if number else []


def reader_into(folder: Path) -> Callable[[bytes, str], WordManuscript]:
    """A reader that puts the pictures into ``folder`` under their ids."""

    def keep(id: str, picture: bytes) -> None:
        (folder / id).write_bytes(picture)

    return lambda data, filename: read_word(data, filename, keep=keep)


def layout_of(data: bytes, kind: Kind) -> tuple[Layout, Callable[[str], bytes]]:
    """What stands on the pages, and how to get at its pictures."""
    if kind in {Kind.HTML, Kind.MHTML}:
        layout, pictures = layout_of_html(data)
        return layout, pictures.__getitem__
    if kind is Kind.TEXT:
        return layout_of_text(data), str.encode  # no pictures, so nobody asks
    package = package_of(data, kind)
    return walk(package), package.picture


def package_of(data: bytes, kind: Kind) -> Package:
    if kind is Kind.DOCX:
        return Package.of_zip(data)
    if kind is Kind.FLAT:
        return Package.of_flat(data)
    if kind is Kind.WORD_2003:
        return Word2003(data)
    raise refusals.no_office()
