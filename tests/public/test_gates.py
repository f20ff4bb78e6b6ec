"""Who may open what, at every public address: the domain's gate and nothing beside it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from articles import workflow
from tests.factories import make_article
from tests.public.conftest import Shelf, add_figure, set_fields

pytestmark = pytest.mark.django_db

OPEN = [
    *("/", "/issues/", "/issues/2025/", "/issues/2026/", "/issues/2026/index/"),
    *("/sections/", "/series/", "/about/", "/corrections/"),
]
MACHINES = [
    *("/feed/", "/feed/rss.xml", "/feed/feed.json", "/sitemap.xml", "/robots.txt"),
    *("/oai/?verb=Identify", "/oai/?verb=ListRecords&metadataPrefix=jats"),
]


@pytest.mark.parametrize("path", OPEN + MACHINES)
def test_everybody_may_open_the_public_pages(client: Client, shelf: Shelf, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", OPEN + MACHINES)
@pytest.mark.parametrize("signed_in", [False, True])
def test_no_public_page_shows_what_is_not_for_everybody(
    client: Client, shelf: Shelf, path: str, signed_in: bool
) -> None:
    if signed_in:
        client.force_login(shelf.cast.chief)
    text = client.get(path).content.decode()
    assert [words for words in shelf.secrets if words in text] == []
    assert shelf.members.get_absolute_url() not in text
    assert shelf.hidden.get_absolute_url() not in text


@pytest.mark.parametrize("path", [*OPEN, "/issues/2025/3/"])
def test_a_public_page_is_the_same_for_all(client: Client, shelf: Shelf, path: str) -> None:
    stranger = client.get(path).content
    client.force_login(shelf.cast.chief)
    assert client.get(path).content == stranger


def test_section_and_author_pages_and_feeds_leave_members_issues_out(client: Client, shelf: Shelf) -> None:
    author = shelf.article.bylines.first()
    assert author is not None
    code = author.author.code
    for path in (
        "/sections/people/",
        "/sections/people/feed/",
        f"/authors/{code}/",
        f"/authors/{code}/feed/",
    ):
        text = client.get(path).content.decode()
        assert shelf.article.title_line in text
        assert shelf.secret.title not in text


def test_a_members_issue_asks_a_stranger_to_sign_in_and_lets_a_reader_in(
    client: Client, shelf: Shelf
) -> None:
    for path in (shelf.members.get_absolute_url(), shelf.secret.get_absolute_url(), "/members/"):
        response = client.get(path)
        assert response.status_code == 403
        assert f"next={path}" in response.content.decode().replace("%2F", "/")
        assert shelf.secret.title not in response.content.decode()
    client.force_login(shelf.cast.reader)
    assert shelf.secret.title in client.get(shelf.members.get_absolute_url()).content.decode()
    assert shelf.secret.title in client.get(shelf.secret.get_absolute_url()).content.decode()
    assert shelf.members.get_absolute_url() in client.get("/members/").content.decode()


def test_the_readers_room_does_not_bid_somebody_inside_to_sign_in(client: Client, shelf: Shelf) -> None:
    client.force_login(shelf.cast.reader)
    page = client.get("/members/").content.decode()
    room = gettext("Readers' room")
    assert f">{room}</a>" in page
    assert f">{room}</h1>" in page
    assert "/login/" not in page


def test_an_issue_in_the_making_is_nowhere_even_for_the_chief(client: Client, shelf: Shelf) -> None:
    client.force_login(shelf.cast.chief)
    assert client.get(shelf.hidden.get_absolute_url()).status_code == 404


def test_an_article_is_found_only_in_its_own_issue(client: Client, shelf: Shelf) -> None:
    place = [shelf.old.year, shelf.old.number, shelf.article.code]
    assert client.get(reverse("public:article", args=place)).status_code == 404


def test_citations_of_a_members_article_are_for_members(client: Client, shelf: Shelf) -> None:
    path = f"{shelf.secret.get_absolute_url()}{shelf.secret.code}.bib"
    assert client.get(path).status_code == 403
    client.force_login(shelf.cast.reader)
    assert client.get(path).status_code == 200


def test_pictures_are_for_those_who_may_see_their_article(client: Client, shelf: Shelf) -> None:
    public, secret = add_figure(shelf.article), add_figure(shelf.secret)
    unpublished = add_figure(shelf.unpublished)
    assert client.get(public.image.url).status_code == 200
    assert client.get(secret.image.url).status_code == 404
    assert client.get(unpublished.image.url).status_code == 404
    client.force_login(shelf.cast.reader)
    assert client.get(secret.image.url).status_code == 200
    assert client.get(unpublished.image.url).status_code == 404
    client.force_login(shelf.cast.contributor)
    assert client.get(unpublished.image.url).status_code == 200


def test_a_picture_says_what_it_is_and_nothing_else(client: Client, shelf: Shelf) -> None:
    response = client.get(add_figure(shelf.article).image.url)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["../../secret_key", "x.jpg", "0" * 32 + ".svg", "0" * 32 + ".jpg"])
def test_other_names_in_the_media_folder_are_not_found(client: Client, shelf: Shelf, name: str) -> None:
    assert client.get(f"/media/figures/{name}").status_code == 404


def test_an_article_taken_down_shows_its_dated_notice_and_not_its_text(client: Client, shelf: Shelf) -> None:
    article = make_article(shelf.cast, "published", title="写错的一篇", body="<p>不该再看到的话。</p>")
    text = client.get(article.get_absolute_url()).content.decode()
    assert "不该再看到的话" in text
    workflow.perform(
        "approve_retraction", article, shelf.cast.chief, reason="事实有误", notice="本文已撤下。"
    )
    workflow.perform("take_down", article, shelf.cast.publisher)
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    text = response.content.decode()
    assert "本文已撤下。" in text
    assert "不该再看到的话" not in text
    entries, _, below = (
        client.get(article.issue.get_absolute_url()).content.decode().partition('id="taken-down"')
    )
    assert "写错的一篇" not in entries
    assert "写错的一篇" in below  # named as taken down, with the way to the notice


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_readers_pages_only_answer_reading(client: Client, shelf: Shelf, method: str) -> None:
    for path in ["/", "/feed/", shelf.article.get_absolute_url()]:
        assert getattr(client, method)(path).status_code == 405


def test_no_page_sets_a_cookie_for_a_stranger(client: Client, shelf: Shelf) -> None:
    for path in [*OPEN, *MACHINES, shelf.article.get_absolute_url()]:
        assert not client.get(path).cookies


def test_titles_and_captions_never_become_markup(client: Client, shelf: Shelf) -> None:
    evil = '<img src=x onerror="alert(1)">"\'</script><script>alert(1)</script>'
    texts = dict.fromkeys(("title", "kicker", "subtitle", "abstract"), evil)
    series = {"series": evil[:90], "series_part": "上", "series_status": "<b>待续"}
    article = set_fields(shelf.article, source=evil, keywords=[evil], closing_notes=[evil], **texts, **series)
    add_figure(article, caption=evil, photographer=evil[:90], alternative=evil)
    for path in (article.get_absolute_url(), shelf.new.get_absolute_url(), "/sections/people/", "/feed/"):
        text = client.get(path).content.decode()
        assert "<img src=x" not in text
        assert "<script>alert" not in text
        assert "<b>待续" not in text
