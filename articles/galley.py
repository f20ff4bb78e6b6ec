"""A text as it is set on proof: numbered lines of so many characters, pages of so many lines.

What is set here measures as the office's type area does (``Journal.characters_per_line`` full-width signs,
two narrow ones for one), so that a proofreader can name a line and an editor finds it again. Every sign knows
where it is written: a correction changes these signs and leaves the mark-up around them alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles.difference.blocks import tokens
from articles.refusals import Refused
from articles.richtext import BLOCKS

if TYPE_CHECKING:
    from articles.models import Article, Journal

__all__ = ["Galley", "Line", "Sign", "corrected", "galley_of"]

#: What does not begin a line, and what does not end one.
NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…—·％℃,.;:?!)%]")
NOT_LAST = frozenset("（《〈「『【〔“‘([")
#: How many signs a line may give up to the next so that neither begins or ends badly.
GIVEN_UP = 12
KINDS = {
    **dict.fromkeys(("h2", "h3", "h4"), "heading"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "li": "item",
}
#: What begins and ends on lines of its own.
PARAGRAPHS = (BLOCKS - {"hr"}) | {"caption"}
WRITTEN = re.compile(r"&[^;\s]{1,32};|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign on the proof; ``field`` and ``start``–``end`` say where it is written, nowhere when blank."""

    sign: str
    field: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the proof. ``kind``: title, byline, heading, text, forced, item, caption, row or note."""

    number: int
    page: int | None
    kind: str
    signs: tuple[Sign, ...]
    paragraph: int
    opens_page: bool = False

    @property
    def text(self) -> str:
        return "".join(sign.sign for sign in self.signs)

    @property
    def is_fifth(self) -> bool:
        return self.number % 5 == 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Galley:
    lines: tuple[Line, ...]

    def page_of(self, number: int) -> int | None:
        return self.lines[number - 1].page if 0 < number <= len(self.lines) else None

    def find(self, words: str, near: int = 1) -> tuple[int, tuple[Sign, ...]] | None:
        """These words where they stand nearest to a line: its number and their signs; white space is one."""
        wanted = " ".join(words.split())
        spots = [
            (line.paragraph, line.number, sign) for line in self.lines for sign in line.signs if sign.field
        ]
        text = "".join(sign.sign for _p, _n, sign in spots)
        found = []
        for match in re.finditer(f"(?={re.escape(wanted)})", text) if wanted else ():
            span = spots[match.start() : match.start() + len(wanted)]
            if span[0][0] == span[-1][0]:  # inside one paragraph
                found.append((span[0][1], tuple(sign for _p, _n, sign in span)))
        return min(found, key=lambda hit: abs(hit[0] - near), default=None)


def galley_of(article: Article, journal: Journal) -> Galley:
    """Set an article; its bylines are read, so a list of articles has them fetched first."""
    first, last = article.first_page, article.last_page
    lines: list[Line] = []
    for place, paragraph in enumerate(paragraphs_of(article)):
        for signs in broken(paragraph, journal.characters_per_line):
            number = len(lines) + 1
            page = None if first is None else first + (number - 1) // max(journal.lines_per_page, 1)
            if page is not None and last is not None:
                page = min(page, last)
            opens = page is not None and bool(lines) and lines[-1].page != page
            lines.append(Line(number, page, paragraph.kind, signs, place, opens))
    return Galley(tuple(lines))


def corrected(article: Article, signs: tuple[Sign, ...], right: str) -> dict[str, Any]:
    """The field in which these signs are written, with ``right`` in their place; as ``workflow`` takes it.

    Signs both have at their beginning or end stay as they are, with the mark-up between them.
    """
    wrong = "".join(sign.sign for sign in signs)
    fields = {sign.field for sign in signs}
    if len(fields) != 1:
        raise Refused(
            _("These words do not stand in one piece. Mark a shorter piece."), code="place", field="wrong"
        )
    head = shared(wrong, right)
    tail = shared(wrong[head:][::-1], right[head:][::-1])
    gone, put = signs[head : len(signs) - tail], right[head : len(right) - tail]
    name, _dot, place = fields.pop().partition(":")
    value = getattr(article, name)
    written = value[int(place)] if place else value
    if name == "body":
        put = escape(put, quote=False)
    at = gone[0].start if gone else (signs[head - 1].end if head else signs[0].start)
    for sign in reversed(gone):
        written = written[: sign.start] + written[sign.end :]
    written = written[:at] + put + written[at:]
    if place:
        written = [written if n == int(place) else note for n, note in enumerate(value)]
    return {name: written}


def shared(one: str, other: str) -> int:
    """How many signs two words have in common at their beginning."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


# Paragraphs.


