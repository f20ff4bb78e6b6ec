"""Writing a comment: a form of its own, nothing typed is lost, nothing is shown that no editor has shown."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from articles import reader_comments, record, workflow
from articles.models import Article, Event, ReaderComment
from journal.people.limits import COMMENT
from journal.people.models import Attempt
from journal.public.views import comments as views
from tests.factories import Cast, make_journal
from tests.public.conftest import Shelf

pytestmark = pytest.mark.django_db

WORDS = {"name": "江边人", "text": "缆绳那一段写得好。"}


def said(sentence: str, **words: Any) -> str:
    """The sentence as readers see it."""
    with translation.override("zh-hans"):
        return gettext(sentence) % words


@pytest.fixture
def article(shelf: Shelf) -> Article:
    make_journal(comments="everybody")
    return shelf.article


def form(article: Article) -> str:
    return article.get_absolute_url().replace("/issues/", "/comments/", 1)


def page(client: Client, article: Article) -> str:
    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def stand(article: Article, text: str, name: str = "甲") -> ReaderComment:
    """A comment an editor has shown."""
    with record.performing():
        comment = ReaderComment.objects.create(article=article, name=name, text=text)
    show(comment)
    return comment


def show(comment: ReaderComment) -> None:
    reader_comments.decide("show_comment", [comment.pk], Cast().chief)


# Under the article.


def test_an_article_says_nothing_of_comments_while_they_are_off(client: Client, shelf: Shelf) -> None:
    assert "comment" not in page(client, shelf.article)
    assert client.get(form(shelf.article)).status_code == 404
    answer = client.post(form(shelf.article), WORDS)
    assert answer.status_code == 403
    assert WORDS["text"] in answer.content.decode()
    assert not ReaderComment.objects.exists()


def test_without_comments_it_says_that_editors_read_them_first(client: Client, article: Article) -> None:
    told = page(client, article)
    assert said("No comments yet.") in told
    assert said("The editors read every comment before it stands here.") in told
    assert f'href="{form(article)}"' in told


def test_what_waits_is_on_no_page(client: Client, article: Article) -> None:
    client.post(form(article), WORDS)
    assert ReaderComment.objects.get().state == "waiting"
    assert WORDS["text"] not in page(client, article)


def test_what_is_shown_stands_in_the_order_it_came_in(client: Client, article: Article) -> None:
    for words in ("第一句。", "第二句。"):
        stand(article, words)
    told = page(client, article)
    assert told.index("第一句。") < told.index("第二句。")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</section></article></html>",
        "{{ article.title }}{% now 'Y' %}",
        "javascript:alert(1) https://example.org",
        "&lt;b&gt; &amp; &#x202e;",
        "<!-- -->]]><style>*{display:none}</style>",
    ],
)
def test_hostile_words_come_out_as_words(client: Client, article: Article, hostile: str) -> None:
    client.post(form(article), {"name": hostile[:20] + "a", "text": hostile})
    comment = ReaderComment.objects.get()
    show(comment)
    told = page(client, article)
    section = told[told.index('<section class="comments"') :]
    shown = re.search(r'<p class="comment-text" dir="auto">(.*?)</p>', section, re.DOTALL)
    assert shown is not None
    assert "<" not in shown[1]
    assert unescape(shown[1]) == hostile
    assert "<a " not in shown[0]


def test_characters_nobody_sees_do_not_reach_the_page(client: Client, article: Article) -> None:
    client.post(form(article), {"name": "甲\u202e乙", "text": "正\u202e文\u200b\u2066\ufeff在此"})
    comment = ReaderComment.objects.get()
    show(comment)
    told = page(client, article)
    assert "正文在此" in told
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069\ufeff]", told)


def test_a_closed_article_keeps_its_comments_and_has_no_form(client: Client, article: Article) -> None:
    stand(article, "留着的话。")
    reader_comments.set_closed(article, True, Cast().chief)
    told = page(client, article)
    assert "留着的话。" in told
    assert said("The comments under this article are closed.") in told
    assert form(article) not in told
    answer = client.post(form(article), WORDS)
    assert answer.status_code == 403
    assert WORDS["text"] in answer.content.decode()


# The form.


def test_the_form_is_for_one_reader_and_no_cache(client: Client, article: Article) -> None:
    answer = client.get(form(article))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "csrfmiddlewaretoken" in answer.content.decode()
    assert article.title_line in answer.content.decode()


def test_who_sends_one_is_thanked_and_told_that_it_waits(client: Client, article: Article) -> None:
    answer = client.post(form(article), WORDS)
    assert (answer.status_code, answer.headers["Location"]) == (303, form(article) + "sent/")
    thanks = client.get(answer.headers["Location"]).content.decode()
    assert said("Thank you: we have your comment") in thanks
    assert article.get_absolute_url() in thanks


@pytest.mark.parametrize(
    ("words", "sentence", "status"),
    [
        ({"name": ""}, "Write the name that is to stand above your comment.", 422),
        (
            {"text": "字" * 1001},
            "A comment has at most %(most)s characters; yours has %(count)s. Shorten it.",
            422,
        ),
        (
            {"website": "https://example.org"},
            "A field that must stay empty was filled in. Send it once more.",
            422,
        ),
    ],
)
def test_what_was_typed_comes_back_with_the_reason(
    client: Client, article: Article, words: dict[str, str], sentence: str, status: int
) -> None:
    sent = {**WORDS, **words}
    answer = client.post(form(article), sent)
    told = answer.content.decode()
    assert answer.status_code == status
    assert said(sentence, most=1000, count=1001) in told
    assert f"\n{sent['text']}</textarea>" in told
    assert f'value="{sent["name"]}"' in told
    assert not ReaderComment.objects.exists()


def test_sent_twice_it_is_kept_once(client: Client, article: Article) -> None:
    client.post(form(article), WORDS)
    answer = client.post(form(article), WORDS)
    assert answer.status_code == 409
    sentence = "These words have come in already. The editors read them; nothing more is needed."
    assert said(sentence) in answer.content.decode()
    assert ReaderComment.objects.count() == 1


def test_one_address_sends_so_many_and_other_addresses_go_on(client: Client, article: Article) -> None:
    for number in range(COMMENT.most):
        client.post(form(article), {**WORDS, "text": f"第{number}条"})
    answer = client.post(form(article), {**WORDS, "text": "再来一条"})
    assert answer.status_code == 429
    assert "再来一条</textarea>" in answer.content.decode()
    elsewhere = client.post(form(article), {**WORDS, "text": "别处来的"}, REMOTE_ADDR="203.0.113.7")
    assert elsewhere.status_code == 303


def test_nothing_of_the_address_can_be_read_from_what_is_kept(client: Client, article: Article) -> None:
    client.post(form(article), WORDS, REMOTE_ADDR="203.0.113.7")
    assert "203.0.113.7" not in str(list(Attempt.objects.values()))
    assert Event.objects.get(action="send_comment").address is None


def test_a_forged_or_old_token_brings_the_words_back_to_be_sent_again(article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(form(article), WORDS)
    told = answer.content.decode()
    assert answer.status_code == 403
    assert not ReaderComment.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', told)
    assert token is not None
    assert f"\n{WORDS['text']}</textarea>" in told
    again = client.post(form(article), {**WORDS, "csrfmiddlewaretoken": token[1]})
    assert again.status_code == 303


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_it_rejects_other_methods(client: Client, article: Article, method: str) -> None:
    assert getattr(client, method)(form(article)).status_code == 405


# Who may.


def test_for_signed_in_readers_the_way_leads_over_the_door_and_loses_no_word(
    client: Client, article: Article, shelf: Shelf
) -> None:
    make_journal(comments="signed-in")
    sentence = "For signed-in readers. The editors read every comment before it stands here."
    assert said(sentence) in page(client, article)
    answer = client.get(form(article))
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"next={form(article).replace('/', '%2F')}")
    assert client.post(form(article), WORDS).status_code == 303
    assert not ReaderComment.objects.exists()
    client.force_login(shelf.cast.reader)
    told = client.get(form(article)).content.decode()
    assert f"\n{WORDS['text']}</textarea>" in told
    client.post(form(article), WORDS)
    assert ReaderComment.objects.get().person == shelf.cast.reader


def test_a_signed_in_reader_finds_their_name_there(client: Client, article: Article, shelf: Shelf) -> None:
    client.force_login(shelf.cast.reader)
    assert 'value="读者甲"' in client.get(form(article)).content.decode()


def test_of_an_issue_for_signed_in_readers_a_stranger_learns_nothing(client: Client, shelf: Shelf) -> None:
    make_journal(comments="everybody")
    address = form(shelf.secret)
    for answer in (client.get(address), client.post(address, WORDS), client.get(address + "sent/")):
        assert answer.status_code == 403
        assert shelf.secret.title not in answer.content.decode()
    assert not ReaderComment.objects.exists()
    client.force_login(shelf.cast.reader)
    assert client.post(address, WORDS).status_code == 303


def test_of_what_is_not_out_nobody_learns_anything(client: Client, shelf: Shelf) -> None:
    make_journal(comments="everybody")
    address = f"/comments/2026/12/{shelf.unpublished.code}/"
    client.force_login(shelf.cast.reader)
    assert client.get(address).status_code == 404
    assert client.post(address, WORDS).status_code == 404


def test_under_what_was_taken_down_nothing_stands_and_nothing_is_written(
    client: Client, article: Article, shelf: Shelf
) -> None:
    stand(article, "留在下面的话。")
    workflow.perform(
        "approve_retraction", article, shelf.cast.chief, reason="事实有误。", notice="本文已撤下。"
    )
    workflow.perform("take_down", article, shelf.cast.publisher)
    assert "留在下面的话。" not in page(client, article)
    assert client.post(form(article), WORDS).status_code == 404


def test_the_trap_is_no_field_of_the_form_a_reader_sees(client: Client, article: Article) -> None:
    told = client.get(form(article)).content.decode()
    assert f'<p class="comment-trap" aria-hidden="true"><label for="{views.TRAP}">' in told


def test_in_traditional_characters_the_frame_is_and_what_was_typed_stays(
    client: Client, article: Article
) -> None:
    address = "/zh-hant" + form(article)
    told = client.post(address, {**WORDS, "name": ""}).content.decode()
    assert f"\n{WORDS['text']}</textarea>" in told
    assert f'action="{address}"' in told
    answer = client.post(address, WORDS)
    assert answer.headers["Location"] == address + "sent/"
    assert ReaderComment.objects.get().text == WORDS["text"]
