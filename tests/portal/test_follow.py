"""What a sender is told on the way: letters, what is asked for beside each field, what they changed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles import co_authors, comments, workflow
from articles.models import Article
from articles.stages import Stage
from journal.notices.make import catch_up
from journal.notices.models import Notice
from journal.portal.changed import changed_since_return
from journal.security import POLICY
from tests.factories import Cast, make_article, make_user
from tests.portal.test_manuscripts import fields

SignIn = Callable[..., Client]


@pytest.fixture
def returned(cast: Cast) -> Article:
    """Returned with two remarks: one on the title, one on a place of the text."""
    article = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.contributor, title="渡口纪事")
    comments.add_comment(article, cast.editor, text="题目太泛。", block=None, quotation="渡口纪事")
    comments.add_comment(article, cast.editor, text="是哪一年？", block=0, quotation="过江的时候")
    due = timezone.localdate() + datetime.timedelta(days=7)
    workflow.perform("return", article, cast.editor, opinion="请补一段渡口的来历。", due_on=due)
    return article


def part(page: str, start: str, end: str) -> str:
    return page[page.index(start) : page.index(end, page.index(start))]


def test_remarks_stand_beside_the_field_they_quote(signed_in: SignIn, returned: Article) -> None:
    page = signed_in().get(f"/manuscripts/{returned.pk}/").content.decode()
    assert "题目太泛。" in part(page, 'name="title"', 'name="subtitle"')
    assert "是哪一年？" in part(page, "data-text", 'name="keywords"')
    assert page.count("题目太泛。") == 1


def test_after_sending_in_again_the_sender_sees_what_changed(
    cast: Cast, signed_in: SignIn, returned: Article
) -> None:
    client = signed_in()
    assert changed_since_return(returned) == []
    words = fields(returned, title="渡口三十年", words="第三次过江的时候，船工唱起了歌。", send="1")
    client.post(f"/manuscripts/{returned.pk}/", words)
    returned.refresh_from_db()
    assert returned.stage == Stage.FIRST_REVIEW
    changes = changed_since_return(returned)
    assert [run.text for run in changes[0].runs if run.kind == "ins"] == ["三十年"]
    page = client.get(f"/manuscripts/{returned.pk}/").content.decode()
    assert "三十年</ins>" in page
    assert cast.editor.name not in page


def test_a_letter_is_read_where_it_stands(cast: Cast, signed_in: SignIn, returned: Article) -> None:
    catch_up()
    client = signed_in()
    notice = Notice.objects.filter(article=returned, recipient=cast.contributor, kind="returned").get()
    assert notice.subject in client.get("/manuscripts/").content.decode()
    assert notice.subject in client.get(f"/manuscripts/{returned.pk}/").content.decode()
    client.post(f"/manuscripts/notices/{notice.pk}/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_invited_co_authors_are_told_and_see_it_in_their_list(cast: Cast, signed_in: SignIn) -> None:
    friend = make_user("contributor", name="邬桥")
    article = make_article(cast, Stage.DRAFT, submitter=cast.contributor)
    signed_in().post(f"/manuscripts/{article.pk}/co-authors/", {"email": friend.email.upper()})
    assert mail.outbox[-1].to == [friend.email]
    assert f"/manuscripts/{article.pk}/" in str(mail.outbox[-1].body)
    follower = Client()
    follower.force_login(friend)
    assert article.title in follower.get("/manuscripts/").content.decode()
    done = make_article(cast, Stage.FIRST_REVIEW, submitter=cast.contributor)
    co_authors.invite(done, friend.email, cast.contributor)
    catch_up()
    due = timezone.localdate() + datetime.timedelta(days=7)
    workflow.perform("return", done, cast.editor, opinion="请补一段。", due_on=due)
    catch_up()
    assert Notice.objects.filter(article=done, recipient=friend, kind="returned").exists()


@pytest.mark.parametrize("email", ["no address", ""])
def test_a_wrong_address_invites_nobody(cast: Cast, signed_in: SignIn, email: str) -> None:
    article = make_article(cast, Stage.DRAFT, submitter=cast.contributor)
    signed_in().post(f"/manuscripts/{article.pk}/co-authors/", {"email": email})
    assert not article.co_authors.exists()
    assert mail.outbox == []


def rich(article: Article, body: str, **changed: Any) -> dict[str, Any]:
    words = fields(article, body=body, **changed)
    del words["words"]
    return words


def test_the_rich_text_is_cleaned_and_stored(cast: Cast, signed_in: SignIn) -> None:
    article = make_article(cast, Stage.DRAFT, submitter=cast.contributor)
    body = '<h2>灯下</h2><p onclick="x()">一<strong>句</strong></p><script>alert(1)</script>'
    signed_in().post(f"/manuscripts/{article.pk}/", rich(article, body, store="1"))
    article.refresh_from_db()
    assert article.body == "<h2>灯下</h2><p>一<strong>句</strong></p>"


def test_a_page_that_sends_no_text_leaves_the_text_alone(cast: Cast, signed_in: SignIn) -> None:
    """A telephone shows a text with tables and headings and sends none."""
    body = "<h2>灯下</h2>\n<p>一句。</p>"
    article = make_article(cast, Stage.DRAFT, submitter=cast.contributor, body=body)
    words = fields(article, title="新题", store="1")
    del words["words"]
    signed_in().post(f"/manuscripts/{article.pk}/", words)
    article.refresh_from_db()
    assert (article.title, article.body) == ("新题", body)
    words = fields(
        article, words="把它换掉", title="再新的题", store="1"
    )  # a plain field cannot hold a heading
    signed_in().post(f"/manuscripts/{article.pk}/", words)
    article.refresh_from_db()
    assert (article.title, article.body) == ("再新的题", body)


def test_only_the_page_with_the_editor_has_the_editors_policy(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in()
    draft = make_article(cast, Stage.DRAFT, submitter=cast.contributor)
    sent = make_article(cast, Stage.SUBMITTED, submitter=cast.contributor)
    policies = {
        address: client.get(address).headers["Content-Security-Policy"]
        for address in ("/manuscripts/", f"/manuscripts/{draft.pk}/", f"/manuscripts/{sent.pk}/", "/account/")
    }
    assert [address for address, policy in policies.items() if policy != POLICY] == [
        f"/manuscripts/{draft.pk}/"
    ]
