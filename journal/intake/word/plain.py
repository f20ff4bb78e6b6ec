"""Files without Word's insides: plain text, web pages saved or mailed, as the same paragraphs and tables."""

from __future__ import annotations

import base64
import binascii
import email
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import html as lxml_html

from journal.intake.decode import decode

from . import refusals
from .layout import Cell, Item, Layout, Paragraph, Run, Table
from .telling import not_taken

__all__ = ["layout_of_html", "layout_of_text"]

BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "center", "section", "article"}
BLOCKS |= {"body", "ul", "ol", "dl", "dt", "dd", "header", "footer", "main", "figure", "figcaption", "pre"}
SKIPPED = {"script", "style", "head", "title", "meta", "link", "xml", "noscript", "svg", "object", "iframe"}
SIZE = re.compile(r"font-size:\s*([\d.]+)\s*pt")
ALIGN = re.compile(r"text-align:\s*(center|right|left)")
HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all")
TITLE_CLASS = re.compile("title", re.IGNORECASE)
DEEPEST = 200
WIDEST = 63


def layout_of_text(data: bytes) -> Layout:
    """Each line a paragraph."""
    text, _encoding = decode(data)
    return Layout(tuple(Paragraph((Run(line),)) for line in text.replace("\f", "\n").split("\n")))


def layout_of_html(data: bytes) -> tuple[Layout, dict[str, bytes]]:
    """The page's paragraphs, and its pictures by the parts ``Layout.pictures`` names."""
    pictures = attached(data)
    text, _encoding = decode(data)
    text = re.sub(r"<\?xml[^>]*\?>|<!\[[^\]]*\]>|</?o:p>", "", text)
    try:
        root = lxml_html.fromstring(text)
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise refusals.unknown() from error
    reader = Reader(pictures)
    items = tuple(reader.items(root))
    return Layout(items, tuple(reader.pictures), tuple(not_taken(reader.seen))), reader.data


def attached(data: bytes) -> dict[str, bytes]:
    """The pictures of a web archive, by the addresses its page uses."""
    if not re.match(rb"\s*[A-Za-z-]+:", data[:200]):
        return {}
    found: dict[str, bytes] = {}
    for part in email.message_from_bytes(data).walk():
        payload = part.get_payload(decode=True)
        if part.get_content_maintype() == "image" and isinstance(payload, bytes):
            place = str(part.get("Content-Location", ""))
            key = str(part.get("Content-ID", "")).strip("<>")
            found |= {name: payload for name in (place, place.rpartition("/")[2], f"cid:{key}") if name}
    return found


@dataclass(slots=True)
class Look:
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    link: str = ""
    size: float = 0.0