def paragraphs_of(article: Article) -> Iterator[Paragraph]:
    yield from plain("kicker", article.kicker, "note")
    yield from plain("title", article.title, "title")
    yield from plain("subtitle", article.subtitle, "note")
    names = "　".join(byline.name for byline in article.bylines.all())
    if names:
        yield Paragraph("byline", unwritten(names))
    yield from plain("abstract", article.abstract, "text")
    yield from BodyReader(article.body).paragraphs()
    for number, note in enumerate(article.closing_notes):
        yield from plain(f"closing_notes:{number}", note, "note")
    yield from plain("source", article.source, "note")


def plain(name: str, words: str, kind: str) -> Iterator[Paragraph]:
    """The lines of a field without mark-up."""
    for line in re.finditer(r"[^\n]+", words):
        signs = tuple(
            Sign(" " if c.isspace() else c, name, n, n + 1) for n, c in enumerate(line[0], line.start())
        )
        if line[0].strip():
            yield Paragraph(kind, signs)


def unwritten(words: str) -> tuple[Sign, ...]:
    return tuple(Sign(sign) for sign in words)


class BodyReader:
    """Reads a cleaned body: a paragraph, heading, item, caption or row of a table each."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.found: list[Paragraph] = []
        self.signs: list[Sign] = []
        self.kinds: list[str] = ["text"]
        self.rows = 0
        self.forced = False  # the next words go on after a forced line break

    def paragraphs(self) -> list[Paragraph]:
        place = 0
        for written, tag in tokens(self.html):
            if tag is None:
                self.words(written, place)
            elif tag[1]:
                self.end(tag[2])
            else:
                self.start(tag[2], tag[3])
            place += len(written)
        self.flush()
        return self.found

    def words(self, written: str, place: int) -> None:
        for found in WRITTEN.finditer(written):
            said = " " if found[0].isspace() else unescape(found[0])
            if said == " " and (not self.signs or self.signs[-1].sign == " "):
                continue
            start, end = place + found.start(), place + found.end()
            self.signs.append(Sign(said[:1], "body", start, end))

    def start(self, tag: str, attributes: str) -> None:
        if tag == "br":
            self.part()
        elif tag == "img":
            self.signs += unwritten(_("[picture]"))
        elif tag == "sup" and "footnote" in attributes:
            self.signs.append(Sign("〔"))
            self.kinds.append("footnote")
        elif tag == "tr":
            self.open("row")
            self.rows += 1
        elif tag in {"td", "th"} or (self.rows and tag in BLOCKS):
            if self.signs and self.signs[-1].sign != "　":
                self.signs.append(Sign("　"))
        elif tag == "hr":
            self.flush()
        elif tag in PARAGRAPHS:
            self.open(KINDS.get(tag, self.kinds[-1]))
            if tag == "li":
                self.signs += unwritten("· ")

    def end(self, tag: str) -> None:
        if tag == "sup" and self.kinds[-1] == "footnote":
            self.signs.append(Sign("〕"))
            self.kinds.pop()
        elif tag == "tr":
            self.rows -= 1
            self.close()
        elif not self.rows and tag in PARAGRAPHS:
            self.close()

    def open(self, kind: str) -> None:
        self.flush()
        self.kinds.append(kind)

    def close(self) -> None:
        self.flush()
        if len(self.kinds) > 1:
            self.kinds.pop()

    def part(self) -> None:
        """A forced line: in a row it is a blank."""
        if self.rows:
            self.signs.append(Sign("　"))
        else:
            self.flush()
            self.forced = True

    def flush(self) -> None:
        if any(not sign.sign.isspace() for sign in self.signs):
            self.found.append(Paragraph("forced" if self.forced else self.kinds[-1], tuple(self.signs)))
        self.signs, self.forced = [], False


# Lines.


def width(sign: str) -> int:
    """In half signs."""
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


def broken(paragraph: Paragraph, characters: int) -> Iterator[tuple[Sign, ...]]:
    """The lines of a paragraph; running text begins two signs in."""
    signs = paragraph.signs
    if paragraph.kind == "text":
        signs = (*unwritten("　　"), *signs)
    limit, start = 2 * max(characters, 4), 0
    while start < len(signs):
        end, used = start, 0
        while end < len(signs) and used + width(signs[end].sign) <= limit:
            used += width(signs[end].sign)
            end += 1
        end = better_end(signs, start, end)
        yield signs[start:end]
        start = end
        while start < len(signs) and signs[start].sign == " ":
            start += 1


def better_end(signs: tuple[Sign, ...], start: int, end: int) -> int:
    """Where the line ends so that no mark begins the next one and no word is torn."""
    place = end
    while start + 1 < place < len(signs) and end - place < GIVEN_UP:
        before, after = signs[place - 1].sign, signs[place].sign
        torn = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if after not in NOT_FIRST and before not in NOT_LAST and not torn:
            return place
        place -= 1
    return end
