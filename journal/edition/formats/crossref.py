"""The deposit by which Crossref registers the DOIs of an issue's articles (schema 5.4.0).

Kanwu keeps no DOIs. The office gets its prefix from Crossref and names it in the settings; the rest of a DOI
is the article's permanent code, so that it is the same whenever it is made.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml import etree
from lxml.builder import ElementMaker

from articles.models.byline import BylineRole
from articles.surnames import split_name
from journal.edition.formats.contract import Format, Say
from journal.edition.formats.packed import changed
from journal.edition.formats.sound import refuse_unsound
from journal.edition.formats.text import ArticleText, IssueText, JournalText, Person
from journal.edition.store import EditionError

__all__ = ["FORMAT"]

VERSION = "5.4.0"
NAMESPACE = f"http://www.crossref.org/schema/{VERSION}"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
JATS = "http://www.ncbi.nlm.nih.gov/JATS1"
E: Any = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE, "jats": JATS, "xsi": XSI})
J: Any = ElementMaker(namespace=JATS)
SCHEMA = {f"{{{XSI}}}schemaLocation": f"{NAMESPACE} https://www.crossref.org/schemas/crossref{VERSION}.xsd"}

PREFIX = re.compile(r"10\.[0-9]{4,9}")
#: What Crossref takes for a part of a person's name: at most 60 signs, no figures, no question marks.
NAME = re.compile(r"(?=.*\S)[^\d?]{1,60}")

#: What a byline calls the journal it stands in; nobody elsewhere knows which.
OURSELVES = "本刊"


def write_issue(issue: IssueText, out: BinaryIO, _say: Say) -> None:
    write(issue, issue.articles, out)


def write_article(article: ArticleText, issue: IssueText, out: BinaryIO, _say: Say) -> None:
    write(issue, (article,), out)


def write(issue: IssueText, articles: tuple[ArticleText, ...], out: BinaryIO) -> None:
    refuse_unsound(issue, *articles)
    refuse_undepositable(issue, articles)
    body = E.body(E.journal(journal_metadata(issue.journal), journal_issue(issue)))
    body[0].extend(journal_article(article, issue) for article in articles)
    batch = E.doi_batch({"version": VERSION, **SCHEMA}, head(issue, articles, body), body)
    etree.indent(batch, " ")
    out.write(etree.tostring(batch, encoding="UTF-8", xml_declaration=True) + b"\n")


def refuse_undepositable(issue: IssueText, articles: tuple[ArticleText, ...]) -> None:
    """Raise ``EditionError`` for what Crossref would not take, with what to do about it."""
    journal = issue.journal
    if not PREFIX.fullmatch(journal.doi_prefix):
        raise EditionError(
            _(
                "No DOI prefix is set. Put the one Crossref gave the office into CROSSREF_PREFIX, "
                "like 10.12345. Nothing was written."
            )
        )
    if not (journal.depositor_email or journal.submission_address):
        raise EditionError(
            _("Crossref answers by e-mail. Put an address into CROSSREF_EMAIL. Nothing was written.")
        )
    if not journal.issn:
        raise EditionError(
            _("Crossref knows journals by their ISSN. Give the journal its own. Nothing was written.")
        )
    if not articles:
        raise EditionError(
            _("%(issue)s has no articles yet. Place some in it. Nothing was written.")
            % {"issue": issue.label}
        )
    for article in articles:
        if article.published_at is None:
            raise EditionError(
                _("%(place)s is not on line yet: a DOI needs a page to lead to. Nothing was written.")
                % {"place": article.place}
            )


def head(issue: IssueText, articles: tuple[ArticleText, ...], body: etree._Element) -> etree._Element:
    """The time of the last change is the deposit's version: Crossref takes no older one than it has."""
    journal = issue.journal
    mark = hashlib.sha256(etree.tostring(body)).hexdigest()[:16]
    return E.head(
        E.doi_batch_id(f"{issue.year}-{issue.number}-{mark}"),
        E.timestamp(f"{changed(issue, *articles):%Y%m%d%H%M%S}"),
        E.depositor(
            E.depositor_name(journal.depositor or journal.organiser or journal.name),
            E.email_address(journal.depositor_email or journal.submission_address),
        ),
        E.registrant(journal.organiser or journal.name),
    )


def journal_metadata(journal: JournalText) -> etree._Element:
    found = E.journal_metadata({"language": "zh"}, E.full_title(journal.name))
    if journal.pinyin_name:
        found.append(E.abbrev_title(journal.pinyin_name))
    found.append(E.issn(journal.issn, media_type="print"))
    return found


def journal_issue(issue: IssueText) -> etree._Element:
    return E.journal_issue(printed(issue), E.issue(issue.number))


def printed(issue: IssueText) -> etree._Element:
    """The day of the printed issue, its year at least."""
    if issue.publication_date:
        return dated(issue.publication_date, "print")
    return E.publication_date(E.year(str(issue.year)), media_type="print")


def dated(day: datetime.date, medium: str) -> etree._Element:
    return E.publication_date(
        E.month(f"{day:%m}"), E.day(f"{day:%d}"), E.year(f"{day:%Y}"), media_type=medium
    )


def journal_article(article: ArticleText, issue: IssueText) -> etree._Element:
    """In the order of the schema."""
    found = E.journal_article({"publication_type": "full_text", "language": "zh"}, titles(article))
    if people := list(contributors(article, issue.journal)):
        found.append(E.contributors(*people))
    if article.abstract:
        found.append(J.abstract(*map(J.p, article.abstract)))
    if article.published_at:
        found.append(dated(timezone.localtime(article.published_at).date(), "online"))
    found.append(printed(issue))
    if article.first_page is not None:
        found.append(pages(article.first_page, article.last_page or article.first_page))
    doi = f"{issue.journal.doi_prefix}/{article.code}"
    found.append(E.doi_data(E.doi(doi), E.resource(article.address)))
    return found


def titles(article: ArticleText) -> etree._Element:
    """The dash a printed subtitle begins with is the page's."""
    found = E.titles(E.title(article.title_line + article.part_mark))
    if subtitle := re.sub(r"^[—–―-]+\s*", "", article.subtitle):
        found.append(E.subtitle(subtitle))
    return found


def pages(first: int, last: int) -> etree._Element:
    return E.pages(E.first_page(str(first)), *([E.last_page(str(last))] if last > first else []))


def contributors(article: ArticleText, journal: JournalText) -> Iterator[etree._Element]:
    """Who signs, and who translated it: Crossref has no word for photographers and compilers."""
    order = "first"
    for person in article.people:
        if person.signs or person.role == BylineRole.TRANSLATED:
            role = "author" if person.signs else "translator"
            unit = journal.name if person.unit == OURSELVES else person.unit
            yield contributor(person, unit, {"sequence": order, "contributor_role": role})
            order = "additional"


def contributor(person: Person, unit: str, said: dict[str, str]) -> etree._Element:
    """A person with surname and given name; a name that has no two parts is all surname, as Crossref asks."""
    if person.kind != "person" or not NAME.fullmatch(person.name):
        return E.organization(person.name, said)
    surname, given = split_name(person.name) or (person.name, "")
    parts = [E.given_name(given)] if given else []
    found = E.person_name(*parts, E.surname(surname), {**said, "name-style": "eastern"} if given else said)
    if unit:
        found.append(E.affiliations(E.institution(E.institution_name(unit))))
    return found


FORMAT = Format(
    name="crossref",
    label=gettext_lazy("Crossref deposit"),
    ending="xml",
    media_type="application/xml; charset=utf-8",
    issue=write_issue,
    article=write_article,
    texts=False,
)
