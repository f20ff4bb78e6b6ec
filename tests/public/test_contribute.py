"""The page about contributing: the office's words, calls for papers, nothing of it as mark-up."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Call
from journal.public.prose import parts_of
from tests.factories import make_journal

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    answer = client.get("/contribute/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_headings_lists_and_paragraphs_are_read_from_plain_lines() -> None:
    parts = parts_of("## 来稿要求\n\n三千字以内。\n- 写明单位\n- 附照片\n谢谢。\n")
    assert [part.kind for part in parts] == ["heading", "paragraph", "list", "paragraph"]
    assert parts[2].items == ["写明单位", "附照片"]


def test_it_says_the_usual_until_the_office_writes_its_own(client: Client) -> None:
    make_journal(name="澜江")
    assert 'href="/manuscripts/"' in page(client)
    make_journal(contributing="## 本刊不收\n诗歌。<b>一概</b>不收。")
    told = page(client)
    assert "<h2>本刊不收</h2>" in told
    assert "&lt;b&gt;一概&lt;/b&gt;" in told


def test_calls_that_are_shown_stand_there_and_no_others(client: Client) -> None:
    make_journal(name="澜江")
    Call.objects.create(title="渡口专题征稿", text="写一个渡口。", due_on="2026-12-31")
    Call.objects.create(title="未发布的征稿", text="写一口井。", shown=False)
    told = page(client)
    assert "渡口专题征稿" in told
    assert "2026-12-31" in told
    assert "未发布的征稿" not in told


@pytest.mark.parametrize("address", ["/", "/about/", "/login/"])
def test_the_way_there_is_shown(client: Client, address: str) -> None:
    make_journal(name="澜江", submission_address="tougao@lutan.example")
    assert 'href="/contribute/"' in client.get(address).content.decode()
