"""Walks through the text of a Word file in order and lists, for the sender, what is not text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .drawings import Drawings, in_box
from .fields import Fields
from .layout import Cell, Item, Layout, Paragraph, Run, Table
from .numbering import Numbering
from .package import Package, local, q
from .pieces import (
    TRANSPARENT,
    cells_of,
    chosen,
    has_words,
    is_page_break,
    joined,
    rows_by_id,
    rows_of,
    span_of,
    symbol,
    usual_font,
    usual_size,
)
from .styles import Look, Styles
from .telling import not_taken, remarks

__all__ = ["walk"]

DROPPED = {"del": "deleted", "moveFrom": "deleted"}
TYPED_INDENT = re.compile(r"\u3000|[ \t\u00a0]{2,}")
NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
SPECIAL = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def walk(package: Package) -> Layout:
    """Every paragraph and table of the file in reading order; boxes follow the paragraph they hang on."""
    walker = Walker(package)
    body = package.xml(package.main).find(q("body"))
    if body is not None:
        marks = Counter(mark.get(q("fldCharType")) for mark in body.iter(q("fldChar")))
        walker.balanced = marks["begin"] == marks["end"]
    items = tuple(walker.items(body if body is not None else ()))
    walker.seen["page furniture"] = any(has_words(package, r) for r in walker.relations.values())
    return Layout(
        items, tuple(walker.drawings.pictures), tuple(not_taken(walker.seen)), tuple(remarks(walker.seen))
    )


class Walker:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(package.beside_main("styles"))
        self.numbering = Numbering.of(package.beside_main("numbering"))
        self.relations = package.relations(package.main)
        self.drawings = Drawings(package, self.relations)
        self.notes = {name: rows_by_id(package.beside_main(kind)) for name, kind in NOTES.items()}
        self.fields = Fields()
        self.seen: Counter[str] = Counter()
        self.boxes: list[Any] = []
        self.comments: set[str] = set()
        self.in_note = False
        self.balanced = True  # every field that begins ends
        self.joined: tuple[Run, ...] = ()  # of a paragraph whose end was struck out

    # Blocks

    def items(self, parent: Any) -> Iterator[Item]:
        for child in parent:
            name = local(child)
            if name == "p":
                if child.find(f"{q('pPr')}/{q('rPr')}/{q('del')}") is not None:
                    self.seen["deleted"] += 1
                    self.joined += self.paragraph(child).runs
                else:
                    yield self.paragraph(child)
                yield from self.boxed()
            elif name == "tbl":
                yield self.table(child)
                yield from self.boxed()
            elif name in TRANSPARENT:
                yield from self.items(child)
            elif name in DROPPED:
                self.seen["deleted"] += 1
            elif name == "AlternateContent":
                yield from self.items(chosen(child))
            elif name == "altChunk":
                self.seen["inserted file"] += 1

    def boxed(self) -> Iterator[Item]:
        """The text of the boxes met since the last block."""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            for item in self.items(box):
                yield replace(item, boxed=True) if isinstance(item, Paragraph) else item

    def paragraph(self, element: Any) -> Paragraph:
        properties = element.find(q("pPr"))
        look = self.styles.paragraph(properties)
        runs = (*self.joined, *joined(self.runs(element, look)))
        self.joined = ()
        self.fields.end_paragraph(self.balanced)
        label, bullet = self.numbering.label(look.numbering)
        words = [run for run in runs if run.text.strip()]
        return Paragraph(
            runs=runs,
            style=look.name,
            outline=look.outline or None,
            align=look.align,
            size=usual_size(words) or look.size or 0.0,
            font=usual_font(words) or look.font,
            indented=bool(look.indented) or bool(words and TYPED_INDENT.match(words[0].text)),
            label=label if words else "",
            bullet=bullet,
            new_page=element.find(f"{q('pPr')}/{q('pageBreakBefore')}") is not None or is_page_break(element),
        )

    def table(self, element: Any) -> Table:
        """Rows with cells that span several columns or rows standing once."""
        rows: list[list[list[Any]]] = []  # [cell, first column, rows it spans]
        open_cells: dict[int, list[Any]] = {}
        for row in rows_of(element):
            line: list[list[Any]] = []
            column = 0
            for cell in cells_of(row):
                properties = cell.find(q("tcPr"))
                width = span_of(properties)
                merge = properties.find(q("vMerge")) if properties is not None else None
                goes_on = merge is not None and merge.get(q("val"), "continue") != "restart"
                if goes_on and column in open_cells:
                    open_cells[column][2] += 1
                else:
                    entry = [Cell(tuple(self.cell_paragraphs(cell)), width), column, 1]
                    line.append(entry)
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = entry
                column += width
            rows.append(line)
        return Table(tuple(tuple(replace(cell, rowspan=span) for cell, _at, span in line) for line in rows))

    def cell_paragraphs(self, cell: Any) -> Iterator[Paragraph]:
        """The paragraphs of a cell; a table inside a cell is read row by row."""
        for item in self.items(cell):
            if isinstance(item, Paragraph):
                if not item.is_empty:
                    yield item
            else:
                self.seen["nested table"] += 1
                for row in item.rows:
                    yield from (paragraph for inner in row for paragraph in inner.paragraphs)

    # Runs

    def runs(self, parent: Any, look: Look, link: str = "") -> Iterator[Run]:
        for child in parent:
            name = local(child)
            if name == "r":
                yield from self.run(child, look, link)
            elif name == "hyperlink":
                yield from self.runs(child, look, self.address(child))
            elif name == "hlink":  # Word 2003
                yield from self.runs(child, look, self.checked(child.get(q("dest"), "")))
            elif name == "fldSimple":
                if self.fields.shows(child.get(q("instr"), "")):
                    yield from self.runs(child, look, link)
            elif name in TRANSPARENT:
                self.seen["inserted"] += name == "ins"
                yield from self.runs(child, look, link)
            elif name in DROPPED:
                self.seen["deleted"] += 1
            elif name in {"oMath", "oMathPara"}:
                self.seen["equation"] += 1
                yield Run(text="".join(t.text or "" for t in child.iter() if local(t) == "t"))
            elif name == "AlternateContent":
                yield from self.runs(chosen(child), look, link)
            elif name == "ruby":
                yield from self.ruby(child, look, link)
            elif name == "commentRangeStart":
                self.comment(child)

    def run(self, element: Any, paragraph: Look, link: str) -> Iterator[Run]:
        look = self.styles.run(element.find(q("rPr")), paragraph)
        if look.hidden:
            self.seen["hidden"] += bool("".join(t.text or "" for t in element.iter(q("t"))).strip())
            return
        base = Run(
            bold=bool(look.bold),
            italic=bool(look.italic),
            raised=bool(look.raised),
            lowered=bool(look.lowered),
            link=link or self.fields.link,
            size=look.size or 0.0,
            font=look.font,
        )
        for child in element:
            yield from self.piece(child, local(child), base, paragraph)

    def piece(self, child: Any, name: str, base: Run, paragraph: Look) -> Iterator[Run]:
        if name == "fldChar":
            self.fields.mark(child.get(q("fldCharType"), ""))
        elif name == "instrText":
            self.fields.instruct(child.text or "")
        elif self.fields.silent:
            return
        elif name == "t":
            yield replace(base, text=child.text or "")
        elif name in SPECIAL:
            if name != "br" or child.get(q("type")) not in {"page", "column"}:
                yield replace(base, text=SPECIAL[name])
        elif name == "sym":
            yield replace(base, text=symbol(child.get(q("char"), "")))
        elif name in NOTES:
            if note := self.note(name, child.get(q("id"), "")):
                yield Run(note=note)
        elif name == "commentReference":
            self.comment(child)
        elif name in {"footnote", "endnote"}:  # Word 2003 writes them where they stand
            if words := self.note_words(child):
                yield Run(note=words)
        elif name in {"drawing", "pict", "object"}:
            yield from self.drawing(child, name)
        elif name == "AlternateContent":
            for inner in chosen(child):
                yield from self.piece(inner, local(inner), base, paragraph)
        elif name == "ruby":
            yield from self.ruby(child, paragraph, base.link)

    def comment(self, element: Any) -> None:
        self.comments.add(element.get(q("id"), ""))
        self.seen["comment"] = len(self.comments)

    def drawing(self, element: Any, name: str) -> Iterator[Run]:
        boxes = [box for box in element.iter() if local(box) == "txbxContent" and not in_box(box, element)]
        self.boxes += boxes
        self.seen["box"] += len(boxes)
        for picture in self.drawings.of(element):
            yield Run(picture=picture)
        self.seen.update(self.drawings.take_unread(element, name, bool(boxes)))

    def ruby(self, element: Any, look: Look, link: str) -> Iterator[Run]:
        """The base text; its reading is set small above it and is not part of the sentence."""
        for child in element:
            if local(child) == "rubyBase":
                yield from self.runs(child, look, link)
        self.seen["ruby"] += 1

    def address(self, element: Any) -> str:
        key = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
        relation = self.relations.get(key)
        if relation is None or not relation.external:
            return ""
        return self.checked(relation.target)

    def checked(self, address: str) -> str:
        if re.match(r"https?://|mailto:", address, re.IGNORECASE):
            return address
        self.seen["unsafe link"] += bool(address)
        return ""

    def note(self, name: str, key: str) -> str:
        """The words of a footnote or endnote, one line."""
        row = self.notes[name].get(key)
        return self.note_words(row) if row is not None else ""

    def note_words(self, row: Any) -> str:
        """A note inside a note is not followed."""
        if self.in_note:
            return ""
        self.in_note = True
        parts = ["".join(r.text for r in self.runs(p, Look())) for p in row.iter(q("p"))]
        self.in_note = False
        return " ".join(part.strip() for part in parts if part.strip())
