"""The parts of a Word file by what they are for: zip or flat XML, transitional or strict, read alike."""

from __future__ import annotations

import base64
import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from lxml import etree

from . import refusals
from .precheck import MOST_XML, read_part

__all__ = ["Package", "Relation", "local", "parse", "q"]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
# Strict files say the same in other namespaces; they are turned into the usual ones before reading.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)
MOST_PICTURE = 60 * 1024 * 1024
#: Tags an editor can open and close inside each other before no real text is meant any more.
DEEPEST = 256


def q(name: str) -> str:
    """``p`` → the full name of Word's paragraph tag."""
    return f"{{{W}}}{name}"


def local(element: Any) -> str:
    """A tag without its namespace; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse(data: bytes) -> Any:
    """The root of one part, without entities, network or monsters. Raises ``NotAManuscript`` when broken."""
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise (refusals.tampered() if "depth" in str(error).lower() else refusals.damaged()) from error


class Relation:
    """Where a part points to: another part, or an address outside."""

    __slots__ = ("external", "kind", "target")

    def __init__(self, kind: str, target: str, external: bool) -> None:
        self.kind, self.target, self.external = kind.rpartition("/")[2], target, external


class Package:
    """``read(name)`` gives a part's bytes; names are as in the package, without the leading slash."""

    def __init__(self, names: set[str], read: Callable[[str, int], bytes]) -> None:
        self.names, self._read = names, read

    @classmethod
    def of_zip(cls, data: bytes) -> Package:
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError) as error:
            raise refusals.damaged() from error
        return cls(set(archive.namelist()), lambda name, most: read_part(archive, name, most))

    @classmethod
    def of_flat(cls, data: bytes) -> Package:
        """A whole package in one XML file (Flat OPC)."""
        parts: dict[str, bytes] = {}
        for part in parse(data).iter(f"{PKG}part"):
            name = part.get(f"{PKG}name", "").lstrip("/")
            xml, binary = part.find(f"{PKG}xmlData"), part.find(f"{PKG}binaryData")
            if xml is not None and len(xml):
                parts[name] = etree.tostring(xml[0])
            elif binary is not None:
                parts[name] = base64.b64decode("".join((binary.text or "").split()), validate=False)
        return cls(set(parts), lambda name, _most: parts[name])

    def has(self, name: str) -> bool:
        return name in self.names

    def picture(self, name: str) -> bytes:
        return self._read(name, MOST_PICTURE)

    def xml(self, name: str) -> Any:
        return parse(self._read(name, MOST_XML))

    def relations(self, part: str) -> Mapping[str, Relation]:
        """What ``part`` points to, by the ids it uses."""
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if not self.has(name):
            return {}
        found = {}
        for row in self.xml(name):
            if local(row) != "Relationship":
                continue
            external = row.get("TargetMode", "").lower() == "external"
            target = row.get("Target", "")
            if not external:
                target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                target = posixpath.normpath(target)
            found[row.get("Id", "")] = Relation(row.get("Type", ""), target, external)
        return found

    @cached_property
    def main(self) -> str:
        """The part with the text. Raises ``NotAManuscript`` where there is none."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        if self.has("word/document.xml"):
            return "word/document.xml"
        raise refusals.damaged()

    def beside_main(self, kind: str) -> Any | None:
        """The part of a kind (``styles``, ``numbering``, ``footnotes`` …) the text points to, parsed."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external and self.has(relation.target):
                return self.xml(relation.target)
        return None
