"""The visits' doors: who is counted, what is told to whom, and nothing of what is not for everybody."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from articles import press
from articles.models import Article, VisitDay, VisitTotal
from articles.visits import figures, spool
from articles.visits.count import count_visits
from tests.public.conftest import Shelf, set_fields

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
FROM_US = {"User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}
CODE = "last-ferry-at-six"
DOORS = ["/visits/most-read.json", "/most-read/", "/visits/2026/11.json", "/visits/2026/12.json"]


@pytest.fixture(autouse=True)
def own_spool(data_folder: Path) -> None:
    """A process keeps the day's salt; another test is another process."""
    spool.salt_of.cache_clear()


def tell(client: Client, code: str | bytes, **headers: str) -> int:
    answer = client.post("/visits/", code, content_type="text/plain", headers={**FROM_US, **headers})
    assert answer.content == b""
    return answer.status_code


def noted() -> list[str]:
    paths = spool.root().glob("*.visits") if spool.root().is_dir() else []
    return [line.code for path in paths for line in spool.read(path)]


def read(article: Article, visits: int, days_ago: int = 0) -> None:
    """So many visits, as counting writes them."""
    day = timezone.localdate() - timezone.timedelta(days=days_ago)
    VisitDay.objects.create(article=article, day=day, count=visits)
    row, _made = VisitTotal.objects.get_or_create(article=article)
    VisitTotal.objects.filter(pk=row.pk).update(count=row.count + visits)


# -- telling


def test_a_visit_is_written_down_and_no_database_is_asked(
    client: Client, shelf: Shelf, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(0):
        assert tell(client, shelf.article.code) == 204
    assert noted() == [shelf.article.code]


def test_the_answer_sets_no_cookie_and_needs_none() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/visits/", CODE, content_type="text/plain", headers=FROM_US)
    assert answer.status_code == 204
    assert not answer.cookies
    assert noted() == [CODE]


def test_from_the_beacon_to_the_figure(client: Client, shelf: Shelf) -> None:
    tell(client, shelf.article.code)
    tell(client, shelf.article.code)
    assert count_visits(now=time.time() + 3600) == 1
    answer = client.get(f"/visits/{shelf.new.year}/{shelf.new.number}.json")
    assert answer.json() == {shelf.article.code: 1}


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_only_post_tells_a_visit(client: Client, method: str) -> None:
    assert getattr(client, method)("/visits/").status_code == 405


@pytest.mark.parametrize(
    "body", [b"", b"x" * 81, b"x" * 5_000_000, b"No Code", b"a\nb", b"\xff\xfe", b"../../etc"]
)
def test_what_cannot_be_a_code_is_refused_and_not_written(client: Client, body: bytes) -> None:
    assert tell(client, body) == 400
    assert noted() == []


def test_a_body_longer_than_any_code_is_not_read(client: Client) -> None:
    answer = client.post(
        "/visits/", b"", content_type="text/plain", headers=FROM_US, CONTENT_LENGTH="99999999999"
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider-render/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Sogou web spider/4.0",
        "Mozilla/5.0 (Linux; Android 5.0) Mobile Safari/537.36 (compatible; Bytespider; x@bytedance.com)",
        "Mozilla/5.0 (compatible;PetalBot;+https://webmaster.petalsearch.com/site/petalbot)",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0.0.0 Safari/537.36",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 Chrome-Lighthouse",
    ],
)
def test_programs_are_no_readers(client: Client, agent: str) -> None:
    assert tell(client, CODE, **{"User-Agent": agent}) == 204
    assert noted() == []


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 30) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/95 Safari/537.36 SE 2.X MetaSr 1.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50 Language/zh_CN",
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 baiduboxapp/13.50 (Baidu; P1 14)",
        "Mozilla/5.0 (X11; Linux aarch64; Kylin) AppleWebKit/537.36 Chrome/110 Safari/537.36 QaxBrowser",
        "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
    ],
)
def test_browsers_of_readers_are_not_taken_for_programs(client: Client, agent: str) -> None:
    tell(client, CODE, **{"User-Agent": agent})
    assert noted() == [CODE]


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"X-Moz": "prefetch"},
    ],
)
def test_what_is_fetched_ahead_is_not_read(client: Client, headers: dict[str, str]) -> None:
    assert tell(client, CODE, **headers) == 204
    assert noted() == []