@dataclass(slots=True)
class Reader:
    attached: dict[str, bytes]
    data: dict[str, bytes] = field(default_factory=dict)
    pictures: list[tuple[str, str, str]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    depth: int = 0

    def items(self, element: Any) -> Iterator[Item]:
        """The blocks in an element; text between them is a paragraph of its own."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise refusals.tampered()
        loose: list[Run] = list(text_run(element.text, Look()))
        for child in element:
            if not isinstance(child.tag, str) or child.tag in SKIPPED:
                pass
            elif child.tag == "table" or child.tag in BLOCKS:
                yield from self.paragraph(element, loose)
                loose = []
                yield from [self.table(child)] if child.tag == "table" else self.items(child)
            elif holds_block(child):
                yield from self.paragraph(element, loose)
                loose = []
                yield from self.items(child)
            else:
                loose += self.runs(child, look_of(child, Look(bold=is_bold(element))))
            loose += text_run(child.tail, Look())
        yield from self.paragraph(element, loose)
        self.depth -= 1

    def paragraph(self, element: Any, runs: list[Run]) -> Iterator[Paragraph]:
        if not any(run.text.strip() or run.picture for run in runs) and element.tag not in {"p", "div"}:
            return
        style = element.get("style", "")
        heading = re.fullmatch(r"h([1-6])", element.tag)
        align = ALIGN.search(style)
        size = SIZE.search(style)
        sizes = Counter({run.size: 0 for run in runs})
        for run in runs:
            sizes[run.size] += len(run.text.strip())
        usual = sizes.most_common(1)[0][0] if sizes else 0.0
        yield Paragraph(
            tuple(collapsed(runs)),
            style="Title" if TITLE_CLASS.search(element.get("class", "")) else "",
            outline=int(heading[1]) if heading else None,
            align=align[1] if align else element.get("align", "center" if element.tag == "center" else ""),
            size=usual or (float(size[1]) if size else 0.0),
            bullet=element.tag == "li"
            and element.getparent() is not None
            and element.getparent().tag == "ul",
        )

    def runs(self, element: Any, look: Look) -> list[Run]:
        if HIDDEN.search(element.get("style", "")):
            self.seen["hidden"] += bool(element.text_content().strip())
            return []
        if element.tag == "br":
            return [Run("\n")]
        if element.tag == "img":
            return self.picture(element)
        found = list(text_run(element.text, look))
        for child in element:
            if isinstance(child.tag, str) and child.tag not in SKIPPED:
                found += self.runs(child, look_of(child, look))
            found += text_run(child.tail, look)
        if element.tag == "a" and element.get("href") and not look.link:
            self.seen["unsafe link"] += not element.get("href").startswith(("#", "http", "mailto:"))
        return found

    def picture(self, element: Any) -> list[Run]:
        source = element.get("src", "")
        data = self.attached.get(source) or self.attached.get(source.rpartition("/")[2]) or inline(source)
        if not data:
            self.seen["linked"] += 1
            return []
        id = f"f{len(self.pictures) + 1}"
        self.pictures.append((id, id, element.get("alt", "")))
        self.data[id] = data
        return [Run(picture=id)]

    def table(self, element: Any) -> Table:
        rows = []
        for row in element.iter("tr"):
            if nearest_table(row) is not element:
                continue
            rows.append(tuple(self.cell(cell) for cell in row if cell.tag in {"td", "th"}))
        return Table(tuple(row for row in rows if row))

    def cell(self, element: Any) -> Cell:
        inside = [item for item in self.items(element) if isinstance(item, Paragraph) and not item.is_empty]
        return Cell(tuple(inside), span(element.get("colspan")), span(element.get("rowspan")))


def text_run(text: str | None, look: Look) -> list[Run]:
    if not text:
        return []
    words = re.sub(r"[ \t\r\n]+", " ", text)
    return [Run(words, look.bold, look.italic, look.raised, look.lowered, look.link, size=look.size)]


def collapsed(runs: list[Run]) -> Iterator[Run]:
    """Line ends of the source are no words: blanks between Chinese lines go."""
    for run in runs:
        yield replace(run, text=re.sub("(?<=[\u3400-\u9fff，。；：、]) (?=[\u3400-\u9fff])", "", run.text))


def look_of(element: Any, look: Look) -> Look:
    style = element.get("style", "")
    size = SIZE.search(style)
    link = element.get("href", "") if element.tag == "a" else ""
    return Look(
        look.bold or is_bold(element),
        look.italic or element.tag in {"i", "em"},
        look.raised or element.tag == "sup",
        look.lowered or element.tag == "sub",
        link if re.match("https?://|mailto:", link) else look.link,
        float(size[1]) if size else look.size,
    )


def is_bold(element: Any) -> bool:
    weight = re.search(r"font-weight:\s*(bold|[6-9]00)", element.get("style", ""))
    return element.tag in {"b", "strong"} or weight is not None


def holds_block(element: Any) -> bool:
    return any(
        isinstance(e.tag, str) and (e.tag in BLOCKS or e.tag == "table") for e in element.iterdescendants()
    )


def nearest_table(element: Any) -> Any:
    return next((parent for parent in element.iterancestors("table")), None)


def span(value: str | None) -> int:
    return max(1, min(int(value), WIDEST)) if value and value.isdecimal() else 1


def inline(source: str) -> bytes:
    found = re.match(r"data:image/\w+;base64,(.*)", source, re.DOTALL)
    try:
        return base64.b64decode(found[1]) if found else b""
    except (binascii.Error, ValueError):
        return b""
