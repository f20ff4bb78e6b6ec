"""Visits at the desk: the right sums for what was asked, for who sees manuscripts, and a table to send on."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable

import pytest
from django.test import Client

from articles import press
from articles.models import Article, VisitDay, VisitTotal
from tests.factories import Cast, make_journal, printed_issue
from tests.public.conftest import set_fields

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = datetime.date(2026, 10, 31), datetime.date(2026, 11, 1)


@pytest.fixture
def read(cast: Cast) -> list[Article]:
    """Two issues, the second closed since; what was read in two months of each first article."""
    make_journal(name="澜江", publication_type="serial")
    issues = [printed_issue(cast, 2, year=2026, number=number) for number in ("3", "4")]
    press.perform("close", issues[1], cast.chief, reason="改为登录可读")
    articles = [issue.articles.in_page_order()[0] for issue in issues]
    for article, days in zip(articles, ({OCTOBER: 5, NOVEMBER: 2}, {NOVEMBER: 40}), strict=True):
        VisitTotal.objects.create(article=article, count=sum(days.values()))
        for day, count in days.items():
            VisitDay.objects.create(article=article, day=day, count=count)
    return articles


def sums(client: Client, query: str) -> dict[str, int]:
    context = client.get(f"/desk/visits/?{query}").context
    found = {article.code: visits for article, visits in context["articles"]}
    assert context["total"] == sum(found.values())
    return found


def test_of_a_month_of_an_issue_and_of_all_time(at_desk: Callable[..., Client], read: list[Article]) -> None:
    client, (first, second) = at_desk("editor"), read
    assert sums(client, "") == {second.code: 40, first.code: 7}
    assert sums(client, "month=2026-10") == {first.code: 5}
    assert sums(client, "month=2026-11") == {second.code: 40, first.code: 2}
    assert sums(client, f"month=2026-11&issue={first.issue_id}") == {first.code: 2}
    assert sums(client, "month=2025-01") == {}


def test_issues_come_the_newest_first_with_how_many_of_their_articles_were_read(
    at_desk: Callable[..., Client], read: list[Article]
) -> None:
    issues = at_desk("editor").get("/desk/visits/").context["issues"]
    assert [(issue.number, articles, visits) for issue, articles, visits in issues] == [
        ("4", 1, 40),
        ("3", 1, 7),
    ]


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=x", "month=2026-11%00", "issue=x", "page=99999", "issue=-1"]
)
def test_nonsense_in_the_address_is_passed_over(
    at_desk: Callable[..., Client], read: list[Article], query: str
) -> None:
    assert at_desk("editor").get(f"/desk/visits/?{query}").status_code == 200


def test_an_issue_that_is_none_is_not_found(at_desk: Callable[..., Client], read: list[Article]) -> None:
    assert at_desk("editor").get("/desk/visits/?issue=999999").status_code == 404


@pytest.mark.parametrize("path", ["/desk/visits/", "/desk/visits.csv"])
def test_officers_and_readers_see_no_figures(
    at_desk: Callable[..., Client], read: list[Article], path: str
) -> None:
    assert at_desk("audit_officer").get(path).status_code == 403
    assert at_desk("reader").get(path).status_code == 302
    assert at_desk("").get(path).status_code == 302


def test_the_table_is_in_the_order_of_print_and_holds_no_formula(
    at_desk: Callable[..., Client], read: list[Article]
) -> None:
    set_fields(read[0], title='=HYPERLINK("x")')
    answer = at_desk("chief").get("/desk/visits.csv?month=2026-11")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="visits-2026-11.csv"'
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    _head, *rows = csv.reader(io.StringIO(text))
    assert [(row[2], row[5], row[6]) for row in rows] == [
        (read[1].title_line, read[1].code, "40"),
        ('\'=HYPERLINK("x")', read[0].code, "2"),
    ]


def test_before_anything_was_counted_the_page_says_so(at_desk: Callable[..., Client], cast: Cast) -> None:
    page = at_desk("editor").get("/desk/visits/").content.decode()
    assert "visits.csv" not in page
    assert 'class="ledger"' not in page
