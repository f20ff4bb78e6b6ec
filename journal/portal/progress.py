"""Where a manuscript stands, in words for its sender: never who reviews it, never what they think of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Event
from articles.pace import likely_next_days
from articles.stages import Stage

__all__ = ["Progress", "history_of", "progress_of", "progress_of_all"]

STEPS: tuple[tuple[Any, tuple[Stage, ...]], ...] = (
    (_("Written"), (Stage.DRAFT, Stage.UNIT_CHECK)),
    (_("Received"), (Stage.SUBMITTED,)),
    (
        _("In review"),
        (Stage.FIRST_REVIEW, Stage.SECOND_REVIEW, Stage.FINAL_REVIEW, Stage.RETURNED, Stage.RESERVE),
    ),
    (_("Accepted"), (Stage.ACCEPTED, Stage.EDITING, Stage.RELEASED)),
    (_("Published"), (Stage.PUBLISHED,)),
)
PLAIN: dict[Stage, Any] = {
    Stage.DRAFT: _("Not sent in yet. Only you can see it."),
    Stage.UNIT_CHECK: _("Your unit has to sign it off before the office sees it."),
    Stage.SUBMITTED: _("The office has it and will hand it to an editor."),
    Stage.FIRST_REVIEW: _("An editor is reading it (first of three reviews)."),
    Stage.SECOND_REVIEW: _("The head of section is reading it (second of three reviews)."),
    Stage.FINAL_REVIEW: _("The chief editor decides (last of three reviews)."),
    Stage.RETURNED: _("The editors ask you to revise it."),
    Stage.RESERVE: _("It may be used later; the office will tell you."),
    Stage.ACCEPTED: _("Accepted. It waits for a place in an issue."),
    Stage.EDITING: _("It is being edited for an issue."),
    Stage.RELEASED: _("It is being set and proofread."),
    Stage.PUBLISHED: _("It has come out."),
    Stage.REJECTED: _("The journal will not use it. You are free to offer it elsewhere."),
    Stage.RECALLED: _("You recalled it."),
    Stage.RETRACTED: _("It was taken down after publication; a notice stands in its place."),
}
TOLD: dict[str, Any] = {
    "submit": _("You sent it in"),
    "sign_for_unit": _("Your unit signed it off"),
    "return_from_unit": _("Your unit sent it back"),
    "register": _("The office registered it"),
    "return": _("Returned to you for revision"),
    "extend": _("A new day was set for your revision"),
    "resubmit": _("You sent in the revised text"),
    "accept": _("Accepted"),
    "hold": _("Held in reserve"),
    "use": _("Taken out of reserve and accepted"),
    "let_go": _("Released to you"),
    "refuse": _("Not accepted"),
    "place": _("Placed in an issue"),
    "recall": _("You recalled it"),
    "publish": _("Published"),
    "correct": _("A correction was published"),
    "take_down": _("Taken down"),
}
#: Whose words the sender may read: a request to revise and notices; opinions on the manuscript stay inside.
WORDS_FOR_SENDER = {"return", "return_from_unit", "use", "let_go", "extend"}


@dataclass(frozen=True, slots=True)
class Progress:
    """``steps`` are (words, state) with state ``done``, ``now`` or ``ahead``; ended ones have no ``now``."""

    steps: tuple[tuple[Any, str], ...]
    sentence: Any
    next_day: datetime.date | None
    ended: bool

    @property
    def days_left(self) -> int | None:
        """Until the next day, today being 0; negative once it has passed."""
        return (self.next_day - timezone.localdate()).days if self.next_day else None


def progress_of(article: Article) -> Progress:
    return progress_of_all([article])[0]


def progress_of_all(articles: Sequence[Article]) -> list[Progress]:
    """One for each, in order; the number of queries does not grow with the list."""
    days = likely_next_days(articles)
    return [make_progress(article, days.get(article.pk)) for article in articles]


def make_progress(article: Article, next_day: datetime.date | None) -> Progress:
    stage = Stage(article.stage)
    here = next((n for n, (_words, stages) in enumerate(STEPS) if stage in stages), None)
    steps = []
    for n, (words, _stages) in enumerate(STEPS):
        state = "ahead" if here is None or n > here else "now" if n == here else "done"
        steps.append((words, "done" if stage == Stage.PUBLISHED and n == here else state))
    return Progress(tuple(steps), PLAIN[stage], next_day, here is None)


def history_of(article: Article) -> list[dict[str, Any]]:
    """The events the sender may know of, newest first: what, when, and words meant for them."""
    lines = []
    events: list[Event] = list(article.events.filter(action__in=TOLD).order_by("-pk")[:100])
    for event in events:
        words = event.note if event.action in WORDS_FOR_SENDER else ""
        notice = event.data.get("notice") or ""
        lines.append({"at": event.at, "words": TOLD[event.action], "told": notice or words, "event": event})
    return lines
