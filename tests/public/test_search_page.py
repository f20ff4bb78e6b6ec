"""The search for readers: what it shows to whom, and that nothing typed breaks it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import gettext

from articles import workflow
from articles.models import Article
from articles.search import finding, keep
from journal.public.views.search import LONGEST, PAGE_SIZE
from tests.factories import Cast, make_article, make_journal, make_section, printed_issue
from tests.public.conftest import Shelf, add_author, set_fields

pytestmark = pytest.mark.django_db


def ask(client: Client, query: str = "", status: int = 200, **parameters: Any) -> str:
    response = client.get(f"/search/?{urlencode({'q': query, **parameters})}")
    assert response.status_code == status
    return response.content.decode()


def write(article: Article, **fields: Any) -> Article:
    """Words of a printed article, found again."""
    set_fields(article, **fields)
    keep([article.pk])
    return article


def addresses(page: str) -> list[str]:
    return re.findall(r'<h2 class="hit-title"><a href="([^"#]+)', page)


def test_a_hit_shows_its_title_names_place_and_the_words_found(client: Client, shelf: Shelf) -> None:
    write(shelf.article, title="渡口的灯", body="<p>天黑以后，渡口还亮着灯。</p>")
    page = ask(client, "渡口")
    assert addresses(page)[0] == shelf.article.get_absolute_url()
    assert "<mark>渡口</mark>的灯" in page
    assert "天黑以后，<mark>渡口</mark>还亮着灯。" in page
    assert str(shelf.new) in page
    assert shelf.section.name in page


def test_a_hit_in_the_text_leads_to_its_place_and_one_in_the_title_to_the_beginning(
    client: Client, shelf: Shelf
) -> None:
    write(shelf.article, title="夜里的灯", body="<p>天黑以后，渡口还亮着灯，谁也没有睡。</p>")
    place = quote("渡口还亮着灯")
    assert f'href="{shelf.article.get_absolute_url()}#:~:text={place}"' in ask(client, "渡口")
    assert f'href="{shelf.article.get_absolute_url()}"' in ask(client, "夜里")
    write(shelf.article, body="<p>型号 A-1,b&amp;c 的灯</p>")
    assert "#:~:text=A%2D1%2Cb%26c" in ask(client, "A-1,b&c")


def test_an_author_asked_for_by_name_is_offered(client: Client, shelf: Shelf) -> None:
    author = add_author(write(shelf.article, title="一只灯"), "顾晓川", "石塔县文化馆")
    add_author(shelf.secret, "顾晓舟")
    keep([shelf.article.pk, shelf.secret.pk])
    link = f'<a href="{author.get_absolute_url()}"><span class="author-name">顾晓川</span>'
    for query in ("顾晓川", "顧曉川", "晓川", "顾晓"):
        page = ask(client, query)
        assert link in page, query
        assert "石塔县文化馆" in page, query
        assert "顾晓舟" not in page
    for query in ("一只灯", "顾晓舟", "顾"):
        assert 'class="search-authors"' not in ask(client, query) or query == "顾"
    assert link not in ask(client, "顾晓川", section=shelf.section.code)


def test_a_stranger_finds_what_everybody_may_read_and_a_reader_theirs(client: Client, shelf: Shelf) -> None:
    page = ask(client, "船工")
    assert shelf.members.get_absolute_url() not in page
    assert [title for title in shelf.secrets if title in page] == []
    client.force_login(shelf.cast.reader)
    response = client.get("/search/?q=" + quote("船工"))
    assert shelf.secret.get_absolute_url() in response.content.decode()
    assert "private" in response["Cache-Control"]
    assert shelf.unpublished.title not in response.content.decode()


def test_facets_count_nothing_a_stranger_may_not_see(client: Client, shelf: Shelf) -> None:
    write(shelf.secret, section=make_section("内部", "inner"))
    assert "section=inner" not in ask(client, "船工")
    assert addresses(ask(client, "船工", section="inner")) == []


def test_what_was_taken_down_is_not_found(client: Client, shelf: Shelf) -> None:
    article = make_article(shelf.cast, "published", title="写错的一篇", body="<p>不该再看到的话。</p>")
    assert addresses(ask(client, "不该再看到"))
    workflow.perform("approve_retraction", article, shelf.cast.chief, reason="有误", notice="本文已撤下。")
    workflow.perform("take_down", article, shelf.cast.publisher)
    assert addresses(ask(client, "不该再看到")) == []


def test_hits_are_narrowed_by_section_year_and_author(client: Client, shelf: Shelf) -> None:
    write(shelf.article, section=make_section("业务", "trade"))
    author = add_author(shelf.article, "顾晓川")
    for narrowed in ({"section": "trade"}, {"author": author.code}, {"author": author.code, "year": "2026"}):
        page = ask(client, "船工", **narrowed)
        assert addresses(page) == [shelf.article.get_absolute_url()]
        assert f'href="/search/?q={quote("船工")}' in page
    page = ask(client, "船工")
    assert f"/search/?q={quote('船工')}&amp;section=trade" in page
    assert f"/search/?q={quote('船工')}&amp;year=2025" in page
    assert len(addresses(ask(client, "船工", year="2025"))) == 2


def test_the_query_and_the_texts_never_become_markup(client: Client, shelf: Shelf) -> None:
    evil = '<img src=x onerror="alert(1)">\'</script><script>alert(1)</script>'
    write(shelf.article, title=evil[:200], body="<p>渡口 &lt;script&gt;alert(1)&lt;/script&gt;</p>")
    for query in (evil, "alert", "script 渡口"):
        page = ask(client, query)
        assert "<img src=x" not in page
        assert "<script>alert" not in page
    assert f'value="{escape(evil[:LONGEST])}"' in ask(client, evil)


@pytest.mark.parametrize(
    "query",
    ["", "   ", "。", "%", "\0", "江\0河", "《》", "a" * 10_000, "江" * 10_000, "江 " * 5_000,
     "'; DROP TABLE", "\ud83d", "(((", "a:b", '"', "👍", "\u202e江", "＊", "-" * 300],
)  # fmt: skip
def test_whatever_is_typed_is_answered_with_a_sentence(client: Client, shelf: Shelf, query: str) -> None:
    response = client.get("/search/", {"q": query.encode("utf-8", "surrogatepass")})
    assert response.status_code == 200
    assert re.search(r'class="(empty|hits|search-note)"', response.content.decode())


@pytest.mark.parametrize(
    "parameters",
    [
        {"year": "abc"}, {"year": "9" * 40}, {"year": "２０２６年"}, {"section": "\0"},
        {"section": "no-such"}, {"author": "' OR 1=1"}, {"author": "x" * 500}, {"page": "abc"},
        {"page": "-3"}, {"page": "0"}, {"page": "٣"}, {"sort": "zzz"}, {"page": "1" * 500},
    ],
)  # fmt: skip
def test_odd_parameters_are_answered(client: Client, shelf: Shelf, parameters: dict[str, str]) -> None:
    ask(client, "船工", **parameters)


def test_repeated_parameters_count_once(client: Client, shelf: Shelf) -> None:
    page = client.get(f"/search/?q=nothing&q={quote('船工')}&page=1&page=zz").content.decode()
    assert addresses(page)


def test_a_page_beyond_the_last_says_so_and_leads_back(client: Client, shelf: Shelf) -> None:
    page = ask(client, "船工", page=999_999, status=404)
    assert gettext("Go to the last page") in page


def test_pages_follow_one_another(client: Client, shelf: Shelf) -> None:
    issue = printed_issue(shelf.cast, 2 * PAGE_SIZE + 3, year=2024, number="1")
    seen = []
    for number in (1, 2, 3):
        page = ask(client, "缆绳", year="2024", page=number)
        seen += addresses(page)
        assert ('rel="next"' in page) == (number < 3)
        assert ('rel="prev"' in page) == (number > 1)
    assert len(seen) == len(set(seen)) == issue.articles.count()


def test_nothing_found_says_what_to_try(client: Client, shelf: Shelf) -> None:
    page = ask(client, "量子纠缠船工", section="people")
    assert quote("量子 纠缠 船工").replace("%20", "+") in page
    assert gettext("Look in all articles") in page
    assert escape(gettext("Leaf through the back issues")) in page


def test_only_so_much_of_a_long_query_is_looked_at_and_it_says_so(client: Client, shelf: Shelf) -> None:
    page = ask(client, "船" * 101)
    assert gettext("A search looks at the first 100 characters; the rest was left out.") in page


def test_more_than_can_be_leafed_through_is_said(client: Client, shelf: Shelf, monkeypatch: Any) -> None:
    monkeypatch.setattr(finding, "CANDIDATES", 3)
    page = ask(client, "船工")
    assert gettext("More than %(count)s articles") % {"count": 3} in page


def test_search_engines_are_kept_out_of_the_answers(client: Client, shelf: Shelf) -> None:
    response = client.get("/search/?q=x")
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "Disallow: /search/" in client.get("/robots.txt").content.decode()


def test_every_page_has_the_search_in_its_head(client: Client, shelf: Shelf) -> None:
    for path in ("/", "/issues/", shelf.article.get_absolute_url()):
        page = client.get(path).content.decode()
        assert page.count('role="search" action="/search/"') == 1
    assert ask(client).count('role="search"') == 1


def test_browsers_are_told_how_to_search(client: Client, shelf: Shelf) -> None:
    from lxml import etree

    response = client.get("/opensearch.xml")
    described = etree.fromstring(response.content)
    url = described.find("{*}Url")
    assert url is not None
    assert url.get("template", "").endswith("/search/?q={searchTerms}")
    assert 'rel="search"' in client.get("/").content.decode()


def test_an_answer_is_no_page_of_the_edition(shelf: Shelf) -> None:
    from journal.edition.plan import make_plan

    pages = [page for group in make_plan("code").groups() for page in group.pages]
    assert "/opensearch.xml" in pages
    assert [page for page in pages if "/search/" in page] == []


def test_a_page_of_hits_takes_few_queries_however_many_there_are(client: Client) -> None:
    make_journal(publication_type="serial")
    cast = Cast()
    taken = []
    for year, articles in ((2025, 3), (2026, 30)):
        printed_issue(cast, articles, year=year, number="1")
        ask(client, "船工")
        with CaptureQueriesContext(connection) as queries:
            ask(client, "船工")
        taken.append(len(queries))
    assert taken[0] == taken[1]
    assert taken[1] <= 7
    with CaptureQueriesContext(connection) as queries:
        ask(client, "船工 缆绳")
    assert len(queries) <= 7
