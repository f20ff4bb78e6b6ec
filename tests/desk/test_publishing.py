"""An issue goes out at the desk: preview, set time, publication, editions, corrections of what is out."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import going_out, press, workflow
from articles.models import Article, Erratum, Event, Issue
from articles.press import IssueStage
from journal.edition import store
from journal.edition.bake import bake
from tests.edition.conftest import Door
from tests.factories import Cast, make_issue, make_journal, printed_issue

pytestmark = pytest.mark.django_db(transaction=True)

AtDesk = Callable[..., Client]


@pytest.fixture
def signed(cast: Cast) -> Issue:
    make_journal(name="澜江", publication_type="serial")
    return make_issue(cast, IssueStage.SIGNED, year=2026, number="7")


@pytest.fixture
def out(cast: Cast) -> Issue:
    make_journal(name="澜江", publication_type="serial")
    issue = printed_issue(cast, 3, year=2025, number="3")
    bake()
    return issue


def page(client: Client, issue: Issue) -> Any:
    return client.get(reverse("admin:articles_issue_publishing", args=[issue.pk]))


def act(client: Client, issue: Issue, action: str, **words: Any) -> Any:
    address = reverse("admin:articles_issue_publishing_act", args=[issue.pk])
    words.setdefault("version", Issue.objects.get(pk=issue.pk).version)
    return client.post(address, {"action": action, **words})


def show_edition(client: Client, issue: Issue, number: int, reason: str = "封面用错了") -> Any:
    address = reverse("admin:articles_issue_edition", args=[issue.pk])
    return client.post(address, {"edition": number, "reason": reason})


def correction(client: Client, article: Article, action: str = "", **words: Any) -> Any:
    address = reverse("admin:articles_article_correction", args=[article.pk])
    if not action:
        return client.get(address)
    words.setdefault("version", Article.objects.get(pk=article.pk).version)
    return client.post(address, {"action": action, **words})


def picker(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


# The private link.


def test_the_link_is_made_shown_and_closed(at_desk: AtDesk, signed: Issue) -> None:
    client = at_desk("publisher")
    assert "preview/" not in text(page(client, signed))
    assert act(client, signed, "open_preview").status_code == 302
    signed.refresh_from_db()
    link = reverse("public:preview", args=[signed.preview_key])
    assert link in text(page(client, signed))
    assert Client().get(link).status_code == 302
    act(client, signed, "close_preview")
    assert link not in text(page(client, signed))
    assert Client().get(link).status_code == 404


def test_who_has_the_issue_in_hand_makes_the_link_and_the_others_see_it(
    at_desk: AtDesk, cast: Cast, signed: Issue
) -> None:
    planned = make_issue(cast, year=2026, number="8")
    assert act(at_desk("publisher"), planned, "open_preview").status_code == 403
    assert act(at_desk("head"), planned, "open_preview").status_code == 302
    assert act(at_desk("head"), signed, "open_preview").status_code == 403
    planned.refresh_from_db()
    for role in ("registrar", "editor", "head", "chief", "proofreader", "publisher"):
        assert planned.preview_key in text(page(at_desk(role), planned)), role


# The set time.


def test_a_time_is_set_shown_and_taken_back(at_desk: AtDesk, signed: Issue) -> None:
    client, hour = at_desk("publisher"), timezone.now() + datetime.timedelta(days=1)
    assert act(client, signed, "schedule", publish_at=picker(hour)).status_code == 302
    signed.refresh_from_db()
    assert signed.publish_at == hour.replace(second=0, microsecond=0)
    assert f"{timezone.localtime(hour):%Y-%m-%d %H:%M}" in text(page(client, signed))
    act(client, signed, "unschedule")
    assert Issue.objects.get(pk=signed.pk).publish_at is None


def test_the_time_is_beijings_whatever_the_browser_thinks(at_desk: AtDesk, signed: Issue) -> None:
    year = timezone.localdate().year + (0 if timezone.localdate().month < 12 else 1)
    act(at_desk("publisher"), signed, "schedule", publish_at=f"{year}-12-31T08:00")
    signed.refresh_from_db()
    assert signed.publish_at == datetime.datetime(year, 12, 31, 0, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize("typed", ["", "明天", "2026-13-40T08:00", "2020-01-01T08:00", "2999-01-01T08:00"])
def test_a_time_that_cannot_be_is_refused_and_given_back(at_desk: AtDesk, signed: Issue, typed: str) -> None:
    answer = act(at_desk("publisher"), signed, "schedule", publish_at=typed)
    assert answer.status_code == 422
    assert "errornote" in text(answer)
    assert f'value="{typed}"' in text(answer) or not typed
    assert Issue.objects.get(pk=signed.pk).publish_at is None


def test_a_schedule_that_failed_says_so_and_what_to_do(at_desk: AtDesk, cast: Cast, signed: Issue) -> None:
    press.perform(
        "schedule", signed, cast.publisher, publish_at=timezone.now() + datetime.timedelta(minutes=1)
    )
    going_out.record_failure(signed, "no-right", "林舟没有权限了。", again=False)
    said = text(page(at_desk("publisher"), signed))
    assert "林舟没有权限了。" in said
    assert "not tried again" in said or "不会再试" in said


# Publication.


def test_publishing_says_which_edition_readers_see(at_desk: AtDesk, signed: Issue) -> None:
    assert act(at_desk("publisher"), signed, "publish").status_code == 302
    assert Issue.objects.get(pk=signed.pk).is_out
    assert Door(store.root()).get(signed.get_absolute_url()).status == 200


def test_of_two_people_pressing_publish_the_second_is_told_who_was_quicker(
    at_desk: AtDesk, cast: Cast, signed: Issue
) -> None:
    seen = signed.version
    act(at_desk("publisher"), signed, "publish", version=seen)
    answer = act(at_desk("publisher"), signed, "publish", version=seen)
    assert answer.status_code == 409
    assert cast.publisher.name in text(answer)
    assert Event.objects.filter(issue=signed, action="publish").count() == 1


def test_before_the_press_order_the_screen_leads_to_what_is_missing(at_desk: AtDesk, cast: Cast) -> None:
    planned = make_issue(cast, year=2026, number="8")
    assert reverse("admin:articles_issue_press", args=[planned.pk]) in text(
        page(at_desk("publisher"), planned)
    )
    assert act(at_desk("publisher"), planned, "publish").status_code in {403, 409}


def test_an_action_nobody_knows_is_refused(at_desk: AtDesk, signed: Issue) -> None:
    assert act(at_desk("publisher"), signed, "reopen").status_code == 422
    assert Issue.objects.get(pk=signed.pk).stage == IssueStage.SIGNED


# Editions.


def test_the_editions_are_listed_and_one_is_shown_again(at_desk: AtDesk, signed: Issue, out: Issue) -> None:
    client = at_desk("publisher")
    act(client, signed, "publish")
    newest = store.current() or 0
    assert show_edition(client, signed, newest - 1).status_code == 302
    assert store.current() == newest - 1
    assert Door(store.root()).get(signed.get_absolute_url()).status == 599
    assert show_edition(client, signed, newest).status_code == 302
    assert Door(store.root()).get(signed.get_absolute_url()).status == 200


def test_without_a_reason_readers_see_what_they_saw(at_desk: AtDesk, signed: Issue, out: Issue) -> None:
    client = at_desk("publisher")
    act(client, signed, "publish")
    shown = store.current() or 0
    assert show_edition(client, signed, shown - 1, reason="").status_code == 422
    assert show_edition(at_desk("chief"), signed, shown - 1).status_code == 403
    assert show_edition(client, signed, 999).status_code == 409
    assert store.current() == shown


def test_an_edition_that_would_show_what_was_taken_down_says_so(
    at_desk: AtDesk, cast: Cast, out: Issue
) -> None:
    article = out.articles.first()
    workflow.perform("approve_retraction", article, cast.chief, reason="事实有误。", notice="本文已撤下。")
    workflow.perform("take_down", article, cast.publisher)
    client, shown = at_desk("publisher"), store.current() or 0
    assert article.title_line in text(page(client, out))
    answer = show_edition(client, out, shown - 1)
    assert answer.status_code == 409
    assert article.title_line in text(answer)


# Corrections.

CHANGE = {"wrong": "次过江", "right": "次渡江", "notice": "“过江”应为“渡江”。", "reason": "错字"}


def test_the_approver_sees_the_change_before_approving_exactly_that(
    at_desk: AtDesk, cast: Cast, out: Issue
) -> None:
    article, chief = out.articles.first(), at_desk("chief")
    looked = correction(chief, article, "look", **CHANGE)
    assert looked.status_code == 200
    assert all(mark in text(looked) for mark in ("<ins", "<del", "渡", CHANGE["notice"]))
    assert not Event.objects.filter(action="approve_correction").exists()
    assert correction(chief, article, "approve_correction", **CHANGE).status_code == 302
    publisher = at_desk("publisher")
    shown = text(correction(publisher, article))
    assert all(
        mark in shown for mark in ("<ins", "<del", CHANGE["notice"], CHANGE["reason"], cast.chief.name)
    )
    assert correction(publisher, article, "correct").status_code == 302
    page_now = Door(store.root()).get(article.get_absolute_url()).body.decode()
    assert "次渡江" in page_now
    assert CHANGE["notice"] in page_now
    assert f"{timezone.localdate():%Y年}" in page_now


def test_who_changes_their_mind_finds_what_they_typed(at_desk: AtDesk, out: Issue) -> None:
    answer = correction(at_desk("chief"), out.articles.first(), "edit", **CHANGE)
    assert answer.status_code == 200
    assert all(word.replace("“", "“") in text(answer) for word in CHANGE.values())


def test_words_that_are_not_there_once_are_refused_and_given_back(at_desk: AtDesk, out: Issue) -> None:
    answer = correction(at_desk("chief"), out.articles.first(), "look", **{**CHANGE, "wrong": "没有的话"})
    assert answer.status_code == 422
    assert "没有的话" in text(answer)
    assert CHANGE["notice"] in text(answer)


@pytest.mark.parametrize("missing", ["wrong", "notice", "reason"])
def test_nothing_is_approved_with_words_missing(at_desk: AtDesk, out: Issue, missing: str) -> None:
    answer = correction(
        at_desk("chief"), out.articles.first(), "approve_correction", **{**CHANGE, missing: ""}
    )
    assert answer.status_code == 422
    assert not Event.objects.filter(action="approve_correction").exists()


def test_one_person_never_does_both(at_desk: AtDesk, cast: Cast, out: Issue) -> None:
    article = out.articles.first()
    client = Client()
    client.force_login(cast.superuser)
    type(cast.superuser).objects.filter(pk=cast.superuser.pk).update(is_staff=True)
    correction(client, article, "approve_correction", **CHANGE)
    assert correction(client, article, "correct").status_code == 403
    assert not Erratum.objects.exists()


def test_each_does_their_own_and_no_more(at_desk: AtDesk, out: Issue) -> None:
    article = out.articles.first()
    assert correction(at_desk("publisher"), article, "approve_correction", **CHANGE).status_code == 403
    assert correction(at_desk("publisher"), article, "correct").status_code == 409
    correction(at_desk("chief"), article, "approve_correction", **CHANGE)
    assert correction(at_desk("chief"), article, "correct").status_code == 403
    assert correction(at_desk("editor"), article, "correct").status_code == 403


def test_an_approval_is_withdrawn_with_a_reason(at_desk: AtDesk, out: Issue) -> None:
    article, chief = out.articles.first(), at_desk("chief")
    correction(chief, article, "approve_correction", **CHANGE)
    assert correction(chief, article, "withdraw_approval", reason="").status_code == 422
    assert correction(chief, article, "withdraw_approval", reason="另拟").status_code == 302
    assert correction(at_desk("publisher"), article, "correct").status_code == 409


def test_the_issue_shows_what_waits_and_what_readers_were_told(at_desk: AtDesk, out: Issue) -> None:
    article = out.articles.first()
    correction(at_desk("chief"), article, "approve_correction", **CHANGE)
    publisher = at_desk("publisher")
    address = reverse("admin:articles_article_correction", args=[article.pk])
    assert address in text(page(publisher, out))
    correction(publisher, article, "correct")
    assert CHANGE["notice"] in text(page(publisher, out))


def test_a_take_down_leaves_a_notice_at_the_old_address(at_desk: AtDesk, out: Issue) -> None:
    article = out.articles.in_page_order().first()
    words = {"notice": "本文已撤下。", "reason": "事实有误"}
    assert correction(at_desk("chief"), article, "approve_retraction", **words).status_code == 302
    assert correction(at_desk("publisher"), article, "take_down").status_code == 302
    door = Door(store.root())
    gone = door.get(article.get_absolute_url()).body.decode()
    assert "本文已撤下。" in gone
    assert "过江" not in gone
    assert article.get_absolute_url().encode() not in door.get("/feed/").body
    assert Article.objects.get(pk=article.pk).body  # the record keeps it


# The screens.


@pytest.mark.parametrize("articles", [2, 20])
def test_the_screen_asks_the_database_as_often_for_a_long_issue(
    at_desk: AtDesk, cast: Cast, articles: int, django_assert_max_num_queries: Any
) -> None:
    make_journal(name="澜江", publication_type="serial")
    issue = printed_issue(cast, articles, year=2025, number="3")
    bake()
    client = at_desk("publisher")
    page(client, issue)
    with django_assert_max_num_queries(25):
        assert page(client, issue).status_code == 200
