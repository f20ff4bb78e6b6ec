"""Takes the words of the articles out of the files, so that they can be held against what was reviewed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from lxml import etree, html

from articles.richtext import plain_text
from journal.edition.formats.text import IssueText
from tests import schemas
from tests.edition.formats.epubcheck import messages
from tests.edition.formats.word_files import W, faults, found, root

__all__ = ["CHECKS", "TAKE_OUT", "Taken", "squeezed"]


#: Marks of notes as printed pages set them: they stand in the text of a PDF like any sign.
NOTE_MARKS = re.compile("[①-⑳㉑-㊿]")
#: How a printed page may interrupt a paragraph: so many times, by so many signs (notes, pictures, columns).
BREAKS, FURTHER = 6, 3000
SURE = 6  # signs that tell where a paragraph goes on
MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Taken:
    """What a file says of one article, without white space: its text, and its notes apart.

    ``printed``: a page with columns, notes and pictures, which interrupt paragraphs.
    """

    text: str
    notes: str
    printed: bool = False

    def missing(self, body: str) -> list[str]:
        """What of a reviewed text is not there whole: its paragraphs and cells in order, notes, captions."""
        reviewed = Reviewed.of(body)
        lost = self.missing_in_order(reviewed.pieces)
        for cells in reviewed.tables:  # a page draws them in its own order
            in_order = self.missing_in_order(cells)
            lost += [cell for cell in cells if not self.has_cell(cell)] if self.printed else in_order
        below = self.text if self.printed else self.notes
        lost += [note for note in reviewed.notes if not self.has(note, below)]
        return lost + [caption for caption in reviewed.captions if caption not in letters(self.text)]

    def missing_in_order(self, pieces: list[str]) -> list[str]:
        lost, at = [], 0
        for piece in pieces:
            begin, end = self.place(piece, self.text, at)
            lost += [piece] if begin < 0 else []
            at = max(at, begin if self.printed else end)  # a column may end inside of this one
        return lost

    def has(self, piece: str, text: str) -> bool:
        return self.place(piece, text, 0)[0] >= 0

    def has_cell(self, cell: str) -> bool:
        """The lines of cells that stand beside each other alternate."""
        return interrupted(cell, self.text, 0, sure=2)[0] >= 0

    def place(self, piece: str, text: str, at: int) -> tuple[int, int]:
        """Where it begins and ends behind ``at``; two times -1 where it does not stand whole."""
        if self.printed:
            return interrupted(NOTE_MARKS.sub("", piece), text, at)
        begin = text.find(piece, at)
        return begin, -1 if begin < 0 else begin + len(piece)


def interrupted(piece: str, text: str, at: int, sure: int = SURE) -> tuple[int, int]:
    """Where ``piece`` begins and ends behind ``at``, if all of it is there, interrupted a few times."""
    begin = place = text.find(piece[:sure], at)
    done = 0
    for _break in range(BREAKS):
        if place < 0:
            break
        while done < len(piece) and text[place : place + 1] == piece[done]:
            place, done = place + 1, done + 1
        if done == len(piece):
            return begin, place
        place = text.find(piece[done : done + sure], place, place + FURTHER)
    return -1, -1


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def letters(text: str) -> str:
    """Without marks too: each format sets the credit of a picture off in its own way."""
    return "".join(sign for sign in text if sign.isalnum())


# What was reviewed.


@dataclass(frozen=True)
class Reviewed:
    """A stored body: its paragraphs, the cells of each table, its notes and captions, without white space."""

    pieces: list[str]
    tables: list[list[str]]
    notes: list[str]
    captions: list[str]

    @classmethod
    def of(cls, body: str) -> Reviewed:
        top = html.fragment_fromstring(body, create_parent="div")
        notes = [squeezed(note.text_content()) for note in dropped(top, "//sup[@class='footnote']")]
        captions = [letters(words.text_content()) for words in dropped(top, "//figcaption")]
        for ruby in top.xpath("//ruby"):
            dropped(ruby, ".//rt | .//rp")
            ruby.tag = "p"  # a piece for itself: its reading stands before or behind it
        tables = [cells_of(table) for table in dropped(top, "//table")]
        lines = plain_text(html.tostring(top, encoding="unicode")).split("\n")
        return cls([squeezed(line) for line in lines if squeezed(line)], tables, notes, captions)


def cells_of(table: Any) -> list[str]:
    said = (squeezed(cell.text_content()) for cell in table.xpath(".//caption | .//td | .//th"))
    return [cell for cell in said if cell]


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


def from_pdf(file: Path, issue: IssueText) -> dict[str, Taken]:
    """By the bookmarks: from the page an article begins on to the one where the next begins."""
    with pypdfium2.PdfDocument(file) as printed:
        pages = [NOTE_MARKS.sub("", squeezed(words_of(page))) for page in printed]
        marks = [(squeezed(mark.get_title()), mark.get_dest().get_index()) for mark in printed.get_toc()]
    begins = []
    for article in issue.articles:
        title = squeezed(article.title_line)
        begins.append(next(page for name, page in marks if name.startswith(title)))
    ends = [*begins[1:], len(pages) - 1]
    ranges = zip(issue.articles, begins, ends, strict=True)
    return {a.code: Taken("".join(pages[begin : end + 1]), "", printed=True) for a, begin, end in ranges}


def words_of(page: Any) -> str:
    """What stands on a page between its running head and its folio."""
    width, height = page.get_size()
    area = (0, 22 * MILLIMETRE, width, height - 24 * MILLIMETRE)
    said: str = page.get_textpage().get_text_bounded(*area)
    return said


TakeOut = Callable[[Path, IssueText], dict[str, Taken]]
TAKE_OUT: dict[str, TakeOut] = {"docx": from_docx, "epub": from_epub, "jats": from_jats, "pdf": from_pdf}


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
