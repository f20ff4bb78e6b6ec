"""A cleaned body as blocks: what the mark-up of ``articles.richtext`` means, told once for every format.

Reads what the cleaner writes; white space is folded as a browser folds it. Words under a picture are taken
apart as ``articles.captions`` does, marks and notes inside them kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import html as markup

from articles.captions import words_of
from articles.richtext import BLOCKS, MEDIA_IMAGE
from journal.edition.formats.blocks import (
    Align,
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
    Width,
    Words,
    plain,
)

__all__ = ["blocks_of"]

SPACE = re.compile(r"[ \t\r\n\f]+")
MARKS: dict[str, Mark] = {"em": "em", "strong": "strong", "b": "strong", "i": "i", "u": "u", "s": "s"}
MARKS |= {"sub": "sub", "sup": "sup"}
OUTER = BLOCKS | {"table"}
ALIGN = re.compile(r"text-align:\s*(left|center|right|justify|start|end)")
NO_INDENT = re.compile(r"text-indent:\s*0")
ALIGNED: dict[str, Align] = {"left": "left", "start": "left", "center": "center"}
ALIGNED |= {"right": "right", "end": "right", "justify": "justify"}


def blocks_of(html: str, figure_named: Callable[[str], FigureText]) -> tuple[Block, ...]:
    """``figure_named`` gives the picture of a name in the media folder (``figures/….jpg``).

    Notes are numbered from 1 in the order of the text.
    """
    if not html.strip():
        return ()
    root = markup.fragment_fromstring(html, create_parent="div")
    return tuple(Reader(figure_named).blocks(root))


@dataclass(frozen=True)
class Style:
    """What the marks and the link around some words are."""

    marks: frozenset[Mark] = frozenset()
    href: str = ""


@dataclass(frozen=True)
class Caption(Paragraph):
    """What is written under a picture, until its picture is known."""


@dataclass
class Reader:
    figure_named: Callable[[str], FigureText]
    notes: int = 0
    in_note: bool = field(default=False, repr=False)

    # Blocks.

    def blocks(self, parent: Any, *, indent: bool = True) -> Iterator[Block]:
        """The blocks inside an element; loose words between them make paragraphs."""
        loose: list[Inline] = [Words(parent.text)] if parent.text else []
        for child in parent:
            if child.tag in OUTER:
                yield from paragraphs(loose, indent=indent)
                loose = []
                yield from self.block(child, indent=indent)
            else:
                loose += self.inline(child, Style())
            if child.tail:
                loose.append(Words(child.tail))
        yield from paragraphs(loose, indent=indent)

    def block(self, element: Any, *, indent: bool) -> Iterator[Block]:
        align = align_of(element)
        match element.tag:
            case "figcaption":
                if content := folded(self.inlines(element)):
                    yield Caption(content)
            case "p":
                names = element.get("class", "").split()
                flush = "no-indent" in names or bool(NO_INDENT.search(element.get("style", "")))
                first = Paragraph((), align, indent=indent and not flush, sign="sign" in names)
                yield from paragraphs(self.inlines(element), first)
            case "h2" | "h3" | "h4":
                if content := folded(self.inlines(element)):
                    yield Heading(int(element.tag[1]) - 1, content, align)
            case "blockquote":
                yield Quote(tuple(self.blocks(element)))
            case "ul" | "ol":
                yield self.list_block(element)
            case "figure":
                yield from self.figure(element)
            case "table":
                yield self.table(element)
            case "hr":
                yield Rule()
            case _:  # an item outside a list
                yield from self.blocks(element, indent=indent)

    def list_block(self, element: Any) -> ListBlock:
        items = self.items(element)
        start = element.get("start", "")
        numbered = element.tag == "ol"
        return ListBlock(tuple(items), (int(start) if start.isdecimal() else 1) if numbered else None)

    def items(self, element: Any) -> Iterator[tuple[Block, ...]]:
        """What each item holds; words and blocks that stand between items are items of their own."""
        yield from one_item(paragraphs(words(element.text, Style()), indent=False))
        for child in element:
            if child.tag == "li":
                yield tuple(self.blocks(child, indent=False))
            elif child.tag in OUTER:
                yield from one_item(self.block(child, indent=False))
            else:
                yield from one_item(paragraphs(self.inline(child, Style()), indent=False))
            yield from one_item(paragraphs(words(child.tail, Style()), indent=False))

    def figure(self, element: Any) -> Iterator[Block]:
        """Its pictures as one, where its caption stands; other words stay before or behind it."""
        found = list(self.blocks(element, indent=False))
        pictures = tuple(p for block in found if isinstance(block, PictureBlock) for p in block.pictures)
        captions = [block for block in found if isinstance(block, Caption)]
        here = next((b for b in [*captions[:1], *found] if isinstance(b, Caption | PictureBlock)), None)
        names = element.get("class", "").split()
        width: Width = "wide" if "wide" in names else "half" if "half" in names else ""
        for block in found:
            if block is here and pictures:
                content = captions[0].content if captions else ()
                yield PictureBlock(pictures, *self.under(pictures[0], content), width)
            elif isinstance(block, Caption):
                yield Paragraph(block.content, indent=False)
            elif not isinstance(block, PictureBlock):
                yield block

    def under(self, first: FigureText, caption: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], str]:
        """Caption and credit: what the text says, else what the picture's row says."""
        if not caption:
            return first.caption, first.credit
        words = words_of(plain(caption))
        credit = first.credit or f"{words.photographer} {words.credit}".strip()
        return cut(caption, len(words.caption)), credit

    def table(self, element: Any) -> Table:
        written = next(iter(element.iterchildren("caption")), None)
        caption = folded(self.inlines(written)) if written is not None else ()  # before the rows: notes count
        rows = [row for row in element.iter("tr") if nearest(row, "table") is element]
        return Table(
            tuple(tuple(self.cell(cell) for cell in row.iterchildren("td", "th")) for row in rows),
            head=sum(nearest(row, "thead", "table").tag == "thead" for row in rows),
            caption=caption,
            wide="wide" in element.get("class", "").split(),
        )

    def cell(self, element: Any) -> Cell:
        return Cell(
            tuple(self.blocks(element, indent=False)),
            header=element.tag == "th",
            columns=span_of(element, "colspan"),
            rows=span_of(element, "rowspan"),
            align=align_of(element),
        )

    # Inside a paragraph.

    def inlines(self, element: Any, style: Style | None = None) -> list[Inline]:
        style = style or Style()
        found: list[Inline] = words(element.text, style)
        for child in element:
            found += self.inline(child, style)
            found += words(child.tail, style)
        return found

    def inline(self, element: Any, style: Style) -> list[Inline]:
        match element.tag:
            case "br":
                return [Break()]
            case "img":
                return self.picture(element)
            case "ruby":
                return ruby(element)
            case "sup" if "footnote" in element.get("class", "") and not self.in_note:
                return [self.note(element)]
            case "a":
                return self.inlines(element, replace(style, href=element.get("href", "").strip()))
            case tag if tag in MARKS:
                return self.inlines(element, replace(style, marks=style.marks | {MARKS[tag]}))
        return self.inlines(element, style)

    def picture(self, element: Any) -> list[Inline]:
        match = MEDIA_IMAGE.fullmatch(element.get("src", ""))
        if match is None:
            return []
        figure = self.figure_named(match[1])
        return [replace(figure, alternative=element.get("alt", "") or figure.alternative)]

    def note(self, element: Any) -> Note:
        self.notes += 1
        number, self.in_note = self.notes, True
        content = folded(self.inlines(element))
        self.in_note = False
        return Note(number, content)


