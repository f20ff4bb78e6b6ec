"""A finished EPUB, to be asked."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree, html

__all__ = ["Make", "Opened", "of_type", "said"]

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
OPS = "{http://www.idpf.org/2007/ops}"


class Opened:
    """A finished book, to be asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.zip = zipfile.ZipFile(path)
        self.package = etree.fromstring(self.zip.read("EPUB/package.opf"))

    def page(self, name: str) -> Any:
        """Without the namespace, so that a test can ask for plain names; ``epub:type`` stays a name."""
        data = self.zip.read(f"EPUB/{name}")
        etree.fromstring(data)  # it is XML
        return html.document_fromstring(data)

    def piece(self, code: str) -> Any:
        return self.page(f"article-{code}.xhtml")

    @property
    def spine(self) -> list[str]:
        files = {item.get("id"): item.get("href") for item in self.package.iter(f"{OPF}item")}
        return [files[each.get("idref")] for each in self.package.iter(f"{OPF}itemref")]

    def core(self, name: str) -> list[str]:
        return [each.text for each in self.package.iter(DC + name)]

    def metas(self, name: str) -> list[str]:
        return [each.text for each in self.package.iter(f"{OPF}meta") if each.get("property") == name]


Make = Callable[..., Opened]


def said(element: Any) -> str:
    return "".join(element.itertext())


def of_type(page: Any, kind: str) -> list[Any]:
    return [each for each in page.iter() if each.get("epub:type") == kind]
