"""Sections and authors of an archive: those that are here already, else made with their own codes."""

from __future__ import annotations

from collections.abc import Iterable

from articles.codes import free_code
from articles.models import Article, Author, Byline, GroupMember, Section
from articles.models.author import normalise_name
from journal.issue_archive import ArchivedAuthor, ArchivedByline, ArchivedSection

from .checked import checked

__all__ = ["Authors", "sections_for", "sign"]


def sections_for(rows: Iterable[ArchivedSection]) -> dict[str, Section]:
    """Code in the archive → section here, by its code or else by its name."""
    found = {}
    for row in rows:
        here = Section.objects.filter(code=row.code).first() or Section.objects.filter(name=row.name).first()
        if here is None:
            here = Section(**{name: getattr(row, name) for name in row.__slots__})
            checked(here, row.name).save()
        found[row.code] = here
    return found


class Authors:
    """Code in the archive → author here: who has that name, unit and kind, or somebody new.

    A code that is another's here is counted on (``li-wei-2``).
    """

    def __init__(self, rows: Iterable[ArchivedAuthor]) -> None:
        rows = list(rows)
        self.by_code = {row.code: self.author(row) for row in rows}
        for row in rows:
            for member in row.members:
                self.join(self.by_code[row.code], self.by_code[member.author], member.role, member.position)

    def author(self, row: ArchivedAuthor) -> Author:
        known = {"name": normalise_name(row.name), "unit": row.unit, "kind": row.kind}
        here = Author.objects.filter(**known).first()
        if here is None:
            code = free_code(row.code, lambda code: Author.objects.filter(code=code).exists())
            here = Author(**known, post=row.post, biography=row.biography, code=code)
            checked(here, row.name).save()
        return here

    def join(self, group: Author, author: Author, role: str, position: int) -> None:
        if not GroupMember.objects.filter(group=group, author=author, role=role).exists():
            checked(GroupMember(group=group, author=author, role=role, position=position), group.name).save()


def sign(article: Article, rows: Iterable[ArchivedByline], authors: Authors) -> None:
    for row in rows:
        printed = {name: getattr(row, name) for name in row.__slots__ if name != "author"}
        byline = Byline(article=article, author=authors.by_code[row.author], **printed)
        checked(byline, article.title_line).save()
