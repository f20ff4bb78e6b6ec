"""Feeds as programs read them: the same entries in Atom, RSS and JSON, whole and dated."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import feedparser
import pytest
from django.test import Client

from articles.models import Erratum
from tests.public.conftest import Shelf, set_fields

pytestmark = pytest.mark.django_db

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)")
XML = ("/feed/", "/feed/rss.xml", "/sections/people/feed/", "/sections/people/feed/rss.xml")
JSON = ("/feed/feed.json", "/sections/people/feed/feed.json")


def read(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    return found


@pytest.mark.parametrize("path", XML)
def test_a_reader_of_feeds_finds_every_entry_whole(client: Client, shelf: Shelf, path: str) -> None:
    found = read(client, path)
    assert found.version == ("rss20" if path.endswith("rss.xml") else "atom10")
    assert found.feed.title.startswith("澜江")
    assert found.feed.link.startswith("http")
    assert len(found.entries) == 5
    assert len({entry.id for entry in found.entries}) == 5
    for entry in found.entries:
        assert entry.link.startswith("http")
        assert entry.id == entry.link
        assert entry.title
        assert entry.summary
        assert entry.author == "贺苇"
        assert entry.published_parsed is not None
    own = [link.href for link in found.feed.links if link.rel == "self"]
    assert [address.split("/", 3)[3] for address in own] == [path[1:]]


@pytest.mark.parametrize("path", JSON)
def test_the_json_feed_keeps_its_own_rules(client: Client, shelf: Shelf, path: str) -> None:
    response = client.get(path)
    assert response["Content-Type"].startswith("application/json")
    data = json.loads(response.content)
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert data["feed_url"].endswith(path)
    assert data["language"] == "zh-Hans"
    ids = [item["id"] for item in data["items"]]
    assert len(set(ids)) == len(ids) == 5
    for item in data["items"]:
        assert item["content_text"]
        assert item["url"] == item["id"]
        assert item["authors"] == [{"name": "贺苇"}]
        for name in ("date_published", "date_modified"):
            assert RFC_3339.fullmatch(item[name])
            assert datetime.fromisoformat(item[name]).tzinfo


def test_all_forms_say_the_same(client: Client, shelf: Shelf) -> None:
    atom, rss = read(client, "/feed/").entries, read(client, "/feed/rss.xml").entries
    data = json.loads(client.get("/feed/feed.json").content)["items"]
    assert [e.id for e in atom] == [e.id for e in rss] == [item["id"] for item in data]
    assert [e.title for e in atom] == [e.title for e in rss] == [item["title"] for item in data]


def test_a_correction_makes_an_entry_newer_but_no_other(client: Client, shelf: Shelf) -> None:
    Erratum.objects.create(article=shelf.article, notice="一处更正。", reason="核对", by=shelf.cast.chief)
    newer = [entry.id for entry in read(client, "/feed/").entries if entry.updated != entry.published]
    assert [address.split("/", 3)[3] for address in newer] == [shelf.article.get_absolute_url()[1:]]


def test_a_form_nobody_knows_is_not_there(client: Client, shelf: Shelf) -> None:
    assert client.get("/feed/feed.yaml").status_code == 404


@pytest.mark.parametrize("path", [*XML, *JSON])
def test_nothing_that_is_not_for_everybody_is_in_a_feed(client: Client, shelf: Shelf, path: str) -> None:
    set_fields(shelf.secret, section=shelf.section)
    client.force_login(shelf.cast.chief)
    told = client.get(path).content.decode()
    assert [title for title in shelf.secrets if title in told] == []
