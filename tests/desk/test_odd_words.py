"""What no page of ours sends – digits that are none, numbers without end, drafts of rubbish – is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Event, WorkingDraft
from articles.stages import Stage
from journal.numbers import number_in
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db

#: A superscript, more digits than a number may have, digits of another script, none, a sign.
ODD = ["²", "9" * 5_000, "१२", "", "-1"]
PAGE = "e" * 16


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW)


def room(article: Article, name: str, *more: Any) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])


def test_only_plain_numbers_are_numbers() -> None:
    assert [number_in(words, -1) for words in (*ODD, None)] == [-1] * 6
    assert (number_in("0"), number_in("12"), number_in("999999999")) == (0, 12, 999_999_999)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["act", "versions", "change", "pictures", "mine", "review_act"])
def test_an_odd_number_is_an_old_page_or_nothing_there(
    at_desk: Callable[..., Client], article: Article, name: str, odd: str
) -> None:
    before = (article.version, Event.objects.count())
    words = {"version": odd, "seen_version": odd, "figure": odd, "do": "words", "action": "pass_up"}
    words |= {"opinion": "可用。", "verdict": "use", "title": article.title, "bylines-TOTAL_FORMS": odd}
    answer = at_desk("editor").post(room(article, name), words)
    assert answer.status_code in ({302} if name == "mine" else {404, 409, 422})
    article.refresh_from_db()
    assert (article.version, Event.objects.count()) == before


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_version_to_compare_with_is_none(
    at_desk: Callable[..., Client], article: Article, odd: str
) -> None:
    client = at_desk("editor")
    assert client.get(room(article, "version", 1), {"with": odd}).status_code == 200
    assert client.get(room(article, "review"), {"against": odd}).status_code == (404 if odd else 200)


@pytest.mark.parametrize(
    "base",
    [{"title": float("nan")}, {"title": 5}, {"title": [1]}, {"title": {"a": 1}}, {"a\x00b": "x\x00\ud800y"}],
)
def test_a_draft_keeps_only_words_of_what_a_page_showed(
    at_desk: Callable[..., Client], cast: Cast, article: Article, base: Any
) -> None:
    message = {"person": cast.editor.pk, "page": PAGE, "number": 1, "version": article.version}
    fields = {"title": "新题\x00目", "bylines-TOTAL_FORMS": "²", "bylines-0-author": "²"}
    client = at_desk("editor")
    words = json.dumps({**message, "base": base, "fields": fields})
    answer = client.post(room(article, "draft"), words, content_type="application/json")
    assert answer.status_code == 200
    kept = WorkingDraft.objects.get()
    assert kept.base in ({}, {"ab": "xy"})
    assert kept.content["fields"]["title"] == "新题目"
    article.save()
    assert client.get(room(article, "mine")).status_code == 200
    assert client.get(room(article, "change")).status_code == 200


@pytest.mark.parametrize("body", ["[" * 100_000, '{"base":' * 100_000, "{", "[]", '{"person": 1}'])
def test_what_is_no_message_is_refused_with_a_sentence(
    at_desk: Callable[..., Client], article: Article, body: str
) -> None:
    answer = at_desk("editor").post(room(article, "draft"), body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "not-a-draft")
    assert not WorkingDraft.objects.exists()
