"""Two hundred times two people press at once: one winner, no impossible stage, the record whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from articles import workflow
from articles.models import Article, Event
from articles.record_check import Verification
from articles.workflow import TRANSITIONS, Stage
from tests.articles.test_two_at_once import at_once
from tests.factories import Cast, due_day, make_article, make_issue, make_user

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]

ROUNDS = 200


class TwoOfEach(Cast):
    """The office with a second person in each chair."""

    def __init__(self) -> None:
        self.editor2 = make_user("responsible-editor", name="邱岳")
        self.head2 = make_user("head-of-section", name="秦简")
        self.chief2 = make_user("chief-editor", name="宋知微")
        self.registrar2 = make_user("registrar", name="尹秋")


@dataclass(frozen=True)
class Pair:
    """Two presses on a manuscript in ``stage``: action and person each."""

    stage: Stage
    one: tuple[str, str]
    other: tuple[str, str]


PAIRS = [
    Pair(Stage.SUBMITTED, ("register", "registrar"), ("register", "registrar2")),
    Pair(Stage.SUBMITTED, ("register", "registrar"), ("recall", "contributor")),
    Pair(Stage.FIRST_REVIEW, ("pass_up", "editor"), ("return", "editor2")),
    Pair(Stage.FIRST_REVIEW, ("pass_up", "editor"), ("pass_up", "editor2")),
    Pair(Stage.FIRST_REVIEW, ("assign", "registrar"), ("pass_up", "editor2")),
    Pair(Stage.SECOND_REVIEW, ("pass_up", "head"), ("send_back", "head2")),
    Pair(Stage.SECOND_REVIEW, ("return", "head"), ("return", "head2")),
    Pair(Stage.FINAL_REVIEW, ("accept", "chief"), ("refuse", "chief2")),
    Pair(Stage.FINAL_REVIEW, ("accept", "chief"), ("accept", "chief2")),
    Pair(Stage.FINAL_REVIEW, ("hold", "chief"), ("recall", "contributor")),
    Pair(Stage.RETURNED, ("resubmit", "contributor"), ("extend", "editor")),
    Pair(Stage.RESERVE, ("use", "head"), ("let_go", "head2")),
    Pair(Stage.ACCEPTED, ("place", "head"), ("recall", "contributor")),
    Pair(Stage.EDITING, ("release", "editor"), ("take_out", "head")),
]
ROWS = {(row.action, source): row for row in TRANSITIONS for source in row.sources}


def words(action: str, cast: Any, issue: Any) -> dict[str, Any]:
    row = next(row for row in TRANSITIONS if row.action == action)
    known = {
        "opinion": "读过，意见如下。",
        "verdict": "use",
        "reason": "另有安排。",
        "notice": "谨此告知。",
        "due_on": due_day(9),
        "issue": issue,
        "editor": cast.editor,
    }
    return {name: known[name] for name in row.needs}


def test_in_two_hundred_rounds_one_wins_and_the_other_is_told() -> None:
    cast = TwoOfEach()
    issue = make_issue(cast)
    winners: Counter[tuple[str, str]] = Counter()
    for number in range(ROUNDS):
        pair = PAIRS[number % len(PAIRS)]
        article = make_article(cast, pair.stage)
        events, signatures = article.events.count(), article.signoffs.count()
        outcomes = at_once(
            *(
                lambda action=action, who=who, a=article, seen=article.version: workflow.perform(
                    action,
                    Article.objects.get(pk=a.pk),
                    getattr(cast, who),
                    version=seen,
                    **words(action, cast, issue),
                )
                for action, who in (pair.one, pair.other)
            )
        )
        assert outcomes == ["done", "stale"], pair
        last = article.events.last()
        assert last is not None
        assert article.events.count() == events + 1
        row = ROWS[last.action, pair.stage]
        now = Article.objects.get(pk=article.pk)
        assert now.stage == last.after == (row.target or pair.stage)
        assert (last.action, last.actor.get_full_name()) in {
            (action, getattr(cast, who).get_full_name()) for action, who in (pair.one, pair.other)
        }
        assert now.version == article.version + 1
        assert article.signoffs.count() == signatures + (row.level is not None)
        winners[last.action, str(last.actor_id)] += 1
    assert sum(winners.values()) == ROUNDS
    assert list(Verification().findings()) == []
    assert Event.objects.count() > 2 * ROUNDS


def test_two_officers_never_give_one_person_two_offices_between_them() -> None:
    for _round in range(20):
        person = make_user("reader")
        roles = [Group.objects.get(name=code) for code in ("audit-officer", "registrar")]
        outcomes = at_once(*(lambda p=person, r=role: p.groups.add(r) for role in roles))
        assert outcomes == ["done", "mixed-roles"]
        assert person.groups.exclude(name="reader").count() == 1
        assert Event.objects.filter(account=person, action="role_given").count() == 1
