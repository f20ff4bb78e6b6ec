"""What comes out by itself: exactly once, never early, at most a minute late; what is refused is told."""

from __future__ import annotations

import datetime
import shutil
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import going_out, press
from articles.models import Event, Issue
from articles.press import IssueStage
from journal.edition import store
from journal.edition.due import publish_due
from tests.articles.test_two_at_once import at_once
from tests.edition.conftest import Door
from tests.factories import Cast, make_issue, make_journal

pytestmark = pytest.mark.django_db(transaction=True)

#: The last second of a month's last day, in the office's time.
HOUR = timezone.make_aware(datetime.datetime(2031, 7, 31, 23, 59, 59))
SECOND = datetime.timedelta(seconds=1)


class Clock:
    """The time everybody reads; it goes only when it is told to."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = HOUR - 3600 * SECOND
        patch.setattr(timezone, "now", lambda: self.now)

    def at(self, seconds: float) -> list[Any]:
        """What a worker does so many seconds after the hour."""
        self.now = HOUR + seconds * SECOND
        return publish_due()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def cast(db: None, clock: Clock) -> Cast:
    make_journal(name="澜江", publication_type="serial")
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    issue = make_issue(cast, IssueStage.SIGNED, year=2031, number="8")
    press.perform("schedule", issue, cast.publisher, publish_at=HOUR)
    return issue


def came_out(issue: Issue) -> bool:
    """Record and readers agree whether it did."""
    stored = Issue.objects.get(pk=issue.pk)
    door = Door(store.root())
    seen = store.current() is not None and door.get(issue.get_absolute_url()).status == 200
    assert seen == stored.is_out
    return stored.is_out


def times_published(issue: Issue) -> int:
    return int(Event.objects.filter(issue=issue, action="publish").count())


@pytest.mark.parametrize("early", [3600, 1, 0.000001])
def test_it_is_never_early(clock: Clock, issue: Issue, early: float) -> None:
    assert clock.at(-early) == []
    assert not came_out(issue)


@pytest.mark.parametrize("late", [0, 1, 59, 60])
def test_it_comes_out_with_its_hour_for_the_person_who_set_it(
    cast: Cast, clock: Clock, issue: Issue, late: float
) -> None:
    assert [outcome.sentence for outcome in clock.at(late)] == [""]
    assert came_out(issue)
    assert Event.objects.get(issue=issue, action="publish").actor == cast.publisher
    stored = Issue.objects.get(pk=issue.pk)
    assert (stored.published_at, stored.publish_at, stored.scheduled_by) == (HOUR, None, None)
    page = Door(store.root()).get(issue.articles.first().get_absolute_url()).body.decode()
    assert "2031-07-31T23:59:59+08:00" in page


def test_a_worker_that_comes_hours_late_still_does_it_and_does_not_date_it_back(
    clock: Clock, issue: Issue
) -> None:
    clock.at(5 * 3600)
    assert came_out(issue)
    assert Issue.objects.get(pk=issue.pk).published_at == HOUR + 5 * 3600 * SECOND


def test_a_clock_that_goes_back_an_hour_publishes_nothing_twice_and_nothing_early(
    cast: Cast, clock: Clock, issue: Issue
) -> None:
    clock.at(1)
    other = make_issue(cast, IssueStage.SIGNED, year=2031, number="9")
    clock.now = HOUR - 600 * SECOND
    press.perform("schedule", other, cast.publisher, publish_at=HOUR)
    assert clock.at(-3599) == []
    assert clock.at(1) != []
    assert clock.at(2) == []
    assert (times_published(issue), times_published(other)) == (1, 1)


def test_the_clock_goes_back_between_looking_and_publishing(clock: Clock, issue: Issue) -> None:
    """Nothing happened, so nothing is told: the next round does it."""
    due = going_out.due(HOUR)
    clock.now = HOUR - SECOND
    with mock.patch.object(going_out, "due", return_value=due):
        assert publish_due() == []
    assert not Event.objects.filter(action="schedule_failed").exists()
    clock.at(0)
    assert came_out(issue)


def test_two_workers_at_once_publish_it_once(clock: Clock, issue: Issue) -> None:
    clock.now = HOUR
    found: list[Any] = []
    assert at_once(*[lambda: found.extend(publish_due())] * 2) == ["done", "done"]
    assert [outcome.issue for outcome in found] == [issue]
    assert times_published(issue) == 1
    assert came_out(issue)
    assert not Event.objects.filter(action="schedule_failed").exists()


def test_an_hour_moved_while_a_worker_was_waiting_is_kept(cast: Cast, clock: Clock, issue: Issue) -> None:
    due = going_out.due(HOUR)
    press.perform("schedule", Issue.objects.get(pk=issue.pk), cast.publisher, publish_at=HOUR + 600 * SECOND)
    clock.now = HOUR
    with mock.patch.object(going_out, "due", return_value=due):
        assert publish_due() == []
    assert not came_out(issue)
    clock.at(600)
    assert came_out(issue)


def test_an_issue_taken_back_does_not_come_out(cast: Cast, clock: Clock, issue: Issue) -> None:
    press.perform("unschedule", issue, cast.publisher)
    assert clock.at(0) == []
    assert not came_out(issue)


@pytest.mark.parametrize("lost", ["role", "account"])
def test_who_lost_the_right_publishes_nothing_any_more_and_it_is_told_once(
    cast: Cast, clock: Clock, issue: Issue, lost: str
) -> None:
    people = type(cast.publisher).objects.filter(pk=cast.publisher.pk)
    if lost == "role":
        cast.publisher.groups.remove(Group.objects.get(name="publisher"))
    else:
        people.update(is_active=False)
    (outcome,) = clock.at(0)
    assert outcome.result is None
    assert outcome.sentence
    assert [clock.at(s) for s in (20, 60, 3600)] == [[], [], []]
    assert not came_out(issue)
    (event,) = Event.objects.filter(action="schedule_failed")
    assert (event.note, event.actor, event.issue) == (outcome.sentence, None, issue)
    stored = Issue.objects.get(pk=issue.pk)
    assert stored.publish_at == HOUR  # the screen still shows what was meant, and that it failed
    assert going_out.failure_of(stored) == event


def test_after_a_refusal_a_new_hour_by_somebody_with_the_right_works(
    cast: Cast, clock: Clock, issue: Issue
) -> None:
    type(cast.publisher).objects.filter(pk=cast.publisher.pk).update(is_active=False)
    clock.at(0)
    press.perform("schedule", Issue.objects.get(pk=issue.pk), cast.superuser, publish_at=HOUR + 600 * SECOND)
    clock.at(600)
    assert came_out(issue)
    assert Event.objects.get(issue=issue, action="publish").actor == cast.superuser


def test_an_expired_licence_keeps_it_back(cast: Cast, clock: Clock, issue: Issue) -> None:
    make_journal(publication_type="internal", licence_number="准印1号", licence_expires=HOUR.date())
    assert clock.at(1) != []  # a second later it is another day
    assert not came_out(issue)
    assert Event.objects.get(action="schedule_failed").data["code"] == "licence-expired"


def test_a_full_disk_keeps_it_back_only_as_long_as_it_is_full(
    cast: Cast, clock: Clock, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: mock.Mock(free=1000))
        assert [bool(o.sentence) for s in (0, 20, 40) for o in clock.at(s)] == [True] * 3
    assert Event.objects.filter(action="schedule_failed").count() == 1
    assert clock.at(59) != []
    assert came_out(issue)


def test_one_issue_that_cannot_come_out_does_not_keep_the_next_one_back(
    cast: Cast, clock: Clock, issue: Issue
) -> None:
    other = make_issue(cast, IssueStage.SIGNED, year=2031, number="9")
    press.perform("schedule", other, cast.superuser, publish_at=HOUR + SECOND)
    type(cast.publisher).objects.filter(pk=cast.publisher.pk).update(is_active=False)
    clock.at(2)
    assert (came_out(issue), came_out(other)) == (False, True)


def test_the_command_says_what_it_did_and_ends_with_an_error_when_it_could_not(
    cast: Cast, clock: Clock, issue: Issue, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("publish_due")
    assert capsys.readouterr().out == ""
    clock.now = HOUR
    type(cast.publisher).objects.filter(pk=cast.publisher.pk).update(is_active=False)
    with pytest.raises(CommandError):
        call_command("publish_due")
    assert str(issue) in capsys.readouterr().err
