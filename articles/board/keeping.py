"""The arrangement of an issue as it is stored: read, compared, written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from articles.board.changes import Stand
from articles.board.layout import Arrangement, Place
from articles.board.lengths import estimates
from articles.models.place import PLACE

if TYPE_CHECKING:
    from articles.models import Article, Issue

__all__ = ["arrangement_of", "digest", "stand_of", "with_names", "write"]

LAST = 1 << 15


def arrangement_of(issue: Issue, articles: Iterable[Article], lengths: dict[int, int]) -> Arrangement:
    """The arrangement these articles stand in; ``lengths`` are the pages each is likely to need, by key."""
    places = [
        Place(
            a.pk, a.first_page, a.last_page or a.first_page, a.pages_locked, lengths.get(a.pk, 1), a.position
        )
        for a in articles
    ]
    places.sort(key=lambda p: (p.first or LAST, p.position or LAST, p.key))
    return Arrangement(
        tuple(places), dict(sorted((int(page), words) for page, words in issue.fixed_pages.items()))
    )


def with_names(articles: Any) -> Any:
    """A query set of articles without their texts, bylines fetched in one query."""
    from articles.models import Byline

    bylines = Prefetch("bylines", Byline.objects.select_related("author"))
    return articles.defer("body", "raw_body", "abstract").prefetch_related(bylines)


def stand_of(issue: Issue) -> Stand:
    """What a change starts from; two queries, and two more where articles have no pages yet."""
    section = ("section__position", "section__name")
    found: Any = list(issue.articles.order_by("pk").values_list("pk", "title", *PLACE, *section, named=True))
    unpaged = [a.pk for a in found if a.first_page is None]
    counted = estimates(issue.articles.filter(pk__in=unpaged)) if unpaged else {}
    return Stand(
        arrangement_of(issue, found, {pk: estimate.pages for pk, estimate in counted.items()}),
        issue.page_count,
        {a.pk: " ".join(a.title.split("\n")) for a in found},
        ranks_of(found),
    )


def ranks_of(articles: Any) -> dict[int, int]:
    """Key → turn of the article's section in the usual order; what has none comes last."""
    sections = {a.pk: (a.section__position, a.section__name) for a in articles if a.section__name is not None}
    turns = {section: turn for turn, section in enumerate(sorted(set(sections.values())))}
    return {pk: turns[section] for pk, section in sections.items()}


def digest(arrangement: Arrangement) -> str:
    """Twelve hex digits that change with whatever stands anywhere."""
    return hashlib.sha256(json.dumps(arrangement.as_data()).encode()).hexdigest()[:12]


def write(issue: Issue, before: Arrangement, after: Arrangement) -> None:
    """Store what moved; the named pages are left on ``issue`` for its own save.

    Orders are unique in an issue: those that change are given up first. The version of a manuscript stays –
    who is writing in it is not disturbed by its pages (``articles.models.place``).
    """
    was = {row[0]: row for row in before.as_data()["articles"]}
    moved = {row[0]: row for row in after.as_data()["articles"] if row != was.get(row[0])}
    issue.fixed_pages = after.as_data()["fixed"]
    if not moved:
        return
    rows: Any = issue.articles.filter(pk__in=moved)
    turns = {key for key, row in moved.items() if key not in was or row[1] != was[key][1]}
    if turns:
        rows.filter(pk__in=turns).update(position=None)
    nowhere = [None] * (1 + len(PLACE))
    changed = {
        name
        for key, row in moved.items()
        for name, new, old in zip(PLACE, row[1:], was.get(key, nowhere)[1:], strict=True)
        if new != old
    }
    articles = [rows.model(pk=key) for key in moved]
    for article in articles:
        _key, article.position, article.first_page, article.last_page, locked = moved[article.pk]
        article.pages_locked = bool(locked)
    rows.model.objects.bulk_update(articles, sorted({"position"} | changed if turns else changed))
