"""Blocks of a Word file as the body's HTML: formatting kept, indents typed as spaces gone, notes in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from .layout import Cell, Item, Paragraph, Run, Table
from .understood import PICTURE

__all__ = ["body_html", "inline_html"]

INDENT = re.compile(r"^[\s\u3000\u00a0]+")
ORDERED = re.compile(r"^(\d{1,3})[.．、)）]?$")


def body_html(items: Sequence[Item], ranks: dict[int, int], captions: dict[int, str] | None = None) -> str:
    """``ranks`` gives the rank (1–3) of the items that are headings, by their place in ``items``.

    ``captions`` are the words over tables, by place. A picture stands at its place as a figure of its own;
    its words are set under it by whoever keeps the picture.
    """
    writer = Writer(ranks, captions or {})
    return "\n".join(part for part in writer.parts(items) if part)


class Writer:
    def __init__(self, ranks: dict[int, int], captions: dict[int, str]) -> None:
        self.ranks, self.captions = ranks, captions

    def parts(self, items: Sequence[Item]) -> Iterator[str]:
        kinds = groupby(enumerate(items), key=lambda pair: self.list_kind(*pair))
        for kind, run in kinds:
            pairs = list(run)
            if kind:
                yield list_html(kind, [item for _place, item in pairs if isinstance(item, Paragraph)])
            else:
                for place, item in pairs:
                    yield from self.block(place, item)

    def list_kind(self, place: int, item: Item) -> str:
        if not isinstance(item, Paragraph) or place in self.ranks or item.is_empty:
            return ""
        return "ul" if item.bullet else "ol" if ORDERED.match(item.label.strip()) else ""

    def block(self, place: int, item: Item) -> Iterator[str]:
        if isinstance(item, Table):
            yield table_html(item, self.captions.get(place, ""))
            return
        words = inline_html(item.runs)
        if words:
            label = escape(item.label, quote=False)
            if place in self.ranks:
                rank = min(max(self.ranks[place], 1), 3) + 1
                yield f"<h{rank}>{label}{unbold(words)}</h{rank}>"
            else:
                sign = ' class="sign"' if item.align == "right" else ""
                yield f"<p{sign}>{label}{words}</p>"
        for picture in item.pictures:
            yield f'<figure><img src="{PICTURE}{picture}"></figure>'


def unbold(html: str) -> str:
    """A heading is bold by itself."""
    return re.sub(r"</?strong>", "", html)


def inline_html(runs: Iterable[Run]) -> str:
    """The runs of one paragraph, trimmed at both ends; a line break stays a line break."""
    parts = [run_html(run) for run in trimmed([run for run in runs if not run.picture])]
    return "".join(parts).strip()


def trimmed(runs: list[Run]) -> list[Run]:
    """Without the white space somebody typed before the first and behind the last word."""
    while runs and not runs[0].note and not INDENT.sub("", runs[0].text):
        runs = runs[1:]
    while runs and not runs[-1].note and not runs[-1].text.strip():
        runs = runs[:-1]
    if not runs:
        return []
    runs = [replace(runs[0], text=INDENT.sub("", runs[0].text)), *runs[1:]]
    return [*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip())]


def run_html(run: Run) -> str:
    if run.note:
        return f'<sup class="footnote">{escape(run.note, quote=False)}</sup>'
    if not run.text:
        return ""
    words = escape(run.text.replace("\t", " "), quote=False).replace("\n", "<br>")
    bare = run.text.strip()
    for on, tag in ((run.bold, "strong"), (run.italic, "em"), (run.raised, "sup"), (run.lowered, "sub")):
        if on and bare:
            words = f"<{tag}>{words}</{tag}>"
    return f'<a href="{escape(run.link)}">{words}</a>' if run.link and bare else words


def list_html(kind: str, items: list[Paragraph]) -> str:
    start = ORDERED.match(items[0].label.strip())
    first = f' start="{start[1]}"' if kind == "ol" and start and start[1] != "1" else ""
    return f"<{kind}{first}>" + "".join(f"<li>{inline_html(item.runs)}</li>" for item in items) + f"</{kind}>"


def table_html(table: Table, caption: str = "") -> str:
    """The first row is a head where every cell of it says something and there are others."""
    head = len(table.rows) > 1 and all(cell.text for cell in table.rows[0])
    rows = [
        row_html(row, "th" if head and not place else "td") for place, row in enumerate(table.rows) if row
    ]
    words = f"<caption>{escape(caption, quote=False)}</caption>" if caption else ""
    return f"<table>{words}<tbody>{''.join(rows)}</tbody></table>" if rows else ""


def row_html(cells: Sequence[Cell], tag: str) -> str:
    return "<tr>" + "".join(cell_html(cell, tag) for cell in cells) + "</tr>"


def cell_html(cell: Cell, tag: str) -> str:
    spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    scope = ' scope="col"' if tag == "th" else ""
    inside = "<br>".join(filter(None, (inline_html(p.runs) for p in cell.paragraphs)))
    return f"<{tag}{scope}{spans}>{unbold(inside) if tag == 'th' else inside}</{tag}>"
