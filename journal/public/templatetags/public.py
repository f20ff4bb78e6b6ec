"""Covers, authors and pages as the reader's templates print them."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles import credits as printed
from articles.drawn_cover import cover_for
from articles.models import Article, Figure, Issue, Journal
from journal.public import cite, parting, pictures, qr
from journal.variants import other_scripts, others, variant_of

__all__ = ["register"]

register = template.Library()

PLACES = {"column": pictures.COLUMN, "story": pictures.STORY, "cover": pictures.COVER}
#: Widths a name or a number may take on the plate, in its units.
NAME_WIDTH, NUMBER_WIDTH = 182, 98


@register.inclusion_tag("public/_cover.html")
def cover(issue: Issue, journal: Journal, *, named: bool = True) -> dict[str, Any]:
    """The issue's cover: the uploaded picture, else the drawn plate. Unnamed where a link says it."""
    covers = getattr(issue, "covers", None)
    if covers is None:
        covers = [figure for figure in issue.figures.all() if figure.role == "cover"]
    words = gettext("Cover of %(journal)s, %(issue)s") % {"journal": journal.name, "issue": issue}
    overall = (
        gettext("No. %(serial)s overall") % {"serial": issue.serial_number} if issue.serial_number else ""
    )
    return {
        "issue": issue,
        "journal": journal,
        "picture": covers[0] if covers else None,
        "cover": cover_for(issue.year, issue.number),
        "words": words if named else "",
        "overall": overall,
        "name_size": min(34, NAME_WIDTH // max(len(journal.name), 1)),
        "number_size": min(96, int(NUMBER_WIDTH / (0.58 * max(len(issue.number), 1)))),
    }


@register.simple_tag
def picture(figure: Figure, words: str, place: str = "column", *, lazy: bool = True) -> SafeString:
    """A figure in the text's ``column``, a ``story`` of the contents or a ``cover``."""
    css = "cover" if place == "cover" else ""
    return pictures.picture(figure, words, sizes=PLACES[place], lazy=lazy, css=css)


@register.inclusion_tag("public/_parted.html")
def parted(line: str, article: Article | None = None) -> dict[str, Any]:
    """A line of a title or subtitle: never parted in a span of years; by its article, between words only."""
    found = parting.pieces(line, f"{article.abstract} {article.body}") if article else [line]
    return {"pieces": [parting.spans(piece) for piece in found]}


@register.inclusion_tag("public/_qr_code.html")
def qr_code(address: str) -> dict[str, Any]:
    """The code of an absolute address, as a drawing in the page."""
    size, path = qr.drawn(address)
    return {"address": address, "size": size, "path": path}


@register.inclusion_tag("public/_languages.html", takes_context=True)
def languages(context: Context) -> dict[str, Any]:
    """The same page in each variant; one that stands under an error has none."""
    path = context["request"].get_full_path()
    return {"here": variant_of(path), "variants": others(path) if context.get("room") else []}


@register.inclusion_tag("public/_alternates.html", takes_context=True)
def alternates(context: Context) -> dict[str, Any]:
    """For search engines: the page in the other script. The English frame holds the same text as here."""
    return {"site": settings.SITE_URL, "variants": [*other_scripts(context["request"].path)]}


@register.filter
def names(article: Article) -> list[str]:
    return printed.names_of(article)


@register.filter
def credits(article: Article) -> list[printed.Credit]:
    return printed.credits_of(article)


@register.filter
def pages(article: Article) -> str:
    """``4—9``, as pages are printed in Chinese."""
    return cite.pages_of(article, "—")


@register.filter
def before_last(text: str) -> str:
    """All but the last three characters, which stay together so that no line holds a single one."""
    return text[:-3]


@register.filter
def last(text: str) -> str:
    return text[-3:]


@register.filter
def lines(text: str) -> list[str]:
    return text.split("\n")
