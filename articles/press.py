"""How an issue moves, from planning to the archive (domain §4): one table (``press_table``) and one door.

``TRANSITIONS`` is the table, ``available(issue, user)`` the buttons, ``blockers(issue)`` what stands between
the issue and the press order, ``perform(action, issue, by, ...)`` the only writer of ``Issue.stage``, of its
visibility and of ``published_at``. ``check("publish", issue, by)`` asks without writing: the edition is baked
and switched between the question and the act.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from articles import press_effects as do
from articles import press_rules as rule
from articles import record
from articles.blockers import Blocker, blockers
from articles.doors import first_refusal, fresh_person, missing_words
from articles.press_table import DECISION_FOR, TRANSITIONS, Transition
from articles.refusals import Refused
from articles.signals import issue_changed, issue_published
from articles.stages import IssueStage

if TYPE_CHECKING:
    from articles.models import Event, Issue

__all__ = [
    "DECISION_FOR",
    "TRANSITIONS",
    "Blocker",
    "IssueStage",
    "Offer",
    "Refused",
    "Transition",
    "available",
    "blockers",
    "case_of",
    "check",
    "check_case",
    "find_row",
    "issue_changed",
    "issue_published",
    "lock_contents",
    "perform",
    "record_as_printed",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """An action somebody's rights open now; ``refusal`` is the sentence that would refuse it, or ``None``."""

    action: str
    label: Any
    target: IssueStage
    needs: tuple[str, ...]
    takes: tuple[str, ...]
    refusal: str | None
    code: str | None


def case_of(issue: Issue, user: Any, **given: Any) -> rule.IssueCase:
    """The issue and the person, with what may come along; its lookups are made once for all who ask it."""
    return rule.IssueCase(issue, user, rule.IssueGiven(**given))


def available(
    issue: Issue, user: Any, case: rule.IssueCase | None = None, only: str | None = None
) -> list[Offer]:
    """What this person's rights open on the issue as it stands, each with what would refuse it.

    A screen that has a ``case_of()`` this issue and person passes it; one that asks about one action names
    it as ``only``.
    """
    offers, shared = [], case or case_of(issue, user)
    for row in TRANSITIONS:
        if (
            only not in (None, row.action)
            or issue.stage not in row.sources
            or not user.has_perm(row.permission)
        ):
            continue
        refusal = first_refusal(row.guards, shared)
        target = row.target or IssueStage(issue.stage)
        told = (str(refusal), refusal.code) if refusal else (None, None)
        offers.append(Offer(row.action, row.label, target, row.needs, row.takes, *told))
    return offers


def check(action: str, issue: Issue, by: Any, *, actor_name: str = "", **given: Any) -> None:
    """Raise the ``Refused`` that ``perform()`` would raise now; writes nothing.

    The issue is read again, so the answer is about what is stored, not about the object passed in.
    """
    from articles.models import Issue as Issues

    stored = Issues.objects.filter(pk=issue.pk).first()
    if stored is None:
        raise gone()
    case = rule.IssueCase(stored, fresh_person(by), rule.IssueGiven(**given), actor_name)
    check_case(find_row(action, stored), case)


def perform(
    action: str,
    issue: Issue,
    by: Any,
    *,
    version: int | None = None,
    address: str | None = None,
    actor_name: str = "",
    **given: Any,
) -> Event:
    """Carry out ``action`` on ``issue`` for the person ``by`` and return the event.

    ``version`` is the token of the page the person saw; an old one is refused (409). ``given`` are the fields
    of ``press_rules.IssueGiven``. Raises ``Refused``; then nothing has changed. ``by=None`` with an
    ``actor_name`` is for commands: to record a back issue as printed, say who reads it and publish it.
    """
    from articles.models import Issue as Issues

    words = rule.IssueGiven(**given)
    with record.performing():
        locked = Issues.objects.select_for_update().filter(pk=issue.pk).first()
        if locked is None:
            raise gone()
        if version is not None and version != locked.version:
            raise moved_on(locked)
        row = find_row(action, locked)
        case = rule.IssueCase(locked, fresh_person(by), words, actor_name)
        check_case(row, case)
        event = carry_out(row, case, address)
        record.notify(issue_changed, locked, event)
        if action == "publish":
            record.notify(issue_published, locked, event)
    for column in issue._meta.concrete_fields:
        setattr(issue, column.attname, getattr(locked, column.attname))
    issue.__dict__.pop("_prefetched_objects_cache", None)
    return event


