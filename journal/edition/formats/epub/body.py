"""The text of an article as XHTML: its blocks, what is inside them, and its footnotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from journal.edition.formats.blocks import (
    Block,
    Break,
    Cell,
    FigureText,
    Heading,
    Inline,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    PictureBlock,
    Quote,
    Ruby,
    Rule,
    Table,
    Words,
    plain,
)
from journal.edition.formats.epub.book import Book, Entry
from journal.edition.formats.epub.links import followed
from journal.edition.formats.epub.markup import Content, element
from journal.edition.formats.text import ArticleText
from journal.edition.formats.wording import note_mark

__all__ = ["Body"]

#: From the outermost to the innermost.
NESTED: tuple[Mark, ...] = ("strong", "em", "i", "u", "s", "sub", "sup")


@dataclass
class Body:
    """Writes one article; ``notes`` and ``headings`` (level, entry) gather while ``blocks`` runs."""

    book: Book
    article: ArticleText
    notes: list[Note] = field(default_factory=list)
    headings: list[tuple[int, Entry]] = field(default_factory=list)

    def blocks(self, blocks: Iterable[Block]) -> list[Any]:
        return [self.block(block) for block in blocks]

    def block(self, block: Block) -> Any:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Heading():
                return self.heading(block)
            case Quote():
                return element("blockquote", self.blocks(block.blocks))
            case ListBlock():
                return self.list_block(block)
            case PictureBlock():
                return self.figure(block)
            case Table():
                return self.table(block)
            case Rule():
                return element("hr")

    def paragraph(self, block: Paragraph) -> Any:
        names = ["sign" if block.sign else "", "" if block.indent else "flush", block.align]
        return element("p", self.inlines(block.content), class_=" ".join(filter(None, names)))

    def heading(self, block: Heading) -> Any:
        place = f"heading-{len(self.headings) + 1}"
        self.headings.append((block.level, Entry(plain(block.content), f"#{place}")))
        return element(f"h{block.level + 1}", self.inlines(block.content), id=place, class_=block.align)

    def list_block(self, block: ListBlock) -> Any:
        items = [element("li", self.blocks(item)) for item in block.items]
        if block.start is None:
            return element("ul", items)
        return element("ol", items, start=None if block.start == 1 else block.start)

    # Pictures.

    def figure(self, block: PictureBlock) -> Any:
        shown = [self.image(picture, plain(block.caption)) for picture in block.pictures]
        if len(shown) > 1:
            shown = [element("div", shown, class_="pictures")]
        return element("figure", shown, self.under(block.caption, block.credit), class_=block.width)

    def loose(self, figure: FigureText) -> Any:
        return self.figure(PictureBlock((figure,), figure.caption, figure.credit))

    def under(self, caption: tuple[Inline, ...], credit: str) -> Any:
        said = self.inlines(caption)
        if not said and not credit:
            return None
        return element("figcaption", said, " " if said else "", self.credit(credit))

    def credit(self, credit: str) -> Any:
        return element("span", credit, class_="credit") if credit else None

    def image(self, figure: FigureText, caption: str = "", class_: str = "") -> Any:
        words = figure.alternative or plain(figure.caption) or caption
        self.book.pictured = True
        self.book.described &= bool(words)
        return element("img", src=self.book.picture(figure, self.article.place), alt=words, class_=class_)

    # Tables.

    def table(self, block: Table) -> Any:
        caption = element("caption", self.inlines(block.caption)) if block.caption else None
        head = self.rows(block.rows[: block.head], "col")
        body = self.rows(block.rows[block.head :], "row")
        table = element(
            "table",
            caption,
            element("thead", head) if head else None,
            element("tbody", body) if body else None,
        )
        return element("div", table, class_="table-box wide" if block.wide else "table-box")

    def rows(self, rows: Iterable[tuple[Cell, ...]], scope: str) -> list[Any]:
        return [element("tr", [self.cell(cell, scope) for cell in row]) for row in rows if row]

    def cell(self, cell: Cell, scope: str) -> Any:
        return element(
            "th" if cell.header else "td",
            self.blocks(cell.blocks),
            scope=scope if cell.header else None,
            colspan=cell.columns if cell.columns > 1 else None,
            rowspan=cell.rows if cell.rows > 1 else None,
            class_=cell.align,
        )

    # Inside a paragraph.

    def inlines(self, content: tuple[Inline, ...]) -> list[Content]:
        return [self.inline(inline) for inline in content]

    def inline(self, inline: Inline) -> Content:
        match inline:
            case Words():
                return self.words(inline)
            case Break():
                return element("br")
            case Ruby():
                self.book.has_ruby = True
                return element("ruby", inline.base, element("rt", inline.reading))
            case Note():
                return self.note(inline)
            case FigureText():
                return self.image(inline, class_="inline")

    def words(self, words: Words) -> Content:
        said: Content = words.text
        for mark in reversed(NESTED):
            if mark in words.marks:
                said = element(mark, said)
        href = followed(words.href, self.book, self.article) if words.href else ""
        return element("a", said, href=href) if href else said

    # Footnotes: a reading system shows them in a box above the text, or behind it.

    def note(self, note: Note) -> Any:
        self.notes.append(note)
        return element(
            "a",
            note_mark(note.number),
            id=f"ref-{note.number}",
            href=f"#note-{note.number}",
            epub_type="noteref",
            role="doc-noteref",
            class_="note-ref",
        )

    def footnotes(self) -> Any:
        """The notes met so far, or nothing; no heading, which some would show above notes they hide."""
        if not self.notes:
            return None
        return element(
            "section",
            [self.footnote(note) for note in self.notes],
            epub_type="footnotes",
            aria_label=_("Notes"),
            class_="notes",
        )

    def footnote(self, note: Note) -> Any:
        back = element(
            "a",
            note_mark(note.number),
            href=f"#ref-{note.number}",
            epub_type="backlink",
            role="doc-backlink",
            aria_label=_("Back to note %(number)s in the text") % {"number": note.number},
        )
        return element(
            "aside",
            element("p", back, " ", self.inlines(note.content)),
            id=f"note-{note.number}",
            epub_type="footnote",
            role="doc-footnote",
        )
