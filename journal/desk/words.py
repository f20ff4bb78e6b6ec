"""What the codes of the record are called at the desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles import press, workflow

__all__ = ["action_words", "told"]

OTHERS: dict[str, Any] = {
    "imported": _("Imported"),
    "import-left-out": _("Left out by a new import"),
    "delegate": _("Delegate the final review"),
    "withdraw_delegation": _("Withdraw the delegation"),
}
ACTIONS: dict[str, Any] = {
    **{row.action: row.label for row in reversed(press.TRANSITIONS)},
    **{row.action: row.label for row in reversed(workflow.TRANSITIONS)},
    **OTHERS,
}


def action_words(code: str) -> str:
    """The words of an action; a code nobody knows any more is shown as it is."""
    return str(ACTIONS.get(code, code))


def told(events: Any) -> list[dict[str, Any]]:
    """Events with their words, for the lists at the foot of a page."""
    return [{"event": event, "words": action_words(event.action)} for event in events]
