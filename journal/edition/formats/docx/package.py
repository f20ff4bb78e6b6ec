"""The zip a Word file is: parts, what leads from one to another, properties; same parts, same bytes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from journal.edition.formats.packed import pack

from .markup import xml

__all__ = ["Package", "Part"]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: What every Word file is made of: kind of relation and content type by the name of the part.
KINDS = {
    "document": ("officeDocument", f"{WORD}.document.main+xml"),
    "styles": ("styles", f"{WORD}.styles+xml"),
    "settings": ("settings", f"{WORD}.settings+xml"),
    "fontTable": ("fontTable", f"{WORD}.fontTable+xml"),
    "numbering": ("numbering", f"{WORD}.numbering+xml"),
    "footnotes": ("footnotes", f"{WORD}.footnotes+xml"),
    "header": ("header", f"{WORD}.header+xml"),
    "footer": ("footer", f"{WORD}.footer+xml"),
}
#: What leads into the file.
ROOTS = (
    (f"{OFFICE}/officeDocument", "word/document.xml", False),
    (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
)
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE = {
    "cp": f"{PACKAGE}/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
PNG = b"\x89PNG"


@dataclass
class Part:
    """``name`` without folder and ending: ``document``, ``header2``.

    ``id`` leads to it from the text; its own ``relations`` are (kind, target, external).
    """

    name: str
    kind: str
    root: Any = None
    id: str = ""
    relations: list[tuple[str, str, bool]] = field(default_factory=list)

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id that leads to ``target``; the same one when it is asked for again."""
        relation = (f"{OFFICE}/{kind}", target, external)
        if relation not in self.relations:
            self.relations.append(relation)
        return f"rId{self.relations.index(relation) + 1}"


@dataclass
class Package:
    """All of a file; ``moment`` (UTC) stands in it wherever a file wants a time."""

    title: str
    creator: str
    moment: datetime.datetime
    parts: list[Part] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, kind: str = "", root: Any = None) -> Part:
        """The first part is the text; it leads to all others, by their ``id``."""
        part = Part(name, kind or name, root)
        if self.parts:
            part.id = self.parts[0].relate(KINDS[part.kind][0], f"{name}.xml")
        self.parts.append(part)
        return part

    def add_picture(self, data: bytes) -> str:
        """Its target; the same picture is kept once."""
        known = next((name for name, other in self.media.items() if other == data), None)
        name = known or f"media/picture{len(self.media) + 1}.{'png' if data.startswith(PNG) else 'jpg'}"
        self.media[name] = data
        return name

    def write(self, out: BinaryIO) -> None:
        pack(out, self.files().items(), self.moment)

    def files(self) -> dict[str, bytes]:
        """Name → bytes; the list of types comes first, as the format wants it."""
        found = {"[Content_Types].xml": self.content_types(), "_rels/.rels": relations(ROOTS)}
        for part in self.parts:
            found[f"word/{part.name}.xml"] = xml(part.root)
            if part.relations:
                found[f"word/_rels/{part.name}.xml.rels"] = relations(part.relations)
        found |= {f"word/{name}": data for name, data in self.media.items()}
        found["docProps/core.xml"] = self.core()
        return found

    def content_types(self) -> bytes:
        root = etree.Element("Types", nsmap={None: f"{PACKAGE}/content-types"})
        endings = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "jpg": "image/jpeg",
            "png": "image/png",
        }
        for ending, media_type in endings.items():
            etree.SubElement(root, "Default", Extension=ending, ContentType=media_type)
        for part in self.parts:
            etree.SubElement(
                root, "Override", PartName=f"/word/{part.name}.xml", ContentType=KINDS[part.kind][1]
            )
        etree.SubElement(root, "Override", PartName="/docProps/core.xml", ContentType=CORE_TYPE)
        return plain(root)

    def core(self) -> bytes:
        """Title, journal, time: nobody's own name."""
        root = etree.Element(f"{{{CORE['cp']}}}coreProperties", nsmap=CORE)
        etree.SubElement(root, f"{{{CORE['dc']}}}title").text = self.title
        etree.SubElement(root, f"{{{CORE['dc']}}}creator").text = self.creator
        etree.SubElement(root, f"{{{CORE['dc']}}}language").text = "zh-CN"
        etree.SubElement(root, f"{{{CORE['cp']}}}lastModifiedBy").text = self.creator
        for name in ("created", "modified"):
            row = etree.SubElement(root, f"{{{CORE['dcterms']}}}{name}")
            row.set(f"{{{CORE['xsi']}}}type", "dcterms:W3CDTF")
            row.text = f"{self.moment:%Y-%m-%dT%H:%M:%SZ}"
        return plain(root)


def relations(rows: Iterable[tuple[str, str, bool]]) -> bytes:
    """``rId1``, ``rId2`` … in this order."""
    root = etree.Element("Relationships", nsmap={None: f"{PACKAGE}/relationships"})
    for number, (kind, target, external) in enumerate(rows, start=1):
        said = {"Id": f"rId{number}", "Type": kind, "Target": target}
        etree.SubElement(root, "Relationship", said | ({"TargetMode": "External"} if external else {}))
    return plain(root)


def plain(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
