"""Letters written by hand, and the notices of a manuscript or of a person."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.letters import record_notice
from articles.models import Article, Journal
from articles.refusals import Refused
from journal.notices.address import posting
from journal.notices.deliver import deliver, sends_at_once
from journal.notices.kinds import RULES, Audience, Kind
from journal.notices.make import with_people
from journal.notices.models import HandledEvent, Notice, NoticeTemplate
from journal.notices.placeholders import one_line, tidy
from journal.notices.recipients import Directory
from journal.notices.unread import unread_for
from journal.notices.values import values_of

__all__ = [
    "ON_PAPER",
    "correspondents",
    "draft",
    "letters_come_to",
    "mark_read",
    "notices_of",
    "printed_letter",
    "unread_for",
    "write",
]

LONGEST = 20_000
#: The letters an office also sends on paper.
ON_PAPER = (Kind.RETURNED, Kind.ACCEPTED, Kind.REJECTED)


def correspondents(article: Article) -> list[Any]:
    """Whom a letter about this manuscript can go to: submitter and authors with an open account."""
    return [person for person in dict.fromkeys(Directory([article]).authors(article)) if person.is_active]


def draft(template: NoticeTemplate, article: Article, person: Any) -> tuple[str, str]:
    """Subject and body of a letter to start from."""
    whole = with_people([article.pk]).get()
    values = values_of(whole, None, Kind.LETTER, Audience.AUTHOR, person, Journal.objects.current())
    return template.filled(dict(values))


def letters_come_to(article: Article) -> list[Kind]:
    """The letters on paper this manuscript has given occasion for, in the order of ``ON_PAPER``."""
    done = set(article.events.order_by().values_list("action", flat=True).distinct())
    return [k for k in ON_PAPER if any((k, Audience.AUTHOR) in RULES.get(action, ()) for action in done)]


def printed_letter(article: Article, kind: Kind) -> tuple[str, str] | None:
    """Subject and words of the last notice of ``kind`` to an author, as they were sent.

    Where nobody could be told (authors without an account) it is written now from the office's wording;
    ``None`` when the manuscript has not come to that.
    """
    sent = Notice.objects.filter(article=article, kind=kind, audience=Audience.AUTHOR).first()
    if sent is not None:
        return sent.subject, sent.body
    actions = [action for action, told in RULES.items() if (kind, Audience.AUTHOR) in told]
    event = article.events.filter(action__in=actions).last()
    template = NoticeTemplate.objects.filter(kind=kind, audience=Audience.AUTHOR).first()
    if event is None or template is None:
        return None
    whole = with_people([article.pk]).get()
    return template.filled(
        dict(values_of(whole, event, kind, Audience.AUTHOR, None, Journal.objects.current()))
    )


def write(
    article: Article,
    by: Any,
    *,
    to: Any,
    subject: str,
    body: str,
    by_email: bool = True,
    address: str | None = None,
) -> Notice:
    """Write to one of the manuscript's people: an event in the record and the notice, in one transaction.

    ``address`` is the network address of the writer. Raises ``Refused``; then nothing was written or sent.
    """
    subject, body = one_line(subject), tidy(body).strip()
    refuse_bad_letter(article, by, to, subject, body)
    with transaction.atomic():
        event = record_notice(article, by, to=to, subject=subject, address=address)
        HandledEvent.objects.create(event=event)
        notice = Notice.objects.create(
            article=article,
            event=event,
            kind=Kind.LETTER,
            audience=Audience.AUTHOR,
            recipient=to,
            subject=subject,
            body=body,
            **posting(to, by_email),
        )
    if sends_at_once():
        deliver(limit=1, keys=[notice.pk])
    return notice


def refuse_bad_letter(article: Article, by: Any, to: Any, subject: str, body: str) -> None:
    if not by.has_perm("notices.add_notice"):
        raise Refused(
            _("Your role does not include writing to authors. Ask the registrar."),
            code="no-right",
            kind="forbidden",
        )
    if to not in correspondents(article):
        raise Refused(
            _("Choose somebody this manuscript comes from."), code="recipient", kind="invalid", field="to"
        )
    if not subject or not body:
        raise Refused(
            _("A letter needs a subject and some words. Nothing was sent."), code="missing", field="body"
        )
    if len(body) > LONGEST:
        raise Refused(
            _("This letter is too long: at most %(most)s characters. Nothing was sent.") % {"most": LONGEST},
            code="too-long",
            field="body",
        )


def notices_of(article: Article) -> models.QuerySet[Notice]:
    """Everything that was told about a manuscript, newest first, recipients with it."""
    return Notice.objects.filter(article=article).select_related("recipient", "event")


def mark_read(user: Any, keys: list[int] | None = None, *, newest: int | None = None) -> int:
    """Mark somebody's own notices as read; returns how many.

    Without ``keys`` all of them up to ``newest``, the newest one the page showed: what came later is unread.
    """
    mine = Notice.objects.unread_by(user)
    if keys is not None:
        mine = mine.filter(pk__in=keys)
    if newest is not None:
        mine = mine.filter(pk__lte=newest)
    return int(mine.update(read_at=timezone.now()))
