"""What was put right stands in one place, on the page of its issue, and on the article."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Erratum
from tests.public.conftest import Shelf
from tests.public.test_words import soup_of

pytestmark = pytest.mark.django_db


def put_right(shelf: Shelf, **fields: object) -> None:
    values = {
        "article": shelf.article,
        "notice": "“62班”应为“60班”。",
        "reason": "核对有误",
        "by": shelf.cast.chief,
    }
    Erratum.objects.create(**{**values, **fields})


def test_it_says_so_when_nothing_was_wrong(client: Client, shelf: Shelf) -> None:
    assert soup_of(client, "/corrections/").select_one(".empty")


def test_a_correction_is_listed_with_its_day_and_leads_to_the_article(client: Client, shelf: Shelf) -> None:
    put_right(shelf)
    for path, where in (("/corrections/", ".correction"), (shelf.new.get_absolute_url(), ".put-right li")):
        entry = soup_of(client, path).select_one(where)
        assert entry is not None
        assert "应为“60班”" in entry.get_text()
        assert entry.select_one("time[datetime]")
        assert entry.select_one(f'a[href="{shelf.article.get_absolute_url()}"]')
        assert "核对有误" not in entry.get_text()
    assert not soup_of(client, shelf.old.get_absolute_url()).select(".put-right")


def test_those_of_members_issues_are_not_listed(client: Client, shelf: Shelf) -> None:
    put_right(shelf, article=shelf.secret, notice="内刊更正")
    client.force_login(shelf.cast.chief)
    assert "内刊更正" not in client.get("/corrections/").content.decode()


def test_a_long_list_has_pages(client: Client, shelf: Shelf) -> None:
    for number in range(21):
        put_right(shelf, notice=f"第{number}处")
    assert client.get("/corrections/")["Link"] == '</corrections/2/>; rel="next"'
    assert "第0处" in client.get("/corrections/2/").content.decode()
    assert client.get("/corrections/3/").status_code == 404
