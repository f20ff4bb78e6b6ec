"""Verifies what the chain vouches for: a signature stands in an event, a version holds the text of its hash.

The event of a sign-off keeps the signature's key and its hash, and the chain keeps the event; so a signature
that was changed, put in or taken away behind the models' back differs from it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import BigIntegerField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from articles.record_chain import signature_digest
from articles.record_finding import Finding

__all__ = ["signature_findings"]

PAGE = 500


def signature_findings() -> Iterator[Finding]:
    """Signatures that do not agree with their event, those no event tells of, versions with another text."""
    from articles.models import Event, IssueSignOff, Revision, SignOff

    for model, of in ((SignOff, "article"), (IssueSignOff, "issue")):
        told = Event.objects.filter(data__has_key="signoff")
        told = told.filter(article__isnull=False) if of == "article" else told.filter(article=None)
        for page in pages(told):
            rows = model.objects.in_bulk([event.data["signoff"] for event in page])
            yield from (astray(e) for e in page if not agree(e, rows.get(e.data["signoff"]), of))
        keys = told.order_by().values_list(
            Cast(KeyTextTransform("signoff", "data"), BigIntegerField()), flat=True
        )
        yield from (put_in(pk) for pk in model.objects.exclude(pk__in=keys).values_list("pk", flat=True))
    for page in pages(Revision.objects.all()):
        yield from (other_text(row) for row in page if hash_of(row.content) != row.text_hash)


def pages(rows: Any) -> Iterator[list[Any]]:
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:PAGE]):
        yield page
        last = page[-1].pk


def agree(event: Any, row: Any, of: str) -> bool:
    if row is None or row.person_id != event.actor_id or row.person_name != event.actor_name:
        return False
    if "signoff_sha256" in event.data:
        return signature_digest(row) == event.data["signoff_sha256"]
    if of == "issue":
        return row.issue_id == event.issue_id and row.note == event.note
    return (row.article_id, row.opinion, row.text_hash) == (
        event.article_id,
        event.note.strip(),
        event.data.get("text_hash"),
    )


def hash_of(content: dict[str, Any]) -> str:
    """The hash of the signed fields a version holds; a field that came later is not in it."""
    from articles.models.article import SIGNED_FIELDS

    signed = [content[name] for name in SIGNED_FIELDS if name in content]
    return hashlib.sha256(json.dumps(signed, ensure_ascii=False).encode()).hexdigest()


def astray(event: Any) -> Finding:
    told = {"n": event.sequence, "key": event.data["signoff"]}
    sentence = _("The signature no. %(key)s of event %(n)s is missing or was changed.") % told
    return Finding("signature", event.sequence, sentence)


def put_in(pk: int) -> Finding:
    sentence = _("The signature no. %(key)s is told by no event: it was put in.") % {"key": pk}
    return Finding("signature", None, sentence)


def other_text(row: Any) -> Finding:
    told = {"number": row.number, "article": row.article_id}
    sentence = (
        _("Version %(number)s of manuscript %(article)s does not hold the text it was kept for.") % told
    )
    return Finding("version", None, sentence)
