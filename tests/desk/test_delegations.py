"""The final review in other hands: with dates, seen by all who should, withdrawn at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.delegations import delegate
from articles.models import Delegation, Event
from articles.stages import Stage
from journal.desk.delegations import state_of
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db

ALL = "/desk/delegations/"


def day(ahead: int = 0) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(ahead)


def give(client: Client, holder: Any, first: int = 0, last: int = 7, **words: Any) -> Any:
    data = {"holder": holder.pk, "starts_on": day(first).isoformat(), "ends_on": day(last).isoformat()}
    return client.post(ALL, {**data, **words})


def test_the_chief_editor_gives_it_with_dates_and_the_record_tells(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    answer = give(at_desk("chief"), cast.editor, 1, 9, reason="出差")
    assert answer.headers["Location"] == ALL
    given = Delegation.objects.get()
    assert (given.giver, given.holder, given.reason) == (cast.chief, cast.editor, "出差")
    told = Event.objects.get(delegation=given)
    assert (told.action, told.actor, told.address) == ("delegate", cast.chief, "127.0.0.1")


def test_the_list_says_how_each_stands(at_desk: Callable[..., Client], cast: Cast) -> None:
    days = {"upcoming": (2, 3), "in-force": (0, 0), "ended": (-5, -1)}
    for first, last in days.values():
        Delegation.objects.create(
            giver=cast.chief, holder=cast.editor, starts_on=day(first), ends_on=day(last)
        )
    gone = delegate(cast.chief, cast.head, day(), day(5))
    at_desk("chief").post(reverse("admin:delegation_withdraw", args=[gone.pk]), {"reason": "回来了"})
    page = at_desk("chief").get(ALL)
    assert {line["state"] for line in page.context["lines"]} == {*days, "withdrawn"}
    assert sum(line["open"] for line in page.context["lines"]) == 2
    assert Event.objects.get(action="withdraw_delegation").note == "回来了"


def test_both_ends_are_included(cast: Cast) -> None:
    given = Delegation(starts_on=day(), ends_on=day(1))
    assert [state_of(given, day(n)) for n in (-1, 0, 1, 2)] == ["upcoming", "in-force", "in-force", "ended"]


@pytest.mark.parametrize("role", ["registrar", "editor", "head", "proofreader", "publisher", "superuser"])
def test_who_does_not_give_the_final_review_delegates_nothing(
    at_desk: Callable[..., Client], cast: Cast, role: str
) -> None:
    if role == "superuser":
        cast.superuser.is_staff = False
    answer = give(at_desk(role), cast.editor)
    assert answer.status_code == 403
    assert not Delegation.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "holder"),
    [(3, 1, "editor"), (-9, -2, "editor"), (0, 5, "audit_officer"), (0, 5, "reader"), (0, 5, "chief")],
)
def test_what_makes_no_sense_is_refused_with_a_sentence_and_what_was_typed(
    at_desk: Callable[..., Client], cast: Cast, first: int, last: int, holder: str
) -> None:
    answer = give(at_desk("chief"), getattr(cast, holder), first, last, reason="写好的理由")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "写好的理由" in answer.content.decode()
    assert not Delegation.objects.exists()
    assert not Event.objects.exists()


def test_it_is_withdrawn_once(at_desk: Callable[..., Client], cast: Cast) -> None:
    given = delegate(cast.chief, cast.editor, day(), day(5))
    address = reverse("admin:delegation_withdraw", args=[given.pk])
    assert at_desk("head").post(address).status_code == 403
    assert at_desk("chief").post(address).status_code == 302
    assert at_desk("chief").post(address).status_code == 409
    assert Event.objects.filter(action="withdraw_delegation").count() == 1
    assert at_desk("chief").get(address).status_code == 405


def test_the_holder_sees_it_and_signs_and_no_longer_once_it_is_withdrawn(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    article = make_article(cast, Stage.FINAL_REVIEW)
    given = delegate(cast.chief, cast.proofreader, day(), day(5))
    first_page = at_desk("proofreader").get("/desk/").content.decode()
    assert cast.chief.name in first_page
    assert article.title in first_page
    act = reverse("admin:articles_article_act", args=[article.pk])
    words = {"action": "accept", "version": article.version, "opinion": "受托终审，同意录用。"}
    at_desk("chief").post(reverse("admin:delegation_withdraw", args=[given.pk]))
    assert at_desk("proofreader").post(act, words).status_code == 403
    delegate(cast.chief, cast.proofreader, day(), day(5))
    assert at_desk("proofreader").post(act, words).status_code == 302
    signature = article.signoffs.get(level="final")
    assert signature.delegation is not None
    assert signature.delegation.giver == cast.chief


@pytest.mark.parametrize("who", ["editor", "head"])
def test_it_opens_no_second_level_to_one_person(at_desk: Callable[..., Client], cast: Cast, who: str) -> None:
    article = make_article(cast, Stage.FINAL_REVIEW)
    delegate(cast.chief, getattr(cast, who), day(), day(5))
    words = {"action": "accept", "version": article.version, "opinion": "我也同意。"}
    answer = at_desk(who).post(reverse("admin:articles_article_act", args=[article.pk]), words)
    assert answer.status_code == 403
    assert "我也同意。" in answer.content.decode()
    article.refresh_from_db()
    assert article.stage == Stage.FINAL_REVIEW


def test_the_list_asks_no_more_for_more_rows(
    at_desk: Callable[..., Client], cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        Delegation.objects.create(giver=cast.chief, holder=cast.editor, starts_on=day(n), ends_on=day(n))
    client = at_desk("chief")
    with django_assert_max_num_queries(12):
        assert len(client.get(ALL).context["lines"]) == 30
