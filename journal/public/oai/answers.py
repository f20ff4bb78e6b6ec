"""What each verb answers, as elements of the protocol."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Min, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import ElementMaker

from articles import richtext
from articles.models import Article
from journal.edition.formats.reading import read_articles
from journal.public.answer import journal_now
from journal.public.oai.asking import SECOND, Selection, Wrong, arguments_of, selection_of, token_of
from journal.public.oai.metadata import FORMATS, SCHEMA_LOCATION, XSI, metadata
from journal.public.oai.records import records, sets

__all__ = ["PAGE", "answer", "identifier_of"]

#: Records an answer holds.
PAGE = 100
OAI = "http://www.openarchives.org/OAI/2.0/"
IDENTIFIER = "http://www.openarchives.org/OAI/2.0/oai-identifier"
#: What the guidelines call a repository by: a name of the Internet, no bare address.
HOST = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")
E: Any = ElementMaker(namespace=OAI, nsmap={None: OAI, "xsi": XSI})


def answer(given: QueryDict) -> bytes:
    """The whole answer, also to what is asked wrongly."""
    arguments: dict[str, str] = {}
    try:
        arguments = arguments_of(given)
        said = list(VERBS[arguments["verb"]](arguments))
        parts = [E(arguments["verb"], *said)]
    except Wrong as wrong:
        if wrong.code in {"badVerb", "badArgument"}:
            arguments = {}
        parts = [E.error(str(wrong), code=wrong.code)]
    root = E(
        "OAI-PMH",
        {SCHEMA_LOCATION: f"{OAI} {OAI}OAI-PMH.xsd"},
        E.responseDate(stamped(timezone.now())),
        E.request({name: richtext.storable(value) for name, value in arguments.items()}, base_url()),
        *parts,
    )
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def base_url() -> str:
    return settings.SITE_URL + reverse("public:oai")


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def identifier_of(code: str) -> str:
    return f"oai:{host()}:{code}"


def stamped(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).strftime(SECOND)


# The verbs.


def identify(_arguments: dict[str, str]) -> Iterator[etree._Element]:
    journal = journal_now()
    first = records().aggregate(first=Min("stamp"))["first"] or datetime.datetime(
        1970, 1, 1, tzinfo=datetime.UTC
    )
    yield E.repositoryName(richtext.storable(journal.name))
    yield E.baseURL(base_url())
    yield E.protocolVersion("2.0")
    yield E.adminEmail(
        # RFC 2142: a host that is reached by the web has a webmaster.
        journal.submission_address or parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or f"webmaster@{host()}"
    )
    yield E.earliestDatestamp(stamped(first))
    yield E.deletedRecord("persistent")
    yield E.granularity("YYYY-MM-DDThh:mm:ssZ")
    if HOST.fullmatch(host()):
        yield E.description(scheme())


def scheme() -> etree._Element:
    """How identifiers are made, for programs (the guidelines' ``oai-identifier``)."""
    e: Any = ElementMaker(namespace=IDENTIFIER, nsmap={None: IDENTIFIER, "xsi": XSI})
    return e(
        "oai-identifier",
        {SCHEMA_LOCATION: f"{IDENTIFIER} {IDENTIFIER}.xsd"},
        e.scheme("oai"),
        e.repositoryIdentifier(host()),
        e.delimiter(":"),
        e.sampleIdentifier(identifier_of("code")),
    )


def list_metadata_formats(arguments: dict[str, str]) -> Iterator[etree._Element]:
    if "identifier" in arguments:
        record_named(arguments["identifier"])
    for prefix, one in FORMATS.items():
        yield E.metadataFormat(
            E.metadataPrefix(prefix), E.schema(one.schema), E.metadataNamespace(one.namespace)
        )


def list_sets(arguments: dict[str, str]) -> Iterator[etree._Element]:
    if "resumptionToken" in arguments:
        raise Wrong("badResumptionToken", _("The list of sets is never cut."))
    found = [E.set(E.setSpec(one.code), E.setName(richtext.storable(one.name))) for one in sets()]
    if not found:
        raise Wrong("noSetHierarchy", _("There are no sets yet: nothing has been published for everybody."))
    yield from found


def get_record(arguments: dict[str, str]) -> Iterator[etree._Element]:
    found = record_named(arguments["identifier"])
    check_format(arguments["metadataPrefix"])
    yield from whole([found], arguments["metadataPrefix"])


def list_identifiers(arguments: dict[str, str]) -> Iterator[etree._Element]:
    selection = selection_of(arguments)
    rows, token = page_of(selection)
    yield from (header(row, gone=row.gone) for row in rows)
    yield from token


def list_records(arguments: dict[str, str]) -> Iterator[etree._Element]:
    selection = selection_of(arguments)
    rows, token = page_of(selection)
    yield from whole(rows, selection.prefix)
    yield from token


VERBS = {
    "Identify": identify,
    "ListMetadataFormats": list_metadata_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_identifiers,
    "ListRecords": list_records,
}


# Records.


def record_named(identifier: str) -> Any:
    before, code = identifier_of(""), identifier.removeprefix(identifier_of(""))
    found = rows_of(records().filter(code=code))[:1] if identifier.startswith(before) else []
    if not found:
        raise Wrong("idDoesNotExist", _("No record has this identifier."))
    return found[0]


def check_format(prefix: str) -> None:
    if prefix not in FORMATS:
        told = {"formats": ", ".join(FORMATS)}
        raise Wrong("cannotDisseminateFormat", _("Records come as: %(formats)s.") % told)


def rows_of(found: Any) -> Any:
    return found.values_list("pk", "code", "section__code", "stamp", "gone", named=True)


def page_of(selection: Selection) -> tuple[list[Any], list[etree._Element]]:
    """The records of an answer and, where they are not all, the token. By the time of change, so that one
    that changes meanwhile comes again at the end and none is left out."""
    check_format(selection.prefix)
    chosen = chosen_by(selection)
    rows = list(rows_of(after(chosen, selection)).order_by("stamp", "pk")[: PAGE + 1])
    if not rows and selection.after is None:
        raise Wrong("noRecordsMatch", _("There are no such records."))
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if not (more or selection.after):
        return rows, []
    size = selection.size or chosen.count()
    told = {"cursor": str(selection.cursor), "completeListSize": str(size)}
    if not more:
        return rows, [E.resumptionToken(told)]
    last = (rows[-1].stamp.isoformat(), rows[-1].pk)
    follows = replace(selection, after=last, cursor=selection.cursor + len(rows), size=size)
    return rows, [E.resumptionToken(token_of(follows), told)]


def chosen_by(selection: Selection) -> Any:
    found = records()
    if selection.since:
        found = found.filter(stamp__gte=datetime.datetime.fromisoformat(selection.since))
    if selection.until:
        found = found.filter(stamp__lte=datetime.datetime.fromisoformat(selection.until))
    if selection.section:
        found = found.filter(section__code=selection.section)
    return found


def after(found: Any, selection: Selection) -> Any:
    if selection.after is None:
        return found
    stamp, key = datetime.datetime.fromisoformat(selection.after[0]), selection.after[1]
    return found.filter(Q(stamp__gt=stamp) | Q(stamp=stamp, pk__gt=key))


def header(row: Any, *, gone: bool) -> etree._Element:
    found = E.header(E.identifier(identifier_of(row.code)), E.datestamp(stamped(row.stamp)))
    if row.section__code:
        found.append(E.setSpec(row.section__code))
    if gone:
        found.set("status", "deleted")
    return found


def whole(rows: list[Any], prefix: str) -> Iterator[etree._Element]:
    """Each record, those that have gone without their metadata; for the texts the gate is asked once more."""
    shown = Article.objects.for_everyone().filter(pk__in=[row.pk for row in rows if not row.gone])
    texts = {article.pk: (article, issue) for article, issue in read_articles(shown)}
    for row in rows:
        record = E.record(header(row, gone=row.pk not in texts))
        if row.pk in texts:
            record.append(E.metadata(metadata(prefix, *texts[row.pk])))
        yield record
