"""A manuscript's whole life on one page, and as a file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import record, workflow
from articles.comments import add_comment
from articles.models import Article, Comment, Event
from articles.record_chain import canonical_json
from articles.workflow import Stage
from journal.notices.make import write_notices
from tests.factories import Cast, due_day, make_article

pytestmark = pytest.mark.django_db

Sit = Callable[..., Client]


@pytest.fixture
def article(cast: Cast) -> Article:
    """Returned once, then passed up; with a remark, a version of its own and a take-over."""
    found = make_article(cast, Stage.FIRST_REVIEW, title="=渡口的灯")
    with record.asked_from("192.0.2.9"):
        workflow.perform("return", found, cast.editor, opinion="结尾太急。", due_on=due_day(7))
    workflow.perform("resubmit", found, cast.contributor)
    workflow.perform("pass_up", found, cast.editor, opinion="+可用。", verdict="use")
    return found


def page(client: Client, article: Article, query: str = "") -> str:
    response = client.get(reverse("admin:articles_article_life", args=[article.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def file(client: Client, article: Article, kind: str) -> Any:
    response = client.get(reverse(f"admin:articles_article_life_{kind}", args=[article.pk]))
    assert response.status_code == 200
    return response


def test_the_life_tells_events_versions_opinions_and_due_days(at_desk: Sit, article: Article) -> None:
    told = page(at_desk("editor"), article)
    for words in ("结尾太急。", "+可用。", due_day(7).isoformat(), article.manuscript_number or "-"):
        assert words in told
    assert told.count('class="moment moment-version"') == article.revisions.count()
    assert told.count('class="moment moment-event"') == article.events.count()
    assert told.count("结尾太急。") == 1, "an opinion is told once, with its event"


def test_a_remark_without_an_event_stands_by_itself(at_desk: Sit, cast: Cast, article: Article) -> None:
    Comment.objects.create(article=article, text="日期再核一遍", by=cast.editor)
    assert "日期再核一遍" in page(at_desk("editor"), article)


def test_a_remark_with_its_event_is_told_once(at_desk: Sit, cast: Cast, article: Article) -> None:
    add_comment(article, cast.head, text="题目换一个", required=True)
    told = page(at_desk("editor"), article)
    assert told.count("题目换一个") == 1


def test_the_newest_moment_comes_first_when_asked_for(at_desk: Sit, article: Article) -> None:
    client = at_desk("editor")
    oldest, newest = page(client, article), page(client, article, "?order=newest")
    assert oldest.index("结尾太急。") < oldest.index("+可用。")
    assert newest.index("+可用。") < newest.index("结尾太急。")


def test_who_may_see_the_record_sees_where_people_sat(at_desk: Sit, article: Article) -> None:
    assert "192.0.2.9" in page(at_desk("chief"), article)
    assert "192.0.2.9" not in page(at_desk("editor"), article)
    for kind in ("csv", "jsonl"):
        assert b"192.0.2.9" in file(at_desk("chief"), article, kind).getvalue()
        assert b"192.0.2.9" not in file(at_desk("editor"), article, kind).getvalue()


def test_the_life_tells_what_the_author_was_sent_to_who_sees_letters(at_desk: Sit, article: Article) -> None:
    write_notices(list(article.events.all()))
    told = page(at_desk("editor"), article)
    assert told.count('class="moment moment-notice"') == article.notices.filter(audience="author").count() > 0
    assert "退修通知" in told
    assert 'class="moment moment-notice"' not in page(at_desk("proofreader"), article)


def test_a_long_life_is_paged_and_takes_no_more_queries(at_desk: Sit, cast: Cast, article: Article) -> None:
    client = at_desk("chief")
    page(client, article)
    with CaptureQueriesContext(connection) as short:
        page(client, article)
    Event.objects.bulk_create(
        Event(action="told", actor=cast.editor, actor_name="贺", article=article, data={"comment": n})
        for n in range(450)
    )
    with CaptureQueriesContext(connection) as long:
        told = page(client, article)
    assert len(short) <= 15
    assert len(long) <= len(short) + 2  # the count of a life of several pages, and its remarks
    assert told.count('class="moment ') == 200
    assert "?order=oldest&amp;page=2" in told
    last = page(client, article, "?order=newest&page=3")
    assert "结尾太急。" in last


def test_the_table_is_a_forced_attachment_without_formulas(at_desk: Sit, article: Article) -> None:
    response = file(at_desk("chief"), article, "csv")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert len(rows) == 1 + article.events.count() + article.revisions.count()
    cells = [cell for row in rows for cell in row]
    assert "'+可用。" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM", "\t=1", " =1", "＝1", "\r=1"])
def test_what_begins_like_a_formula_becomes_text(cell: str) -> None:
    from journal.desk.life_views import as_text

    assert as_text(cell) == "'" + cell
    assert as_text("正文=1") == "正文=1"


def test_the_lines_can_be_checked_by_an_auditor(at_desk: Sit, article: Article) -> None:
    response = file(at_desk("chief"), article, "jsonl")
    assert response["Content-Disposition"].startswith("attachment")
    lines = [json.loads(line) for line in response.getvalue().decode().splitlines()]
    assert {line["kind"] for line in lines} == {"event", "version"}
    for event in (line["event"] for line in lines if line["kind"] == "event"):
        stated = event.pop("hash")
        del event["note"], event["data"]
        assert hashlib.sha256(canonical_json(event).encode()).hexdigest() == stated


def test_the_manuscript_leads_to_its_life(at_desk: Sit, article: Article) -> None:
    shown = at_desk("editor").get(reverse("admin:articles_article_change", args=[article.pk]))
    assert reverse("admin:articles_article_life", args=[article.pk]) in shown.content.decode()


def test_nobody_reads_it_who_may_not_read_the_manuscript(at_desk: Sit, article: Article) -> None:
    for kind in ("life", "life_csv", "life_jsonl"):
        address = reverse(f"admin:articles_article_{kind}", args=[article.pk])
        assert at_desk("audit_officer").get(address).status_code == 403
        assert at_desk("editor").get(address.replace(str(article.pk), "999999")).status_code == 404
        assert at_desk("editor").post(address).status_code == 405
