"""Back-scheduling: by which day each step of an issue is due, counted back from the day T of delivery."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from articles.stages import IssueStage, Stage

if TYPE_CHECKING:
    from articles.models import Issue, Journal

__all__ = ["STEPS", "DueStep", "due_days"]

#: The steps in their order and what they are called; ``Journal.back_schedule`` says how many days before T.
STEPS: dict[str, Any] = {
    "accepted": pgettext_lazy("step of an issue", "Manuscripts accepted"),
    "contents_approved": pgettext_lazy("step of an issue", "Contents approved"),
    "released": pgettext_lazy("step of an issue", "Manuscripts released to press"),
    "typeset": pgettext_lazy("step of an issue", "Sent to be typeset"),
    "proof_1": pgettext_lazy("step of an issue", "First proof"),
    "proof_2": pgettext_lazy("step of an issue", "Second proof"),
    "proof_3": pgettext_lazy("step of an issue", "Third proof"),
    "reading": pgettext_lazy("step of an issue", "Final reading signed"),
    "signed": pgettext_lazy("step of an issue", "Signed for press"),
}
ORDER = list(IssueStage)


@dataclass(frozen=True, slots=True)
class DueStep:
    """One step: the day it is due; ``late`` means that this day is past and the step not done.

    ``days`` counts from today: negative once the day is past.
    """

    step: str
    label: Any
    day: datetime.date
    done: bool
    late: bool
    days: int

    @property
    def late_days(self) -> int:
        return -self.days


def due_days(issue: Issue, journal: Journal, today: datetime.date | None = None) -> list[DueStep]:
    """The steps of an issue in their order; none without a day of delivery. Costs at most three queries.

    A step the office has left out of ``back_schedule`` is not shown.
    """
    if issue.delivery_date is None:
        return []
    today = today or timezone.localdate()
    done = steps_done(issue)
    steps = []
    for step, label in STEPS.items():
        before = journal.back_schedule.get(step)
        if isinstance(before, int):
            day = issue.delivery_date - datetime.timedelta(days=before)
            is_done = step in done
            steps.append(DueStep(step, label, day, is_done, not is_done and day < today, (day - today).days))
    return steps


def steps_done(issue: Issue) -> set[str]:
    """Which steps are behind an issue, by its stage, its manuscripts, its proof rounds and its signatures."""
    reached = ORDER.index(IssueStage(issue.stage))
    if reached >= ORDER.index(IssueStage.SIGNED):
        return set(STEPS)
    done = set()
    if reached > ORDER.index(IssueStage.PLANNING):
        done |= {"accepted", "contents_approved"}
    if reached >= ORDER.index(IssueStage.TYPESET):
        done |= {"released", "typeset"}
    else:
        done |= manuscripts_done(issue)
    if reached >= ORDER.index(IssueStage.PROOFING):
        closed = issue.proof_rounds.filter(closed_at__isnull=False).values_list("number", flat=True)
        done |= {f"proof_{number}" for number in closed}
    if reached == ORDER.index(IssueStage.READING) and issue.signoffs.filter(step="reading").exists():
        done.add("reading")
    return done


def manuscripts_done(issue: Issue) -> set[str]:
    """Before typesetting: the pages are covered by manuscripts, and all of these are released."""
    placed = list(issue.articles.order_by().values_list("stage", "first_page", "last_page"))
    if not placed:
        return set()
    taken = {int(page) for page in issue.fixed_pages if str(page).isdigit()}
    for _stage, first, last in placed:
        taken.update(range(first, (last or first) + 1) if first else ())
    full = taken >= set(range(1, issue.page_count + 1))
    open_ones = any(stage == Stage.EDITING for stage, _first, _last in placed)
    return ({"accepted"} if full else set()) | (set() if open_ones else {"released"})
