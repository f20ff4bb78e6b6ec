"""Who may read an issue: three answers, each a recorded decision of the domain (``press.DECISION_FOR``)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import press
from articles.models import Issue
from articles.models.journal import Visibility
from journal.numbers import number_in
from journal.security import address_of

__all__ = ["DECIDE", "WhoReadsForm", "decide", "may_decide"]

#: The action of the screen; which action of the domain it is, says the answer.
DECIDE = "decide_who_reads"
EXPLAINED = {
    Visibility.PUBLIC: gettext_lazy("Everybody, anywhere. Search engines and feeds have it, too."),
    Visibility.MEMBERS: gettext_lazy("Whoever has an account and has signed in, anywhere."),
    Visibility.INSIDE: gettext_lazy(
        "Whoever reads on the inside network, without signing in; the office anywhere, signed in."
    ),
}


class WhoReadsForm(forms.Form):
    """The answer and its reason."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=Visibility.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may read it.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, for the record"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Give the reason: it stays in the record.")},
    )

    def answers(self) -> list[tuple[Any, list[str]]]:
        """Each choice with the sentences that say what it means on this server."""
        return [(choice, explained(Visibility(choice.data["value"]))) for choice in self["visibility"]]

    @property
    def first_error(self) -> str:
        return str(next(iter(self.errors.values()))[0])


def explained(visibility: Visibility) -> list[str]:
    sentences = [str(EXPLAINED[visibility])]
    if visibility == Visibility.INSIDE and not settings.INSIDE_NETWORKS:
        sentences.append(_("No inside network is set on this server: only the office would read it."))
    return sentences


def may_decide(offers: dict[str, Any]) -> bool:
    return any(action in offers for action in press.DECISION_FOR.values())


def decide(request: HttpRequest, issue: Issue, form: WhoReadsForm) -> str:
    """Record it for who asks and return the sentence that says so. Raises ``Refused``."""
    press.perform(
        press.DECISION_FOR[form.cleaned_data["visibility"]],
        issue,
        request.user,
        version=number_in(request.POST.get("version"), -1),
        address=address_of(request),
        reason=form.cleaned_data["reason"],
    )
    words = {"issue": issue, "who": issue.effective_visibility.label}
    return _("Recorded: %(issue)s can be read by: %(who)s.") % words
