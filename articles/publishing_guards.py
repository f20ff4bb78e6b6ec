"""What must hold from acceptance on: issues open, checklists complete, corrections approved by another."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from articles import checklist
from articles.case import Case
from articles.refusals import Refused
from articles.stages import IssueStage

__all__: list[str] = []


def is_ready_for_press(case: Case) -> Refused | None:
    """齐清定: complete, clean, final."""
    if problems := checklist.for_press(case.article):
        return Refused(
            _("Not released: %(problems)s") % {"problems": checklist.joined(problems)}, code="checklist"
        )
    return None


def issue_is_open(case: Case) -> Refused | None:
    """Nothing enters or leaves an issue that is signed for press."""
    issue = case.given.issue if "issue" in case.transition.needs else case.article.issue
    if issue is None or issue.stage not in IssueStage.closed_stages():
        return None
    return Refused(
        _("%(issue)s is signed for press: nothing can be put in or taken out.") % {"issue": issue},
        code="issue-closed",
        kind="conflict",
        field="issue",
    )


def place_is_free(case: Case) -> Refused | None:
    issue, position = case.given.issue, case.given.position
    if issue is None or position is None:
        return None
    if not issue.articles.filter(position=position).exclude(pk=case.article.pk).exists():
        return None
    return Refused(
        _("Another article stands at place %(position)s already. Choose another place.")
        % {"position": position},
        code="place-taken",
        kind="conflict",
        field="position",
    )


def text_is_known(case: Case) -> Refused | None:
    from articles.models.article import SIGNED_FIELDS

    unknown = set(case.given.text) - set(SIGNED_FIELDS)
    if not unknown:
        return None
    return Refused(
        _("These fields cannot be corrected here: %(fields)s.") % {"fields": ", ".join(sorted(unknown))},
        code="fields",
        field="text",
    )


def nothing_approved_yet(case: Case) -> Refused | None:
    if case.approval is None:
        return None
    return Refused(
        _("%(person)s approved a change that is not carried out yet. Carry it out or withdraw it first.")
        % {"person": case.approval.actor_name},
        code="approval-open",
        kind="conflict",
    )


def correction_is_approved(case: Case) -> Refused | None:
    return approved_by_another(case, "approve_correction")


def retraction_is_approved(case: Case) -> Refused | None:
    return approved_by_another(case, "approve_retraction")


def something_is_approved(case: Case) -> Refused | None:
    if case.approval is not None:
        return None
    return Refused(_("There is no approval to withdraw."), code="not-approved", kind="conflict")


def approved_by_another(case: Case, action: str) -> Refused | None:
    """Two persons: the chief editor approves, somebody else carries it out."""
    approval = case.approval
    if approval is None or approval.action != action:
        return Refused(
            _("The chief editor has not approved this yet. Ask for the approval first."),
            code="not-approved",
            kind="conflict",
        )
    if approval.actor_id == case.by.pk:
        return Refused(
            _("You approved this yourself: another person has to carry it out."),
            code="same-person",
            kind="forbidden",
        )
    return None


def proof_is_open(case: Case) -> Refused | None:
    """A text on proof is corrected while a round is open, or on the mark of one, until the press order."""
    issue = case.article.issue
    if issue is not None and issue.stage in {IssueStage.PROOFING, IssueStage.READING}:
        return None
    return Refused(
        _("The issue is not in proof now, so nothing can be corrected on it."),
        code="no-proof",
        kind="conflict",
    )


def proof_changes_text(case: Case) -> Refused | None:
    if case.given.text:
        return None
    return Refused(_("The correction changes nothing."), code="no-change", field="text")


def mark_is_of_this_article(case: Case) -> Refused | None:
    mark = case.given.mark
    if mark is None or (mark.article_id == case.article.pk and mark.settled_at is None):
        return None
    return Refused(
        _("This proof mark is settled already or belongs to another article."),
        code="mark",
        kind="conflict",
        field="mark",
    )
