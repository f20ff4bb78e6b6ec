"""Blocks to a body: the order of the print, ranks as headings, notes at their place, nothing dropped.

A scan has captions but no pictures. A caption stays where it was printed, as a figure that has no picture
yet: ``<figure><figcaption>…</figcaption></figure>``; whoever adds the picture puts it inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby

from journal.intake.manuscript import Block, BlockKind, Manuscript
from journal.intake.names import looks_like_person, looks_like_unit

__all__ = ["body_html"]

PRINTED = {
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE,
    BlockKind.CAPTION,
}
_BULLET = re.compile(r"^[-*+•·●▪◆■]\s*")
_NUMBER = re.compile(r"^(\d{1,3})[.．、]\s*")
_NOTE_MARK = re.compile(
    r"\s*([\u2460-\u2473]|\[\d{1,3}\]|〔\d{1,3}〕|［\d{1,3}］|[（(]\d{1,3}[）)]|\*{1,3}|※|注\s*\d*\s*[：:])\s*"
)
_DATE_LINE = re.compile(r"[（(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})年.{1,12}[）)]?")
_SIGN_LONGEST = 30
_SIGN_LINES = 3


def body_html(manuscript: Manuscript) -> str:
    """The manuscript's printed blocks as HTML of the house's schema; every word is escaped."""
    blocks = [b for b in manuscript.blocks if b.kind in PRINTED]
    signs = _sign_lines(blocks)
    parts = list(_parts(blocks, signs))
    notes = [b.text for b in manuscript.blocks if b.kind is BlockKind.FOOTNOTE] or list(manuscript.footnotes)
    for note in notes:
        _set_note(parts, note)
    return "\n".join(parts)


def _parts(blocks: list[Block], signs: set[str]) -> Iterator[str]:
    for kind, run in groupby(blocks, key=lambda b: b.kind):
        if kind is BlockKind.LIST_ITEM:
            yield _list(list(run))
        else:
            for block in run:
                yield _sign(block) if block.id in signs else WRITERS[kind](block)


def _words(text: str) -> str:
    """Escaped, with the line breaks of a poem or an address kept."""
    lines = (line.strip() for line in text.strip().split("\n"))
    return "<br>".join(escape(line, quote=False) for line in lines if line)


def _paragraph(block: Block) -> str:
    return f"<p>{_words(block.text)}</p>"


def _sign(block: Block) -> str:
    return f'<p class="sign">{_words(block.text)}</p>'


def _heading(block: Block) -> str:
    rank = min(max(block.level or 1, 1), 3) + 1
    return f"<h{rank}>{_words(block.text)}</h{rank}>"


def _caption(block: Block) -> str:
    return f"<figure><figcaption>{_words(block.text)}</figcaption></figure>"


def _table(block: Block) -> str:
    if not block.rows:
        return _paragraph(block)
    head, *rest = block.rows
    rows = [_row(head, "th")] if rest and all(cell.strip() for cell in head) else [_row(head, "td")]
    rows += [_row(row, "td") for row in rest]
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _row(cells: Iterable[str], tag: str) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    return "<tr>" + "".join(f"<{tag}{scope}>{_words(cell)}</{tag}>" for cell in cells) + "</tr>"


WRITERS: dict[BlockKind, Callable[[Block], str]] = {
    BlockKind.PARAGRAPH: _paragraph,
    BlockKind.HEADING: _heading,
    BlockKind.CAPTION: _caption,
    BlockKind.TABLE: _table,
}


def _list(blocks: list[Block]) -> str:
    """Bullets and counted items become lists; anything else keeps its printed mark as a paragraph."""
    texts = [b.text.strip() for b in blocks]
    numbers = [int(m[1]) if (m := _NUMBER.match(text)) else None for text in texts]
    if numbers[0] is not None and numbers == list(range(numbers[0], numbers[0] + len(texts))):
        start = f' start="{numbers[0]}"' if numbers[0] != 1 else ""
        items = (f"<li>{_words(_NUMBER.sub('', text, count=1))}</li>" for text in texts)
        return f"<ol{start}>{''.join(items)}</ol>"
    if any(number is not None for number in numbers):
        return "\n".join(map(_paragraph, blocks))
    items = (f"<li>{_words(_BULLET.sub('', text, count=1))}</li>" for text in texts)
    return f"<ul>{''.join(items)}</ul>"


def _sign_lines(blocks: list[Block]) -> set[str]:
    """The last short lines that are a date, a name or a unit: a letter's or statement's signature."""
    found: set[str] = set()
    for block in reversed(blocks[-_SIGN_LINES:]):
        text = block.text.strip()
        signs = _DATE_LINE.fullmatch(text) or looks_like_person(text) or looks_like_unit(text)
        if block.kind is not BlockKind.PARAGRAPH or len(text) > _SIGN_LONGEST or not signs:
            break
        found.add(block.id)
    return found if len(found) < len(blocks) else set()


def _set_note(parts: list[str], note: str) -> None:
    """Put a footnote in place of its mark, or behind the last paragraph when its mark is not printed."""
    mark = _NOTE_MARK.match(note)
    text = escape(note[mark.end() :] if mark else note, quote=False).strip()
    sup = f'<sup class="footnote">{text}</sup>'
    if mark and not mark[1].startswith("注"):
        # A mark that opens a clause counts items (①… ②…); a note's mark follows a word.
        pattern = re.compile(rf"(?<=[^\s>；;：:。，、])\s*{re.escape(escape(mark[1], quote=False))}")
        for index, part in enumerate(parts):
            if found := pattern.search(part):
                parts[index] = part[: found.start()] + sup + part[found.end() :]
                return
    for index in range(len(parts) - 1, -1, -1):
        if parts[index].startswith("<p"):
            parts[index] = parts[index].removesuffix("</p>") + sup + "</p>"
            return
    parts.append(f"<p>{sup}</p>")
