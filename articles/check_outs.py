"""Who has a manuscript in hand for writing. A courtesy between colleagues: the version token is the truth.

A check-out is taken with the first change, holds by a heartbeat, and frees itself when the browser is gone.
Others read, ask for it, or take it over, which the record tells with both names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import record, workflow
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article, CheckOut

__all__ = ["ask", "beat", "decline", "hand_over", "holder_of", "release", "take", "take_over"]


def holder_of(article: Article) -> CheckOut | None:
    """The check-out in force, with its people; ``None`` when nobody writes (a dead browser's has expired)."""
    from articles.models import CheckOut

    found = CheckOut.objects.filter(article=article).select_related("person", "asked_by").first()
    return found if found is not None and found.is_held else None


def take(article: Article, person: Any) -> CheckOut:
    """Take the manuscript in hand, or go on holding it. ``Refused`` (409) while somebody else has it."""
    with locked(article, person) as row:
        if row is not None and row.is_held:
            if row.person_id != person.pk:
                raise held_by(row)
            return touch(row)
        return give(article, row, person)


def beat(article: Article, person: Any) -> CheckOut:
    """A sign of life of the holder. ``Refused`` (409) when the manuscript is in other hands, or in none."""
    with locked(article, person) as row:
        if row is None or row.person_id != person.pk:
            raise held_by(row) if row is not None and row.is_held else nobody_holds()
        return touch(row)


def ask(article: Article, person: Any) -> CheckOut | None:
    """Ask the holder for it; they are told with their next heartbeat. ``None`` when nobody has it."""
    with locked(article, person) as row:
        if row is None or not row.is_held:
            return None
        if row.person_id != person.pk:
            row.asked_by, row.asked_at = person, timezone.now()
            row.save(update_fields=["asked_by", "asked_at"])
        return row


def hand_over(article: Article, person: Any) -> CheckOut:
    """The holder gives it to whoever asked for it last, if they may still write here."""
    with locked(article, person) as row:
        asker = held(row, person).asked_by
        if asker is None or not workflow.may_edit_text(article, asker):
            raise Refused(
                _("Nobody asks for this manuscript any more. You still have it in hand."),
                code="nobody-asks",
                kind="conflict",
            )
        return give(article, row, asker)


def decline(article: Article, person: Any) -> CheckOut:
    """Not now: the request is taken off the table, the holder goes on."""
    with locked(article, person) as row:
        held(row, person).asked_by = None
        held(row, person).asked_at = None
        return touch(held(row, person))


def take_over(article: Article, person: Any, *, address: str | None = None) -> CheckOut:
    """Take it out of somebody's hand; the record says from whom. What they typed stays in their draft."""
    with locked(article, person) as row:
        if row is None or not row.is_held or row.person_id == person.pk:
            return give(article, row, person)
        record.write_event(
            "take_over",
            person,
            article=article,
            before=article.stage,
            after=article.stage,
            data={"from": row.person.get_full_name(), "since": row.taken_at.isoformat()},
            note=_("from %(person)s") % {"person": row.person.get_full_name()},
            address=address,
        )
        return give(article, row, person)


def release(article: Article, person: Any) -> None:
    """Lay it down; only one's own."""
    from articles.models import CheckOut

    CheckOut.objects.filter(article=article, person=person).delete()


@contextmanager
def locked(article: Article, person: Any) -> Iterator[CheckOut | None]:
    """The row of the check-out, if any, with the manuscript locked: two who take at once come one by one."""
    from articles.models import Article as Articles
    from articles.models import CheckOut

    with transaction.atomic():
        fresh = (
            Articles.objects.select_for_update()
            .filter(pk=article.pk)
            .only("pk", "stage", "submitter")
            .first()
        )
        if fresh is None or not workflow.may_edit_text(fresh, person):
            raise Refused(
                _("You may not change this text where it stands now. You can read it."),
                code="not-writer",
                kind="forbidden",
            )
        yield CheckOut.objects.filter(article=article).select_related("person", "asked_by").first()


def give(article: Article, row: CheckOut | None, person: Any) -> CheckOut:
    from articles.models import CheckOut

    row = row or CheckOut(article=article)
    row.person, row.taken_at, row.beat_at = person, timezone.now(), timezone.now()
    row.asked_by = row.asked_at = None
    row.save()
    return row


def touch(row: CheckOut) -> CheckOut:
    row.beat_at = timezone.now()
    row.save()
    return row


def held(row: CheckOut | None, person: Any) -> CheckOut:
    if row is None or row.person_id != person.pk:
        raise held_by(row) if row is not None and row.is_held else nobody_holds()
    return row


def held_by(row: CheckOut) -> Refused:
    since = timezone.localtime(row.taken_at)
    return Refused(
        _("%(person)s has had this manuscript in hand since %(time)s. Ask for it, or take it over.")
        % {"person": row.person.get_full_name(), "time": f"{since:%H:%M}"},
        code="held",
        kind="conflict",
    )


def nobody_holds() -> Refused:
    return Refused(
        _("You do not have this manuscript in hand any more; nobody else has it. Go on writing to take it."),
        code="free",
        kind="conflict",
    )
