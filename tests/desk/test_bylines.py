"""Bylines are signed by nobody, so the record tells who changed them and what they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Author, Byline, Event
from articles.stages import Stage
from tests.desk.test_articles import address, form_of
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(cast: Cast) -> Article:
    return make_article(cast, Stage.FIRST_REVIEW)


def told() -> list[Event]:
    return list(Event.objects.filter(action="bylines_changed"))


def test_a_changed_byline_stands_in_the_record(
    at_desk: Callable[..., Client], cast: Cast, article: Article
) -> None:
    Byline.objects.filter(article=article).delete()
    Byline.objects.create(
        article=article,
        author=Author.objects.named("杜若", "", "person", ""),
        position=1,
        printed_unit="文化站",
    )
    client = at_desk("editor")
    data = {**form_of(client, article), "bylines-0-printed_unit": "县文化馆"}
    assert client.post(address(article), data).status_code == 302
    (event,) = told()
    assert (event.article, event.actor) == (article, cast.editor)
    assert (event.data["was"], event.data["now"]) == (["作者 杜若 文化站"], ["作者 杜若 县文化馆"])
    life = client.get(reverse("admin:articles_article_life", args=[article.pk])).content.decode()
    assert "县文化馆" in life


def test_a_save_that_leaves_them_alone_does_not(at_desk: Callable[..., Client], article: Article) -> None:
    client = at_desk("editor")
    data = {**form_of(client, article), "title": "另一个题目"}
    assert client.post(address(article), data).status_code == 302
    assert told() == []
