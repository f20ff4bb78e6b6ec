"""Readers' comments at the desk: who decides, many at once, nothing lost, no query for each row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from articles import reader_comments, record
from articles.models import Article, Event, ReaderComment
from journal.desk.reader_comments import SHELVES
from tests.factories import Cast, make_journal, printed_issue

pytestmark = pytest.mark.django_db

LIST = "/desk/comments/"
DECIDE = "/desk/comments/decide/"


@pytest.fixture(autouse=True)
def in_english(settings: Any) -> Any:
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def article(cast: Cast) -> Article:
    make_journal(comments="everybody", publication_type="serial")
    found: Article = printed_issue(cast, 2).articles.in_page_order().first()  # type: ignore[attr-defined]
    return found


@pytest.fixture
def editor(at_desk: Callable[..., Client]) -> Client:
    return at_desk("editor")


def came_in(article: Article, text: str = "缆绳写得好。", **fields: Any) -> ReaderComment:
    with record.performing():
        return ReaderComment.objects.create(article=article, name="江边人", text=text, **fields)


def told(client: Client, asked: str = "") -> str:
    answer = client.get(LIST + asked)
    assert answer.status_code == 200
    return answer.content.decode()


def state(comment: ReaderComment) -> str:
    comment.refresh_from_db()
    return str(comment.state)


def test_waiting_ones_come_first_the_oldest_on_top(editor: Client, article: Article) -> None:
    came_in(article, "先来的。")
    came_in(article, "后来的。")
    shown = came_in(article, "已刊出的。")
    reader_comments.decide("show_comment", [shown.pk], Cast().chief)
    first = told(editor)
    assert first.index("先来的。") < first.index("后来的。")
    assert "已刊出的。" not in first
    assert "已刊出的。" in told(editor, "?show=shown")


def test_many_are_shown_at_once_with_one_event_each(editor: Client, cast: Cast, article: Article) -> None:
    rows = [came_in(article, f"第{n}条") for n in range(3)]
    answer = editor.post(
        DECIDE,
        {"action": "show_comment", "comment": [row.pk for row in rows], "show": "waiting"},
        follow=True,
    )
    assert "3 comments are on the site." in answer.content.decode()
    assert [state(row) for row in rows] == ["shown"] * 3
    events = Event.objects.filter(action="show_comment", actor=cast.editor)
    assert events.count() == 3
    assert {event.address for event in events} == {"127.0.0.1"}


def test_a_refusal_without_a_reason_keeps_what_was_ticked(editor: Client, article: Article) -> None:
    first, second = came_in(article, "一"), came_in(article, "二")
    answer = editor.post(DECIDE, {"action": "refuse_comment", "comment": [second.pk], "show": "waiting"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Give the reason" in page
    assert f'value="{second.pk}" id="c{second.pk}" checked' in page
    assert f'value="{first.pk}" id="c{first.pk}">' in page
    assert state(second) == "waiting"


def test_who_comes_second_keeps_the_reason_they_typed(editor: Client, cast: Cast, article: Article) -> None:
    comment = came_in(article)
    reader_comments.decide("show_comment", [comment.pk], cast.head)
    sent = {"action": "refuse_comment", "comment": comment.pk, "reason": "像是广告", "show": "waiting"}
    came_in(article, "还有一条")
    answer = editor.post(DECIDE, sent)
    assert answer.status_code == 409
    assert 'value="像是广告"' in answer.content.decode()
    assert "何砚" in answer.content.decode()


def test_what_is_removed_can_be_shown_again_or_erased(editor: Client, article: Article) -> None:
    comment = came_in(article)
    for action, after in (
        *(("show_comment", "shown"), ("remove_comment", "removed"), ("restore_comment", "shown")),
        *(("remove_comment", "removed"), ("erase_comment", "erased")),
    ):
        editor.post(DECIDE, {"action": action, "comment": comment.pk, "reason": "本人要求"})
        assert state(comment) == after
    page = told(editor, "?show=off")
    assert "The words are erased." in page
    assert "缆绳" not in page


def test_enter_in_the_field_for_the_reason_never_shows_anything(editor: Client, article: Article) -> None:
    for shelf in SHELVES.values():
        assert reader_comments.ACTIONS[shelf.actions[0]].target != "shown"
    came_in(article)
    page = told(editor)
    assert page.index('value="refuse_comment"') < page.index('value="show_comment"')


def test_one_article_is_closed_and_opened_from_its_own_list(editor: Client, article: Article) -> None:
    came_in(article)
    address = reverse("admin:articles_article_comments", args=[article.pk])
    assert address in told(editor, f"?article={article.pk}")
    answer = editor.post(address, {"closed": "1", "article": article.pk, "show": "waiting"}, follow=True)
    assert "Closed: nobody writes more under it." in answer.content.decode()
    article.refresh_from_db()
    assert article.comments_closed
    assert editor.post(address, {"closed": "1"}).status_code == 409
    editor.post(address, {"closed": "0"})
    article.refresh_from_db()
    assert not article.comments_closed


def test_hostile_words_come_out_as_words(editor: Client, article: Article) -> None:
    came_in(article, '<script>alert(1)</script>"><img src=x onerror=alert(1)>')
    page = told(editor)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img" in page


@pytest.mark.parametrize("asked", ["?show=nonsense", "?article=x&page=0", "?article=999999", "?page=999"])
def test_an_odd_address_is_the_list(editor: Client, article: Article, asked: str) -> None:
    came_in(article)
    assert "缆绳写得好。" in told(editor, asked)


@pytest.mark.parametrize(
    "sent", [{}, {"action": "x", "comment": "1"}, {"action": "show_comment", "comment": "x"}]
)
def test_nonsense_is_refused_with_a_sentence(editor: Client, article: Article, sent: dict[str, str]) -> None:
    answer = editor.post(DECIDE, sent)
    assert answer.status_code == 422
    assert 'class="errornote"' in answer.content.decode()


def test_the_list_is_paged_and_asks_no_more_for_more_rows(editor: Client, article: Article) -> None:
    came_in(article)
    told(editor)
    few = queries(editor, LIST)
    for number in range(40):
        came_in(article, f"第{number}条")
    assert queries(editor, LIST) == few <= 15
    assert "1 / 2" in told(editor)
    assert "第39条" in told(editor, "?page=2")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


# The way there.


def test_the_first_page_says_how_many_wait(at_desk: Callable[..., Client], article: Article) -> None:
    for number in range(2):
        came_in(article, f"第{number}条")
    assert "2 readers' comments wait to be read" in first_page(at_desk("head"))
    assert "/desk/comments/" not in first_page(at_desk("proofreader"))


def first_page(client: Client) -> str:
    assert queries(client, "/desk/") <= 15
    return client.get("/desk/").content.decode()


def test_the_room_has_a_door_only_where_there_are_comments(editor: Client, article: Article) -> None:
    door = f'<a href="{LIST}"'
    assert door in first_page(editor)
    make_journal(comments="off")
    assert door not in first_page(editor)
    came_in(article)
    assert door in first_page(editor)
    assert "Comments are switched off" in told(editor)


def test_the_chief_editor_switches_comments_on(at_desk: Callable[..., Client], cast: Cast) -> None:
    journal = make_journal()
    page = at_desk("chief").get(reverse("admin:articles_journal_change", args=[journal.pk]))
    assert 'name="comments"' in page.content.decode()
