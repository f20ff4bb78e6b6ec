"""WordprocessingML of Office 2003: one XML file, read as the package of today it nearly is."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from lxml import etree

from . import refusals
from .package import Package, Relation, W, local, parse, q

__all__ = ["Word2003"]

OLD = b"http://schemas.microsoft.com/office/word/2003/wordml"
OLD_HELP = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
RENAMED = {"vmerge": "vMerge"}


class Word2003(Package):
    """The parts stand inside the one document; pictures are named by the addresses the text uses."""

    def __init__(self, data: bytes) -> None:
        self.root = parse(data.replace(OLD, W.encode()))
        self.binaries = {row.get(q("name"), ""): row.text or "" for row in self.root.iter(q("binData"))}
        super().__init__(set(self.binaries), self.binary)
        self.modernise()

    def binary(self, name: str, most: int) -> bytes:
        try:
            data = base64.b64decode("".join(self.binaries[name].split()))
        except (binascii.Error, ValueError) as error:
            raise refusals.damaged() from error
        if len(data) > most:
            raise refusals.too_large()
        return data

    def modernise(self) -> None:
        """Old names to new ones; the numbers Word wrote beside its lists become words."""
        for element in list(self.root.iter()):
            name = local(element)
            if name in RENAMED:
                element.tag = q(RENAMED[name])
            elif name == "annotation" and "Deletion" in element.get(q("type"), ""):
                element.tag = q("del")
            elif name == "listPr" and (paragraph := paragraph_of(element)) is not None:
                shown = element.find(f"{OLD_HELP}t")
                words = shown.get(f"{OLD_HELP}val", "") if shown is not None else ""
                if words.strip("·●•\uf0b7o "):
                    paragraph.insert(1, run_of(words))

    @property
    def main(self) -> str:
        return ""

    def xml(self, name: str) -> Any:
        return self.root

    @cached_property
    def addresses(self) -> Mapping[str, Relation]:
        return {name: Relation("image", name, False) for name in self.binaries}

    def relations(self, part: str) -> Mapping[str, Relation]:
        return self.addresses

    def beside_main(self, kind: str) -> Any | None:
        return self.root.find(q("styles")) if kind == "styles" else None


def paragraph_of(element: Any) -> Any | None:
    return next((parent for parent in element.iterancestors(q("p"))), None)


def run_of(words: str) -> Any:
    run = etree.Element(q("r"))
    etree.SubElement(run, q("t")).text = words
    return run
