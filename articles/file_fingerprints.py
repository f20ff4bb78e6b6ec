"""From what a file of an issue is made, as one hash: a file with another hash was made before a change.

It holds every row that a file shows (``journal.edition.formats.reading`` reads the same), and whether the
issue was closed to changes: what was made on the desk's word alone is not what was signed. The hour of
publication is not in it, nor who may read: the file offered with a signed issue is the one readers get.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import MD5, Concat

from articles.stages import IssueStage, Stage

if TYPE_CHECKING:
    from articles.models import Issue

__all__ = ["GONE", "Fingerprints"]

#: What leaves an issue for good.
GONE = (Stage.RETRACTED, Stage.REJECTED, Stage.RECALLED)
OF_JOURNAL = (
    *("name", "pinyin_name", "publication_type", "frequency", "authority", "organiser"),
    *("issn", "cn_number", "licence_number", "address", "postcode", "telephone", "submission_address"),
)
OF_ISSUE = (
    *("year", "number", "serial_number", "publication_date"),
    *("page_count", "cover_pages", "fixed_pages", "slogans"),
)
OF_ARTICLE = (
    *("code", "section__name", "section__code", "kicker", "title", "subtitle", "toc_title"),
    *("abstract", "keywords", "closing_notes", "source", "series", "series_part", "series_status"),
    *("photo_story", "first_page", "last_page", "position"),
)
OF_MASTHEAD = ("position", "kind", "label", "values")
OF_FIGURE = (
    *("role", "position", "image", "width", "height"),
    *("caption", "photographer", "credit", "alternative"),
)
OF_BYLINE = (
    *("position", "role", "printed_name", "printed_unit", "printed_post"),
    *("author_id", "author__name", "author__kind", "author__code"),
)
OF_MEMBER = ("group_id", "position", "role", "author__name")

Rows = list[tuple[Any, ...]]


class Fingerprints:
    """Those of an issue and of each article in it; seven queries for all of them, no text is read."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue

    def of(self, article: int | None = None) -> str:
        """For a file of the whole issue, or of this article; an article that is not in it has one, too."""
        if article is not None:
            return digest([self.head, self.articles.get(article)])
        return digest([self.head, list(self.articles.items())])

    @cached_property
    def head(self) -> list[Any]:
        """What stands in every file: the journal, the issue, its masthead and cover."""
        from articles.models import Journal

        journal, issue = Journal.objects.current(), self.issue
        return [
            issue.stage in IssueStage.closed_stages(),
            [getattr(journal, name) for name in OF_JOURNAL],
            [getattr(issue, name) for name in OF_ISSUE],
            list(issue.masthead.order_by("position", "pk").values_list(*OF_MASTHEAD)),
            list(issue.figures.order_by("pk").values_list(*OF_FIGURE)),
        ]

    @cached_property
    def articles(self) -> dict[int, list[Any]]:
        """Key → its own rows, in the order of the pages."""
        from articles.models import Byline, Erratum, Figure

        shown = self.shown()
        bylines = by_article(Byline.objects.filter(article__in=shown).order_by("position", "pk"), OF_BYLINE)
        figures = by_article(Figure.objects.filter(article__in=shown).order_by("position", "pk"), OF_FIGURE)
        told = Erratum.objects.filter(article__in=shown, kind=Erratum.Kind.CORRECTION).order_by("pk")
        notices = by_article(told, ("at", "notice"))
        members = self.members(bylines)
        text = MD5(Concat("body", Value(""), output_field=CharField()))
        rows = shown.in_page_order().annotate(text=text).values_list("pk", "text", *OF_ARTICLE)
        return {
            pk: [row, bylines[pk], [members.get(line[5]) for line in bylines[pk]], figures[pk], notices[pk]]
            for pk, *row in rows
        }

    def shown(self) -> Any:
        """The articles a file has: of an issue that is out, what is published."""
        found = self.issue.articles.all()
        return found.filter(stage=Stage.PUBLISHED) if self.issue.is_out else found.exclude(stage__in=GONE)

    def members(self, bylines: dict[int, Rows]) -> dict[int, Rows]:
        """Key of a group that signs → who belongs to it."""
        from articles.models import GroupMember

        signed = {line[5] for lines in bylines.values() for line in lines}
        found: dict[int, Rows] = defaultdict(list)
        for group, *row in (
            GroupMember.objects.filter(group__in=signed).order_by("position", "pk").values_list(*OF_MEMBER)
        ):
            found[group].append(tuple(row))
        return found


def by_article(rows: QuerySet[Any], names: tuple[str, ...]) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    for key, *row in rows.values_list("article_id", *names):
        found[key].append(tuple(row))
    return found


def digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
