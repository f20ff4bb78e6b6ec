"""The text of an archive understood: its version, its shape, and that its rows fit each other."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from journal.intake.archive.package import Package, damaged
from journal.intake.archive.shape import Misshapen, shaped
from journal.intake.manuscript import NotAManuscript
from journal.issue_archive import FORMAT, MEDIA, ORIGINALS, TEXT, VERSION, Archived

__all__ = ["read_archive", "understood"]


def read_archive(package: Package) -> Archived:
    """What a checked package holds; raises ``NotAManuscript`` with one sentence."""
    archived = understood(package.read(TEXT))
    named = {MEDIA + figure.image for figure in archived.figures}
    named |= {ORIGINALS + figure.original for figure in archived.figures if figure.original}
    if named != set(package.sums) - {TEXT}:
        raise damaged(_("its pictures are not those its text names"))
    return archived


def understood(data: bytes) -> Archived:
    """``issue.json`` as an object; raises ``NotAManuscript``."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise damaged(_("%(name)s is no JSON") % {"name": TEXT}) from error
    version = found.pop("version", None) if isinstance(found, dict) else None
    if type(version) is not int or found.pop("format", None) != FORMAT:
        raise damaged(_("%(name)s is of another kind") % {"name": TEXT})
    if version > VERSION:
        raise NotAManuscript(
            _(
                "This archive is of version %(version)s, and this installation reads up to %(known)s. "
                "Nothing was imported; bring Kanwu up to date first."
            )
            % {"version": version, "known": VERSION}
        )
    try:
        archived = shaped(Archived, found)
        if odd := next(misfits(archived), None):
            raise Misshapen(odd)
    except (Misshapen, RecursionError) as error:
        raise damaged(_("%(place)s is not as it must be") % {"place": str(error)[:100]}) from error
    return archived


def misfits(archived: Archived) -> Iterator[str]:
    """The places where rows name what is not there, or the same twice."""
    articles, sections = archived.articles, {section.code for section in archived.sections}
    authors = {author.code for author in archived.authors}
    unique: dict[str, Iterable[Hashable]] = {
        "sections": [section.code for section in archived.sections],
        "authors": [author.code for author in archived.authors],
        "articles": [article.code for article in articles],
        "articles.position": [article.position for article in articles if article.position is not None],
        "figures": [figure.image for figure in archived.figures],
        "issue.masthead": [line.label for line in archived.issue.masthead],
    }
    yield from (place for place, values in unique.items() if has_twice(values))
    if not articles:
        yield "articles"
    for author in archived.authors:
        if not {member.author for member in author.members} <= authors - {author.code}:
            yield f"authors.{author.code}"
    for article in articles:
        if article.section and article.section not in sections:
            yield f"articles.{article.code}.section"
        if not {byline.author for byline in article.bylines} <= authors:
            yield f"articles.{article.code}.bylines"
        taken_down = [notice.kind for notice in article.notices].count("retraction")
        if (article.stage, taken_down) not in {("published", 0), ("retracted", 1)}:
            yield f"articles.{article.code}.stage"


def has_twice(values: Iterable[Any]) -> bool:
    listed = list(values)
    return len(set(listed)) != len(listed)
