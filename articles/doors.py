"""What the two doors (workflow for manuscripts, press for issues) have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from articles.refusals import Refused

__all__ = ["first_refusal", "fresh_person", "missing_words"]

C = TypeVar("C")

SENTENCES = {
    "opinion": _l("Write your opinion: it is signed with your name."),
    "verdict": _l("Say whether you recommend to use or to refuse the manuscript."),
    "reason": _l("Give the reason: it stays in the record."),
    "notice": _l("Write the notice that will be shown or sent."),
    "due_on": _l("Choose the day by which the revised text is due."),
    "issue": _l("Choose the issue."),
    "editor": _l("Choose the responsible editor."),
    "declarations": _l("Please tick the declarations, then submit again."),
    "text": _l("The correction changes nothing."),
    "article": _l("Choose the article."),
    "kind": _l("Say what kind of error it is."),
    "mark": _l("Choose the proof mark."),
    "outcome": _l("Say whether it was corrected or stands as it is."),
    "pages_changed": _l("Say how many pages were changed in this round."),
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
