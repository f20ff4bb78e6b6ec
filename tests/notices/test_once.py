"""Exactly once: whoever dies, comes late, or comes at the same moment."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from articles import workflow
from articles.models import Event
from articles.stages import Stage
from journal.notices import make
from journal.notices.make import catch_up, write_notices
from journal.notices.models import HandledEvent, Notice, Progress
from journal.notices.remind import remind
from tests.factories import Cast, due_day, make_article

pytestmark = pytest.mark.django_db


def test_what_the_listener_has_told_is_not_told_again(cast: Cast, press_button: Callable[..., Any]) -> None:
    press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    before = set(Notice.objects.values_list("pk", flat=True))
    event = Event.objects.last()
    assert event is not None
    assert write_notices([event]) == 0
    catch_up()
    assert set(Notice.objects.filter(event=event).values_list("pk", flat=True)) <= before


def test_a_process_that_died_after_its_commit_leaves_nothing_untold(cast: Cast) -> None:
    """In this test nobody listens: the commit hooks of a test's transaction never run."""
    article = make_article(cast, Stage.ACCEPTED)
    assert not Notice.objects.exists()
    call_command("send_notices", verbosity=0)
    kinds = list(Notice.objects.filter(article=article).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["received", "accepted"]
    call_command("send_notices", verbosity=0)
    assert Notice.objects.filter(article=article).count() == 2


def test_a_process_that_dies_while_writing_leaves_all_or_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_article(cast, Stage.ACCEPTED)

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(make, "put_away", die)
        with pytest.raises(KeyboardInterrupt):
            catch_up()
    assert not Notice.objects.exists()
    assert not HandledEvent.objects.exists()
    assert catch_up() == 2


def test_one_event_that_cannot_be_told_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = make_article(cast, Stage.ACCEPTED), make_article(cast, Stage.ACCEPTED)
    whole = make.write_notice

    def stumble(template: Any, article: Any, *rest: Any) -> Any:
        if article.pk == bad.pk:
            raise ValueError("no words for this")
        return whole(template, article, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(make, "write_notice", stumble)
        catch_up()
    assert set(Notice.objects.values_list("article", flat=True)) == {good.pk}
    assert "no words for this" in caplog.text
    catch_up()
    assert Notice.objects.filter(article=bad).count() == 2


def test_what_happened_before_notices_existed_is_told_to_nobody(cast: Cast) -> None:
    make_article(cast, Stage.ACCEPTED)
    last = Event.objects.latest("pk")
    Progress.objects.update_or_create(only=True, defaults={"event_pk": last.pk})
    assert catch_up() == 0


def test_the_mark_moves_on_and_forgets_single_events(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_article(cast, Stage.ACCEPTED)
    catch_up()
    assert HandledEvent.objects.count() == Event.objects.count()
    monkeypatch.setattr(make, "SETTLED", datetime.timedelta(0))
    assert catch_up() == 0
    assert not HandledEvent.objects.exists()
    assert Progress.objects.get().event_pk == Event.objects.latest("pk").pk
    assert catch_up() == 0
    assert Notice.objects.count() == 2


def test_work_that_is_done_is_not_announced_afterwards(cast: Cast) -> None:
    make_article(cast, Stage.ACCEPTED)
    catch_up()
    assert not Notice.objects.filter(kind="waiting").exists()


def test_catching_up_asks_the_database_little_however_much_was_missed(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        make_article(cast, Stage.ACCEPTED)
    with django_assert_max_num_queries(30):
        assert catch_up() == 24


class TestReminders:
    @pytest.fixture
    def returned(self, cast: Cast) -> Any:
        article = make_article(cast, Stage.FIRST_REVIEW)
        workflow.perform("assign", article, cast.registrar, editor=cast.editor)
        workflow.perform("return", article, cast.editor, opinion="请改。", due_on=due_day(10))
        return article

    @pytest.mark.parametrize(
        ("days", "expected"),
        [(6, []), (7, ["due-soon"]), (10, ["due-soon"]), (11, ["overdue", "overdue"]), (30, ["overdue"] * 2)],
    )
    def test_the_day_decides(self, returned: Any, days: int, expected: list[str]) -> None:
        remind(due_day(days))
        assert sorted(Notice.objects.values_list("kind", flat=True)) == expected

    def test_each_reminder_comes_once(self, returned: Any, cast: Cast) -> None:
        written = [remind(due_day(days)) for days in range(15)]
        assert (sum(written), written[7], written[11]) == (3, 1, 2)
        people = set(Notice.objects.filter(kind="overdue").values_list("recipient", flat=True))
        assert people == {cast.contributor.pk, cast.editor.pk}

    def test_a_new_day_is_reminded_of_anew(self, returned: Any, cast: Cast) -> None:
        remind(due_day(8))
        workflow.perform("extend", returned, cast.editor, due_on=due_day(20))
        assert remind(due_day(8)) == 0
        assert remind(due_day(18)) == 1

    def test_a_day_set_for_tomorrow_needs_no_second_letter(self, cast: Cast) -> None:
        article = make_article(cast, Stage.FIRST_REVIEW)
        workflow.perform("return", article, cast.editor, opinion="请改。", due_on=due_day(1))
        assert remind() == 0

    def test_what_came_back_is_not_reminded_of(self, returned: Any, cast: Cast) -> None:
        workflow.perform("resubmit", returned, cast.contributor)
        assert remind(due_day(30)) == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time")
def test_two_processes_at_the_same_moment_tell_once() -> None:
    cast = Cast()
    for _round in range(20):
        article = make_article(cast, Stage.ACCEPTED)
        gate = threading.Barrier(3)
        troubles: list[BaseException] = []

        def run(gate: threading.Barrier = gate, troubles: list[BaseException] = troubles) -> None:
            try:
                gate.wait()
                catch_up()
                remind(due_day(30))
            except BaseException as trouble:
                troubles.append(trouble)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert troubles == []
        assert Notice.objects.filter(article=article, kind="accepted").count() == 1
        assert Notice.objects.filter(article=article, kind="received").count() == 1
