"""What the codes of the record are called at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles import press, workflow
from articles.stages import IssueStage, Stage

__all__ = ["ACTIONS", "action_words", "all_words", "stage_words", "told"]

OTHERS: dict[str, Any] = {
    "notice": _("Write to the author"),
    "schedule_failed": _("Did not come out at the set time"),
    "show_edition": _("Went to another edition"),
    "imported": _("Imported"),
    "import-left-out": _("Left out by a new import"),
    "comment": _("Remark"),
    "reply": _("Answer a remark"),
    "settle_comment": _("Settle a remark"),
    "send_comment": _("Reader's comment received"),
    "show_comment": _("Reader's comment shown"),
    "refuse_comment": _("Reader's comment refused"),
    "remove_comment": _("Reader's comment removed"),
    "restore_comment": _("Reader's comment shown again"),
    "erase_comment": _("Reader's comment erased"),
    "close_comments": _("Comments closed"),
    "reopen_comments": _("Comments opened again"),
    "take_over": _("Took the writing over"),
    "account_made": _("Account made"),
    "account_changed": _("Account changed"),
    "account_closed": _("Account closed"),
    "account_opened": _("Account opened again"),
    "password_set": _("Password set"),
    "role_given": _("Role given"),
    "role_taken": _("Role taken away"),
    "lockout": _("Locked out after wrong passwords"),
    "unlock": _("Lockout lifted"),
    "second_factor_made": _("Second proof set up"),
    "second_factor_reset": _("Second proof reset"),
    "recovery_codes_made": _("New recovery codes made"),
    "recovery_code_used": _("Recovery code used"),
    "delegate": _("Delegate the final review"),
    "withdraw_delegation": _("Withdraw the delegation"),
    "co_author_invited": _("Co-author invited"),
    "co_author_taken_off": _("Co-author taken off"),
    "bylines_changed": _("Bylines changed"),
    "figure_added": _("Picture added"),
    "figure_described": _("Words of a picture changed"),
    "figure_moved": _("Picture moved"),
    "figure_removed": _("Picture removed"),
}
ROWS: tuple[Any, ...] = (*workflow.TRANSITIONS, *press.TRANSITIONS)
ACTIONS: dict[str, Any] = {
    **{row.action: row.label for row in reversed(press.TRANSITIONS)},
    **{row.action: row.label for row in reversed(workflow.TRANSITIONS)},
    **OTHERS,
}


def action_words(code: str, before: str = "") -> str:
    """The words of an action; a code nobody knows any more is shown as it is.

    One code may be said differently by the stage it was done in: passed up to the second or the final review.
    """
    said = next((row.label for row in ROWS if row.action == code and before in row.sources), None)
    return str(said or ACTIONS.get(code, code))


def all_words(code: str) -> str:
    """Everything an action is called, for a choice that does not know the stage."""
    said = dict.fromkeys(str(row.label) for row in ROWS if row.action == code)
    return "、".join(said) or action_words(code)


def stage_words(code: str, *, of_article: bool) -> str:
    """The words of a stage as the record keeps it; an event on a manuscript may tell its issue's stage."""
    kinds = (Stage, IssueStage) if of_article else (IssueStage, Stage)
    return next((str(kind(code).label) for kind in kinds if code in kind.values), code)


def told(events: Any) -> list[dict[str, Any]]:
    """Events with their words, for the lists at the foot of a page."""
    return [{"event": event, "words": action_words(event.action, event.before)} for event in events]
