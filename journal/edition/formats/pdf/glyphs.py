"""Which signs a font can print, read from its ``cmap`` table (OpenType 1.9, formats 4 and 12).

Typst prints an empty box for a sign the fonts lack and says nothing, so this is asked before it sets a page.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

__all__ = ["missing_sign"]

#: What is never drawn: joiners, variation selectors, the byte order mark, the zero width space …
IGNORED = {0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
#: Platform and encoding of a Unicode table, the fullest first.
UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))

Ranges = tuple[tuple[int, ...], tuple[int, ...]]  # first and last code of each, sorted


def missing_sign(text: str, font: Path) -> str | None:
    """The first sign of ``text`` that ``font`` cannot print."""
    firsts, lasts = ranges_of(font)
    for sign in sorted(set(text)):
        code = ord(sign)
        if code in IGNORED or sign.isspace():
            continue
        at = bisect_right(firsts, code) - 1
        if at < 0 or code > lasts[at]:
            return sign
    return None


@lru_cache(maxsize=4)
def ranges_of(font: Path) -> Ranges:
    """Of a collection the first font: those of one file share their signs."""
    with font.open("rb") as file:
        data = file.read(4)
        start = 0
        if data == b"ttcf":
            file.seek(12)
            (start,) = struct.unpack(">I", file.read(4))
        file.seek(start + 4)
        (count,) = struct.unpack(">H", file.read(2))
        file.seek(start + 12)
        tables = {}
        for tag, _sum, offset, length in struct.iter_unpack(">4sIII", file.read(16 * count)):
            tables[tag] = (offset, length)
        offset, length = tables[b"cmap"]
        file.seek(offset)
        cmap = file.read(length)
    found = sorted(format_of(cmap, best_table(cmap)))
    return tuple(first for first, _last in found), tuple(last for _first, last in found)


def best_table(cmap: bytes) -> int:
    (count,) = struct.unpack_from(">H", cmap, 2)
    offered = {
        (platform, encoding): offset
        for platform, encoding, offset in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])
    }
    return next(offered[kind] for kind in UNICODE if kind in offered)


def format_of(cmap: bytes, at: int) -> list[tuple[int, int]]:
    (form,) = struct.unpack_from(">H", cmap, at)
    if form == 12:
        (count,) = struct.unpack_from(">I", cmap, at + 12)
        groups = struct.iter_unpack(">III", cmap[at + 16 : at + 16 + 12 * count])
        return [(first, last) for first, last, _glyph in groups]
    (doubled,) = struct.unpack_from(">H", cmap, at + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", cmap, at + 14)
    firsts = struct.unpack_from(f">{count}H", cmap, at + 16 + doubled)
    return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first != 0xFFFF]
