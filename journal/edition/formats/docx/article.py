"""One article from its kicker to its last note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from journal.edition.formats.blocks import PictureBlock, plain
from journal.edition.formats.text import ArticleText, Credit, Person
from journal.edition.formats.wording import dated

from .blocks import blocks, paragraph, picture_block
from .book import Book, Spot
from .inlines import run
from .markup import w

__all__ = ["article", "pages_of"]


def article(book: Book, text: ArticleText, spot: Spot) -> Iterator[Any]:
    """Its paragraphs and tables; the title bears a bookmark the contents can lead to."""
    yield from head(book, text)
    yield from blocks(book, text.blocks, spot)
    for figure in text.loose_figures:
        yield from picture_block(book, PictureBlock((figure,), figure.caption, figure.credit), spot)
    yield from tail(text)


def pages_of(text: ArticleText) -> str:
    """``第4—9页``, ``第4页`` or empty."""
    return _("p. %(pages)s") % {"pages": text.pages.replace("-", "—")} if text.pages else ""


def head(book: Book, text: ArticleText) -> Iterator[Any]:
    if text.kicker:
        yield paragraph("Kicker", run(text.kicker))
    yield title(text, book.next_bookmark())
    if text.subtitle:
        yield paragraph("Subhead", run(text.subtitle))
    said = "".join(text.closing_notes)
    for credit in text.credits:
        yield paragraph("Byline", run(byline(credit, said)))
        yield from (paragraph("Byline", run(members(person))) for person in credit.people if person.members)
    yield from abstract(text)


def title(text: ArticleText, number: int) -> Any:
    """All its lines, broken where the office broke them."""
    mark = {"id": number, "name": f"article{text.pk}"}
    words = run("\n".join(text.title) + text.part_mark)
    return paragraph("Title1", w("bookmarkStart", **mark), words, w("bookmarkEnd", id=number))


def byline(credit: Credit, said: str) -> str:
    """``本刊记者 顾晓川 李伟``, ``何田（上渡区文化馆 馆员） 文``; what the notes say already is left out."""
    people = [named(person, said) for person in credit.people]
    return " ".join(filter(None, [credit.before, *people, credit.after]))


def named(person: Person, said: str) -> str:
    """The name; unit and post behind it, unless the name or the notes hold the unit."""
    if not person.unit or person.unit in person.name or person.unit in said:
        return person.name
    return f"{person.name}（{f'{person.unit} {person.post}'.strip()}）"


def members(group: Person) -> str:
    return "；".join(f"{role}：{' '.join(names)}" for role, names in group.members)


def abstract(text: ArticleText) -> Iterator[Any]:
    for number, words in enumerate(text.abstract):
        label = [run(_("Abstract") + "：", w("b"))] if not number else []
        yield paragraph("Abstract", *label, run(words))
    if text.keywords:
        yield paragraph("Keywords", run(_("Keywords") + "：", w("b")), run("；".join(text.keywords)))


def tail(text: ArticleText) -> Iterator[Any]:
    """What stands behind the text."""
    if text.series_status and not says_status(text):
        yield paragraph("Status", run(f"（{text.series_status}）"))
    if text.source:
        yield paragraph("Source", run(_("Source: %(source)s") % {"source": text.source}))
    for note in text.closing_notes:
        yield paragraph("Closing", run(note))
    for notice in text.notices:
        label = f"{_('Correction')} {dated(notice.day)} "
        yield paragraph("Notice", run(label, w("b")), run(notice.words))


def says_status(text: ArticleText) -> bool:
    """Whether the text's own last line is （续完） or the like."""
    last = text.blocks[-1] if text.blocks else None
    words = plain(getattr(last, "content", ()))
    return words.strip("（）() ") == text.series_status
