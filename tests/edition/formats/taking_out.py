"""Takes the words of the articles out of the files, so that they can be held against what was reviewed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html

from articles.richtext import plain_text
from journal.edition.formats.text import IssueText
from tests import schemas
from tests.edition.formats.epubcheck import messages
from tests.edition.formats.word_files import W, faults, found, root

__all__ = ["CHECKS", "TAKE_OUT", "Taken", "letters", "pieces_of", "squeezed"]


@dataclass(frozen=True)
class Taken:
    """What a file says of one article, without white space: its text, and its notes apart."""

    text: str
    notes: str


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def letters(text: str) -> str:
    """Without marks too: each format sets the credit of a picture off in its own way."""
    return "".join(sign for sign in text if sign.isalnum())


# What was reviewed.


def pieces_of(body: str) -> tuple[list[str], list[str], list[str]]:
    """A stored body as (pieces of text in order, notes, captions): what must come out whole."""
    top = html.fragment_fromstring(body, create_parent="div")
    notes = [squeezed(note.text_content()) for note in dropped(top, "//sup[@class='footnote']")]
    captions = [letters(words.text_content()) for words in dropped(top, "//figcaption")]
    for ruby in top.xpath("//ruby"):
        dropped(ruby, ".//rt | .//rp")
        ruby.tag = "p"  # a piece for itself: its reading stands before or behind it
    text = plain_text(html.tostring(top, encoding="unicode"))
    pieces = [squeezed(piece) for piece in re.split(r"[\n\t]", text)]
    return [piece for piece in pieces if piece], notes, captions


def dropped(element: Any, path: str) -> list[Any]:
    """The elements of this path, taken out of the tree; what stands behind them stays."""
    taken = element.xpath(path)
    for each in taken:
        each.drop_tree()
    return list(taken)


# What came out.


def from_docx(file: Path, issue: IssueText) -> dict[str, Taken]:
    """The first section is cover, imprint and contents; then each article has its own."""
    data = file.read_bytes()
    notes = {n.get(f"{W}id"): "".join(n.itertext()) for n in root(data, "word/footnotes.xml")}
    taken = [
        Taken(squeezed(text), squeezed("".join(notes[id] for id in ids))) for text, ids in sections(data)
    ]
    return dict(zip([article.code for article in issue.articles], taken[1:], strict=True))


def sections(data: bytes) -> Iterator[tuple[str, list[str]]]:
    said, ids = "", []
    for block in found(root(data), "/w:document/w:body/*"):
        for reading in found(block, ".//w:rt"):
            reading.getparent().remove(reading)
        said += "".join(found(block, ".//w:t/text()"))
        ids += found(block, ".//w:footnoteReference/@w:id")
        if found(block, "./self::w:sectPr | .//w:sectPr"):
            yield said, ids
            said, ids = "", []


def from_epub(file: Path, issue: IssueText) -> dict[str, Taken]:
    taken = {}
    with zipfile.ZipFile(file) as book:
        for article in issue.articles:
            (name,) = [name for name in book.namelist() if name.endswith(f"/article-{article.code}.xhtml")]
            page = etree.fromstring(book.read(name))
            take_away(page, "rt", "rp")
            take_away(page, "a", role="doc-noteref")
            notes = take_away(page, "section", role=None, class_="notes")
            taken[article.code] = Taken(squeezed("".join(page.itertext())), squeezed(notes))
    return taken


def from_jats(file: Path, issue: IssueText) -> dict[str, Taken]:
    taken = {}
    with zipfile.ZipFile(file) as parcel:
        for article in issue.articles:
            (name,) = [name for name in parcel.namelist() if name.endswith(f"{article.code}.xml")]
            page = etree.fromstring(parcel.read(name))
            take_away(page, "xref", "rt", "alt-text")
            notes = take_away(page, "fn")
            taken[article.code] = Taken(squeezed("".join(page.itertext())), squeezed(notes))
    return taken


def take_away(page: Any, *names: str, class_: str = "", role: str | None = "") -> str:
    """Remove elements, keep what stands behind them; what they said comes back."""
    said = ""
    for element in [each for each in page.iter() if isinstance(each.tag, str)]:
        if etree.QName(element).localname not in names:
            continue
        if (class_ and element.get("class") != class_) or (role and element.get("role") != role):
            continue
        said += "".join(element.itertext())
        tail, element.tail = element.tail, None
        keep_tail(element, tail or "")
    return said


def keep_tail(element: Any, tail: str) -> None:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


TakeOut = Callable[[Path, IssueText], dict[str, Taken]]
TAKE_OUT: dict[str, TakeOut] = {"docx": from_docx, "epub": from_epub, "jats": from_jats}


# Whether its checker is content.


def check_epub(file: Path) -> list[str]:
    bad = [each for each in messages(file) if each.severity in {"FATAL", "ERROR", "WARNING"}]
    return [f"{each.code} {each.words} {each.places}" for each in bad]


def check_jats(file: Path) -> list[str]:
    with zipfile.ZipFile(file) as parcel:
        pages = [name for name in parcel.namelist() if name.endswith(".xml")]
        return [
            f"{name} {line}"
            for name in pages
            for line in schemas.jats(etree.parse(io.BytesIO(parcel.read(name))))
        ]


def check_docx(file: Path) -> list[str]:
    return list(faults(file.read_bytes()))


def check_crossref(file: Path) -> list[str]:
    return schemas.crossref(etree.parse(file))


CHECKS: dict[str, Callable[[Path], list[str]]] = {
    "crossref": check_crossref,
    "docx": check_docx,
    "epub": check_epub,
    "jats": check_jats,
}
