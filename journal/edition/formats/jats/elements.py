"""Makes elements of JATS: the one place that knows the DTD's name, and how a file of it is written."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml import etree
from lxml.builder import ElementMaker

__all__ = ["DTD_VERSION", "HREF", "LANG", "E", "Element", "serialize"]

Element: TypeAlias = etree._Element

XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DTD_VERSION = "1.1"
DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN" '
    '"http://jats.nlm.nih.gov/publishing/1.1/JATS-journalpublishing1.dtd">'
)

E: Any = ElementMaker(nsmap={"xlink": XLINK})

#: Elements that hold elements alone: between those a line may end without saying anything.
FRAMES = {
    *("article", "front", "journal-meta", "journal-title-group", "publisher", "article-meta"),
    *("article-categories", "subj-group", "title-group", "contrib-group", "contrib", "pub-date", "history"),
    *("abstract", "kwd-group", "body", "sec", "list", "list-item", "disp-quote", "fig", "caption", "graphic"),
    *("table-wrap", "table", "thead", "tbody", "tr", "back", "fn-group", "fn", "notes", "floats-group"),
}


def serialize(article: Element) -> bytes:
    """The file, UTF-8, a line for each part; no blank is added where blanks are words."""
    for element in article.iter(*FRAMES):
        if len(element):
            element.text = "\n"
            for child in element:
                child.tail = "\n"
    written: bytes = etree.tostring(article, encoding="UTF-8", xml_declaration=True, doctype=DOCTYPE)
    return written + b"\n"
