"""The issue in the making on the day the journal is loaded: it has one of everything that happens."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import checklist, press, schedule
from articles.board.lengths import estimates
from articles.comments import block_texts
from articles.difference import compare
from articles.models import Article, Comment, Event, Issue, Journal
from articles.stages import Stage
from journal.intake.models import ReceivedFile
from journal.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(loaded: None) -> Issue:
    return Issue.objects.get(stage="planning")


def person(username: str) -> Any:
    return get_user_model().objects.get(username=username)


def test_some_steps_of_its_schedule_are_late_and_others_ahead(day: Issue) -> None:
    assert day.delivery_date == timezone.localdate() + datetime.timedelta(days=18)
    steps = schedule.due_days(day, Journal.objects.current())
    assert [step.step for step in steps if step.late] == ["accepted", "contents_approved", "released"]
    assert len(steps) == 9


def test_fifteen_accepted_manuscripts_nearly_fill_its_pages(day: Issue) -> None:
    pool = Article.objects.filter(stage=Stage.ACCEPTED)
    assert pool.count() == 15
    assert len({article.section for article in pool}) == 10
    assert sum(estimate.pages for estimate in estimates(pool).values()) == 44
    assert day.page_count == 48


def test_it_is_empty_enough_to_copy_the_last_structure(day: Issue) -> None:
    press.perform("copy_structure", day, person("section"))
    last = Issue.objects.get(number="11")
    assert day.fixed_pages == last.fixed_pages == {"2": "目次", "3": "版权页"}
    assert day.masthead.count() == last.masthead.count() > 0


def test_every_stage_before_an_issue_has_a_manuscript(day: Issue) -> None:
    here = set(Article.objects.filter(issue=None).values_list("stage", flat=True))
    assert here == {
        Stage.DRAFT,
        Stage.SUBMITTED,
        Stage.FIRST_REVIEW,
        Stage.SECOND_REVIEW,
        Stage.FINAL_REVIEW,
        Stage.RETURNED,
        Stage.RESERVE,
        Stage.ACCEPTED,
    }


def test_a_revised_manuscript_shows_its_difference_and_an_answered_remark(day: Issue) -> None:
    article = Article.objects.get(review_round=2)
    assert article.stage == Stage.FIRST_REVIEW
    returned = article.signoffs.get(verdict="return")
    found = compare(returned.revision.content["body"], article.body)
    assert found.changes >= 4
    remark = Comment.objects.open_required().get(article=article)
    assert remark.replies.count() == 1
    assert remark.quotation not in "".join(block_texts(article.body))
    answer = Event.objects.get(article=article, action="resubmit")
    assert answer.note


def test_a_manuscript_came_in_twice_and_is_found(day: Issue) -> None:
    shares = {
        article.code: [(same.article.code, same.share) for same in checklist.same_elsewhere(article)]
        for article in Article.objects.filter(stage=Stage.SUBMITTED)
    }
    assert shares.keys() == {"second-hand-radio", "old-man-and-radios"}
    ((code, share),) = shares["old-man-and-radios"]
    assert code == "second-hand-radio"
    assert 80 <= share < 100


def test_one_revision_is_overdue_and_one_is_not(day: Issue) -> None:
    today = timezone.localdate()
    due = sorted(article.due_on < today for article in Article.objects.filter(stage=Stage.RETURNED))
    assert due == [False, True]


def test_nothing_is_dated_ahead_and_everything_happened_in_the_last_weeks(day: Issue) -> None:
    events = Event.objects.filter(article__issue=None, article__isnull=False)
    assert events.aggregate(Max("at"))["at__max"] <= timezone.now()
    assert events.filter(at__lt=timezone.now() - datetime.timedelta(days=17)).count() == 0


def test_a_letter_says_the_day_of_what_it_tells(day: Issue) -> None:
    letters = Notice.objects.filter(article__issue=None).select_related("event")
    assert {letter.kind for letter in letters} >= {"received", "returned", "accepted", "held"}
    for letter in letters:
        assert letter.created_at == letter.event.at


def test_the_contributor_has_a_draft_a_returned_a_published_one_and_a_waiting_file(
    day: Issue, client: Client
) -> None:
    contributor = person("contributor")
    mine = Article.objects.filter(submitter=contributor)
    assert {Stage.DRAFT, Stage.RETURNED, Stage.FIRST_REVIEW, Stage.PUBLISHED} == set(
        mine.values_list("stage", flat=True)
    )
    client.force_login(contributor)
    page = client.get(reverse("portal:home")).content.decode()
    waiting = ReceivedFile.objects.interrupted().get(by=contributor)
    assert waiting.name in page


def test_the_waiting_file_can_be_read(day: Issue) -> None:
    article = ReceivedFile.objects.interrupted().get().take_in()
    assert article is not None
    assert article.title == "旧报缝里的天气"
    assert [byline.author.name for byline in article.bylines.select_related("author")] == ["陶一苇"]
    assert article.body.count("<h2") == 2


def test_the_office_sends_in_what_came_by_post(day: Issue) -> None:
    senders = set(Article.objects.values_list("submitter__username", flat=True))
    assert senders == {"contributor", "contributor2", "contributor3", "contributor4", "registrar"}


def test_a_later_run_leaves_the_day_of_delivery(day: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    call_command("load_sample", verbosity=0)
    again = Issue.objects.get(stage="planning")
    assert (again.delivery_date, again.version) == (day.delivery_date, day.version)
