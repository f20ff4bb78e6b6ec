"""How an issue moves, from planning to the archive (domain §4), as one table and one door.

``TRANSITIONS`` is the table, ``available(issue, user)`` the buttons, ``blockers(issue)`` what stands between
the issue and the press order, ``perform(action, issue, by, ...)`` the only writer of ``Issue.stage``, of its
visibility and of ``published_at``. ``check("publish", issue, by)`` asks without writing: the edition is baked
and switched between the question and the act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from articles import going_out as out
from articles import press_effects as do
from articles import press_rules as rule
from articles import record
from articles.blockers import Blocker, blockers
from articles.doors import first_refusal, fresh_person, missing_words
from articles.refusals import Refused
from articles.signals import issue_changed, issue_published
from articles.stages import IssueStage

if TYPE_CHECKING:
    from articles.models import Event, Issue

__all__ = [
    "TRANSITIONS",
    "Blocker",
    "IssueStage",
    "Offer",
    "Refused",
    "Transition",
    "available",
    "blockers",
    "check",
    "issue_changed",
    "issue_published",
    "lock_contents",
    "perform",
    "record_as_printed",
]

Guard = Callable[["rule.IssueCase"], Refused | None]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: ``action`` on an issue in one of ``sources`` leads to ``target`` (``None``: it stays).

    ``guards`` need only the issue and the person, ``conditions`` also what was typed; ``needs`` and ``takes``
    name the fields of ``press_rules.IssueGiven``. ``step`` makes the action a signature on the issue.
    """

    action: str
    label: Any
    sources: tuple[IssueStage, ...]
    target: IssueStage | None
    permission: str
    guards: tuple[Guard, ...] = ()
    conditions: tuple[Guard, ...] = ()
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    step: str | None = None
    effect: Callable[[rule.IssueCase], dict[str, Any]] | None = None


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


I = IssueStage  # noqa: E741 - the table is read across
ASSEMBLE, PROOF, READ = "articles.assemble_issue", "articles.sign_proof", "articles.read_issue"
SIGN, PUBLISH, OPEN = "articles.sign_for_press", "articles.publish_issue", "articles.open_issue"
APPROVE, IMPORT = "articles.approve_contents", "articles.import_article"
UNSIGNED = (I.PLANNING, I.CONTENTS_APPROVED, I.TYPESET, I.PROOFING, I.READING)
IN_HAND = ((UNSIGNED, ASSEMBLE), ((I.SIGNED,), PUBLISH))

# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    Transition("approve_contents", _("Approve the contents"), (I.PLANNING,), I.CONTENTS_APPROVED,
               APPROVE, guards=(rule.contents_are_in_order,), takes=("note",), step="contents"),
    Transition("approve_contents", _("Approve the contents again"), UNSIGNED[1:], None,
               APPROVE, guards=(rule.contents_are_in_order,), takes=("note",), step="contents"),
    Transition("typeset", _("Send to be typeset"), (I.CONTENTS_APPROVED,), I.TYPESET, ASSEMBLE,
               guards=(rule.articles_are_released, rule.contents_are_approved), takes=("note",)),
    Transition("open_round", _("Open a proof round"), (I.TYPESET, I.PROOFING), I.PROOFING, ASSEMBLE,
               guards=(rule.no_round_is_open,), takes=("note",), effect=do.open_round),
    Transition("mark_error", _("Mark an error"), (I.PROOFING, I.READING), None, PROOF,
               conditions=(rule.article_is_in_issue, rule.kind_is_known, rule.weight_is_sound),
               needs=("article", "kind"),
               takes=("page", "place", "wrong", "right", "weight", "required", "for_whom"),
               effect=do.mark_error),
    Transition("settle_mark", _("Settle a proof mark"), (I.PROOFING, I.READING), None, READ,
               conditions=(rule.mark_is_open, rule.outcome_is_known), needs=("mark", "outcome"),
               takes=("note",), effect=do.settle_mark),
    Transition("sign_proof", _("Sign a proof"), (I.PROOFING,), None, PROOF, guards=(rule.a_round_is_open,),
               conditions=(rule.article_is_in_issue, rule.reader_is_not_author, rule.not_signed_in_round,
                           rule.first_and_second_differ, rule.figures_are_sound),
               needs=("article",), takes=("errors", "characters", "note"), effect=do.sign_proof),
    Transition("close_round", _("Close the proof round"), (I.PROOFING,), None, ASSEMBLE,
               guards=(rule.a_round_is_open, rule.round_is_signed), conditions=(rule.pages_exist,),
               needs=("pages_changed",), takes=("note",), effect=do.close_round),
    Transition("start_reading", _("Start the final reading"), (I.PROOFING,), I.READING, ASSEMBLE,
               guards=(rule.rounds_are_enough,), takes=("note",)),
    Transition("sign_reading", _("Sign the final reading"), (I.READING,), None, READ,
               takes=("note",), step="reading"),
    Transition("sign", _("Sign for press"), (I.READING,), I.SIGNED, SIGN,
               guards=(rule.nothing_blocks,), takes=("note",), step="press"),
    Transition("sign_after", _("Sign for press after corrections"), (I.READING,), None, SIGN,
               guards=(rule.only_marks_block,), takes=("note",), step="press-after"),
    Transition("confirm_corrections", _("Confirm the corrections"), (I.READING,), I.SIGNED, READ,
               guards=(rule.signed_after_corrections, rule.nothing_blocks_but_reading), takes=("note",)),
    Transition("publish", _("Publish"), (I.SIGNED,), I.PUBLISHED, PUBLISH,
               guards=(rule.articles_are_released, rule.licence_is_valid), conditions=(rule.time_is_past,),
               takes=("published_at", "note"), effect=out.publish),
    Transition("schedule", _("Set the time of publication"), (I.SIGNED,), None, PUBLISH,
               guards=(rule.articles_are_released, rule.licence_is_valid), conditions=(out.time_is_ahead,),
               needs=("publish_at",), takes=("note",), effect=out.schedule),
    Transition("unschedule", _("Take the set time back"), (I.SIGNED,), None, PUBLISH,
               guards=(out.is_scheduled,), takes=("note",), effect=out.unschedule),
    # the private link to the preview is in the hand of who has the issue
    *(Transition("open_preview", _("Make a link to the preview"), stages, None, right,
                 effect=out.open_preview) for stages, right in IN_HAND),
    *(Transition("close_preview", _("Close the link to the preview"), stages, None, right,
                 guards=(out.has_preview,), effect=out.close_preview) for stages, right in IN_HAND),
    Transition("archive", _("Archive"), (I.PUBLISHED,), I.ARCHIVED, PUBLISH, takes=("note",)),
    # back steps, each with its reason
    Transition("reopen", _("Back to planning"), (I.CONTENTS_APPROVED, I.TYPESET), I.PLANNING, ASSEMBLE,
               needs=("reason",)),
    Transition("reopen", _("Back to proof"), (I.READING,), I.PROOFING, ASSEMBLE, needs=("reason",)),
    Transition("reopen", _("Take the press order back"), (I.SIGNED,), I.PROOFING, SIGN, needs=("reason",),
               effect=out.unschedule),
    # who may read it: a recorded decision at any time
    Transition("open_to_public", _("Open to everyone"), tuple(I), None, OPEN,
               guards=(rule.is_not_public,), needs=("reason",), effect=do.open_to_public),
    Transition("close", _("Keep to signed-in readers"), tuple(I), None, OPEN,
               guards=(rule.is_public,), needs=("reason",), effect=do.close),
    # back issues
    Transition("record_as_printed", _("Record as printed"), (I.PLANNING,), I.SIGNED, IMPORT,
               guards=(rule.articles_are_released,), takes=("note",), effect=do.as_printed),
)
# fmt: on


def available(issue: Issue, user: Any) -> list[Offer]:
    """What this person's rights open on the issue as it stands, each with what would refuse it."""
    offers = []
    for row in TRANSITIONS:
        if issue.stage not in row.sources or not user.has_perm(row.permission):
            continue
        refusal = first_refusal(row.guards, rule.IssueCase(issue, user))
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
        after_printing = row.action in {"publish", "open_to_public", "close"} and case.was_printed
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
        article=case.given.article if "article" in row.needs else None,
        before=before,
        after=issue.stage,
        note=case.given.reason or case.given.note,
        data={"version": issue.version, **data},
        address=address,
    )
