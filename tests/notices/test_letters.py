"""Letters written by hand: kept on the record, to the people of the manuscript only."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from articles.models import Event
from articles.refusals import Refused
from articles.stages import Stage
from journal.notices.kinds import Kind
from journal.notices.letters import mark_read, notices_of, printed_letter, unread_for, write
from journal.notices.make import catch_up
from journal.notices.models import Notice, NoticeTemplate
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db


def letter(cast: Cast, article: Any, by: Any, **changed: Any) -> Notice:
    words = {"to": cast.contributor, "subject": "请补图", "body": "请补原图。", **changed}
    return write(article, by, **words)


def test_a_letter_is_sent_kept_and_in_the_record(cast: Cast) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    version = article.version
    notice = letter(cast, article, cast.editor, address="192.0.2.1")
    event = Event.objects.latest("pk")
    assert (event.action, event.actor, event.article, event.address) == (
        "notice",
        cast.editor,
        article,
        "192.0.2.1",
    )
    assert event.data["subject"] == "请补图"
    assert list(notices_of(article)) == [notice]
    assert mail.outbox[0].body.strip() == "请补原图。"
    article.refresh_from_db()
    assert (article.stage, article.version) == (Stage.FIRST_REVIEW, version)
    catch_up()
    assert Notice.objects.filter(event=event).count() == 1


@pytest.mark.parametrize("person", ["proofreader", "publisher", "contributor", "reader", "audit_officer"])
def test_who_may_not_write_is_refused_and_nothing_is_sent(cast: Cast, person: str) -> None:
    article = make_article(cast, Stage.FIRST_REVIEW)
    with pytest.raises(Refused) as refused:
        letter(cast, article, getattr(cast, person))
    assert refused.value.status == 403
    assert not Notice.objects.exists()
    assert not Event.objects.filter(action="notice").exists()


@pytest.mark.parametrize(
    ("changed", "status"), [({"subject": " \n "}, 422), ({"body": " "}, 422), ({"body": "长" * 20_001}, 422)]
)
def test_a_letter_without_words_is_refused(cast: Cast, changed: dict[str, str], status: int) -> None:
    with pytest.raises(Refused) as refused:
        letter(cast, make_article(cast, Stage.FIRST_REVIEW), cast.editor, **changed)
    assert refused.value.status == status
    assert not Event.objects.filter(action="notice").exists()


def test_a_letter_goes_to_nobody_else(cast: Cast) -> None:
    with pytest.raises(Refused):
        letter(cast, make_article(cast, Stage.FIRST_REVIEW), cast.editor, to=cast.reader)


def test_a_subject_is_one_line(cast: Cast) -> None:
    notice = letter(cast, make_article(cast, Stage.DRAFT), cast.editor, subject="一\r\nBcc: x@y.org")
    assert notice.subject == "一 Bcc: x@y.org"


def test_only_my_own_notices_become_read(cast: Cast) -> None:
    theirs = letter(cast, make_article(cast, Stage.FIRST_REVIEW), cast.editor)
    assert unread_for(cast.contributor) == 1
    assert mark_read(cast.editor, [theirs.pk]) == 0
    assert mark_read(cast.contributor, [theirs.pk]) == 1
    assert unread_for(cast.contributor) == 0


def test_a_printed_letter_is_the_one_that_was_sent(cast: Cast) -> None:
    article = make_article(cast, Stage.ACCEPTED)
    assert printed_letter(article, Kind.REJECTED) is None
    unsent = printed_letter(article, Kind.ACCEPTED)
    assert unsent is not None
    assert "贺苇：" in unsent[1]
    catch_up()
    NoticeTemplate.objects.filter(kind="accepted").update(body="后来的话")
    sent = printed_letter(article, Kind.ACCEPTED)
    assert sent == (Notice.objects.get(kind="accepted").subject, Notice.objects.get(kind="accepted").body)
