"""A record in each format harvesters may ask for: Dublin Core, and the whole text as JATS."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from lxml import etree
from lxml.builder import ElementMaker

from articles import richtext
from journal.edition.formats.jats import article_element
from journal.edition.formats.text import ArticleText, IssueText
from journal.public.cite import full_title

__all__ = ["FORMATS", "SCHEMA_LOCATION", "XSI", "metadata"]

XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA_LOCATION = f"{{{XSI}}}schemaLocation"
OAI_DC, DC = "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://purl.org/dc/elements/1.1/"
JATS = "http://jats.nlm.nih.gov"
T = TypeVar("T")

Make = Callable[[ArticleText, IssueText], etree._Element]


@dataclass(frozen=True)
class MetadataFormat:
    schema: str
    namespace: str
    make: Make


def dublin_core(article: ArticleText, issue: IssueText) -> etree._Element:
    """Unqualified, as the protocol demands of everybody."""
    nsmap = {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}
    dc: Any = ElementMaker(namespace=DC, nsmap=nsmap)
    found = etree.Element(f"{{{OAI_DC}}}dc", nsmap=nsmap)
    found.set(SCHEMA_LOCATION, f"{OAI_DC} {FORMATS['oai_dc'].schema}")
    found.extend(dc(name, words) for name, words in said_of(article, issue) if words)
    return found


def said_of(article: ArticleText, issue: IssueText) -> Iterator[tuple[str, str]]:
    signing = list(dict.fromkeys(person.name for person in article.people if person.signs))
    yield "title", full_title(article) + article.part_mark
    yield from (("creator", name) for name in signing)
    yield from (("subject", word) for word in (article.section, *article.keywords))
    yield "description", "\n".join(article.abstract)
    yield "publisher", issue.journal.organiser or issue.journal.name
    yield from (("contributor", name) for name in article.names if name not in signing)
    yield "date", issue.publication_date.isoformat() if issue.publication_date else str(issue.year)
    yield "type", "Text"
    yield "format", "text/html"
    yield "identifier", article.address
    yield "source", f"{issue.title}{f'：{article.pages}' if article.pages else ''}"
    yield "source", article.source
    yield "language", "zh"
    yield "relation", issue.address


def jats(article: ArticleText, issue: IssueText) -> etree._Element:
    """The article with a name space: the protocol takes no metadata without one, and the DTD knows none."""
    bare = article_element(article, issue)
    found = etree.Element(f"{{{JATS}}}article", dict(bare.attrib), nsmap={None: JATS, **bare.nsmap})
    found.extend(bare)
    for element in found.iterdescendants(etree.Element):
        element.tag = f"{{{JATS}}}{element.tag}"
    return found


FORMATS = {
    "oai_dc": MetadataFormat("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", OAI_DC, dublin_core),
    "jats": MetadataFormat(
        "https://jats.nlm.nih.gov/publishing/1.1/xsd/JATS-journalpublishing1.xsd", JATS, jats
    ),
}


def metadata(prefix: str, article: ArticleText, issue: IssueText) -> etree._Element:
    """One name with a sign that XML cannot hold must not spoil the list of a hundred others."""
    return FORMATS[prefix].make(printable(article), printable(issue))


def printable(thing: T) -> T:
    """The same without the signs XML cannot hold, however deep they are."""
    found: Any = thing
    if isinstance(thing, str):
        found = richtext.storable(thing)
    elif isinstance(thing, tuple):
        found = tuple(map(printable, thing))
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        parts = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
        found = dataclasses.replace(thing, **{name: printable(part) for name, part in parts.items()})
    result: T = found
    return result
