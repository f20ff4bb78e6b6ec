"""Elements and pages in XHTML. Words go in as text nodes: nothing is ever escaped by hand."""

from __future__ import annotations

from typing import Any

from lxml import etree

__all__ = ["LANGUAGE", "XHTML", "Content", "element", "filled", "page", "written"]

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMES: dict[str | None, str] = {None: XHTML, "epub": OPS}
#: What all our texts are written in, as EPUB readers choose their voice and their fonts by it.
LANGUAGE = "zh-CN"

Content = Any  # an element, a string, nothing, or a list of these


def element(name: str, *content: Content, **attributes: str | int | None) -> Any:
    """``class_`` and the like lose their stroke, ``aria_label`` gets its hyphen, ``epub_type`` its namespace.

    Attributes that are ``None`` or empty are left out, but for ``alt``.
    """
    made = etree.Element(f"{{{XHTML}}}{name}", nsmap=NAMES)
    for key, value in attributes.items():
        if value not in (None, "") or key == "alt":
            made.set(attribute_name(key), str(value))
    return filled(made, *content)


def attribute_name(key: str) -> str:
    if key == "epub_type":
        return f"{{{OPS}}}type"
    return key.rstrip("_").replace("_", "-")


def filled(made: Any, *content: Content) -> Any:
    """The element with this content behind what it has; ``None`` is nothing."""
    for part in content:
        if isinstance(part, str):
            add_words(made, part)
        elif isinstance(part, list | tuple):
            filled(made, *part)
        elif part is not None:
            made.append(part)
    return made


def add_words(made: Any, words: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + words
    else:
        made.text = (made.text or "") + words


def page(title: str, *content: Content, class_: str = "") -> bytes:
    """A whole XHTML file with the one style sheet of the book; ``content`` is its body."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("title", title),
        element("link", rel="stylesheet", type="text/css", href="style.css"),
    )
    root = element("html", head, element("body", *content, class_=class_), lang=LANGUAGE)
    root.set(LANG, LANGUAGE)
    return written(root, doctype="<!DOCTYPE html>")


def written(root: Any, doctype: str | None = None) -> bytes:
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype=doctype)
    return data