def lock_contents(issue: Issue) -> None:
    """Lock an issue and all its articles: first thing where several actions share one transaction.

    Each action ends with the head of the record, which is to be the last lock anybody takes.
    """
    from articles.models import Article
    from articles.models import Issue as Issues

    list(Issues.objects.select_for_update().filter(pk=issue.pk).values_list("pk"))
    list(Article.objects.select_for_update().filter(issue=issue.pk).order_by("pk").values_list("pk"))


def record_as_printed(issue: Issue, by: Any = None, *, actor_name: str = "", note: str = "") -> Event:
    """Record that an issue was printed long ago: no proofs, no press order, one explicit event.

    ``by`` needs the right to import; a command passes ``None`` and its own name. Its articles come before
    (``workflow.record_as_printed``); publishing is a step of its own.
    """
    return perform("record_as_printed", issue, by, actor_name=actor_name, note=note)


# What follows is perform(), step by step.


def find_row(action: str, issue: Issue) -> Transition:
    rows = [row for row in TRANSITIONS if row.action == action]
    if not rows:
        raise Refused(_("There is no action “%(action)s”.") % {"action": action}, code="unknown-action")
    row = next((row for row in rows if issue.stage in row.sources), None)
    if row is None:
        raise Refused(
            _("“%(action)s” is not possible: %(issue)s stands in “%(stage)s”. Reload the page.")
            % {"action": rows[0].label, "issue": issue, "stage": IssueStage(issue.stage).label},
            code="wrong-stage",
            kind="conflict",
        )
    return row


def gone() -> Refused:
    return Refused(_("This issue no longer exists."), code="gone", kind="conflict")


def moved_on(issue: Issue) -> Refused:
    last = issue.events.last()
    return Refused(
        _(
            "%(person)s changed %(issue)s in the meantime; it stands in “%(stage)s” now. Nothing of yours "
            "was stored: reload and look again."
        )
        % {
            "person": last.actor_name if last else _("Somebody"),
            "issue": issue,
            "stage": IssueStage(issue.stage).label,
        },
        code="stale",
        kind="conflict",
    )


def check_case(row: Transition, case: rule.IssueCase) -> None:
    refusal = (
        lacks_right(row, case)
        or first_refusal(row.guards, case)
        or missing_words(row.needs, case.given)
        or first_refusal(row.conditions, case)
    )
    if refusal is not None:
        raise refusal


def lacks_right(row: Transition, case: rule.IssueCase) -> Refused | None:
    if case.by is None:
        after_printing = row.action in {"publish", *DECISION_FOR.values()} and case.was_printed
        importing = row.action == "record_as_printed" or after_printing
        if importing and case.actor_name:
            return None
        return Refused(_("Somebody has to do this in person."), code="nobody", kind="forbidden")
    if case.by.has_perm(row.permission):
        return None
    return Refused(
        _("Your role does not include “%(action)s”. Ask the office if it should.") % {"action": row.label},
        code="no-right",
        kind="forbidden",
    )


def carry_out(row: Transition, case: rule.IssueCase, address: str | None) -> Event:
    """Save the issue, then the signature and the one event."""
    issue, before = case.issue, case.issue.stage
    data = row.effect(case) if row.effect else {}
    issue.stage = row.target or issue.stage
    issue.save()
    if row.step:
        data |= do.sign(case, row.step)
    return record.write_event(
        row.action,
        case.by,
        actor_name=case.actor_name,
        issue=issue,
        article=case.given.article if "article" in (*row.needs, *row.takes) else None,
        before=before,
        after=issue.stage,
        note=case.given.reason or case.given.note,
        data={"version": issue.version, **data},
        address=address,
    )
