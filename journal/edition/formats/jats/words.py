"""The words inside a paragraph: marks, links, notes, ruby, small pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from journal.edition.formats.blocks import Break, FigureText, Inline, Mark, Note, Ruby, Words
from journal.edition.formats.jats.elements import HREF, E, Element

__all__ = ["Place", "graphic", "lines_of", "note_id", "said"]


class Place(NamedTuple):
    """The address of the article's page, and what leads to its pictures."""

    address: str
    pictures: str


#: Innermost first. ``em`` is dotted in Chinese: italic to who knows no better.
MARKS: dict[Mark, tuple[str, dict[str, str]]] = {
    "sub": ("sub", {}),
    "sup": ("sup", {}),
    "s": ("strike", {}),
    "u": ("underline", {}),
    "i": ("italic", {}),
    "em": ("italic", {"specific-use": "emphasis"}),
    "strong": ("bold", {}),
}


def said(content: tuple[Inline, ...], place: Place) -> Iterator[str | Element]:
    """What stands in a title or a cell, where a line may be broken."""
    for inline in content:
        yield one(inline, place)


def lines_of(content: tuple[Inline, ...], place: Place) -> Iterator[list[str | Element]]:
    """What stands in paragraphs, an element a line: the DTD knows no line break in one."""
    line: list[str | Element] = []
    for inline in content:
        if isinstance(inline, Break):
            yield line
            line = []
        else:
            line.append(one(inline, place))
    yield line


def one(inline: Inline, place: Place) -> str | Element:
    match inline:
        case Words():
            return marked(inline, place)
        case Break():
            return E("break")
        case Ruby():
            return E.ruby(E.rb(inline.base), E.rt(inline.reading))
        case Note():
            number = E.sup(str(inline.number))
            return E.xref(number, {"ref-type": "fn", "rid": note_id(inline.number)})
        case FigureText():
            return graphic(inline, place, "inline-graphic")


def marked(words: Words, place: Place) -> str | Element:
    found: str | Element = words.text
    for mark, (tag, attributes) in MARKS.items():
        if mark in words.marks:
            found = E(tag, found, attributes)
    if words.href:
        found = E("ext-link", found, {"ext-link-type": "uri", HREF: absolute(words.href, place.address)})
    return found


def absolute(href: str, address: str) -> str:
    """A link as it leads from anywhere: ``#id`` into the readers' page, ``/`` from the root of its site."""
    if href.startswith("#"):
        return address + href
    if href.startswith("/"):
        scheme, _, rest = address.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}{href}"
    return href


def note_id(number: int) -> str:
    return f"fn{number}"


def graphic(figure: FigureText, place: Place, tag: str = "graphic") -> Element:
    subtype = {"jpg": "jpeg"}.get(ending := figure.file.name.rpartition(".")[2], ending)
    said = {HREF: place.pictures + figure.file.name, "mimetype": "image", "mime-subtype": subtype}
    found = E(tag, said)
    if figure.alternative:
        found.append(E("alt-text", figure.alternative))
    return found
