"""A session ends half an hour after the last thing a person did, whatever an open page sends by itself."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import check_outs
from articles.stages import Stage
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db


def soon() -> datetime.datetime:
    """Twenty minutes of the session are used up."""
    Session.objects.update(expire_date=timezone.now() + datetime.timedelta(minutes=10))
    return Session.objects.get().expire_date


@pytest.mark.parametrize("holds", [True, False])
def test_a_heartbeat_does_not_make_the_session_last_longer(client: Client, holds: bool) -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    client.force_login(cast.editor)
    if holds:
        check_outs.take(article, cast.editor)
    ends = soon()
    address = reverse("admin:articles_article_check_out", args=[article.pk])
    answer = client.post(address, {"do": "beat"}, headers={"accept": "application/json"})
    assert answer.json()["state"] == ("mine" if holds else "free")
    assert Session.objects.get().expire_date == ends
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("do", ["take", "ask", "release"])
def test_what_a_person_presses_does(client: Client, do: str) -> None:
    cast = Cast()
    article = make_article(cast, Stage.FIRST_REVIEW)
    client.force_login(cast.editor)
    ends = soon()
    address = reverse("admin:articles_article_check_out", args=[article.pk])
    client.post(address, {"do": do}, headers={"accept": "application/json"})
    assert Session.objects.get().expire_date > ends + datetime.timedelta(minutes=15)
