"""The one place where text goes into a page as HTML: a body, cleaned on every write and written anew here."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.models import Article, Figure
from journal.edition.formats.wording import note_mark
from journal.public import body

__all__ = ["Note", "Text", "body_text", "register"]

register = template.Library()


@dataclass
class Note:
    number: int
    mark: str
    html: SafeString


@dataclass
class Text:
    """What the article page shows: the text, pictures it does not place itself after it, and its notes."""

    html: SafeString
    notes: list[Note]


@register.simple_tag
def body_text(article: Article) -> Text:
    figures = [figure for figure in article.figures.all() if figure.role == Figure.Role.BODY]
    rendered = body.render(article.body, {str(figure.image.name): figure for figure in figures})
    alone = [figure for figure in figures if figure.image.name not in rendered.shown]
    # ``body`` writes every word escaped and every tag from a closed list: all of it is its own HTML.
    notes = [
        Note(number, note_mark(number), mark_safe(html))  # noqa: S308 - a footnote as rendered
        for number, html in enumerate(rendered.notes, start=1)
    ]
    html = rendered.html + "".join(map(body.standing_alone, alone))
    return Text(mark_safe(html), notes)  # noqa: S308 - the text as rendered
