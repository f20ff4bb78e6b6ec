"""Verifies the record: reads every event once, in pages, and names what does not fit.

What it finds: an event that was changed, taken out (also the newest ones), put in or moved, a head that was
moved, a guard of the database that is not in its place, and a signature or a version that is no longer what
its event or its hash says. What it cannot find by itself is a chain that
somebody who owns the database wrote anew from some event on, triggers, head and all: for that the office
keeps a known point – number and hash, as every verification prints it and every export contains it –
somewhere else, and gives it as ``known``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.db import Error
from django.utils.translation import gettext as _

from articles import record_guard
from articles.record_chain import GENESIS, digest
from articles.record_finding import Finding
from articles.record_signatures import signature_findings

__all__ = ["Finding", "Verification"]

PAGE = 2_000


@dataclass
class Verification:
    """One walk over the record. ``findings()`` yields what it finds while it walks; afterwards ``count``,
    ``last_sequence`` and ``last_hash`` say how far it came.

    ``first`` begins at that event and takes the one before on trust; ``known`` maps numbers to the hashes
    noted earlier.
    """

    first: int = 1
    known: dict[int, str] = field(default_factory=dict)
    count: int = 0
    last_sequence: int = 0
    last_hash: str = GENESIS
    last_id: int = 0

    def findings(self) -> Iterator[Finding]:
        yield from guards()
        self.start()
        while True:
            head = heads()
            if rows := self.page():
                for row in rows:
                    yield from self.look_at(row)
            elif head == heads():  # nothing was written while we looked for more
                break
        yield from self.look_at_head(head)
        if self.first == 1:
            yield from signature_findings()
        for sequence in sorted(n for n in self.known if n > self.last_sequence or n < self.first):
            yield Finding("known", sequence, _("Event %(n)s, which is known, was not met.") % {"n": sequence})

    @property
    def point(self) -> str:
        """Number and hash of the last event met, to be noted elsewhere and given as ``known`` later."""
        return f"{self.last_sequence}:{self.last_hash}"

    def start(self) -> None:
        from articles.models import Event

        before = Event.objects.filter(sequence=self.first - 1).values_list("id", "sequence", "hash").first()
        if before is not None:
            self.last_id, self.last_sequence, self.last_hash = before

    def page(self) -> list[Any]:
        """The next rows by key; a row that cannot be read at all is its key and the error."""
        from articles.models import Event

        rest = Event.objects.filter(pk__gt=self.last_id).order_by("pk")
        try:
            return [SimpleNamespace(**row) for row in rest.values()[:PAGE]]
        except (ValueError, TypeError, AttributeError, Error):
            return [readable(pk) for pk in rest.values_list("pk", flat=True)[:PAGE]]

    def look_at(self, row: Any) -> Iterator[Finding]:
        self.count += 1
        self.last_id = row.id
        number = self.last_sequence + 1
        if own_hash(row) != row.hash:
            yield changed(row, number)
        elif row.sequence != number:
            yield misplaced(row.sequence, number)
            number = max(row.sequence, self.last_sequence)
        elif row.previous_hash != self.last_hash:
            yield torn(number)
        if self.known.get(number, row.hash) != row.hash:
            yield Finding(
                "known",
                number,
                _("Event %(n)s is another one than the one known from before.") % {"n": number},
            )
        self.last_sequence, self.last_hash = number, row.hash

    def look_at_head(self, found: list[tuple[Any, ...]]) -> Iterator[Finding]:
        if len(found) != 1:
            yield Finding("head", None, _("The head of the record is missing or there is more than one."))
            return
        count, last_id, last_hash = found[0]
        if isinstance(count, int) and count > self.last_sequence:
            yield Finding(
                "missing",
                self.last_sequence + 1,
                _("The newest events, %(a)s to %(b)s, are missing.")
                % {"a": self.last_sequence + 1, "b": count},
            )
        elif (count, last_id, last_hash) != (self.last_sequence, self.last_id, self.last_hash):
            yield Finding(
                "head",
                self.last_sequence,
                _(
                    "The head of the record does not belong to the newest event, %(n)s: one of the two was "
                    "changed, or events were put in past it."
                )
                % {"n": self.last_sequence},
            )


def changed(row: Any, number: int) -> Finding:
    sentence = _("Event %(n)s is not what was written: it was changed afterwards.") % {"n": number}
    if row.sequence != number:
        sentence += " " + _("It says it were event %(other)s.") % {"other": row.sequence}
    return Finding("changed", number, sentence)


def misplaced(sequence: int, number: int) -> Finding:
    """A sound event with another number than the one whose turn it is."""
    told = {"n": sequence, "a": number, "b": sequence - 1}
    if sequence == number + 1:
        return Finding("missing", number, _("Event %(a)s is missing.") % told)
    if sequence > number:
        return Finding("missing", number, _("Events %(a)s to %(b)s are missing.") % told)
    return Finding(
        "moved", sequence, _("Event %(n)s stands where %(a)s should: it was put in or moved.") % told
    )


def torn(number: int) -> Finding:
    return Finding(
        "torn",
        number,
        _("Event %(n)s does not follow the event before it: one of the two was exchanged.") % {"n": number},
    )


def heads() -> list[tuple[Any, ...]]:
    from articles.models import RecordHead

    return list(RecordHead.objects.values_list("count", "last_id", "last_hash")[:2])


def guards() -> Iterator[Finding]:
    for name in record_guard.flaws():
        yield Finding(
            "guard",
            None,
            _("The guard “%(name)s” of the database is missing or altered; “manage.py migrate” mends it.")
            % {"name": name},
        )


def readable(pk: int) -> Any:
    """One row of a page that could not be read as a whole."""
    from articles.models import Event

    try:
        return SimpleNamespace(**Event.objects.filter(pk=pk).values().get())
    except (ValueError, TypeError, AttributeError, Error):
        row = Event.objects.filter(pk=pk).values("id", "sequence", "previous_hash", "hash").get()
        return SimpleNamespace(**row, form=None)


def own_hash(row: Any) -> str | None:
    """The hash the row must have; ``None`` when it holds something no event holds."""
    try:
        return digest(row)
    except (ValueError, TypeError, AttributeError):
        return None
