"""The number of queries does not grow with the table, the issue or the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import press, workflow
from articles.models import Article, Event, Issue
from articles.press import IssueStage
from articles.workflow import Stage
from tests.factories import Cast, make_article, make_issue, printed_issue, read_round

pytestmark = pytest.mark.django_db


def queries(work: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def anew(person: Any) -> Any:
    """The person as a new request meets them, without remembered rights."""
    return type(person).objects.get(pk=person.pk)


def test_offers_cost_the_same_after_a_long_life() -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    person = anew(cast.editor)
    young = queries(lambda: workflow.available(article, person))
    Event.objects.bulk_create(
        Event(
            action="assign", actor_name="方蕙", article=article, before="first_review", after="first_review"
        )
        for _event in range(200)
    )
    person = anew(cast.editor)
    assert queries(lambda: workflow.available(article, person)) == young <= 12


def test_my_work_is_one_query_whatever_waits() -> None:
    cast = Cast()
    for _article in range(3):
        make_article(cast, Stage.FIRST_REVIEW)
    assert cast.editor  # the people are made before the counting
    few = queries(lambda: list(Article.objects.awaiting(anew(cast.editor))))
    for _article in range(10):
        make_article(cast, Stage.FIRST_REVIEW)
    assert queries(lambda: list(Article.objects.awaiting(anew(cast.editor)))) == few <= 5


def test_blockers_cost_the_same_for_two_articles_and_twelve() -> None:
    cast = Cast()
    small = make_issue(cast, IssueStage.READING)
    large = make_issue(cast, IssueStage.CONTENTS_APPROVED, page_count=12)
    for page in range(10):
        article = make_article(cast, Stage.ACCEPTED)
        workflow.perform("place", article, cast.head, issue=large, first_page=page + 1)
        workflow.perform("release", article, cast.editor)
    press.perform("approve_contents", large, cast.chief)
    press.perform("typeset", large, cast.head)
    read_round(large, cast, 1)
    assert queries(lambda: press.blockers(large)) == queries(lambda: press.blockers(small)) <= 12


def test_publishing_costs_the_same_for_two_articles_and_twelve() -> None:
    def cost(articles: int) -> int:
        cast = Cast()
        issue = printed_issue(cast, articles, publish=False)
        return queries(lambda: press.perform("publish", issue, None, actor_name="test"))

    assert cost(2) == cost(12) <= 20


def test_what_a_reader_may_open_is_found_in_few_queries() -> None:
    printed_issue(articles=3)
    assert queries(lambda: list(Article.objects.readable_by(None))) <= 2
    assert queries(lambda: list(Issue.objects.for_everyone())) <= 2
