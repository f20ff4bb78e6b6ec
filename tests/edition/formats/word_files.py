"""Word files taken apart for the tests."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from lxml import etree

from journal.edition.formats.docx import FORMAT
from journal.edition.formats.docx.markup import NAMESPACES
from journal.edition.formats.text import ArticleText, IssueText
from tests.edition.formats.making import issue

__all__ = ["W", "found", "in_style", "of_article", "of_issue", "parts", "root", "words_in"]

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
