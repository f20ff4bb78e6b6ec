"""Plain text and markdown to lines: the mark-up is dropped, what it meant is kept on the line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .line import Line, Shape
from .strand import Piece, Strand

__all__ = ["read_plain"]

_INLINE = re.compile(
    r"(?P<image>!\[(?P<alt>[^\]\n]{0,300})\]\([^)\n]{0,2000}\))"
    r"|(?P<link>\[(?P<label>[^\[\]\n]{0,300}|!\[[^\[\]\n]{0,300}\]\([^()\n]{0,500}\))\]\([^()\n]{0,500}(?:\([^()\n]{0,200}\)[^()\n]{0,500})?\))"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,400}>|<!--.*?-->)"
    r"|(?P<auto><https?://[^>\s]+>)"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});)"
    r"|(?P<mark>\*{1,3}|__|~~|`|(?<![\w])_(?=\S)|(?<=\S)_(?![\w]))"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+.!>~|-]))"
)
_OPENING = re.compile(
    r"\s*(?P<quote>(?:>\s?)+)?\s*(?:(?P<hashes>#{1,6})(?:\s+|(?=[\u4e00-\u9fff“《【]))|(?P<item>[-*+•]\s+))?"
)
_RULE = re.compile(r"\s*(?:[-=*_—－─━~·.…]{3,}|(?:[-*_] ){3,})\s*$")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*$")
_BREAK = re.compile(r"<(?:br|/p|/div|/h\d|/li|/tr)\s*/?>", re.IGNORECASE)
_LINE_BREAKS = re.compile("[\n\v\f\u0085\u2028\u2029]")


def read_plain(text: str) -> tuple[Line, ...]:
    """Return the non-blank lines of plain or lightly marked text."""
    lines: list[Line] = []
    gap = 0
    for source, start in _source_lines(text):
        line = _read_line(source, start, gap)
        if line is None:
            gap += 1
            continue
        if _is_underline(source) and _can_be_underlined(lines, gap):
            lines[-1] = _raise(lines[-1], 1 if "=" in source else 2)
            continue
        lines.append(line)
        gap = 0
    return tuple(_join_tables(lines))


def _source_lines(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for part in _LINE_BREAKS.split(text):
        at = 0
        for found in _BREAK.finditer(part):
            yield part[at : found.start()], start + at
            at = found.end()
        if at == 0 or part[at:].strip():
            yield part[at:], start + at
        start += len(part) + 1


def _is_underline(source: str) -> bool:
    return re.fullmatch(r"={3,}\s*|-{3,}\s*", source) is not None


def _can_be_underlined(lines: list[Line], gap: int) -> bool:
    return bool(lines) and gap == 0 and lines[-1].shape is Shape.TEXT and 0 < lines[-1].size <= 40


def _raise(line: Line, level: int) -> Line:
    return Line(line.strand, line.gap, level, line.bold, shape=line.shape, links=line.links)


def _read_line(source: str, start: int, gap: int) -> Line | None:
    if not source.strip(" \t\u00a0\u3000\ufeff\u200b"):
        return None
    if _RULE.match(source):
        return Line(Strand.of(source.strip(), start + source.index(source.strip())), gap, shape=Shape.RULE)
    opening = _OPENING.match(source)
    at = opening.end() if opening else 0
    hashes = opening.group("hashes") if opening else None
    strand, bold, links, image = _read_inline(source[at:], start + at)
    indented = source[:1] in "\u3000\t" or source.startswith("  ")
    if not strand.text.strip():
        return None if not image else Line(Strand.of(source.strip(), start), gap, shape=Shape.IMAGE)
    shape = Shape.ITEM if opening and opening.group("item") else Shape.TEXT
    if hashes:
        strand = _drop_closing_hashes(strand)
    return Line(strand, gap, len(hashes or ""), bold, indented=indented, links=links, shape=shape)


def _drop_closing_hashes(strand: Strand) -> Strand:
    return strand.slice(0, len(strand.text.rstrip("# ")))


def _read_inline(source: str, start: int) -> tuple[Strand, bool, float, bool]:
    """Return the words with the inline marks gone; whether all are bold; the linked share; an image seen."""
    pieces: list[Piece] = []
    linked = 0
    image, at = False, 0
    for found in _INLINE.finditer(source):
        _add(pieces, source, at, found.start(), start)
        at = found.end()
        if found.group("link"):
            inner, _bold, _links, inner_image = _read_inline(
                found.group("label"), start + found.start("label")
            )
            pieces.extend(inner.pieces)
            linked += len(inner)
            image = image or inner_image
        elif found.group("entity"):
            pieces.append(Piece(html.unescape(found.group()), start + found.start(), start + found.end()))
        image = image or bool(found.group("image")) or found.group().lower().startswith("<img")
    _add(pieces, source, at, len(source), start)
    strand = Strand(tuple(pieces)).strip().squeeze()
    return strand, _all_bold(source), linked / max(len(strand), 1), image


def _add(pieces: list[Piece], source: str, first: int, last: int, start: int) -> None:
    if first < last:
        pieces.append(Piece(source[first:last], start + first, start + last))


def _all_bold(source: str) -> bool:
    bare = source.strip()
    return bool(re.fullmatch(r"(\*\*|__)(?:(?!\1).)+\1|<(strong|b)>.*</\2>", bare))


def _join_tables(lines: list[Line]) -> Iterator[Line]:
    """Neighbouring ``| a | b |`` rows are one table."""
    rows: list[Line] = []
    for line in lines:
        if line.shape is Shape.TEXT and _TABLE_ROW.match(line.text):
            rows.append(line)
            continue
        yield from _flush(rows)
        rows = []
        yield line
    yield from _flush(rows)


def _flush(rows: list[Line]) -> Iterator[Line]:
    if len(rows) < 2:
        yield from rows
        return
    strand = Strand(tuple(p for row in rows for p in (*row.strand.pieces, Piece("\n", 0, 0))))
    cells = tuple(
        tuple(c.strip() for c in row.text.strip().strip("|").split("|"))
        for row in rows
        if not _TABLE_RULE.match(row.text)
    )
    yield Line(strand, rows[0].gap, shape=Shape.TABLE, rows=cells)
