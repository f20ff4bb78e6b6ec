"""How an issue goes out: the hour set for it, the link to its preview, and the issue as if it were out."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from articles import going_out, press
from articles.models import Article, Event, Issue
from articles.press import IssueStage, Refused
from articles.workflow import Stage
from tests.factories import Cast, make_issue

pytestmark = pytest.mark.django_db

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def signed(cast: Cast) -> Issue:
    return make_issue(cast, IssueStage.SIGNED)


def at_hour(monkeypatch: pytest.MonkeyPatch, moment: datetime.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize("ago", [0, 1, 3600])
def test_an_hour_that_is_past_is_refused(
    cast: Cast, signed: Issue, monkeypatch: pytest.MonkeyPatch, ago: int
) -> None:
    now = timezone.now()
    at_hour(monkeypatch, now)
    with pytest.raises(Refused) as refused:
        press.perform("schedule", signed, cast.publisher, publish_at=now - datetime.timedelta(seconds=ago))
    assert (refused.value.code, refused.value.field) == ("time", "publish_at")
    assert Issue.objects.get(pk=signed.pk).publish_at is None


def test_a_slip_of_the_year_is_refused(cast: Cast, signed: Issue) -> None:
    with pytest.raises(Refused):
        press.perform(
            "schedule", signed, cast.publisher, publish_at=timezone.now() + datetime.timedelta(days=400)
        )


def test_a_schedule_without_an_hour_is_refused(cast: Cast, signed: Issue) -> None:
    with pytest.raises(Refused) as refused:
        press.perform("schedule", signed, cast.publisher)
    assert refused.value.field == "publish_at"


def test_who_sets_the_hour_is_kept_and_the_record_tells_both_hours(cast: Cast, signed: Issue) -> None:
    first, second = timezone.now() + MINUTE, timezone.now() + 2 * MINUTE
    press.perform("schedule", signed, cast.publisher, publish_at=first)
    event = press.perform("schedule", signed, cast.publisher, publish_at=second)
    stored = Issue.objects.get(pk=signed.pk)
    assert (stored.publish_at, stored.scheduled_by) == (second, cast.publisher)
    assert (event.data["was"], event.data["publish_at"]) == (first.isoformat(), second.isoformat())


@pytest.mark.parametrize(
    "action", [("unschedule", "publisher", {}), ("reopen", "chief", {"reason": "改稿"})], ids=lambda a: a[0]
)
def test_the_hour_goes_with_the_schedule_and_with_the_press_order(
    cast: Cast, signed: Issue, action: tuple[str, str, dict[str, Any]]
) -> None:
    press.perform("schedule", signed, cast.publisher, publish_at=timezone.now() + MINUTE)
    name, who, words = action
    press.perform(name, signed, getattr(cast, who), **words)
    stored = Issue.objects.get(pk=signed.pk)
    assert (stored.publish_at, stored.scheduled_by) == (None, None)


def test_published_by_hand_an_issue_is_due_no_more(cast: Cast, signed: Issue) -> None:
    hour = timezone.now() + MINUTE
    press.perform("schedule", signed, cast.publisher, publish_at=hour)
    press.perform("publish", signed, cast.publisher)
    assert going_out.due(hour + MINUTE) == []
    assert Issue.objects.get(pk=signed.pk).publish_at is None


def test_an_issue_is_due_from_its_hour_on_and_not_a_moment_before(cast: Cast, signed: Issue) -> None:
    hour = timezone.now() + MINUTE
    press.perform("schedule", signed, cast.publisher, publish_at=hour)
    assert going_out.due(hour - datetime.timedelta(microseconds=1)) == []
    assert going_out.due(hour) == [signed]


def test_what_a_person_has_to_decide_is_not_tried_again_until_they_did(cast: Cast, signed: Issue) -> None:
    hour = timezone.now() + MINUTE
    press.perform("schedule", signed, cast.publisher, publish_at=hour)
    assert going_out.record_failure(signed, "no-right", "没有权限", again=False)
    assert not going_out.record_failure(signed, "no-right", "没有权限", again=False)
    assert going_out.due(hour) == []
    assert signed.events.filter(action="schedule_failed").count() == 1
    press.perform("schedule", signed, cast.publisher, publish_at=hour + MINUTE)
    assert going_out.failure_of(signed) is None
    assert going_out.due(hour + MINUTE) == [signed]


def test_what_may_pass_by_itself_is_tried_again_and_told_once(cast: Cast, signed: Issue) -> None:
    hour = timezone.now() + MINUTE
    press.perform("schedule", signed, cast.publisher, publish_at=hour)
    told = [going_out.record_failure(signed, "edition", "磁盘已满", again=True) for _ in range(3)]
    assert told == [True, False, False]
    assert going_out.due(hour) == [signed]


def test_every_link_to_the_preview_is_a_new_secret_and_ends_the_old_one(cast: Cast) -> None:
    issue = make_issue(cast)
    keys = set()
    for _ in range(5):
        press.perform("open_preview", issue, cast.head)
        keys.add(issue.preview_key)
    assert len(keys) == 5
    assert {len(key) for key in keys} == {43}
    press.perform("close_preview", issue, cast.head)
    assert Issue.objects.get(pk=issue.pk).preview_key == ""
    with pytest.raises(Refused):
        press.perform("close_preview", issue, cast.head)


def test_the_record_never_holds_the_key(cast: Cast) -> None:
    issue = make_issue(cast)
    press.perform("open_preview", issue, cast.head)
    rows = Event.objects.filter(issue=issue).values_list("note", "data", "actor_name")
    assert issue.preview_key not in str(list(rows))


def test_as_if_out_everything_in_the_issue_is_out_and_then_it_never_was(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.CONTENTS_APPROVED)
    before = list(Article.objects.order_by("pk").values())
    row = Issue.objects.values().get(pk=issue.pk)
    with going_out.as_if_out(issue):
        assert Issue.objects.get(pk=issue.pk).is_out
        assert Article.objects.published().filter(issue=issue).count() == 2
    assert list(Article.objects.order_by("pk").values()) == before
    assert Issue.objects.values().get(pk=issue.pk) == row


def test_as_if_out_is_undone_when_it_ends_in_an_error(cast: Cast, signed: Issue) -> None:
    with pytest.raises(OSError, match="broken"), going_out.as_if_out(signed):
        raise OSError("broken")
    assert set(signed.articles.values_list("stage", flat=True)) == {Stage.RELEASED}


def test_the_hour_an_issue_bears_is_the_one_that_was_set_unless_it_came_out_late(
    cast: Cast, signed: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = timezone.now() + MINUTE
    press.perform("schedule", signed, cast.publisher, publish_at=hour)
    assert going_out.hour_of(signed) == hour
    at_hour(monkeypatch, hour + datetime.timedelta(seconds=60))
    assert going_out.hour_of(signed) == hour
    at_hour(monkeypatch, hour + datetime.timedelta(seconds=61))
    assert going_out.hour_of(signed) == hour + datetime.timedelta(seconds=61)
