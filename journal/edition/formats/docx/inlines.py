"""The inside of a paragraph: runs of words with their marks, links, notes, readings, small pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from journal.edition.formats.blocks import Break, FigureText, Inline, Mark, Note, Ruby, Words

from .book import Book, Spot
from .markup import made, text, w
from .pictures import drawing

__all__ = ["picture", "run", "runs"]

#: Signs an address may hold as they are; all others are written in per cent.
IN_ADDRESS = "%/:=&?~#+!$,;'@()*[]"
READING_SIZE, RAISED, BASE_SIZE = 10, 20, 21  # half points


def runs(book: Book, content: Iterable[Inline], spot: Spot) -> Iterator[Any]:
    for inline in content:
        match inline:
            case Words():
                yield from words(book, inline, spot)
            case Break():
                yield w("r", w("br"))
            case Ruby():
                yield ruby(inline)
            case Note():
                yield note(book, inline, spot)
            case FigureText():
                yield picture(book, inline, spot, width=spot.width)


def run(said: str, *look: Any) -> Any:
    """Words as one run; a line end in them is a line break."""
    pieces: list[Any] = []
    for number, line in enumerate(said.split("\n")):
        pieces += ([w("br")] if number else []) + [text(line)]
    return w("r", w("rPr", *look) if look else None, *pieces)


def words(book: Book, inline: Words, spot: Spot) -> Iterator[Any]:
    """A link that leads nowhere outside this text is its words."""
    address = address_of(inline.href, book.site)
    if not address:
        yield run(inline.text, *look_of(inline.marks))
        return
    relation = spot.part.relate("hyperlink", address, external=True)
    style = w("rStyle", val="Hyperlink")
    yield made("w:hyperlink", {"r:id": relation}, run(inline.text, style, *look_of(inline.marks)))


def address_of(href: str, site: str) -> str:
    """Absolute, with signs only an address may hold; empty for what is none."""
    if not href or href.startswith("#"):
        return ""
    whole = site + href if href.startswith("/") else href
    try:
        parts = urlsplit(whole)
        parts.port  # noqa: B018 - asked, because Word calls a file damaged for a wrong one
    except ValueError:
        return ""
    return quote(whole, safe=IN_ADDRESS) if parts.scheme in {"http", "https", "mailto"} else ""


def look_of(marks: frozenset[Mark]) -> Iterator[Any]:
    """In the order Word's schema wants."""
    if "strong" in marks:
        yield w("b")
    if "i" in marks:
        yield w("i")
    if "s" in marks:
        yield w("strike")
    if "u" in marks:
        yield w("u", val="single")
    if "sub" in marks or "sup" in marks:
        yield w("vertAlign", val="subscript" if "sub" in marks else "superscript")
    if "em" in marks:
        yield w("em", val="dot")


def ruby(inline: Ruby) -> Any:
    """The reading over its words, as Word's phonetic guide sets it."""
    small = w("rPr", w("sz", val=READING_SIZE))
    return w(
        "r",
        w(
            "ruby",
            w(
                "rubyPr",
                w("rubyAlign", val="center"),
                w("hps", val=READING_SIZE),
                w("hpsRaise", val=RAISED),
                w("hpsBaseText", val=BASE_SIZE),
                w("lid", val="zh-CN"),
            ),
            w("rt", w("r", small, text(inline.reading))),
            w("rubyBase", w("r", text(inline.base))),
        ),
    )


def note(book: Book, inline: Note, spot: Spot) -> Any:
    """The mark in the text; the note itself goes into the part of the notes."""
    number = book.next_note()
    mark = w("rPr", w("rStyle", val="FootnoteReference"))
    inside = spot.inside(part=book.footnotes)
    book.footnotes.root.append(
        w(
            "footnote",
            w(
                "p",
                w("pPr", w("pStyle", val="FootnoteText")),
                w("r", mark, w("footnoteRef")),
                run(" "),
                *runs(book, inline.content, inside),
            ),
            id=number,
        )
    )
    return w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteReference", id=number))


def picture(book: Book, figure: FigureText, spot: Spot, *, width: int, fill: bool = False) -> Any:
    """One picture as a run."""
    held = book.picture(figure, spot.place)
    relation = spot.part.relate("image", book.package.add_picture(held.data))
    number = book.next_drawing()
    return w("r", drawing(held, figure, relation, number=number, width=width, fill=fill))
