"""Bad input at the desk: a sentence that says what to do, the right status, and nothing changed.

Every address that takes something is tried; which there are is asked of the URLconf by ``test_permissions``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles.models import Article, Event, Issue, Revision, SignOff
from articles.stages import Stage
from journal.intake.models import IssueImport
from tests.desk.test_permissions import OUTSIDE, POSTED, STAFF, TABLE, arguments
from tests.desk.test_permissions import keys as keys
from tests.factories import Cast, make_article, make_issue

pytestmark = pytest.mark.django_db

NOWHERE = 987_654
#: Addresses that take something by GET and POST alike, besides those that take nothing else.
FORMS = {name for name in TABLE if name.endswith(("_change", "_add"))} | {"imports", "delegations"}
SENDING = sorted(POSTED | FORMS)
HAS_KEY = sorted(
    name
    for name in SENDING
    if not name.endswith(("_add", "_preview")) and name not in {"imports", "delegations"}
)
CHINESE = re.compile(r"[\u4e00-\u9fff]{4,}")


def state() -> tuple[Any, ...]:
    """What nothing refused may have touched."""
    return (
        list(Article.objects.order_by("pk").values_list("pk", "stage", "version", "title", "body")),
        list(Issue.objects.order_by("pk").values_list("pk", "stage", "version")),
        list(IssueImport.objects.order_by("pk").values_list("pk", "state", "decisions")),
        Event.objects.count(),
        Revision.objects.count(),
        SignOff.objects.count(),
    )


def says_what_to_do(response: Any) -> bool:
    """A page of the desk, or an answer for a program, with a Chinese sentence and no English left-over."""
    if "json" in response.headers.get("Content-Type", ""):
        return bool(CHINESE.search(str(response.json())))
    text = response.content.decode()
    return 'role="alert"' in text and bool(CHINESE.search(re.sub(r"<[^>]+>", "", text)))


@pytest.mark.parametrize("role", sorted(STAFF | OUTSIDE))
def test_what_is_sent_without_the_right_is_refused_with_a_sentence_and_changes_nothing(
    at_desk: Callable[..., Client], cast: Cast, keys: dict[str, list[Any]], role: str
) -> None:
    client = at_desk(role)
    typed = {"text": "一段写了很久的意见。", "action": "pass_up", "opinion": "一段写了很久的意见。"}
    for own in (False, True):
        if own and role:
            Article.objects.filter(pk=keys["articles_article"][0]).update(submitter=getattr(cast, role))
        before = state()
        for name in SENDING:
            if role in TABLE[name]:
                continue
            answer = client.post(reverse(f"admin:{name}", args=arguments(name, keys)), typed)
            assert answer.status_code in {401, 403, 404, 405, 409, 422}, (name, answer.status_code)
            if answer.status_code != 405:
                assert says_what_to_do(answer), (name, answer.status_code)
            assert state() == before, name


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_forged_number_leads_to_a_page_of_the_desk_and_changes_nothing(
    at_desk: Callable[..., Client], cast: Cast, keys: dict[str, list[Any]], role: str
) -> None:
    client, before = at_desk(role), state()
    for name in HAS_KEY:
        key = arguments(name, keys)
        if not key:
            continue
        answer = client.post(reverse(f"admin:{name}", args=[NOWHERE, *key[1:]]), {"action": "pass_up"})
        assert answer.status_code in {401, 403, 404}, (name, answer.status_code)
        assert says_what_to_do(answer), name
    assert state() == before


@pytest.mark.parametrize("key", ["0", "999999999999999999999", "1x", "%00", "../1", "-1"])
def test_a_number_that_is_none_is_not_there(at_desk: Callable[..., Client], key: str) -> None:
    answer = at_desk("head").get(f"/desk/articles/article/{key}/change/")
    assert answer.status_code == 404
    assert says_what_to_do(answer)


def press(client: Client, article: Article, action: str, **words: Any) -> Any:
    address = reverse("admin:articles_article_act", args=[article.pk])
    return client.post(address, {"action": action, "version": article.version, **words})


@pytest.mark.parametrize("action", ["accept", "register", "no-such-action", "", "publish", "sign_for_unit"])
def test_a_step_that_is_not_allowed_here_is_refused(
    at_desk: Callable[..., Client], cast: Cast, action: str
) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    before = state()
    answer = press(at_desk("editor"), article, action, opinion="写好的意见。")
    assert answer.status_code in {403, 409, 422}
    assert says_what_to_do(answer)
    assert state() == before


@pytest.mark.parametrize("token", ["stale", "none", "letters"])
def test_a_stale_page_is_told_so_and_gives_back_what_was_typed(
    at_desk: Callable[..., Client], cast: Cast, token: str
) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    version = {"stale": article.version - 1, "none": "", "letters": "x"}[token]
    before = state()
    answer = press(
        at_desk("editor"), article, "pass_up", opinion="写好的意见。", verdict="use", version=version
    )
    assert answer.status_code == 409
    assert "写好的意见。" in answer.content.decode()
    assert says_what_to_do(answer)
    assert state() == before


@pytest.mark.parametrize("taken", ["role", "desk", "account"])
def test_a_right_taken_away_while_the_page_was_open(
    at_desk: Callable[..., Client], cast: Cast, taken: str
) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    client = at_desk("editor")
    assert client.get(reverse("admin:articles_article_change", args=[article.pk])).status_code == 200
    if taken == "account":
        cast.editor.is_active = False
        cast.editor.save()
    else:
        role = Group.objects.get(name="proofreader" if taken == "role" else "reader")
        cast.editor.groups.set([role])
    before = state()
    answer = press(client, article, "pass_up", opinion="写了一个小时的意见。", verdict="use")
    assert answer.status_code == 403
    assert "写了一个小时的意见。" in answer.content.decode()
    assert says_what_to_do(answer)
    assert state() == before


def test_a_session_that_ended_gives_back_what_was_typed(at_desk: Callable[..., Client], cast: Cast) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    client = at_desk("editor")
    client.logout()
    answer = press(client, article, "pass_up", opinion="写了一个小时的意见。", verdict="use")
    assert answer.status_code == 403
    assert "写了一个小时的意见。" in answer.content.decode()
    assert reverse("admin:login") in answer.content.decode()


def test_a_form_of_an_earlier_session_gives_back_what_was_typed(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    client = at_desk("editor", enforce_csrf_checks=True)
    answer = press(client, article, "pass_up", opinion="写了一个小时的意见。", verdict="use")
    assert answer.status_code == 403
    assert "写了一个小时的意见。" in answer.content.decode()
    assert says_what_to_do(answer)


def test_no_password_is_given_back(at_desk: Callable[..., Client], cast: Cast) -> None:
    address = reverse("admin:auth_user_password_change", args=[cast.reader.pk])
    answer = at_desk("editor").post(address, {"password1": "secret-secret-1", "password2": "secret-secret-1"})
    assert answer.status_code == 403
    assert "secret-secret" not in answer.content.decode()


@pytest.mark.parametrize("role", ["editor", "head", "chief"])
def test_an_author_signs_no_review_of_their_own_on_the_screen(
    at_desk: Callable[..., Client], cast: Cast, role: str
) -> None:
    stage, action = {
        "editor": (Stage.FIRST_REVIEW, "pass_up"),
        "head": (Stage.SECOND_REVIEW, "pass_up"),
        "chief": (Stage.FINAL_REVIEW, "accept"),
    }[role]
    article = make_article(cast, stage)
    Article.objects.filter(pk=article.pk).update(submitter=getattr(cast, role))
    before = state()
    answer = press(at_desk(role), article, action, opinion="我看很好。", verdict="use")
    assert answer.status_code == 403
    assert "我看很好。" in answer.content.decode()
    assert says_what_to_do(answer)
    assert state() == before


def test_an_issue_refuses_the_same_way(at_desk: Callable[..., Client], cast: Cast) -> None:
    issue = make_issue(cast)
    address, before = reverse("admin:articles_issue_act", args=[issue.pk]), state()
    for role, action, version in (
        ("head", "publish", issue.version),
        ("chief", "sign", issue.version),
        ("chief", "approve_contents", issue.version - 1),
        ("chief", "nonsense", issue.version),
    ):
        answer = at_desk(role).post(address, {"action": action, "version": version, "note": "缘由写好了"})
        assert answer.status_code in {403, 409, 422}, (role, action)
        assert says_what_to_do(answer)
    assert state() == before
