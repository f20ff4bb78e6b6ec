"""The steps of an issue counted back from its day of delivery."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from articles import press, workflow
from articles.models import Journal
from articles.schedule import STEPS, due_days
from articles.stages import IssueStage, Stage
from tests.factories import Cast, drive_issue, make_article, make_issue, read_round

pytestmark = pytest.mark.django_db

T = datetime.date(2026, 12, 1)
DAY = datetime.timedelta(days=1)


def steps(issue: Any, today: datetime.date = T) -> dict[str, Any]:
    return {step.step: step for step in due_days(issue, Journal.objects.current(), today)}


def done(issue: Any) -> list[str]:
    return [name for name, step in steps(issue).items() if step.done]


def test_every_step_has_its_day_before_delivery() -> None:
    issue = make_issue(delivery_date=T)
    found = steps(issue)
    assert list(found) == list(STEPS)
    assert found["accepted"].day == T - 30 * DAY
    assert found["signed"].day == T - 5 * DAY


def test_a_step_is_late_from_the_day_after_it_was_due() -> None:
    issue = make_issue(delivery_date=T)
    due = T - 25 * DAY
    assert not steps(issue, due)["contents_approved"].late
    step = steps(issue, due + DAY)["contents_approved"]
    assert (step.late, step.days) == (True, -1)


def test_without_a_day_of_delivery_nothing_is_due() -> None:
    assert due_days(make_issue(), Journal.objects.current(), T) == []


def test_a_step_the_office_left_out_is_not_shown() -> None:
    journal = Journal(back_schedule={"signed": 3})
    assert [s.step for s in due_days(make_issue(delivery_date=T), journal, T)] == ["signed"]


def test_steps_are_done_as_the_issue_moves_on() -> None:
    cast = Cast()
    issue = make_issue(cast, IssueStage.CONTENTS_APPROVED, delivery_date=T)
    assert done(issue) == ["accepted", "contents_approved", "released"]
    press.perform("typeset", issue, cast.head)
    assert done(issue) == ["accepted", "contents_approved", "released", "typeset"]
    read_round(issue, cast, 1)
    assert done(issue)[-1] == "proof_1"
    read_round(issue, cast, 2)
    read_round(issue, cast, 3)
    press.perform("start_reading", issue, cast.head)
    assert done(issue)[-1] == "proof_3"
    press.perform("sign_reading", issue, cast.editor)
    assert done(issue)[-1] == "reading"
    press.perform("sign", issue, cast.chief)
    assert done(issue) == list(STEPS)


def test_manuscripts_are_accepted_when_they_fill_the_pages() -> None:
    cast = Cast()
    issue = make_issue(cast, delivery_date=T, page_count=2, fixed_pages={"2": "advertisement"})
    assert done(issue) == []
    article = make_article(cast, Stage.ACCEPTED)
    workflow.perform("place", article, cast.head, issue=issue, first_page=1)
    assert done(issue) == ["accepted"]
    workflow.perform("release", article, cast.editor)
    assert done(issue) == ["accepted", "released"]


def test_an_issue_taken_back_has_its_steps_before_it_again() -> None:
    cast = Cast()
    issue = make_issue(cast, IssueStage.TYPESET, delivery_date=T)
    press.perform("reopen", issue, cast.head, reason="换稿。")
    assert "typeset" not in done(issue)
    drive_issue(issue, cast, IssueStage.TYPESET)
    assert "typeset" in done(issue)