def one_item(blocks: Iterator[Block]) -> Iterator[tuple[Block, ...]]:
    if item := tuple(blocks):
        yield item


def words(text: str | None, style: Style) -> list[Inline]:
    return [Words(text, style.marks, style.href)] if text else []


def ruby(element: Any) -> list[Inline]:
    """Each reading above the words before it; words without one stand alone."""
    found: list[Inline] = []
    base = element.text or ""
    for child in element:
        if child.tag == "rt":
            found.append(Ruby(base.strip(), child.text_content().strip()))
            base = ""
        elif child.tag != "rp":
            base += child.text_content()
        base += child.tail or ""
    return found + (words(base.strip(), Style()))


def nearest(element: Any, *tags: str) -> Any:
    return next(above for above in element.iterancestors() if above.tag in tags)


def span_of(element: Any, name: str) -> int:
    value = element.get(name, "")
    return max(int(value), 1) if value.isdecimal() else 1


def align_of(element: Any) -> Align:
    match = ALIGN.search(element.get("style", ""))
    return ALIGNED[match[1]] if match else ""


# Paragraphs from inlines.


def paragraphs(
    content: Iterable[Inline], like: Paragraph | None = None, *, indent: bool = True
) -> Iterator[Block]:
    """One paragraph, or none when nothing is in it; pictures without words are a block of their own."""
    inside = folded(content)
    pictures = tuple(inline for inline in inside if isinstance(inline, FigureText))
    if pictures and not any(visible(inline) for inline in inside if inline not in pictures):
        for picture in pictures:
            yield PictureBlock((picture,), picture.caption, picture.credit)
    elif any(visible(inline) for inline in inside):
        yield replace(like or Paragraph((), indent=indent), content=inside)


def visible(inline: Inline) -> bool:
    return bool(inline.text.strip()) if isinstance(inline, Words) else not isinstance(inline, Break)


def folded(content: Iterable[Inline]) -> tuple[Inline, ...]:
    """White space as one blank, none at the edges or about a forced break; equal neighbours joined."""
    found: list[Inline] = []
    for inline in content:
        if isinstance(inline, Words):
            text = SPACE.sub(" ", inline.text)
            if text.startswith(" ") and ends_blank(found):
                text = text[1:]
            if not text:
                continue
            before = found[-1] if found else None
            if isinstance(before, Words) and (before.marks, before.href) == (inline.marks, inline.href):
                found[-1] = replace(before, text=before.text + text)
                continue
            found.append(replace(inline, text=text))
        else:
            if isinstance(inline, Break):
                strip_end(found)
            found.append(inline)
    strip_end(found)
    return tuple(found)


def ends_blank(found: list[Inline]) -> bool:
    last = found[-1] if found else None
    return last is None or isinstance(last, Break) or (isinstance(last, Words) and last.text.endswith(" "))


def strip_end(found: list[Inline]) -> None:
    if found and isinstance(last := found[-1], Words) and last.text.endswith(" "):
        text = last.text.rstrip(" ")
        found[-1:] = [replace(last, text=text)] if text else []


def cut(content: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """The first ``length`` signs of it, with the notes and breaks among them."""
    found: list[Inline] = []
    for inline in content:
        said = len(plain((inline,)))
        if said > length:
            if isinstance(inline, Words) and length:
                found.append(replace(inline, text=inline.text[:length]))
            break
        found.append(inline)
        length -= said
    return folded(found)
