"""What a harvester asks: the verb, its arguments, and the place in a list where the last answer ended."""

from __future__ import annotations

import datetime
import re
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import richtext

__all__ = ["SECOND", "Selection", "Wrong", "arguments_of", "selection_of", "token_of"]


class Wrong(Exception):
    """An error of the protocol (OAI-PMH 2.0, 3.6): ``code`` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Takes:
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    alone: str = ""


TOKEN = "resumptionToken"  # noqa: S105 - the protocol's name
LIST = Takes(needs=("metadataPrefix",), may=("from", "until", "set"), alone=TOKEN)
VERBS = {
    "Identify": Takes(),
    "ListMetadataFormats": Takes(may=("identifier",)),
    "ListSets": Takes(alone=TOKEN),
    "GetRecord": Takes(needs=("identifier", "metadataPrefix")),
    "ListIdentifiers": LIST,
    "ListRecords": LIST,
}
#: The forms the schema gives to what an answer repeats.
NAME = r"[A-Za-z0-9\-_.!~*'()]+"
FORMS = {
    "metadataPrefix": re.compile(NAME),
    "set": re.compile(rf"{NAME}(:{NAME})*"),
    "identifier": re.compile(r"[!-~]+"),
    "from": re.compile(r"[-0-9TZ:]+"),
    "until": re.compile(r"[-0-9TZ:]+"),
}


def arguments_of(given: QueryDict) -> dict[str, str]:
    """The arguments with ``verb``. Raises ``Wrong``: badVerb, badArgument."""
    verbs = given.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Wrong("badVerb", _("Ask with one verb of these: %(verbs)s.") % {"verbs": ", ".join(VERBS)})
    takes = VERBS[verbs[0]]
    names = set(given) - {"verb"}
    known = {*takes.needs, *takes.may, takes.alone} - {""}
    if wrong := sorted(names - known) or [name for name in sorted(names) if len(given.getlist(name)) > 1]:
        told = {"verb": verbs[0], "name": richtext.storable(wrong[0])[:40]}
        raise Wrong("badArgument", _("%(verb)s takes no “%(name)s”, or not twice.") % told)
    if takes.alone in names and len(names) > 1:
        raise Wrong("badArgument", _("A resumptionToken stands alone."))
    if takes.alone not in names and (missing := sorted(set(takes.needs) - names)):
        raise Wrong("badArgument", _("%(verb)s needs “%(name)s”.") % {"verb": verbs[0], "name": missing[0]})
    said = {name: str(given[name]) for name in ("verb", *sorted(names))}
    for name, form in FORMS.items():
        if name in said and not form.fullmatch(said[name]):
            raise Wrong("badArgument", _("“%(name)s” has signs it cannot have.") % {"name": name})
    return said


# What is listed.

SECOND = "%Y-%m-%dT%H:%M:%SZ"
#: How many signs a time has → how it is written, and how long what it names lasts.
GRANULARITIES = {
    10: ("%Y-%m-%d", datetime.timedelta(days=1)),
    20: (SECOND, datetime.timedelta(seconds=1)),
}


@dataclass(frozen=True)
class Selection:
    """What is listed, and from where on. Times are ISO 8601 in UTC, both ends belong to it.

    ``after``: stamp and key of the last record told; ``cursor``: how many were told, ``size``: of how many.
    """

    verb: str
    prefix: str
    since: str = ""
    until: str = ""
    section: str = ""
    after: tuple[str, int] | None = None
    cursor: int = 0
    size: int = 0


def token_of(selection: Selection) -> str:
    """Where a list goes on: everything that was asked, signed, so that nothing is kept here."""
    return signing.dumps(asdict(selection), salt=TOKEN, compress=True)


def selection_of(arguments: dict[str, str]) -> Selection:
    """Raises ``Wrong``: badArgument, badResumptionToken."""
    if TOKEN in arguments:
        return resumed(arguments[TOKEN], arguments["verb"])
    since, until = arguments.get("from"), arguments.get("until")
    first = moment("from", since)[0] if since is not None else None
    last = moment("until", until)[1] if until is not None else None
    if since and until and len(since) != len(until):
        raise Wrong("badArgument", _("“from” and “until” have to be of the same granularity."))
    if first and last and first > last:
        raise Wrong("badArgument", _("“from” is later than “until”."))
    return Selection(
        verb=arguments["verb"],
        prefix=arguments["metadataPrefix"],
        since=first.isoformat() if first else "",
        until=last.isoformat() if last else "",
        section=arguments.get("set", ""),
    )


def moment(name: str, said: str) -> tuple[datetime.datetime, datetime.datetime]:
    """The first and the last moment of a day or a second."""
    form, span = GRANULARITIES.get(len(said), ("", datetime.timedelta()))
    try:
        first = datetime.datetime.strptime(said, form).replace(tzinfo=datetime.UTC)
    except ValueError:
        told = {"name": name, "day": "2026-01-31", "second": "2026-01-31T08:00:00Z"}
        raise Wrong("badArgument", _("“%(name)s” is written %(day)s or %(second)s.") % told) from None
    return first, first + (span - datetime.timedelta.resolution)


def resumed(token: str, verb: str) -> Selection:
    try:
        told: dict[str, Any] = signing.loads(token, salt=TOKEN)
    except signing.BadSignature:
        told = {}
    if told.get("verb") != verb:
        raise Wrong("badResumptionToken", _("No list goes on there. Begin it anew."))
    stamp, key = told["after"]
    return Selection(**{**told, "after": (stamp, key)})
