"""One file, whatever its format, to what was understood of it."""

from __future__ import annotations

from collections.abc import Callable

from . import refusals
from .layout import Layout
from .meaning import understand
from .package import Package
from .precheck import precheck
from .recognise import Kind
from .understood import WordManuscript
from .walk import walk

__all__ = ["read_word"]


def read_word(data: bytes, filename: str, *, keep: Callable[[str, bytes], None]) -> WordManuscript:
    """Understand one manuscript; ``keep(id, bytes)`` is handed each picture the text holds.

    Raises ``NotAManuscript`` with a sentence for its sender; nothing is kept then.
    """
    kind = precheck(data)
    package = package_of(data, kind)
    layout: Layout = walk(package)
    understood = understand(layout, filename)
    for id, part, _words in layout.pictures:
        keep(id, package.picture(part))
    return understood


def package_of(data: bytes, kind: Kind) -> Package:
    if kind is Kind.DOCX:
        return Package.of_zip(data)
    if kind is Kind.FLAT:
        return Package.of_flat(data)
    raise refusals.no_office()
