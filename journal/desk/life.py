"""A manuscript's whole life as one line of moments: events with what belongs to them, versions, errata.

A signature and a remark are told with the event that tells of them; what has no event of its own stands by
itself, and so do the letters the author was sent. The number of queries does not grow with the length of the
life: one union finds the keys of a page, then each kind of row is fetched once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, CharField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Comment, Erratum, Event, Revision, SignOff
from articles.models.proof import ProofCorrection
from journal.desk.words import action_words, stage_words
from journal.notices.kinds import Audience, Kind
from journal.notices.models import Notice

__all__ = ["PAGE", "Life", "Moment"]

#: Moments on one page: nearly every manuscript's life fits and prints as one.
PAGE = 200

#: What an event keeps in its data and people want to read.
FACTS: dict[str, Any] = {
    "number": gettext_lazy("Manuscript number"),
    "editor": gettext_lazy("Responsible editor"),
    "due_on": gettext_lazy("Due on"),
    "round": gettext_lazy("Round"),
    "notice": gettext_lazy("Notice"),
    "subject": gettext_lazy("Subject"),
    "name": gettext_lazy("To"),
    "page": gettext_lazy("Page"),
    "position": gettext_lazy("Order in the issue"),
    "duplicates": gettext_lazy("Similar manuscripts"),
    "words": gettext_lazy("Caption and credit"),
    "was": gettext_lazy("As it was"),
    "now": gettext_lazy("As it is now"),
    "outcome": gettext_lazy("Outcome"),
    "errors": gettext_lazy("Weighted errors found"),
    "characters": gettext_lazy("Characters read"),
}


@dataclass
class Moment:
    """One line of the life; ``kind`` is event, version, signature, remark, erratum or notice."""

    kind: str
    at: datetime.datetime
    key: int
    what: str
    who: str = ""
    before: str = ""
    after: str = ""
    said: str = ""
    quotation: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    event: Event | None = None
    row: Any = None

    @property
    def moves(self) -> bool:
        return bool(self.after) and self.before != self.after


class Life:
    """The moments of one article, oldest first or newest first, a slice at a time.

    ``letters``: with what the author was told, for who may see the correspondence.
    """

    def __init__(self, article: Article, *, newest_first: bool = False, letters: bool = False) -> None:
        self.article, self.newest_first, self.letters = article, newest_first, letters

    def keys(self) -> Any:
        """Kind, time and key of every moment; a signature or remark an event tells of is in that."""
        article = self.article
        rows = {
            "event": article.events.all(),
            "version": article.revisions.all(),
            "signature": article.signoffs.exclude(pk__in=told_keys(article, "signoff")),
            "remark": article.comments.exclude(pk__in=told_keys(article, "comment")),
            "erratum": article.errata.all(),
        }
        first, *rest = [
            found.order_by().values_list(Value(kind, CharField()), "at", "pk") for kind, found in rows.items()
        ]
        if self.letters:
            told = letters_to_author(article).order_by()
            rest.append(told.values_list(Value("notice", CharField()), "created_at", "pk"))
        order = ("-at", "-pk") if self.newest_first else ("at", "pk")
        return first.union(*rest, all=True).order_by(*order)

    @cached_property
    def start(self) -> list[tuple[str, datetime.datetime, int]]:
        """The keys of the first page and one more: mostly it is the whole life."""
        return list(self.keys()[: PAGE + 1])

    def count(self) -> int:
        return self.keys().count() if len(self.start) > PAGE else len(self.start)

    def __getitem__(self, part: slice) -> list[Moment]:
        """The moments of a slice; at most nine queries, however long it is."""
        keys = self.start[part] if part.stop is not None and part.stop <= PAGE else list(self.keys()[part])
        wanted: dict[str, set[int]] = {kind: set() for kind in ("event", "signature", "remark")}
        for kind, _at, key in keys:
            wanted.setdefault(kind, set()).add(key)
        found = {(moment.kind, moment.key): moment for moment in self.moments(wanted)}
        return [found[kind, key] for kind, _at, key in keys]

    def moments(self, wanted: dict[str, set[int]]) -> Iterator[Moment]:
        """The rows of the keys, and the signatures and remarks the events among them tell of."""
        events = list(self.article.events.filter(pk__in=wanted["event"]))
        signoffs = SignOff.objects.select_related("revision").in_bulk(
            wanted["signature"] | keys_in(events, "signoff")
        )
        comments = Comment.objects.select_related("by", "resolved_by").in_bulk(
            wanted["remark"] | keys_in(events, "comment")
        )
        corrections = ProofCorrection.objects.in_bulk(keys_in(events, "correction"))
        for event in events:
            data = event.data
            yield tell_event(
                event,
                signoffs.get(data.get("signoff")),
                comments.get(data.get("comment")),
                corrections.get(data.get("correction")),
            )
        yield from (tell_signature(signoffs[key]) for key in wanted["signature"])
        yield from (tell_remark(comments[key]) for key in wanted["remark"])
        yield from tell_versions(wanted.get("version", set()))
        yield from tell_errata(wanted.get("erratum", set()))
        yield from tell_letters(wanted.get("notice", set()))

    def __iter__(self) -> Iterator[Moment]:
        """The whole life in pages, for an export."""
        start = 0
        while page := self[start : start + PAGE]:
            yield from page
            start += PAGE


def told_keys(article: Article, name: str) -> Any:
    """The keys of the signatures or remarks that an event of the article tells of."""
    events = article.events.filter(data__has_key=name).order_by()
    return events.values_list(Cast(KeyTextTransform(name, "data"), BigIntegerField()), flat=True)


def keys_in(events: list[Event], name: str) -> set[int]:
    return {key for event in events if isinstance(key := event.data.get(name), int)}


def tell_event(
    event: Event, signoff: SignOff | None, comment: Comment | None, correction: ProofCorrection | None
) -> Moment:
    moment = Moment(
        "event",
        event.at,
        event.pk,
        action_words(event.action, event.before),
        event.actor_name,
        stage_words(event.before, of_article=True),
        stage_words(event.after, of_article=True),
        event.note,
        facts=facts_of(event),
        event=event,
    )
    if signoff is not None:
        moment.facts += facts_of_signature(signoff)
        moment.said = signoff.opinion
    if comment is not None:
        moment.quotation, moment.said = comment.quotation, event.note or comment.text
    if correction is not None:
        moment.facts.append((_("Corrected"), f"{correction.wrong} → {correction.right}"))
    return moment


def facts_of(event: Event) -> list[tuple[str, str]]:
    """What the data of an event says in words; empty values and codes are left out."""
    found = [
        (str(words), "、".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, words in FACTS.items()
        if (value := event.data.get(name)) not in (None, "", [])
    ]
    if isinstance(issue := event.data.get("issue"), str):
        found.append((_("Issue"), issue))
    return found


def facts_of_signature(signoff: SignOff) -> list[tuple[str, str]]:
    signed = _("version %(number)s") % {"number": signoff.revision.number}
    return [
        (signoff.get_level_display(), signoff.get_verdict_display()),
        (_("Signed for"), signed),
    ]


def tell_signature(row: SignOff) -> Moment:
    facts = facts_of_signature(row)
    return Moment(
        "signature", row.at, row.pk, _("Signature"), row.person_name, said=row.opinion, facts=facts, row=row
    )


def tell_remark(row: Comment) -> Moment:
    facts = [(_("Settled by"), name_of(row.resolved_by))] if row.resolved_by else []
    moment = Moment("remark", row.at, row.pk, _("Remark"), name_of(row.by), facts=facts, row=row)
    moment.said, moment.quotation = row.text, row.quotation
    return moment


def tell_versions(keys: set[int]) -> Iterator[Moment]:
    for row in Revision.objects.filter(pk__in=keys).select_related("by"):
        what = _("Version %(number)s kept") % {"number": row.number}
        facts = [(_("Made by"), row.get_reason_display()), (_("Text"), row.text_hash[:12])]
        yield Moment("version", row.at, row.pk, what, name_of(row.by), facts=facts, row=row)


def tell_errata(keys: set[int]) -> Iterator[Moment]:
    for row in Erratum.objects.filter(pk__in=keys).select_related("by"):
        what = _("Notice to readers: %(kind)s") % {"kind": row.get_kind_display()}
        yield Moment("erratum", row.at, row.pk, what, name_of(row.by), said=row.notice, row=row)


def letters_to_author(article: Article) -> Any:
    """What the workflow had sent to the author; a letter somebody wrote is told with its event."""
    return Notice.objects.filter(article=article, audience=Audience.AUTHOR).exclude(kind=Kind.LETTER)


def tell_letters(keys: set[int]) -> Iterator[Moment]:
    for row in Notice.objects.filter(pk__in=keys).select_related("recipient") if keys else ():
        facts = [(_("State"), row.get_state_display()), (_("Subject"), row.subject)]
        what = row.get_kind_display()
        yield Moment("notice", row.created_at, row.pk, what, name_of(row.recipient), facts=facts, row=row)


def name_of(person: Any) -> str:
    return person.get_full_name() if person is not None else ""
