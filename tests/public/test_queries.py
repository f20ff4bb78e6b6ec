"""A page costs the same number of queries for ten articles and for a hundred."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Erratum
from tests.factories import Cast, make_journal, make_section, printed_issue
from tests.public.conftest import add_author, set_fields

pytestmark = pytest.mark.django_db

#: The most queries each page may take when it is rendered (readers get files).
MOST = {
    "home": 7,
    "issue": 13,
    "article": 16,
    "archive": 5,
    "section": 7,
    "author": 9,
    "feed": 4,
    "feed-json": 4,
    "series": 6,
    "all-series": 4,
    "corrections": 4,
    "index": 6,
    "sitemap": 8,
}


def paths(issue: Any, code: str) -> dict[str, str]:
    article = issue.articles.in_page_order()[1]
    return {
        "home": "/",
        "issue": issue.get_absolute_url(),
        "article": article.get_absolute_url(),
        "archive": "/issues/",
        "section": "/sections/people/",
        "author": f"/authors/{code}/",
        "feed": "/feed/",
        "feed-json": "/feed/feed.json",
        "sitemap": "/sitemap.xml",
        "series": "/series/bai-zhu-he/",
        "all-series": "/series/",
        "corrections": "/corrections/",
        "index": f"/issues/{issue.year}/index/",
    }


def count(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def measure(client: Client, articles: int, year: int) -> dict[str, int]:
    cast = Cast()
    make_journal(publication_type="serial")
    section = make_section()
    issue = printed_issue(cast, articles, year=year, number="1")
    code = ""
    for article in issue.articles.all():
        set_fields(article, section=section, series="白苎河", keywords=["渡口"])
        Erratum.objects.create(article=article, notice="一处更正。", reason="核对", by=cast.chief)
        code = add_author(article, "顾晓川", "澜江杂志社").code
    return {name: count(client, path) for name, path in paths(issue, code).items()}


def test_queries_do_not_grow_with_the_journal(client: Client) -> None:
    measure(client, 2, 2024)  # so that both measured issues have one before them
    small = measure(client, 10, 2025)
    large = measure(client, 100, 2026)
    assert large == small
    assert {name: number for name, number in large.items() if number > MOST[name]} == {}
