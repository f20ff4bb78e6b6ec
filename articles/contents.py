"""The contents of an issue: sections in the order of the pages, photo stories apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.models import Article, Section

__all__ = ["Contents", "Group", "contents_of", "neighbours", "series_of"]


@dataclass
class Group:
    """One section and what stands in it; ``section`` is missing for an article without one."""

    section: Section | None
    articles: list[Article] = field(default_factory=list)


@dataclass
class Contents:
    groups: list[Group]
    photo_stories: list[Article]
    in_order: list[Article]


def contents_of(articles: Iterable[Article]) -> Contents:
    """Group articles (already in page order); a section that returns later joins its first place."""
    groups: dict[int | None, Group] = {}
    stories: list[Article] = []
    in_order = list(articles)
    for article in in_order:
        if article.photo_story:
            stories.append(article)
        else:
            groups.setdefault(article.section_id, Group(article.section)).articles.append(article)
    return Contents(list(groups.values()), stories, in_order)


def neighbours(article: Article, in_order: list[Article]) -> tuple[Article | None, Article | None]:
    """The article before and the article after in the issue."""
    place = next((i for i, other in enumerate(in_order) if other.pk == article.pk), None)
    if place is None:
        return None, None
    before = in_order[place - 1] if place else None
    after = in_order[place + 1] if place + 1 < len(in_order) else None
    return before, after


def series_of(article: Article, siblings: Iterable[Article]) -> list[Article]:
    """The parts of a serial in the order they came out; empty when there is only this one."""
    parts = sorted(siblings, key=lambda part: (part.issue.year, part.issue.sort_number, part.first_page or 0))  # type: ignore[union-attr]
    return parts if len(parts) > 1 else []
