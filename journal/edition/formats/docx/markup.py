"""WordprocessingML in a few words: elements made of a name, attributes and children."""

from __future__ import annotations

from typing import Any

from lxml import etree

__all__ = ["NAMESPACES", "made", "text", "w", "xml"]

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def made(name: str, attributes: dict[str, object], *children: Any) -> Any:
    """An element; names are ``prefix:local``, children that are ``None`` are left out."""
    element = etree.Element(qualified(name), nsmap=NAMESPACES)
    for key, value in attributes.items():
        element.set(qualified(key), str(value))
    element.extend(child for child in children if child is not None)
    return element


def w(name: str, /, *children: Any, **attributes: object) -> Any:
    """An element of Word's own namespace, its attributes in the same one."""
    return made(f"w:{name}", {f"w:{key}": value for key, value in attributes.items()}, *children)


def text(words: str) -> Any:
    """``w:t``: whatever the words are, they are shown as they stand."""
    element = w("t")
    element.set(SPACE, "preserve")
    element.text = words
    return element


def xml(root: Any) -> bytes:
    """One part of the package."""
    etree.cleanup_namespaces(root, top_nsmap=NAMESPACES, keep_ns_prefixes=["w", "r"])
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def qualified(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name
