"""Serials: a page for each with its parts in order, a code that stays, and a feed."""

from __future__ import annotations

import feedparser
import pytest
from django.test import Client

from articles import series
from articles.models import Article
from tests.public.conftest import Shelf, set_fields
from tests.public.test_words import soup_of

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "白苎河上溯", "/series/bai-zhu-he-shang-su/"


@pytest.fixture
def serial(shelf: Shelf) -> list[Article]:
    """Two parts everybody may read, in two years, and one for signed-in readers."""
    first = shelf.old.articles.in_page_order().first()  # type: ignore[attr-defined]
    set_fields(shelf.secret, series=NAME, series_part="补")
    return [
        set_fields(first, series=NAME, series_part="上", series_status="待续"),
        set_fields(shelf.article, series=NAME, series_part="下", series_status="续完"),
    ]


def test_a_series_shows_its_parts_in_the_order_they_came_out(client: Client, serial: list[Article]) -> None:
    soup = soup_of(client, ADDRESS)
    assert [mark.get_text() for mark in soup.select(".part-mark")] == ["上", "下"]
    links = [link["href"] for link in soup.select(".work-title a")]
    assert links == [article.get_absolute_url() for article in serial]


def test_what_is_for_signed_in_readers_is_no_part_for_anybody(
    client: Client, shelf: Shelf, serial: list[Article]
) -> None:
    client.force_login(shelf.cast.chief)
    for path in (ADDRESS, "/series/", f"{ADDRESS}feed/"):
        assert shelf.secret.title not in client.get(path).content.decode()
    set_fields(serial[0], series="")
    set_fields(serial[1], series="")
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}feed/").status_code == 404
    assert NAME not in client.get("/series/").content.decode()


def test_the_box_of_a_part_leads_to_the_whole_and_the_sections_to_all(
    client: Client, serial: list[Article]
) -> None:
    assert soup_of(client, serial[1].get_absolute_url()).select_one(f'.series a[href="{ADDRESS}"]')
    assert soup_of(client, "/sections/").select_one('a[href="/series/"]')
    assert soup_of(client, "/series/").select_one(f'a[href="{ADDRESS}"]')


def test_the_feed_of_a_series_has_its_parts(client: Client, serial: list[Article]) -> None:
    found = feedparser.parse(client.get(f"{ADDRESS}feed/").content)
    assert not found.bozo
    assert {entry.title for entry in found.entries} == {article.title for article in serial}


def test_names_that_read_alike_keep_apart_and_the_older_keeps_its_address(
    shelf: Shelf, serial: list[Article]
) -> None:
    other = shelf.new.articles.in_page_order().last()  # type: ignore[attr-defined]
    set_fields(other, series="白主河尚溯")
    assert series.codes() == {NAME: "bai-zhu-he-shang-su", "白主河尚溯": "bai-zhu-he-shang-su-2"}
    assert series.named("bai-zhu-he-shang-su-2") == "白主河尚溯"


def test_a_series_nobody_has_printed_has_no_code(shelf: Shelf) -> None:
    set_fields(shelf.unpublished, series="还没开始")
    assert series.code_of("还没开始") == ""
