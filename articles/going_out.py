"""How an issue goes out: the private link to its preview, the hour it is to come out by itself.

The rules and effects of these rows of ``press.TRANSITIONS``, and what the house asks to carry them out.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import press_effects, record
from articles.press_rules import IssueCase
from articles.refusals import Refused
from articles.stages import IssueStage, Stage

if TYPE_CHECKING:
    from articles.models import Event, Issue

__all__ = ["LATEST", "as_if_out", "due", "failure_of", "hour_of", "record_failure", "still_due"]

#: A scheduled issue bears its hour as long as it comes out within this time after it; later, the real one.
LATEST = datetime.timedelta(seconds=60)
FAILED = "schedule_failed"
WORKER = "publish_due"
YEAR = datetime.timedelta(days=366)


# Rules.


def time_is_ahead(case: IssueCase) -> Refused | None:
    """An hour that is past, or a slip of the year."""
    at, now = case.given.publish_at, timezone.now()
    assert at is not None  # needed by the row
    if now < at <= now + YEAR:
        return None
    words = {"time": f"{timezone.localtime(at):%Y-%m-%d %H:%M}"}
    if at <= now:
        sentence = _("%(time)s is past. Choose a time that is still to come, or publish now.") % words
    else:
        sentence = _("%(time)s is more than a year away. Look at the year again.") % words
    return Refused(sentence, code="time", field="publish_at")


def is_scheduled(case: IssueCase) -> Refused | None:
    if case.issue.publish_at is not None:
        return None
    return Refused(_("No time is set for this issue."), code="not-scheduled", kind="conflict")


def has_preview(case: IssueCase) -> Refused | None:
    if case.issue.preview_key:
        return None
    return Refused(_("There is no link to the preview."), code="no-preview", kind="conflict")


# Effects. The key itself is kept out of the record: who reads the record may not read the issue.


def open_preview(case: IssueCase) -> dict[str, Any]:
    """A new secret of 256 bits; the link made before, if there was one, leads nowhere from now on."""
    renewed, case.issue.preview_key = bool(case.issue.preview_key), secrets.token_urlsafe(32)
    return {"renewed": renewed}


def close_preview(case: IssueCase) -> dict[str, Any]:
    case.issue.preview_key = ""
    return {}


def schedule(case: IssueCase) -> dict[str, Any]:
    was = case.issue.publish_at
    assert case.given.publish_at is not None  # needed by the row
    case.issue.publish_at, case.issue.scheduled_by = case.given.publish_at, case.by
    return {"publish_at": case.given.publish_at.isoformat(), "was": was and was.isoformat()}


def unschedule(case: IssueCase) -> dict[str, Any]:
    was, case.issue.publish_at, case.issue.scheduled_by = case.issue.publish_at, None, None
    return {"was": was.isoformat()} if was else {}


def publish(case: IssueCase) -> dict[str, Any]:
    """All articles come out; an hour that was set is used up."""
    return press_effects.publish(case) | unschedule(case)


# What the house asks.


def due(now: datetime.datetime | None = None) -> list[Issue]:
    """Issues whose hour has come, oldest first, but for those that were refused then: a person decides."""
    from articles.models import Issue

    come = Issue.objects.filter(stage=IssueStage.SIGNED, publish_at__lte=now or timezone.now())
    waiting = come.select_related("scheduled_by").order_by("publish_at", "pk")
    return [issue for issue in waiting if not is_settled(failure_of(issue))]


def is_settled(failure: Event | None) -> bool:
    return failure is not None and not failure.data["again"]


def still_due(issue: Issue, at: datetime.datetime | None) -> bool:
    """Whether the stored issue is still to come out at this hour; for who holds its lock."""
    from articles.models import Issue as Issues

    return Issues.objects.filter(pk=issue.pk, stage=IssueStage.SIGNED, publish_at=at).exists()


def failure_of(issue: Issue) -> Event | None:
    """What kept the issue from coming out at the hour that is set; ``None`` while nothing did."""
    last = issue.events.filter(action__in=["schedule", FAILED]).last()
    return last if last is not None and last.action == FAILED else None


def record_failure(issue: Issue, code: str, sentence: str, *, again: bool) -> bool:
    """Write down, once for an hour and a reason, why the issue did not come out; ``again``: it is tried on.

    Returns whether there was anything to write.
    """
    before = failure_of(issue)
    if before is not None and (before.data["code"] == code or is_settled(before)):
        return False
    with record.performing():
        record.write_event(
            FAILED,
            None,
            actor_name=WORKER,
            issue=issue,
            before=issue.stage,
            after=issue.stage,
            note=sentence,
            data={"code": code, "again": again},
        )
    return True


def hour_of(issue: Issue) -> datetime.datetime:
    """The time of publication an issue bears if it comes out as planned, or now: at the hour set for it."""
    now = timezone.now()
    if issue.publish_at is None or now - issue.publish_at > LATEST:
        return now
    return issue.publish_at


@contextmanager
def as_if_out(issue: Issue) -> Iterator[None]:
    """Inside, and for this connection alone, the issue is out with all that stands in it; then it never was.

    A transaction that is always rolled back: what is read inside is made of the very rows that publishing
    would leave. Nobody else sees anything of it; on PostgreSQL who writes to the issue waits for its end.
    """
    from articles.models import Article
    from articles.models import Issue as Issues

    at = hour_of(issue)
    with transaction.atomic():
        list(Issues.objects.select_for_update().filter(pk=issue.pk).values_list("pk"))
        inside = Article.objects.filter(issue=issue.pk, stage__in=[Stage.EDITING, Stage.RELEASED])
        keys = list(inside.select_for_update().order_by("pk").values_list("pk", flat=True))
        with record.performing():
            Article.objects.filter(pk__in=keys).update(stage=Stage.PUBLISHED, published_at=at)
            Issues.objects.filter(pk=issue.pk).update(stage=IssueStage.PUBLISHED, published_at=at)
        try:
            yield
        finally:
            transaction.set_rollback(True)
