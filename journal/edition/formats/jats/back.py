"""Behind the text: footnotes, closing notes, the source of a reprint, corrections, loose pictures."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from journal.edition.formats.jats.body import figure, paragraphs
from journal.edition.formats.jats.elements import E, Element
from journal.edition.formats.jats.words import Place, note_id
from journal.edition.formats.text import ArticleText, notes_of

__all__ = ["after_body"]


def after_body(article: ArticleText, place: Place) -> Iterator[Element]:
    """``back`` and ``floats-group``, each where there is something for it."""
    behind = [*footnotes(article, place), *notes(article)]
    if behind:
        yield E.back(*behind)
    if article.loose_figures:
        loose = (figure((one,), one.caption, one.credit, place) for one in article.loose_figures)
        yield E("floats-group", *loose)


def footnotes(article: ArticleText, place: Place) -> Iterator[Element]:
    found = [
        E.fn({"id": note_id(note.number)}, E.label(str(note.number)), *paragraphs(note.content, place))
        for note in notes_of(article)
    ]
    if found:
        yield E("fn-group", *found)


def notes(article: ArticleText) -> Iterator[Element]:
    if article.closing_notes:
        yield E.notes({"notes-type": "closing"}, *map(E.p, article.closing_notes))
    if article.source:
        yield E.notes({"notes-type": "source"}, E.title(_("Source")), E.p(article.source))
    for notice in article.notices:
        title = " ".join((_("Correction"), notice.day.isoformat()))
        yield E.notes({"notes-type": "correction"}, E.title(title), *map(E.p, notice.words.splitlines()))