@pytest.mark.parametrize(
    ("headers", "counted"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "http://testserver.elsewhere.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_tell(client: Client, headers: dict[str, str], counted: bool) -> None:
    sent = {"User-Agent": BROWSER, **headers}
    answer = client.post("/visits/", CODE, content_type="text/plain", headers=sent)
    assert answer.status_code == 204
    assert bool(noted()) == counted


def test_the_office_itself_does_not_count_and_a_signed_in_reader_does(client: Client, shelf: Shelf) -> None:
    client.force_login(shelf.cast.chief)
    assert tell(client, shelf.article.code) == 204
    assert noted() == []
    client.force_login(shelf.cast.reader)
    tell(client, shelf.article.code)
    assert noted() == [shelf.article.code]


def test_telling_does_not_keep_a_session_alive(client: Client, shelf: Shelf) -> None:
    client.force_login(shelf.cast.reader)
    answer = client.post("/visits/", shelf.article.code, content_type="text/plain", headers=FROM_US)
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_a_flood_is_answered_and_not_written(client: Client) -> None:
    for number in range(spool.MOST_FROM_ONE + 10):
        assert tell(client, f"article-{number}") == 204
    assert len(noted()) <= 2 * spool.MOST_FROM_ONE  # the minute may turn once


def test_a_spool_that_cannot_be_written_is_the_offices_trouble_not_the_readers(
    client: Client, data_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (data_folder / "visits").write_text("a file where the folder should be")
    assert tell(client, CODE) == 204
    assert "could not be written down" in caplog.text


# -- showing


def test_an_issues_figures_are_its_articles_and_may_be_kept_for_a_while(client: Client, shelf: Shelf) -> None:
    read(shelf.article, 1234)
    answer = client.get("/visits/2026/9-10.json")
    assert answer.json() == {shelf.article.code: 1234}
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies


def test_an_article_nobody_read_has_no_figure(client: Client, shelf: Shelf) -> None:
    VisitTotal.objects.create(article=shelf.article)
    assert client.get("/visits/2026/9-10.json").json() == {}


def test_lists_of_what_is_read_most_begin_with_the_most_read(client: Client, shelf: Shelf) -> None:
    first, second, third = shelf.new.articles.in_page_order()  # type: ignore[attr-defined]
    old = shelf.old.articles.in_page_order()[0]  # type: ignore[attr-defined]
    read(first, 5)
    read(second, 9)
    read(old, 100, days_ago=30)
    read(third, 7, days_ago=29)
    lately = client.get("/visits/most-read.json").json()["lately"]
    assert [row[1:] for row in lately] == [
        [article.get_absolute_url(), visits] for article, visits in ((second, 9), (third, 7), (first, 5))
    ]
    lists = client.get("/most-read/").context["lists"]
    assert [visits for _article, visits in lists["issue"]] == [9, 7, 5]
    assert [visits for _article, visits in lists["ever"]] == [100, 9, 7, 5]


def test_with_no_visits_the_page_says_so(client: Client, shelf: Shelf) -> None:
    text = client.get("/most-read/").content.decode()
    assert "还没有" in text or "No visits" in text


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("path", DOORS)
def test_no_door_tells_of_what_is_not_for_everybody(
    client: Client, shelf: Shelf, path: str, signed_in: bool
) -> None:
    """Nor does the answer differ between an issue for few, one in the making and one that never was."""
    if signed_in:
        client.force_login(shelf.cast.chief)
    set_fields(shelf.unpublished, issue=shelf.hidden)
    for article in (shelf.secret, shelf.unpublished):
        read(article, 4711)
    text = client.get(path).content.decode()
    assert "4711" not in text
    assert "4,711" not in text
    assert [words for words in [*shelf.secrets, shelf.secret.code] if words in text] == []
    if path.startswith("/visits/2026/"):
        assert text == client.get("/visits/1999/1.json").content.decode() == "{}"


def test_what_is_closed_or_taken_down_leaves_the_figures_at_once(client: Client, shelf: Shelf) -> None:
    read(shelf.article, 8)
    press.perform("close", shelf.new, shelf.cast.chief, reason="改为登录可读")
    assert client.get("/visits/2026/9-10.json").json() == {}
    assert client.get("/visits/most-read.json").json() == {"lately": []}


def test_what_signed_in_readers_read_is_counted_for_the_office_alone(client: Client, shelf: Shelf) -> None:
    tell(client, shelf.secret.code)
    count_visits(now=time.time() + 3600)
    assert VisitTotal.objects.get(article=shelf.secret).count == 1
    assert client.get("/visits/2026/11.json").json() == {}


@pytest.mark.parametrize("path", ["/visits/2026/9-10.json", "/visits/most-read.json", "/most-read/"])
def test_the_questions_asked_do_not_grow_with_what_is_shown(
    client: Client, shelf: Shelf, path: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for article in Article.objects.for_everyone():
        read(article, 3)
    with django_assert_max_num_queries(6 if path == "/most-read/" else 4):
        client.get(path)


def test_the_article_page_holds_no_figure_and_says_where_they_are(client: Client, shelf: Shelf) -> None:
    address = shelf.article.get_absolute_url()
    before = client.get(address).content
    read(shelf.article, 4711)
    page = client.get(address).content
    assert page == before
    assert f'data-visits="{shelf.article.code}"'.encode() in page
    assert b'data-issue="2026/9-10"' in page


def test_the_script_is_small() -> None:
    assert (Path(settings.BASE_DIR) / "static/js/visits.js").stat().st_size <= 2560


def test_machines_are_asked_to_stay_away(client: Client) -> None:
    assert "Disallow: /visits/" in client.get("/robots.txt").content.decode()


def test_figures_are_data_and_nothing_else(client: Client, shelf: Shelf) -> None:
    set_fields(shelf.article, title="</script><img src=x onerror=alert(1)>")
    read(shelf.article, 1)
    answer = client.get("/visits/most-read.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.content)["lately"][0][0] == "</script><img src=x onerror=alert(1)>"
    assert figures.DAYS == 30
    assert b"<img src=x" not in client.get("/most-read/").content
