"""Two people press at the same moment, on a database that lets them: one wins, the other is told."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from articles import press, workflow, working_drafts
from articles.models import Article, Event, Issue, WorkingDraft
from articles.press import IssueStage
from articles.workflow import Refused, Stage
from articles.working_drafts import Typing
from tests.factories import Cast, due_day, make_article, make_issue, make_journal

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite lets one writer in at a time"),
]

ROUNDS = 20


def at_once(*presses: Callable[[], Any]) -> list[str]:
    """Run all presses in threads of their own, let loose together; each outcome: "done" or a code."""
    gate = threading.Barrier(len(presses))
    outcomes: list[str] = []

    def run(press_button: Callable[[], Any]) -> None:
        try:
            gate.wait()
            press_button()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.code)
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(press_button,)) for press_button in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def test_one_of_two_contrary_decisions_wins() -> None:
    cast = Cast()
    for _round in range(ROUNDS):
        article = make_article(cast, Stage.FIRST_REVIEW)
        events = article.events.count()
        seen = article.version
        outcomes = at_once(
            lambda a=article, v=seen: workflow.perform(
                "pass_up", fresh(a), cast.editor, version=v, opinion="可用。", verdict="use"
            ),
            lambda a=article, v=seen: workflow.perform(
                "return", fresh(a), cast.superuser, version=v, opinion="请改。", due_on=due_day()
            ),
        )
        assert outcomes == ["done", "stale"]
        assert article.events.count() == events + 1
        assert article.signoffs.count() == 1
        last = article.events.last()
        assert last is not None
        assert fresh(article).stage == last.after


def test_the_same_button_pressed_twice_is_pressed_once() -> None:
    cast = Cast()
    for _round in range(ROUNDS):
        article = make_article(cast, Stage.FINAL_REVIEW)
        outcomes = at_once(
            *(
                lambda a=article: workflow.perform("accept", fresh(a), cast.chief, opinion="同意。")
                for _press in (1, 2, 3)
            )
        )
        assert outcomes == ["done", "wrong-stage", "wrong-stage"]
        assert article.events.filter(action="accept").count() == 1


def test_two_registrars_give_two_numbers() -> None:
    cast = Cast()
    make_journal()
    for _round in range(ROUNDS):
        pair = [make_article(cast, Stage.SUBMITTED) for _article in (1, 2)]
        assert at_once(*(lambda a=a: workflow.perform("register", a, cast.registrar) for a in pair)) == [
            "done",
            "done",
        ]
    numbers = Article.objects.values_list("manuscript_number", flat=True)
    assert len(set(numbers)) == 2 * ROUNDS


def test_two_articles_never_take_one_place() -> None:
    cast = Cast()
    issue = make_issue(cast)
    for place in range(1, ROUNDS + 1):
        pair = [make_article(cast, Stage.ACCEPTED) for _article in (1, 2)]
        outcomes = at_once(
            *(
                lambda a=a, p=place: workflow.perform("place", a, cast.head, issue=issue, position=p)
                for a in pair
            )
        )
        assert outcomes == ["done", "place-taken"]


def test_two_saves_of_one_text_lose_none() -> None:
    cast = Cast()
    for _round in range(ROUNDS):
        article = make_article(cast)

        copies = fresh(article), fresh(article)
        copies[0].body, copies[1].body = "<p>甲的一稿。</p>", "<p>乙的一稿。</p>"
        outcomes = at_once(copies[0].save, copies[1].save)
        assert outcomes == ["done", "stale"]


def test_pulling_an_article_while_the_issue_is_signed_never_leaves_a_hole() -> None:
    cast = Cast()
    outcomes: Counter[tuple[str, ...]] = Counter()
    for _round in range(ROUNDS // 2):
        issue = make_issue(cast, IssueStage.READING)
        press.perform("sign_reading", issue, cast.editor)
        article = issue.articles.first()
        assert article is not None
        found = at_once(
            lambda i=issue: press.perform("sign", Issue.objects.get(pk=i.pk), cast.chief),
            lambda a=article: workflow.perform("pull", fresh(a), cast.superuser, reason="换稿"),
        )
        outcomes[tuple(found)] += 1
        issue.refresh_from_db()
        signed = issue.stage == IssueStage.SIGNED
        assert signed == (fresh(article).stage == Stage.RELEASED)
    assert set(outcomes) <= {("done", "issue-closed"), ("contents-changed", "done"), ("done", "gap")}


def test_two_people_publish_an_issue_once() -> None:
    cast = Cast()
    for _round in range(ROUNDS // 4):
        issue = make_issue(cast, IssueStage.SIGNED)
        outcomes = at_once(
            lambda i=issue: press.perform("publish", Issue.objects.get(pk=i.pk), cast.publisher),
            lambda i=issue: press.perform("publish", Issue.objects.get(pk=i.pk), cast.superuser),
        )
        assert outcomes == ["done", "wrong-stage"]
        assert Event.objects.filter(issue=issue, action="publish", article=None).count() == 1
        assert all(a.events.filter(action="publish").count() == 1 for a in issue.articles.all())


def test_two_first_messages_of_a_page_make_one_draft() -> None:
    cast = Cast()
    for _round in range(ROUNDS):
        article = make_article(cast, Stage.FIRST_REVIEW)
        typings = [
            Typing("a" * 16, number, article.version, {}, {"title": f"第{number}次"}) for number in (1, 2)
        ]
        outcomes = at_once(
            *(lambda t=typing, a=article: working_drafts.keep(a, cast.editor, t) for typing in typings)
        )
        assert outcomes == ["done", "done"]
        assert WorkingDraft.objects.get(article=article).content["number"] == 2
