"""Correspondence at the desk: mine, letters, wording, what was not sent, forms for paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from lxml import html

from articles.models import Event
from articles.stages import Stage
from journal.notices.deliver import mark_failed
from journal.notices.letters import write
from journal.notices.make import catch_up
from journal.notices.models import Notice, NoticeTemplate
from tests.factories import Cast, make_article, make_journal

pytestmark = pytest.mark.django_db

WRITERS = {"registrar", "editor", "head", "chief"}
KEEPERS = {"registrar", "head", "chief"}


def address(name: str, *arguments: Any) -> str:
    return reverse(f"admin:{name}", args=arguments)


@pytest.fixture
def article(cast: Cast) -> Any:
    """A manuscript everybody has been told about."""
    cast.head  # noqa: B018 - made so that there is somebody to tell
    make_journal(name="岚江")
    article = make_article(cast, Stage.SECOND_REVIEW, title="渡口纪事")
    catch_up()
    return article


def letter(cast: Cast, article: Any, **changed: Any) -> Notice:
    words = {"to": cast.contributor, "subject": "请补图", "body": "请补原图。", **changed}
    return write(article, cast.editor, **words)


class TestMine:
    def test_i_see_what_was_told_to_me_alone(self, at_desk: Callable[..., Client], article: Any) -> None:
        page = at_desk("head").get(address("my_notices"))
        assert [n.kind for n in page.context["page"]] == ["waiting"]
        assert not at_desk("editor").get(address("my_notices")).context["page"].object_list

    def test_the_head_of_every_page_counts_them(self, at_desk: Callable[..., Client], article: Any) -> None:
        def link(person: str) -> str:
            page = html.fromstring(at_desk(person).get(address("index")).content)
            (found,) = page.xpath(f'//a[@href="{address("my_notices")}"]')
            return str(found.text_content())

        assert "1" in link("head")
        assert "1" not in link("editor")

    def test_read_is_read_and_nobody_elses(
        self, at_desk: Callable[..., Client], article: Any, cast: Cast
    ) -> None:
        theirs = letter(cast, article)
        mine = Notice.objects.get(recipient=cast.head)
        client = at_desk("head")
        client.post(address("my_notices_read"), {"notice": [mine.pk, theirs.pk]})
        mine.refresh_from_db()
        theirs.refresh_from_db()
        assert mine.read_at is not None
        assert theirs.read_at is None
        assert [n.pk for n in client.get(address("my_notices") + "?show=all").context["page"]] == [mine.pk]

    def test_all_read_are_those_the_page_showed(self, at_desk: Callable[..., Client], cast: Cast) -> None:
        cast.head  # noqa: B018
        make_article(cast, Stage.SECOND_REVIEW)
        catch_up()
        client = at_desk("head")
        page = html.fromstring(client.get(address("my_notices")).content)
        (newest,) = page.xpath("//input[@name='newest']/@value")
        make_article(cast, Stage.SECOND_REVIEW)
        catch_up()
        client.post(address("my_notices_read"), {"newest": newest})
        (unread,) = Notice.objects.unread_by(cast.head)
        assert unread.pk > int(newest)

    @pytest.mark.parametrize("forged", ["x", "-1", "9" * 40, "1;2", ""])
    def test_a_forged_number_is_refused_with_a_sentence(
        self, at_desk: Callable[..., Client], article: Any, forged: str
    ) -> None:
        answer = at_desk("head").post(address("my_notices_read"), {"notice": forged})
        assert answer.status_code == 422
        assert Notice.objects.unread_by(Notice.objects.get(kind="waiting").recipient).count() == 1

    def test_words_of_others_are_only_words(self, at_desk: Callable[..., Client], cast: Cast) -> None:
        cast.head  # noqa: B018
        make_article(cast, Stage.SECOND_REVIEW, title="<img src=x onerror=alert(1)>javascript:alert(1)")
        catch_up()
        page = html.fromstring(at_desk("head").get(address("my_notices")).content)
        assert not page.xpath("//main//img | //*[@onerror] | //a[starts-with(@href, 'javascript')]")

    @pytest.mark.parametrize(
        "name", ["my_notices", "notices_notice_changelist", "notices_noticetemplate_changelist"]
    )
    def test_no_list_asks_more_when_it_grows(
        self,
        at_desk: Callable[..., Client],
        article: Any,
        cast: Cast,
        name: str,
        django_assert_max_num_queries: Any,
    ) -> None:
        for _number in range(25):
            letter(cast, make_article(cast, Stage.SECOND_REVIEW))
        catch_up()
        client = at_desk("head")
        with django_assert_max_num_queries(15):
            assert client.get(address(name)).status_code == 200


class TestLetters:
    def test_a_letter_starts_from_the_offices_wording(
        self, at_desk: Callable[..., Client], article: Any, cast: Cast
    ) -> None:
        template = NoticeTemplate.objects.get(name="请补充材料")
        page = at_desk("editor").get(address("articles_article_write", article.pk), {"template": template.pk})
        assert "渡口纪事" in page.context["form"].initial["body"]
        assert cast.contributor.name in page.content.decode()

    def test_it_is_sent_and_stands_on_the_manuscripts_page(
        self, at_desk: Callable[..., Client], article: Any, cast: Cast
    ) -> None:
        client = at_desk("editor")
        words = {"to": cast.contributor.pk, "subject": "请补图", "body": "请补原图。", "by_email": "on"}
        answer = client.post(address("articles_article_write", article.pk), words)
        assert answer.url == address("articles_article_change", article.pk)
        assert mail.outbox[0].to == [cast.contributor.email]
        assert Event.objects.latest("pk").action == "notice"
        notice = Notice.objects.get(kind="letter")
        page = client.get(answer.url).content.decode()
        assert address("notices_notice_change", notice.pk) in page

    def test_what_was_typed_comes_back_when_something_is_missing(
        self, at_desk: Callable[..., Client], article: Any, cast: Cast
    ) -> None:
        words = {"to": cast.contributor.pk, "subject": "", "body": "写了很久的话"}
        answer = at_desk("editor").post(address("articles_article_write", article.pk), words)
        assert answer.status_code == 422
        assert "写了很久的话" in answer.content.decode()
        assert not mail.outbox

    def test_a_forged_recipient_gets_nothing(
        self, at_desk: Callable[..., Client], article: Any, cast: Cast
    ) -> None:
        words = {"to": cast.reader.pk, "subject": "一", "body": "二"}
        answer = at_desk("editor").post(address("articles_article_write", article.pk), words)
        assert answer.status_code == 422
        assert not Notice.objects.filter(kind="letter").exists()

    def test_a_right_taken_away_while_writing_sends_nothing(
        self, at_desk: Callable[..., Client], article: Any, cast: Cast
    ) -> None:
        client = at_desk("editor")
        cast.editor.groups.clear()
        words = {"to": cast.contributor.pk, "subject": "一", "body": "二"}
        answer = client.post(address("articles_article_write", article.pk), words)
        assert answer.status_code in {302, 403}
        assert not Notice.objects.filter(kind="letter").exists()


class TestWording:
    def test_the_office_changes_its_wording(self, at_desk: Callable[..., Client]) -> None:
        row = NoticeTemplate.objects.get(kind="accepted")
        words = {"name": "录用通知", "subject": "录用：{题名}", "body": "{收件人}：录用。", "active": "on"}
        answer = at_desk("registrar").post(address("notices_noticetemplate_change", row.pk), words)
        assert answer.status_code == 302
        row.refresh_from_db()
        assert (row.subject, row.by_email, row.kind) == ("录用：{题名}", False, "accepted")

    def test_an_unknown_place_is_named_and_nothing_stored(self, at_desk: Callable[..., Client]) -> None:
        row = NoticeTemplate.objects.get(kind="accepted")
        words = {"name": "录用通知", "subject": "录用", "body": "{审稿人}同意。", "active": "on"}
        answer = at_desk("registrar").post(address("notices_noticetemplate_change", row.pk), words)
        assert "{审稿人}" in html.fromstring(answer.content.decode()).xpath("string(//*[@class='errorlist'])")
        row.refresh_from_db()
        assert "审稿人" not in row.body

    def test_a_new_one_is_a_letter_whatever_the_form_says(self, at_desk: Callable[..., Client]) -> None:
        words = {"name": "约稿", "subject": "约稿", "body": "好。", "kind": "accepted", "active": "on"}
        assert at_desk("head").post(address("notices_noticetemplate_add"), words).status_code == 302
        assert NoticeTemplate.objects.get(name="约稿").kind == "letter"

    @pytest.mark.parametrize(("body", "status"), [("《{题名}》{稿号}", 200), ("{审稿人}", 422)])
    def test_a_preview_stores_nothing(self, at_desk: Callable[..., Client], body: str, status: int) -> None:
        before = list(NoticeTemplate.objects.values_list("body", flat=True))
        words = {"kind": "accepted", "subject": "题", "body": body}
        answer = at_desk("chief").post(address("notices_noticetemplate_preview"), words)
        assert answer.status_code == status
        assert ("2026-0123" in answer.content.decode()) is (status == 200)
        assert list(NoticeTemplate.objects.values_list("body", flat=True)) == before


class TestNotSent:
    @pytest.fixture
    def failed(self, cast: Cast, article: Any) -> Notice:
        notice = letter(cast, article)
        Notice.objects.filter(pk=notice.pk).update(state="queued", tries=1)
        notice.refresh_from_db()
        mark_failed(notice, "邮件服务器没有回应。")
        notice.refresh_from_db()
        return notice

    def test_the_sentence_is_shown_and_it_can_be_tried_again(
        self, at_desk: Callable[..., Client], failed: Notice
    ) -> None:
        client = at_desk("registrar")
        page = client.get(address("notices_notice_change", failed.pk)).content.decode()
        assert "邮件服务器没有回应。" in page
        assert address("notices_notice_retry", failed.pk) in page
        client.post(address("notices_notice_retry", failed.pk))
        failed.refresh_from_db()
        assert failed.state == "queued"

    def test_an_editor_reads_it_but_does_not_try(
        self, at_desk: Callable[..., Client], failed: Notice
    ) -> None:
        client = at_desk("editor")
        page = client.get(address("notices_notice_change", failed.pk)).content.decode()
        assert address("notices_notice_retry", failed.pk) not in page
        assert client.post(address("notices_notice_retry", failed.pk)).status_code == 403
        failed.refresh_from_db()
        assert failed.state == "failed"

    def test_what_was_sent_is_not_sent_twice(
        self, at_desk: Callable[..., Client], cast: Cast, article: Any
    ) -> None:
        notice = letter(cast, article)
        at_desk("registrar").post(address("notices_notice_retry", notice.pk))
        notice.refresh_from_db()
        assert notice.state == "sent"
        assert len(mail.outbox) == 1


class TestPaper:
    def test_the_registration_slip_says_who_and_when(
        self, at_desk: Callable[..., Client], article: Any, cast: Cast
    ) -> None:
        page = at_desk("registrar").get(address("articles_article_slip", article.pk))
        text = html.fromstring(page.content).xpath("string(//main)")
        for word in ("渡口纪事", article.manuscript_number, cast.contributor.name, "芦滩镇文化站"):
            assert word in text

    def test_a_letter_prints_as_it_was_sent(self, at_desk: Callable[..., Client], cast: Cast) -> None:
        article = make_article(cast, Stage.RETURNED)
        catch_up()
        page = at_desk("editor").get(address("articles_article_slip", article.pk), {"form": "returned"})
        assert "请补数据出处。" in html.fromstring(page.content).xpath("string(//main)")
        desk = at_desk("editor").get(address("articles_article_change", article.pk)).content.decode()
        assert address("articles_article_slip", article.pk) + "?form=returned" in desk
        assert "?form=accepted" not in desk

    @pytest.mark.parametrize("form", ["accepted", "letter", "../x", "waiting"])
    def test_a_form_it_has_not_come_to_is_a_sentence(
        self, at_desk: Callable[..., Client], article: Any, form: str
    ) -> None:
        page = at_desk("editor").get(address("articles_article_slip", article.pk), {"form": form})
        assert page.status_code == 404
        assert html.fromstring(page.content).xpath("string(//*[@role='alert'])").strip()


ADDRESSES = {
    "my_notices": WRITERS | {"proofreader", "publisher", "audit_officer"},
    "notices_notice_changelist": WRITERS,
    "notices_notice_change": WRITERS,
    "notices_noticetemplate_changelist": KEEPERS,
    "notices_noticetemplate_change": KEEPERS,
    "notices_noticetemplate_add": KEEPERS,
    "articles_article_write": WRITERS,
    "articles_article_slip": WRITERS | {"proofreader", "publisher"},
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_page_is_open_to_these_alone(
    at_desk: Callable[..., Client], article: Any, cast: Cast, name: str
) -> None:
    keys = {"notices_notice_change": Notice.objects.latest("pk").pk, "articles_article_write": article.pk}
    keys |= {"articles_article_slip": article.pk}
    keys["notices_noticetemplate_change"] = NoticeTemplate.objects.latest("pk").pk
    page = address(name, *([keys[name]] if name in keys else []))
    people = WRITERS | {"proofreader", "publisher", "audit_officer", "contributor", "reader"}
    assert {person for person in people if at_desk(person).get(page).status_code == 200} == ADDRESSES[name]


def test_no_notice_is_made_changed_or_deleted_by_hand(at_desk: Callable[..., Client], article: Any) -> None:
    notice = Notice.objects.latest("pk")
    client = at_desk("chief")
    for name in ("notices_notice_add", "notices_notice_delete"):
        arguments = [] if name.endswith("add") else [notice.pk]
        assert client.get(address(name, *arguments)).status_code == 403
    client.post(address("notices_notice_change", notice.pk), {"subject": "别的"})
    assert Notice.objects.get(pk=notice.pk).subject == notice.subject
