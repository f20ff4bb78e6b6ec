"""The bar that stays: the steps this person may take now, each with its words and the office's phrases."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from articles import workflow
from articles.case import Case
from articles.models import Article, Phrase
from articles.transitions import LEVEL_OF_STAGE
from journal.desk.steps import StepForm

__all__ = ["Bar", "BarStep", "bar_of"]

#: What the bar offers, in its order; everything else is done on the editing page.
STEPS = (
    "register",
    "pass_up",
    "accept",
    "use",
    "release",
    "hold",
    "return",
    "send_back",
    "refuse",
    "let_go",
    "extend",
    "assign",
)
#: The days an author usually gets for a revision.
DAYS_TO_REVISE = 7


@dataclass
class BarStep:
    """``form`` is ``None`` where ``offer.refusal`` says why not."""

    offer: Any
    form: StepForm | None
    phrases: list[Phrase] = field(default_factory=list)
    open: bool = False


@dataclass
class Bar:
    """``typed`` keeps the words of a step that is not offered any more."""

    steps: list[BarStep]
    typed: str = ""
    may_edit: bool = False
    may_edit_phrases: bool = False


def bar_of(case: Case, request: HttpRequest, typed: StepForm | Mapping[str, Any] | None = None) -> Bar:
    """The steps offered; ``typed`` is the form (or the bare post) of a step that was refused."""
    article, user = case.article, case.by
    offers = [offer for offer in workflow.available(article, user, case) if offer.action in STEPS]
    offers.sort(key=lambda offer: STEPS.index(offer.action))
    phrases = list(Phrase.objects.filter(active=True)) if offers else []
    bound = typed if isinstance(typed, StepForm) else None
    steps = [bar_step(article, request, offer, phrases, bound) for offer in offers]
    shown = bound is not None and any(step.form is bound for step in steps)
    data: Any = bound.data if bound is not None else typed or {}
    return Bar(
        steps,
        typed="" if shown else str(data.get("opinion") or data.get("reason") or ""),
        may_edit=user.has_perm("articles.change_article") and workflow.may_edit_text(article, user),
        may_edit_phrases=user.has_perm("articles.change_phrase"),
    )


def bar_step(
    article: Article, request: HttpRequest, offer: Any, phrases: list[Phrase], bound: StepForm | None
) -> BarStep:
    if bound is not None and bound.offer.action == offer.action:
        prepare(bound)
        return BarStep(offer, bound, fitting(phrases, article, offer), open=True)
    asked = request.GET.get("step") == offer.action
    if offer.refusal:
        return BarStep(offer, None, open=asked)
    offered = fitting(phrases, article, offer)
    wanted = request.GET.get("phrase", "")
    chosen = next((p for p in offered if asked and str(p.pk) == wanted), None)
    form = StepForm(offer, article, initial=first_words(chosen))
    prepare(form)
    return BarStep(offer, form, offered, open=asked)


def first_words(phrase: Phrase | None) -> dict[str, Any]:
    words: dict[str, Any] = {"due_on": timezone.localdate() + datetime.timedelta(days=DAYS_TO_REVISE)}
    return {**words, "opinion": phrase.text} if phrase else words


def prepare(form: StepForm) -> None:
    """An opinion is a report: it gets the room of one."""
    if "opinion" in form.fields:
        form.fields["opinion"].widget.attrs["rows"] = 5


def fitting(phrases: list[Phrase], article: Article, offer: Any) -> list[Phrase]:
    """The wordings for this step: reasons for returning and refusing, else the report of the level."""
    if "opinion" not in (*offer.needs, *offer.takes):
        return []
    level = LEVEL_OF_STAGE.get(workflow.Stage(article.stage))
    use = offer.action if offer.action in {"return", "refuse"} else level
    return [phrase for phrase in phrases if phrase.use == use]
