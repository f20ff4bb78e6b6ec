"""What pages name across issues – related articles, serials, corrections – and what of it they hold.

``Plan`` has read the tables; this says from its rows what each page shows of others, so that a page is baked
again when that changes and left alone when it does not. The rules themselves are the domain's
(``articles.related``, ``articles.series``): the pages ask them one by one, the plan for all at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from articles.models import Erratum, Issue
from articles.related import PICTURES, Line, Relations
from articles.series import codes
from articles.workflow import Stage

__all__ = ["HEAD", "Crossings", "Pages"]

#: Columns of an article the plan keeps in memory.
HEAD = (
    *("code", "title", "toc_title", "issue_id", "stage", "published_at"),
    *("series", "series_part", "section_id", "first_page", "keywords"),
)

#: The name of a group, what its pages show, and their addresses.
Pages = tuple[str, Any, tuple[str, ...]]
Signed = list[tuple[int, str, str]]  # author, role, name as the pages print it


class Crossings:
    """``heads`` and ``signed`` by the key of the article, ``digests`` of all an article shows by the same;
    ``open_issues`` are those for everybody."""

    def __init__(
        self,
        heads: Mapping[int, Mapping[str, Any]],
        signed: Mapping[int, Signed],
        digests: Mapping[int, str],
        issues: Iterable[Issue],
        open_issues: Collection[int],
    ) -> None:
        self.heads, self.signed, self.digests = heads, signed, digests
        self.open, self.codes = open_issues, codes()
        self.issues = {issue.pk: (issue.year, issue.sort_number, issue.number) for issue in issues}
        for_all = [self.line(pk) for pk in heads if self.is_open(pk)]
        self.relations = Relations(for_all, (self.issues[pk][:2] for pk in open_issues))

    def is_open(self, article: int) -> bool:
        head = self.heads[article]
        return head["stage"] == Stage.PUBLISHED and head["issue_id"] in self.open

    def line(self, article: int) -> Line:
        """The article as the rule of relation sees it."""
        head = self.heads[article]
        authors = tuple(
            author for author, role, _name in self.signed.get(article, []) if role not in PICTURES
        )
        words = tuple(map(str, head["keywords"]))
        page, section = head["first_page"] or 0, head["section_id"]
        return Line(article, self.issues[head["issue_id"]][:2], page, section, head["series"], words, authors)

    def related(self, article: int) -> list[Any]:
        """What the page of an article says of each related one."""
        return [self.named(other) for other in self.relations.of(self.line(article))]

    def named(self, article: int) -> list[Any]:
        head = self.heads[article]
        words = [head[name] for name in ("code", "title", "toc_title", "series", "series_part")]
        names = [name for _author, _role, name in self.signed.get(article, [])]
        return [*words, names, self.issues[head["issue_id"]]]

    def code_of(self, article: int) -> str:
        """The address of an article's series, which its page names."""
        return self.codes.get(self.heads[article]["series"], "")

    def pages(self) -> Iterator[Pages]:
        """The pages that belong to no issue, section or author."""
        yield from self.series_pages()
        yield self.corrections()

    def series_pages(self) -> Iterator[Pages]:
        parts: dict[str, list[int]] = defaultdict(list)
        for pk, head in self.heads.items():
            if head["series"] and self.is_open(pk):
                parts[head["series"]].append(pk)
        listed = []
        for name, code in self.codes.items():
            if own := parts.get(name):
                heads = [self.heads[pk] for pk in own]
                issues = [self.issues[head["issue_id"]] for head in heads]
                address = reverse("public:series", args=[code])
                shown = [name, [self.digests[pk] for pk in own], issues]
                yield address, shown, (address, reverse("public:series-feed", args=[code]))
                listed.append((name, code, issues, [head["published_at"] for head in heads]))
        address = reverse("public:all-series")
        yield address, listed, (address,)

    def corrections(self) -> Pages:
        """The dated notices of what everybody may read, and of what they might have read before."""
        rows = Erratum.objects.filter(article__issue__in=Issue.objects.for_everyone()).order_by("pk")
        notices = rows.values_list("article_id", "kind", "notice", "at")
        named = [(notice, self.named(notice[0])) for notice in notices if notice[0] in self.heads]
        address = reverse("public:corrections")
        return address, named, (address,)
