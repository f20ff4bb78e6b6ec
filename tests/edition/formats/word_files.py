"""Word files taken apart for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from lxml import etree

from journal.edition.formats.docx import FORMAT
from journal.edition.formats.docx.markup import NAMESPACES
from journal.edition.formats.text import ArticleText, IssueText
from tests.edition.formats.making import issue

__all__ = [
    "W",
    "faults",
    "found",
    "in_style",
    "of_article",
    "of_issue",
    "packed",
    "parts",
    "root",
    "words_in",
]

W = f"{{{NAMESPACES['w']}}}"


def of_issue(text: IssueText) -> bytes:
    out = io.BytesIO()
    FORMAT.issue(text, out, lambda _words: None)  # type: ignore[misc]
    return out.getvalue()


def of_article(text: ArticleText) -> bytes:
    out = io.BytesIO()
    FORMAT.article(text, issue(text), out, lambda _words: None)  # type: ignore[misc]
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def root(data: bytes, name: str = "word/document.xml") -> Any:
    return etree.fromstring(parts(data)[name])


def found(element: Any, path: str) -> list[Any]:
    return list(element.xpath(path, namespaces=NAMESPACES))


def words_in(element: Any) -> str:
    return "".join(found(element, ".//w:t/text()"))


def in_style(data: bytes, name: str) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.style and p.style.name == name]


def packed(held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in held.items():
            archive.writestr(name, data)
    return out.getvalue()


# What Word would call damaged.


def faults(data: bytes) -> Iterator[str]:
    """Parts without a type, types without a part, and whatever leads nowhere: a line each."""
    held = parts(data)
    yield from untyped(held)
    styles = set(found(etree.fromstring(held["word/styles.xml"]), "//w:style/@w:styleId"))
    lists = set(found(etree.fromstring(held["word/numbering.xml"]), "//w:num/@w:numId"))
    notes = set(found(etree.fromstring(held["word/footnotes.xml"]), "//w:footnote/@w:id"))
    for name in ("document", "footnotes"):
        text = etree.fromstring(held[f"word/{name}.xml"])
        relations = dict(leading(held, name))
        yield from (f"{target}: not there" for target in relations.values() if target)
        yield from missing(text, "//@r:id | //@r:embed", set(relations))
        yield from missing(text, "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", styles)
        yield from missing(text, "//w:numId/@w:val", lists)
        yield from missing(text, "//w:footnoteReference/@w:id", notes)
        yield from missing(text, "//w:hyperlink/@w:anchor", set(found(text, "//w:bookmarkStart/@w:name")))


def untyped(held: dict[str, bytes]) -> Iterator[str]:
    types = etree.fromstring(held["[Content_Types].xml"])
    endings = {row.get("Extension") for row in types if row.tag.endswith("}Default")}
    named = {row.get("PartName") for row in types if row.tag.endswith("}Override")}
    yield from (f"{name}: not there" for name in named if name.lstrip("/") not in held)
    for name in held:
        if f"/{name}" not in named and name.rpartition(".")[2] not in endings:
            yield f"{name}: no type"


def leading(held: dict[str, bytes], name: str) -> Iterator[tuple[str, str]]:
    """Each relation's id, with its target where that is not there."""
    rows = held.get(f"word/_rels/{name}.xml.rels")
    for row in etree.fromstring(rows) if rows else ():
        there = row.get("TargetMode") == "External" or f"word/{row.get('Target')}" in held
        yield row.get("Id"), "" if there else row.get("Target")


def missing(text: Any, path: str, known: set[str]) -> Iterator[str]:
    yield from (f"{name}: leads nowhere" for name in found(text, path) if name not in known)
