"""What the two doors (workflow for manuscripts, press for issues) have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from articles.refusals import Refused

__all__ = ["first_refusal", "fresh_person", "missing_words"]

C = TypeVar("C")

SENTENCES = {
    "opinion": _("Write your opinion: it is signed with your name."),
    "verdict": _("Say whether you recommend to use or to refuse the manuscript."),
    "reason": _("Give the reason: it stays in the record."),
    "notice": _("Write the notice that will be shown or sent."),
    "due_on": _("Choose the day by which the revised text is due."),
    "issue": _("Choose the issue."),
    "editor": _("Choose the responsible editor."),
    "declarations": _("Please tick the declarations, then submit again."),
    "text": _("The correction changes nothing."),
    "article": _("Choose the article."),
    "kind": _("Say what kind of error it is."),
    "mark": _("Choose the proof mark."),
    "outcome": _("Say whether it was corrected or stands as it is."),
    "revision": _("Choose the version."),
    "publish_at": _("Choose the day and the hour."),
    "arrange": _("Say what is to be moved, and where to."),
    "file": _("Choose the file."),
    "at": _("Say which day the notice bears."),
    "pages_changed": _("Say how many pages were changed in this round."),
}


def fresh_person(by: Any) -> Any:
    """The person with the rights they hold now, not those of the moment they logged in."""
    if by is None:
        return None
    person = get_user_model()._default_manager.filter(pk=by.pk, is_active=True).first()
    if person is None:
        raise Refused(_("This account is closed. Log in again."), code="closed-account", kind="forbidden")
    return person


def first_refusal(guards: Iterable[Callable[[C], Refused | None]], case: C) -> Refused | None:
    return next((refusal for guard in guards if (refusal := guard(case)) is not None), None)


def missing_words(needs: Iterable[str], given: Any) -> Refused | None:
    """The first needed field that is empty. Zero is a value: no page may have changed."""
    for name in needs:
        value = getattr(given, name)
        if (
            value is None
            or value == ""
            or (isinstance(value, str) and not value.strip())
            or value in ((), {})
        ):
            return Refused(SENTENCES[name], code="missing", field=name)
    return None
