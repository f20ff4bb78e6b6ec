"""Who is named under a title: writes the bylines of an article from printed names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.record import write_event

if TYPE_CHECKING:
    from articles.models import Article, Author

__all__ = [
    "LONGEST_NAME",
    "LONGEST_POST",
    "LONGEST_UNIT",
    "BylineLine",
    "printed_lines",
    "set_bylines",
    "tell_change",
]

LONGEST_NAME, LONGEST_UNIT, LONGEST_POST = 100, 200, 100


@dataclass(frozen=True, slots=True)
class BylineLine:
    """One byline to be: who (``AuthorKind``), as what (``BylineRole``), unit and post as printed."""

    name: str
    kind: str
    role: str
    unit: str = ""
    post: str = ""


def set_bylines(article: Article, lines: Sequence[BylineLine], by: Any = None) -> tuple[list[Author], bool]:
    """Make the article's bylines these lines, in this order; nobody stands twice in one role.

    Authors are found by name and unit, or made. With ``by`` the record tells who changed what. Returns the
    authors and whether anything was written.
    """
    from articles.models import Author, Byline

    wanted: list[tuple[Author, BylineLine]] = []
    taken: set[tuple[int, str]] = set()
    for line in lines:
        author = Author.objects.named(line.name, line.unit, line.kind, line.post)
        if (author.pk, line.role) not in taken:
            taken.add((author.pk, line.role))
            wanted.append((author, line))
    authors = [author for author, _line in wanted]
    rows = [(a.pk, str(x.role), x.name, x.unit, x.post) for a, x in wanted]
    fields = ("author_id", "role", "printed_name", "printed_unit", "printed_post")
    if list(article.bylines.order_by("position").values_list(*fields)) == rows:
        return authors, False
    was = printed_lines(article) if by is not None else []
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, position=n, **dict(zip(fields, row, strict=True)))
        for n, row in enumerate(rows, start=1)
    )
    if by is not None:
        tell_change(article, was, by)
    return authors, True


def printed_lines(article: Article) -> list[str]:
    """The bylines as stored, one text each: role, name, unit and post as printed."""
    fields = ("role", "printed_name", "printed_unit", "printed_post")
    rows = article.bylines.order_by("position", "pk").values_list(*fields)
    return [" ".join(filter(None, row)) for row in rows]


def tell_change(article: Article, was: list[str], by: Any) -> None:
    """Note in the record who changed the bylines, and what they were: no signature covers them."""
    now = printed_lines(article)
    if now != was:
        stage = article.stage
        data = {"was": was, "now": now, "version": article.version}
        write_event("bylines_changed", by, article=article, before=stage, after=stage, data=data)
