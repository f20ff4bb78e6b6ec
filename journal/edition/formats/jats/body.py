"""The text: sections by the rank of their headings, and every block in them."""

from __future__ import annotations

from collections.abc import Iterator

from journal.edition.formats.blocks import (
    Block,
    Cell,
    FigureText,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    Rule,
    Table,
)
from journal.edition.formats.jats.elements import E, Element
from journal.edition.formats.jats.words import Place, graphic, lines_of, said
from journal.edition.formats.text import ArticleText

__all__ = ["body", "figure", "paragraphs"]


def body(article: ArticleText, place: Place) -> Element:
    """A heading opens a section inside the nearest one of a higher rank, whatever ranks are left out."""
    whole = E.body()
    open_ones = [(0, whole)]
    for block in article.blocks:
        if isinstance(block, Heading):
            while open_ones[-1][0] >= block.level:
                open_ones.pop()
            section = E.sec({"sec-type": f"rank-{block.level}"}, E.title(*said(block.content, place)))
            open_ones[-1][1].append(section)
            open_ones.append((block.level, section))
        else:
            open_ones[-1][1].extend(flow(block, place))
    return whole


def flow(block: Block, place: Place) -> Iterator[Element]:
    """A block where it may stand by itself: in a section, in a quotation."""
    match block:
        case Paragraph():
            yield from paragraphs(block.content, place, manner_of(block))
        case Heading():  # inside a quotation or a cell it opens no section
            for line in lines_of(block.content, place):
                yield E.p(E.bold(*line), {"content-type": "heading"})
        case Quote():
            yield E("disp-quote", *(part for inner in block.blocks for part in flow(inner, place)))
        case ListBlock():
            yield listed(block, place)
        case PictureBlock():
            yield figure(block.pictures, block.caption, block.credit, place, block.width)
        case Table():
            yield table(block, place)
        case Rule():
            yield E.p({"content-type": "rule"})


def paragraphs(content: tuple[Inline, ...], place: Place, manner: str = "") -> Iterator[Element]:
    """One paragraph; after a line break its next line is a paragraph that says so."""
    for number, line in enumerate(lines_of(content, place)):
        kind = f"{manner} line".strip() if number else manner
        yield E.p(*line, {"content-type": kind} if kind else {})


def manner_of(paragraph: Paragraph) -> str:
    """How it is set, where that is not as usual: ``signature``, ``center``, ``no-indent``."""
    marks = ("signature" if paragraph.sign else "", paragraph.align, "" if paragraph.indent else "no-indent")
    return " ".join(filter(None, marks))


def listed(block: ListBlock, place: Place) -> Element:
    """Numbers are the reader's, but where they do not begin at 1 each item bears its own."""
    items = [E("list-item", *(held(part) for part in parts(item, place))) for item in block.items]
    if block.start is not None and block.start != 1:
        for number, item in enumerate(items, start=block.start):
            item.insert(0, E.label(f"{number}."))
    return E.list(*items, {"list-type": "bullet" if block.start is None else "order"})


def parts(blocks: tuple[Block, ...], place: Place) -> Iterator[Element]:
    for block in blocks:
        yield from flow(block, place)


def held(part: Element) -> Element:
    """What an item or a cell does not take by itself, in a paragraph, which takes everything."""
    return part if part.tag in ("p", "list") else E.p(part)


def figure(
    pictures: tuple[FigureText, ...],
    caption: tuple[Inline, ...],
    credit: str,
    place: Place,
    width: str = "",
) -> Element:
    """One ``fig``, of several pictures too: a group of them could not say who took them."""
    found = E.fig({"specific-use": width} if width else {})
    if caption:
        found.append(E.caption(*paragraphs(caption, place)))
    found.extend(graphic(picture, place) for picture in pictures)
    if credit:
        found.append(E.attrib(credit))
    return found


def table(block: Table, place: Place) -> Element:
    found = E("table-wrap", {"specific-use": "wide"} if block.wide else {})
    if block.caption:
        found.append(E.caption(*paragraphs(block.caption, place)))
    rows = [E.tr(*[cell(each, place) for each in row] or [E.td()]) for row in block.rows]
    head = block.head if block.head < len(rows) else 0  # a table has to have a body
    found.append(E.table(*([E.thead(*rows[:head])] if head else []), E.tbody(*rows[head:])))
    return found


def cell(block: Cell, place: Place) -> Element:
    """A single paragraph's words stand in the cell itself."""
    spans = {"colspan": block.columns, "rowspan": block.rows}
    attributes = {name: str(value) for name, value in spans.items() if value > 1}
    if block.align:
        attributes["align"] = block.align
    match block.blocks:
        case (Paragraph(content=content),):
            inside = said(content, place)
        case blocks:
            inside = map(held, parts(blocks, place))
    return E("th" if block.header else "td", attributes, *inside)
