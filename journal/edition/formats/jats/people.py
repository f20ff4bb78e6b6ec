"""Who made an article: persons with surname and given name, bodies and groups as ``collab``."""

from __future__ import annotations

from collections.abc import Iterator

from articles.models.byline import BylineRole
from articles.surnames import split_name
from journal.edition.formats.jats.elements import E, Element
from journal.edition.formats.text import ArticleText, Person

__all__ = ["contributors"]

#: What somebody did who does not sign the text; JATS leaves the words to us.
KINDS = {
    BylineRole.PHOTOGRAPH: "photographer",
    BylineRole.SUPPLIED: "photographer",
    BylineRole.DRAWING: "illustrator",
    BylineRole.INTERVIEWED: "interviewee",
    BylineRole.INTERVIEWER: "interviewer",
    BylineRole.COMPILED: "compiler",
    BylineRole.TRANSLATED: "translator",
    BylineRole.COMMENTARY: "commentator",
}


def contributors(article: ArticleText) -> Iterator[Element]:
    """The group of all in the order of the byline; nothing for an article nobody signs."""
    if article.people:
        yield E("contrib-group", *map(contributor, article.people))


def contributor(person: Person) -> Element:
    kind = "author" if person.signs else KINDS.get(BylineRole(person.role), "author")
    named = E(
        "contrib", {"contrib-type": kind}, E("contrib-id", person.code, {"contrib-id-type": "publisher"})
    )
    named.append(name_of(person.name) if person.kind == "person" else collaboration(person))
    named.append(E.role(person.role))
    if person.post:
        named.append(E.role(person.post, {"content-type": "post"}))
    if person.unit:
        named.append(E.aff(E.institution(person.unit)))
    return named


def name_of(name: str) -> Element:
    """In two parts where it is sure to have them; else as it is printed, which ``name`` alone cannot hold."""
    if parts := split_name(name):
        surname, given = parts
        return E.name(E.surname(surname), E("given-names", given), {"name-style": "eastern"})
    return E("name-alternatives", E("string-name", name))


def collaboration(person: Person) -> Element:
    """A body or a group with its members, each with what they did in it."""
    collab = E.collab(E.institution(person.name), {"collab-type": person.kind})
    members = [member(role, name) for role, names in person.members for name in names]
    if members:
        collab.append(E("contrib-group", *members))
    return collab


def member(role: str, name: str) -> Element:
    named = E("contrib", {"contrib-type": "member"}, name_of(name))
    if role:
        named.append(E.role(role))
    return named
