"""Publishing: the same rules as the desk, the record and the readers' pages together or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles import press, workflow
from articles.models import Article, Event, Issue
from articles.press import IssueStage, Refused
from articles.record_check import Verification
from articles.workflow import Stage
from journal.edition import bake as baking
from journal.edition import failpoints, publish, store
from journal.edition.manifest import verify
from journal.edition.models import Edition
from tests.articles.test_two_at_once import at_once
from tests.edition.conftest import Door
from tests.factories import Cast, make_article, make_draft, make_issue, make_journal, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(db: None) -> Cast:
    make_journal(name="澜江", publication_type="serial")
    return Cast()


@pytest.fixture
def signed(cast: Cast) -> Issue:
    return make_issue(cast, IssueStage.SIGNED, year=2026, number="7")


@pytest.fixture
def imported(cast: Cast) -> Issue:
    issue = make_issue(cast, year=2024, number="7", page_count=2)
    for page in (1, 2):
        make_draft(cast, submitter=None, issue=issue, first_page=page, last_page=page)
    return issue


def readers_see(issue: Issue) -> bool:
    """Whether the files have it, on its own page and on the home page alike."""
    door = Door(store.root())
    own = door.get(issue.get_absolute_url()).status == 200
    listed = issue.get_absolute_url().encode() in door.get("/").body
    assert own == listed
    return own


def test_a_signed_issue_is_recorded_baked_and_shown(cast: Cast, signed: Issue) -> None:
    result = publish.publish(signed, cast.publisher)
    assert readers_see(signed)
    assert Issue.objects.get(pk=signed.pk).is_out
    assert Edition.objects.first() == result.edition
    assert result.edition.number == store.current()
    assert Event.objects.filter(issue=signed, action="publish", actor=cast.publisher).count() == 1


def test_the_desks_rules_hold_and_a_refusal_changes_nothing(cast: Cast, signed: Issue) -> None:
    with pytest.raises(Refused):
        publish.publish(signed, cast.editor)
    planned = make_issue(cast, year=2026, number="8")
    with pytest.raises(Refused):
        publish.publish(planned, cast.publisher)
    assert store.current() is None
    assert not Edition.objects.exists()
    assert not Issue.objects.get(pk=signed.pk).is_out


def test_an_issue_is_published_once(cast: Cast, signed: Issue) -> None:
    publish.publish(signed, cast.publisher)
    shown = store.current()
    with pytest.raises(Refused):
        publish.publish(signed, cast.publisher)
    assert store.current() == shown


@pytest.mark.parametrize(
    "step", ["recorded", "planned", "half-built", "manifest", "renamed", "switched", "marked"]
)
def test_a_failure_at_any_step_leaves_record_and_readers_as_they_were(
    cast: Cast, signed: Issue, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    baking.bake()
    shown = store.current()
    steps_seen: list[str] = []

    def fail(name: str) -> None:
        steps_seen.append(name)
        # The catch-up before the transaction passes the same steps: fail in the second round.
        if name == step and "recorded" in steps_seen:
            raise OSError("broken")

    with monkeypatch.context() as patch:
        for module in (baking, publish, store):
            patch.setattr(module, "reached", fail)
        with pytest.raises(OSError, match="broken"):
            publish.publish(signed, cast.publisher)
    assert store.current() == shown
    assert not readers_see(signed)
    assert Issue.objects.get(pk=signed.pk).stage == IssueStage.SIGNED
    assert not Event.objects.filter(issue=signed, action="publish").exists()
    assert publish.publish(Issue.objects.get(pk=signed.pk), cast.publisher).changed
    assert readers_see(signed)
    assert verify(store.folder(store.current() or 0)) == []


def test_all_steps_are_passed_in_their_order(
    cast: Cast, signed: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    for module in (baking, publish, store):
        monkeypatch.setattr(module, "reached", seen.append)
    publish.publish(signed, cast.publisher)
    in_order = [seen[0], *seen[seen.index("recorded") :]]
    assert tuple(in_order) == failpoints.STEPS


def test_a_back_issue_needs_nobody_and_says_so_in_the_record(imported: Issue) -> None:
    call_command("publish_issue", "2024", "7", "--as-import")
    assert readers_see(imported)
    assert set(imported.articles.values_list("stage", flat=True)) == {Stage.PUBLISHED}  # type: ignore[attr-defined]
    events = Event.objects.filter(issue=imported).values_list("action", "actor_name", "actor")
    assert ("record_as_printed", "publish_issue", None) in events
    assert ("publish", "publish_issue", None) in events


def test_a_back_issue_bears_its_printed_date(imported: Issue) -> None:
    import datetime

    imported.publication_date = datetime.date(2024, 7, 5)
    imported.save()
    publish.publish_as_printed(imported)
    article = imported.articles.first()  # type: ignore[attr-defined]
    assert article.published_at.date() == datetime.date(2024, 7, 5)


def test_visibility_is_a_recorded_decision(imported: Issue) -> None:
    make_journal(publication_type="internal")
    call_command("publish_issue", "2024", "7", "--as-import", "--visibility", "public")
    assert readers_see(imported)
    assert Event.objects.filter(issue=imported, action="open_to_public").count() == 1


def test_an_internal_issue_is_for_members_unless_decided_otherwise(imported: Issue) -> None:
    make_journal(publication_type="internal")
    call_command("publish_issue", "2024", "7", "--as-import")
    assert not readers_see(imported)
    place = imported.get_absolute_url().strip("/")
    assert (store.folder(store.current() or 0) / "members" / place / "index.html").is_file()


def test_a_person_publishes_by_name(cast: Cast, signed: Issue, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish_issue", "2026", "7", "--by", cast.publisher.username)
    assert readers_see(signed)
    assert str(store.current()) in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["2026", "7"],
        ["2026", "7", "--by", "nobody"],
        ["1999", "1", "--as-import"],
        ["2026", "7", "--as-import"],
    ],
)
def test_the_command_refuses_with_one_sentence(signed: Issue, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("publish_issue", *arguments)
    assert not Issue.objects.get(pk=signed.pk).is_out


def test_the_command_asks_the_same_rights_as_the_desk(signed: Issue) -> None:
    make_user("registrar", username="registrar")
    with pytest.raises(CommandError):
        call_command("publish_issue", "2026", "7", "--by", "registrar")
    assert not Issue.objects.get(pk=signed.pk).is_out


def test_a_correction_after_publication_reaches_readers_at_once(cast: Cast, signed: Issue) -> None:
    from articles import workflow

    publish.publish(signed, cast.publisher)
    article: Any = signed.articles.first()  # type: ignore[attr-defined]
    workflow.perform("approve_retraction", article, cast.chief, reason="事实有误", notice="本文已撤下。")
    workflow.perform("take_down", article, cast.publisher)
    page = Door(store.root()).get(article.get_absolute_url()).body.decode()
    assert "本文已撤下。" in page


def test_closing_an_issue_takes_it_from_everybody_at_once(cast: Cast, signed: Issue) -> None:
    publish.publish(signed, cast.publisher)
    assert readers_see(signed)
    press.perform("close", signed, cast.chief, reason="改为登录可读")
    assert not readers_see(signed)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
def test_others_act_while_the_pages_are_built(
    cast: Cast, signed: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_article(cast, Stage.FIRST_REVIEW)
    told: list[str] = []

    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        workflow.perform(
            "pass_up", Article.objects.get(pk=other.pk), cast.editor, opinion="可用。", verdict="use"
        )

    def while_building(step: str) -> None:
        if step == "half-built" and Issue.objects.get(pk=signed.pk).is_out:
            told.extend(at_once(act))

    monkeypatch.setattr(baking, "reached", while_building)
    publish.publish(signed, cast.publisher)
    assert told == ["done"]
    assert readers_see(signed)
    passed = other.events.get(action="pass_up")
    published = Event.objects.filter(action="publish")
    assert published.count() == 1 + signed.articles.count()
    # Their deed stands before the publishing in the record, which is whole.
    assert all(event.sequence > passed.sequence for event in published)
    assert list(Verification().findings()) == []


def test_the_events_of_publishing_are_in_the_record_before_readers_see_it(
    cast: Cast, signed: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that cannot be written stops it while readers still see the old edition."""
    baking.bake()
    seen: dict[str, int] = {}

    def look(step: str) -> None:
        seen[step] = Event.objects.filter(action="publish").count()

    for module in (baking, publish, store):
        monkeypatch.setattr(module, "reached", look)
    before = Event.objects.count()
    publish.publish(signed, cast.publisher)
    everything = 1 + signed.articles.count()
    assert [seen[step] for step in ("recorded", "renamed", "link-made", "switched")] == [
        *(0, 0),
        *(everything, everything),
    ]
    assert Event.objects.count() == before + everything
    assert list(Verification().findings()) == []
