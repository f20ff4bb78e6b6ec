"""The package document of EPUB 3.3: what the book is, who made it, which files it has, how it is read."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from journal.edition.formats.epub.book import Book
from journal.edition.formats.epub.markup import LANGUAGE, written
from journal.edition.formats.packed import changed
from journal.edition.formats.text import ArticleText, Person

__all__ = ["CONTAINER", "package"]

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMES: dict[str | None, str] = {None: OPF, "dc": DC}

CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""

#: MARC relators for what people did (BylineRole's values); who is not here contributed.
RELATORS = {
    "作者": "aut",
    "本刊记者": "aut",
    "本报记者": "aut",
    "通讯员": "aut",
    "文": "aut",
    "摄": "pht",
    "图": "ill",
    "口述": "nrt",
    "受访": "ive",
    "采访": "ivr",
    "整理": "com",
    "译": "trl",
    "点评": "cwt",
}


def package(book: Book, article: ArticleText | None) -> bytes:
    """``article`` when the book is that one article; else it is the whole issue."""
    root = named("package", version="3.0", unique_identifier="identifier")
    root.set(LANG, LANGUAGE)
    metadata = Metadata()
    described(metadata, book, article)
    collected(metadata, book, article)
    accessible(metadata, book)
    root.extend([metadata.root, manifest(book), spine(book)])
    return written(root)


def named(name: str, **attributes: str) -> Any:
    made = etree.Element(f"{{{OPF}}}{name}", nsmap=NAMES)
    for key, value in attributes.items():
        made.set(key.replace("_", "-"), value)
    return made


class Metadata:
    """The ``metadata`` element; facts that refine another one find it by its number."""

    def __init__(self) -> None:
        self.root = named("metadata")

    def core(self, name: str, words: str, id_: str = "") -> str:
        """A Dublin Core element; its id, for what refines it."""
        made = etree.SubElement(self.root, f"{{{DC}}}{name}")
        made.text = words
        made.set("id", id_ or f"m{len(self.root)}")
        return str(made.get("id"))

    def meta(self, property_: str, words: str, refines: str = "", scheme: str = "") -> str:
        made = named("meta", property=property_)
        made.text = words
        made.set("id", f"m{len(self.root) + 1}")
        if refines:
            made.set("refines", f"#{refines}")
        if scheme:
            made.set("scheme", scheme)
        self.root.append(made)
        return str(made.get("id"))


# What it is.


def described(metadata: Metadata, book: Book, article: ArticleText | None) -> None:
    issue = book.issue
    address = article.address if article else issue.address
    metadata.core("identifier", uuid.uuid5(uuid.NAMESPACE_URL, address).urn, "identifier")
    titled(metadata, article.title_line + article.part_mark if article else issue.title, article)
    metadata.core("language", LANGUAGE)
    if office := office_of(book):
        metadata.core("publisher", office)
    metadata.core("source", address)
    metadata.core("date", day_of(book).isoformat())
    moment = changed(issue, *book.articles)
    metadata.meta("dcterms:modified", moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    if article:
        for word in article.keywords:
            metadata.core("subject", word)
        if article.abstract:
            metadata.core("description", "\n".join(article.abstract))
    credited(metadata, book, article)


def titled(metadata: Metadata, title: str, article: ArticleText | None) -> None:
    metadata.meta("title-type", "main", refines=metadata.core("title", title))
    if article and article.subtitle:
        metadata.meta("title-type", "subtitle", refines=metadata.core("title", article.subtitle))


def day_of(book: Book) -> datetime.date:
    return book.issue.publication_date or changed(book.issue, *book.articles).date()


def credited(metadata: Metadata, book: Book, article: ArticleText | None) -> None:
    """The creators of an article are who signs it; of an issue, its office. Everybody else contributed."""
    if article is None and (office := office_of(book)):
        creator = metadata.core("creator", office)
        metadata.meta("role", "isb", refines=creator, scheme="marc:relators")
    for name, people in by_name(book.articles).items():
        signs = article is not None and any(person.signs for person in people)
        somebody = metadata.core("creator" if signs else "contributor", name)
        for role in dict.fromkeys(RELATORS.get(person.role, "ctb") for person in people):
            metadata.meta("role", role, refines=somebody, scheme="marc:relators")


def office_of(book: Book) -> str:
    """Empty while the journal has not been described yet."""
    return book.issue.journal.organiser or book.issue.journal.name


def by_name(articles: tuple[ArticleText, ...]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for article in articles:
        for person in article.people:
            found.setdefault(person.name, []).append(person)
    return found


def collected(metadata: Metadata, book: Book, article: ArticleText | None) -> None:
    """The issue belongs to the journal, an article to the issue."""
    issue = book.issue
    if not issue.journal.name:
        return
    collection = metadata.meta("belongs-to-collection", issue.journal.name)
    metadata.meta("collection-type", "series", refines=collection)
    if issue.serial_number is not None:
        metadata.meta("group-position", str(issue.serial_number), refines=collection)
    if issue.journal.serial and issue.journal.issn:
        metadata.meta("dcterms:identifier", f"urn:issn:{issue.journal.issn}", refines=collection)
    if article:
        inside = metadata.meta("belongs-to-collection", issue.label, refines=collection)
        metadata.meta("collection-type", "set", refines=inside)


def accessible(metadata: Metadata, book: Book) -> None:
    modes = ["textual", "visual"] if book.pictured else ["textual"]
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"]
    if book.pictured and book.described:
        features.append("alternativeText")
    if book.has_ruby:
        features.append("rubyAnnotations")
    if book.pages:
        features += ["pageBreakMarkers", "pageNavigation"]
        metadata.meta("pageBreakSource", _("%(issue)s, printed") % {"issue": book.issue.title})
    for mode in modes:
        metadata.meta("schema:accessMode", mode)
    metadata.meta("schema:accessModeSufficient", "textual" if book.described else ",".join(modes))
    for feature in features:
        metadata.meta("schema:accessibilityFeature", feature)
    metadata.meta("schema:accessibilityHazard", "none")
    metadata.meta("schema:accessibilitySummary", summary(book))


def summary(book: Book) -> str:
    if not book.pictured:
        return _("All of it is text that can be enlarged, read aloud and searched.")
    if book.described:
        return _(
            "The text can be enlarged, read aloud and searched; every picture has words that stand for it."
        )
    return _("The text can be enlarged, read aloud and searched; some pictures have no words.")


# Which files it has.


def manifest(book: Book) -> Any:
    made = named("manifest")
    for item in book.items.values():
        listed = named("item", id=id_of(item.name), href=item.name, media_type=item.media_type)
        if item.properties:
            listed.set("properties", item.properties)
        made.append(listed)
    return made


def spine(book: Book) -> Any:
    made = named("spine")
    made.extend(named("itemref", idref=id_of(item.name)) for item in book.items.values() if item.spine)
    return made


def id_of(name: str) -> str:
    return name.replace(".", "-")
