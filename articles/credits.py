"""Who made an article, in the words and the order a printed page uses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import get_language

from articles.models import Article, Author, Byline
from articles.models.author import AuthorKind
from articles.models.byline import BylineRole

__all__ = ["Credit", "Member", "credits_of", "members_of", "names_of", "signing"]

#: Printed before the names (本刊记者 顾晓川); the others follow them (郁青 摄), authors stand alone.
BEFORE = {BylineRole.STAFF, BylineRole.REPORTER, BylineRole.CORRESPONDENT}
#: Who signs the text itself: these count as authors in a citation.
SIGNING = {
    BylineRole.AUTHOR,
    BylineRole.STAFF,
    BylineRole.REPORTER,
    BylineRole.CORRESPONDENT,
    BylineRole.TEXT,
    BylineRole.ORAL,
}


@dataclass
class Credit:
    """People who share one role, next to each other: ``before`` or ``after`` is the role's word or empty."""

    bylines: list[Byline]
    before: str = ""
    after: str = ""


@dataclass
class Member:
    role: str
    names: list[str] = field(default_factory=list)


def credits_of(article: Article) -> list[Credit]:
    """The bylines in printed order, neighbours of one role together."""
    credits = []
    for role, run in groupby(article.bylines.all(), key=lambda byline: byline.role):
        word = "" if role == BylineRole.AUTHOR else str(BylineRole(role).label)
        people = list(run)
        credits.append(Credit(people, before=word) if stands_before(role) else Credit(people, after=word))
    return credits


def stands_before(role: str) -> bool:
    """In Chinese who somebody is stands before the name, what they did behind it; in English both before."""
    return role in BEFORE or not (get_language() or "").startswith("zh")


def signing(article: Article) -> list[Byline]:
    """Those a citation names: the text's authors, or everybody when only pictures are signed."""
    bylines = list(article.bylines.all())
    return [byline for byline in bylines if byline.role in SIGNING] or bylines


def names_of(article: Article) -> list[str]:
    """Each name once, in order: what the contents page prints."""
    return list(dict.fromkeys(byline.name for byline in article.bylines.all()))


def members_of(author: Author, already_said: Iterable[str] = ()) -> list[Member]:
    """A group's members by role, unless the closing notes name every one of them already."""
    if author.kind != AuthorKind.GROUP:
        return []
    found: dict[str, Member] = {}
    for membership in author.members.all():
        found.setdefault(membership.role, Member(membership.role)).names.append(membership.author.name)
    said = "".join(already_said)
    names = [name for member in found.values() for name in member.names]
    return [] if said and all(name in said for name in names) else list(found.values())
