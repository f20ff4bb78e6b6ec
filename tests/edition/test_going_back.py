"""Back to an earlier edition: one switch, on record, and no decision is undone by it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import CommandError, call_command
from django.test import Client

from articles import press, workflow
from articles.models import Article, Event, Issue
from articles.record_check import Verification
from articles.refusals import Refused
from journal.edition import going_back, publish, store
from journal.edition.bake import bake
from journal.edition.manifest import verify
from journal.edition.models import Edition
from tests.articles.test_two_at_once import at_once
from tests.edition.conftest import Door
from tests.factories import Cast, make_issue, make_journal, printed_issue

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "封面用错了"


@pytest.fixture
def cast(db: None) -> Cast:
    make_journal(name="澜江", publication_type="serial")
    return Cast()


@pytest.fixture
def old(cast: Cast) -> Issue:
    """On line in edition 1."""
    issue = printed_issue(cast, 2, year=2025, number="3")
    bake()
    return issue


@pytest.fixture
def new(cast: Cast, old: Issue) -> Issue:
    """Published since, in edition 2."""
    issue = make_issue(cast, "signed", year=2026, number="7")
    publish.publish(issue, cast.publisher)
    return issue


def see(thing: Any) -> int:
    return Door(store.root()).get(thing.get_absolute_url()).status


def correct(cast: Cast, article: Article, wrong: str = "次过江", right: str = "次渡江") -> None:
    text = {"body": article.body.replace(wrong, right)}
    words = {"reason": "错字", "notice": "更正一字。", "text": text}
    workflow.perform("approve_correction", article, cast.chief, **words)
    workflow.perform("correct", article, cast.publisher)


def take_down(cast: Cast, article: Article) -> None:
    workflow.perform("approve_retraction", article, cast.chief, reason="事实有误。", notice="本文已撤下。")
    workflow.perform("take_down", article, cast.publisher)


def test_readers_see_all_of_the_edition_before_and_the_record_says_why(
    cast: Cast, old: Issue, new: Issue
) -> None:
    assert store.current() == 2
    going_back.show(1, cast.publisher, reason=REASON)
    assert (store.current(), see(old), see(new)) == (1, 200, 599)
    assert new.get_absolute_url().encode() not in Door(store.root()).get("/").body
    event = Event.objects.get(action="show_edition")
    assert (event.actor, event.note, event.issue) == (cast.publisher, REASON, new)
    assert event.data == {"edition": 1, "before": 2}
    assert list(Verification().findings()) == []


def test_it_is_undone_by_going_to_the_newer_one(cast: Cast, new: Issue) -> None:
    going_back.show(1, cast.publisher, reason=REASON)
    going_back.show(2, cast.publisher, reason="封面没有错")
    assert (store.current(), see(new)) == (2, 200)


def test_the_next_bake_shows_what_the_record_says_and_keeps_both(cast: Cast, old: Issue, new: Issue) -> None:
    going_back.show(1, cast.publisher, reason=REASON)
    correct(cast, old.articles.first())
    assert (store.current(), see(new)) == (3, 200)
    assert "渡江" in Door(store.root()).get(old.articles.first().get_absolute_url()).body.decode()
    assert store.numbers() == [1, 2, 3]
    assert [verify(store.folder(n)) for n in store.numbers()] == [[], [], []]


def test_the_next_issue_is_published_from_an_earlier_edition_too(cast: Cast, new: Issue) -> None:
    going_back.show(1, cast.publisher, reason=REASON)
    next_one = make_issue(cast, "signed", year=2026, number="8")
    publish.publish(next_one, cast.publisher)
    assert (see(new), see(next_one)) == (200, 200)


def test_what_was_taken_down_is_not_shown_again(cast: Cast, new: Issue) -> None:
    article = new.articles.first()
    take_down(cast, article)
    assert store.current() == 3
    with pytest.raises(Refused) as refused:
        going_back.show(2, cast.publisher, reason=REASON)
    assert refused.value.code == "brings-back"
    assert article.title_line in str(refused.value)
    assert store.current() == 3
    going_back.show(1, cast.publisher, reason=REASON)  # it had not come out then
    assert store.current() == 1


def test_what_was_closed_since_is_not_shown_to_everybody_again(cast: Cast, old: Issue, new: Issue) -> None:
    press.perform("close", old, cast.chief, reason="版权方要求")
    assert store.current() == 3
    with pytest.raises(Refused) as refused:
        going_back.show(2, cast.publisher, reason=REASON)
    assert str(old) in str(refused.value)
    assert (store.current(), see(old)) == (3, 599)


def test_members_pages_stay_behind_their_door(cast: Cast, old: Issue) -> None:
    members = printed_issue(cast, 2, year=2025, number="4", publish=False)
    press.perform("close", members, cast.chief, reason="供登录读者")
    publish.publish(members, cast.publisher)
    number = store.current()
    publish.publish(make_issue(cast, "signed", year=2026, number="8"), cast.publisher)
    going_back.show(number or 0, cast.publisher, reason=REASON)
    door = Door(store.root(), WSGIHandler())
    assert door.get(members.get_absolute_url()).status == 403
    client = Client()
    client.force_login(cast.reader)
    assert client.get(members.get_absolute_url()).status_code == 200


def test_a_damaged_edition_is_not_shown(cast: Cast, old: Issue, new: Issue) -> None:
    page = store.folder(1) / "public" / "robots.txt"
    page.unlink()  # a link of its own: the other edition's file stays
    page.write_text("torn", encoding="ascii")
    with pytest.raises(store.EditionError):
        going_back.show(1, cast.publisher, reason=REASON)
    assert (store.current(), see(new)) == (2, 200)
    assert not Event.objects.filter(action="show_edition").exists()


@pytest.mark.parametrize("number", [0, 7, 99999])
def test_an_edition_that_is_not_kept_is_not_shown(cast: Cast, new: Issue, number: int) -> None:
    with pytest.raises(store.EditionError):
        going_back.show(number, cast.publisher, reason=REASON)
    assert store.current() == 2


def test_only_who_publishes_goes_back_and_only_with_a_reason(cast: Cast, new: Issue) -> None:
    for role in set(Cast.ROLES) - {"publisher"}:
        with pytest.raises(Refused) as refused:
            going_back.show(1, getattr(cast, role), reason=REASON)
        assert refused.value.kind == "forbidden", role
    with pytest.raises(Refused):
        going_back.show(1, AnonymousUser(), reason=REASON)
    with pytest.raises(Refused) as refused:
        going_back.show(1, cast.publisher, reason="  ")
    assert refused.value.field == "reason"
    assert store.current() == 2


def test_to_the_one_on_show_there_is_nothing_to_go(cast: Cast, new: Issue) -> None:
    with pytest.raises(Refused) as refused:
        going_back.show(2, cast.publisher, reason=REASON)
    assert refused.value.code == "no-change"
    going_back.show(1, cast.publisher, reason=REASON)
    with pytest.raises(Refused):
        going_back.show(1, cast.publisher, reason=REASON)


def test_two_people_go_back_at_once_and_one_is_told(cast: Cast, new: Issue) -> None:
    def press_button() -> None:
        going_back.show(1, cast.publisher, reason=REASON)

    assert at_once(press_button, press_button) == ["done", "no-change"]
    assert Event.objects.filter(action="show_edition").count() == 1


def test_a_failure_on_the_way_leaves_readers_and_record_as_they_were(
    cast: Cast, new: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(step: str) -> None:
        if step == "back-switched":
            raise OSError("broken")

    monkeypatch.setattr(going_back, "reached", fail)
    with pytest.raises(OSError, match="broken"):
        going_back.show(1, cast.publisher, reason=REASON)
    assert store.current() == 2
    assert not Event.objects.filter(action="show_edition").exists()


def test_the_command_lists_them_and_names_a_damaged_one(
    cast: Cast, new: Issue, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("editions")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["*", "1"]
    assert str(new) in lines[0]
    (store.folder(1) / "public" / "robots.txt").unlink()
    with pytest.raises(CommandError, match="1"):
        call_command("editions")


def test_the_command_goes_back_for_a_person_with_a_reason(
    cast: Cast, new: Issue, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in ({}, {"by": "nobody"}, {"by": cast.publisher.username}, {"by": cast.editor.username}):
        with pytest.raises(CommandError):
            call_command("editions", show=1, **wrong)
    assert store.current() == 2
    call_command("editions", show=1, by=cast.publisher.username, reason=REASON)
    assert store.current() == 1
    assert Edition.objects.count() == 2
