"""Each step tells exactly the right people; one table, one line a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from articles import press, workflow
from articles.models import Article
from articles.stages import Stage
from journal.notices.models import Notice
from tests.factories import (
    DECLARED,
    Cast,
    due_day,
    issue_for,
    make_article,
    make_issue,
    make_journal,
    make_user,
    printed_issue,
)

pytestmark = pytest.mark.django_db

S = Stage
OPINION = {"opinion": "甲乙丙丁。"}
AGAIN = {"opinion": "甲乙丙丁。", "due_on": due_day}

#: stage, action, who presses, what comes along → occasion and person of every notice
# fmt: off
TABLE: tuple[tuple[Stage, str, str, dict[str, Any], set[tuple[str, str]]], ...] = (
    (S.DRAFT, "submit", "contributor", {"declarations": DECLARED}, {("waiting", "registrar")}),
    (S.SUBMITTED, "register", "registrar", {}, {("received", "contributor"), ("waiting", "editor")}),
    (S.SUBMITTED, "register", "registrar", {"editor": "editor"},
     {("received", "contributor"), ("assigned", "editor")}),
    (S.FIRST_REVIEW, "assign", "registrar", {"editor": "editor"}, {("assigned", "editor")}),
    (S.FIRST_REVIEW, "pass_up", "editor", {**OPINION, "verdict": "use"}, {("waiting", "head")}),
    (S.FIRST_REVIEW, "return", "editor", AGAIN, {("returned", "contributor")}),
    (S.RETURNED, "extend", "editor", {"due_on": due_day}, {("new-due-day", "contributor")}),
    (S.RETURNED, "resubmit", "contributor", {}, {("waiting", "editor")}),
    (S.SECOND_REVIEW, "pass_up", "head", {**OPINION, "verdict": "refuse"}, {("waiting", "chief")}),
    (S.SECOND_REVIEW, "return", "head", AGAIN, {("returned", "contributor")}),
    (S.SECOND_REVIEW, "send_back", "head", OPINION, {("waiting", "editor")}),
    (S.FINAL_REVIEW, "accept", "chief", OPINION, {("accepted", "contributor")}),
    (S.FINAL_REVIEW, "hold", "chief", OPINION, {("held", "contributor")}),
    (S.FINAL_REVIEW, "return", "chief", AGAIN, {("returned", "contributor")}),
    (S.FINAL_REVIEW, "refuse", "chief", OPINION, {("rejected", "contributor")}),
    (S.FINAL_REVIEW, "send_back", "chief", OPINION, {("waiting", "head")}),
    (S.RESERVE, "use", "head", {"notice": "请查收。"}, {("taken-up", "contributor")}),
    (S.RESERVE, "let_go", "head", {"notice": "请查收。"}, {("let-go", "contributor")}),
    (S.ACCEPTED, "place", "head", {"issue": issue_for}, set()),
    (S.EDITING, "release", "editor", {}, set()),
    (S.RELEASED, "pull", "chief", {"reason": "版面"}, {("pulled", "contributor")}),
    (S.FIRST_REVIEW, "recall", "contributor", {}, {("recalled", "registrar")}),
    (S.PUBLISHED, "approve_retraction", "chief", {"reason": "有误", "notice": "已撤"}, set()),
)
# fmt: on


def told(cast: Cast, article: Article) -> set[tuple[str, str]]:
    names = {getattr(cast, person).pk: person for person in Cast.ROLES}
    rows = Notice.objects.filter(article=article).values_list("kind", "recipient")
    assert len(rows) == len(set(rows))
    return {(kind, names[person]) for kind, person in rows}


@pytest.mark.parametrize(
    ("stage", "action", "person", "words", "expected"), TABLE, ids=[f"{r[0]}-{r[1]}" for r in TABLE]
)
def test_a_step_tells_exactly_these(
    cast: Cast,
    press_button: Callable[..., Any],
    stage: Stage,
    action: str,
    person: str,
    words: dict[str, Any],
    expected: set[tuple[str, str]],
) -> None:
    article = make_article(cast, stage)
    given = dict(words)
    if "editor" in given:
        given["editor"] = getattr(cast, given["editor"])
    if given.get("issue") is issue_for:
        given["issue"] = issue_for(cast)
    if given.get("due_on") is due_day:
        given["due_on"] = due_day()
    press_button(action, article, getattr(cast, person), **given)
    assert told(cast, article) == expected


def test_a_unit_is_asked_and_may_send_back(cast: Cast, press_button: Callable[..., Any]) -> None:
    elsewhere = make_user("unit-approver", unit="别处")
    article = make_article(cast, Stage.DRAFT)
    make_journal(unit_check=True)
    press_button("submit", article, cast.contributor, declarations=DECLARED)
    assert told(cast, article) == {("waiting", "unit_approver")}
    assert not Notice.objects.filter(recipient=elsewhere).exists()
    press_button("return_from_unit", article, cast.unit_approver, reason="先改两处。")
    assert ("sent-back", "contributor") in told(cast, article)
    assert "先改两处。" in Notice.objects.get(kind="sent-back").body


def test_who_may_not_review_it_is_not_asked_to(cast: Cast, press_button: Callable[..., Any]) -> None:
    own = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.head)
    press_button("pass_up", own, cast.editor, opinion="可用。", verdict="use")
    assert told(cast, own) == set()


def test_a_delegate_of_the_final_review_is_asked_too(cast: Cast, press_button: Callable[..., Any]) -> None:
    deputy = make_user("responsible-editor", name="代终审")
    workflow.delegate(cast.chief, deputy, due_day(0), due_day(3))
    article = make_article(cast, Stage.SECOND_REVIEW)
    press_button("pass_up", article, cast.head, opinion="可用。", verdict="use")
    assert set(Notice.objects.values_list("recipient", flat=True)) == {cast.chief.pk, deputy.pk}


def test_a_co_author_with_an_account_is_told_too_and_nobody_twice(
    cast: Cast, press_button: Callable[..., Any]
) -> None:
    article = make_article(cast, Stage.FINAL_REVIEW)
    author = article.bylines.get().author
    author.user = cast.reader
    author.save()
    press_button("accept", article, cast.chief, opinion="用。")
    assert told(cast, article) == {("accepted", "contributor"), ("accepted", "reader")}


def test_a_published_issue_tells_each_author(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    issue = make_issue(cast, "signed")
    with django_capture_on_commit_callbacks(execute=True):
        press.perform("publish", issue, cast.publisher)
    articles = list(issue.articles.all())
    assert len(articles) == 2
    for article in articles:
        assert told(cast, article) == {("published", "contributor")}
        notice = Notice.objects.get(article=article)
        assert issue.label in notice.body
        assert article.get_absolute_url() in notice.body


def test_a_back_issue_tells_nobody_that_it_came_out(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        printed_issue(cast)
    assert not Notice.objects.exists()


def test_what_waited_is_put_away_when_the_manuscript_moves_on(
    cast: Cast, press_button: Callable[..., Any]
) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    press_button("assign", article, cast.registrar, editor=cast.editor)
    assert Notice.objects.unread_by(cast.editor).count() == 1
    press_button("pass_up", article, cast.editor, opinion="可用。", verdict="use")
    assert Notice.objects.unread_by(cast.editor).count() == 0
    assert Notice.objects.unread_by(cast.head).count() == 1


def test_reviewers_stay_unnamed_and_their_words_inside(cast: Cast, press_button: Callable[..., Any]) -> None:
    """The whole way to a rejection: nothing a reviewer wrote or signed reaches the author by default."""
    article = make_article(cast, Stage.SUBMITTED)
    press_button("register", article, cast.registrar)
    press_button("pass_up", article, cast.editor, opinion="初审私语。", verdict="use")
    press_button("pass_up", article, cast.head, opinion="复审私语。", verdict="refuse")
    press_button("refuse", article, cast.chief, opinion="终审私语。")
    letters = "".join(n.subject + n.body for n in Notice.objects.filter(recipient=cast.contributor))
    assert "退稿通知" in letters
    inside = ("私语", cast.editor.name, cast.head.name, cast.chief.name, cast.registrar.name)
    assert [word for word in inside if word in letters] == []


def test_a_return_carries_its_own_opinion_and_its_day(cast: Cast, press_button: Callable[..., Any]) -> None:
    article = make_article(cast, Stage.SECOND_REVIEW)
    day = due_day(9)
    press_button("return", article, cast.head, opinion="第二段请补出处。", due_on=day)
    body = Notice.objects.get(kind="returned").body
    assert "第二段请补出处。" in body
    assert f"{day.year}年{day.month}月{day.day}日" in body
    assert "选题实在" not in body
