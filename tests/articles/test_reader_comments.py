"""Readers' comments at their one door: what is kept, who decides, what the record tells."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from articles import reader_comments, record, workflow
from articles.models import Article, Event, ReaderComment
from articles.plain_words import one_line, plain_lines
from articles.reader_comments import LONGEST_TEXT, MOST_AN_HOUR, MOST_UNDER_ONE, decide, send, set_closed
from articles.record_check import Verification
from articles.refusals import Refused
from tests.factories import Cast, make_journal, printed_issue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOBODY = AnonymousUser()


@pytest.fixture
def cast() -> Cast:
    make_journal(publication_type="serial", comments="everybody")
    return Cast()


@pytest.fixture
def article(cast: Cast) -> Article:
    found = printed_issue(cast, 1).articles.get()
    assert found.issue is not None
    return found


def write(article: Article, who: Any = NOBODY, text: str = "渡口的缆绳写得好。", name: str = "江边人") -> Any:
    return send(article, who, name=name, text=text)


def refused(deed: Any) -> Refused:
    with pytest.raises(Refused) as told:
        deed()
    return told.value


def test_it_is_off_until_the_journal_switches_it_on() -> None:
    assert make_journal().comments == "off"


def test_what_a_reader_sends_waits_for_the_editors(article: Article) -> None:
    comment = write(article)
    assert (comment.state, comment.person, comment.moderated_by) == ("waiting", None, None)
    assert list(article.reader_comments.shown()) == []


def test_a_signed_in_reader_is_known_to_the_office(article: Article, cast: Cast) -> None:
    assert write(article, cast.reader).person == cast.reader


@pytest.mark.parametrize(("setting", "code"), [("off", "off"), ("signed-in", "sign-in")])
def test_the_journal_says_who_may_write(article: Article, setting: str, code: str) -> None:
    make_journal(comments=setting)
    assert refused(lambda: write(article)).code == code
    assert not ReaderComment.objects.exists()


def test_where_signed_in_readers_write_they_may(article: Article, cast: Cast) -> None:
    make_journal(comments="signed-in")
    assert write(article, cast.reader).state == "waiting"


def test_who_may_not_read_an_issue_writes_nothing_under_it(cast: Cast) -> None:
    make_journal(publication_type="internal")  # for signed-in readers, unless decided otherwise
    article = printed_issue(cast, 1).articles.get()
    assert refused(lambda: write(article)).code == "off"
    assert write(article, cast.reader).state == "waiting"


def test_nothing_is_written_under_what_is_not_out_or_taken_down(article: Article, cast: Cast) -> None:
    waiting = write(article)
    workflow.perform("approve_retraction", article, cast.chief, reason="事实有误。", notice="本文已撤下。")
    workflow.perform("take_down", article, cast.publisher)
    assert refused(lambda: write(article, text="晚了一步。")).code == "off"
    assert refused(lambda: decide("show_comment", [waiting.pk], cast.editor)).code == "not-out"


# The words.


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        ({"name": "  "}, "missing", "name"),
        ({"name": "\u3164\u200b"}, "missing", "name"),
        ({"name": "长" * 31}, "too-long", "name"),
        ({"text": " \n\u200b\u2066 "}, "missing", "text"),
        ({"text": "长" * (LONGEST_TEXT + 1)}, "too-long", "text"),
        ({"text": "行\n" * 10_000}, "too-long", "text"),
        ({"text": "行\n" * 45}, "too-many-lines", "text"),
    ],
)
def test_words_that_do_not_fit_are_refused_by_name(
    article: Article, words: dict[str, str], code: str, field: str
) -> None:
    refusal = refused(lambda: write(article, **words))
    assert (refusal.code, refusal.field) == (code, field)
    assert not ReaderComment.objects.exists()


def test_ten_thousand_empty_lines_are_one(article: Article) -> None:
    assert write(article, text="上" + "\n \r\n" * 10_000 + "下").text == "上\n\n下"


def test_mark_up_is_kept_as_the_characters_it_is(article: Article) -> None:
    hostile = "<script>alert(1)</script> & <b>粗</b> {{ x }} https://example.org"
    assert write(article, text=hostile).text == hostile


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb\u2066c\u200f", "abc"),
        ("看\u200b不\u2060见\ufeff的\u00ad", "看不见的"),
        ("\x00\x07\x1b[31m红", "[31m红"),
        ("标\U000e0041签\U000e007f", "标签"),
        ("e" + "\u0301" * 50, "é" + "\u0301" * 2),
        ("盲文\u2800填充\u3164", "盲文填充"),
        ("行\u2028段\u2029尾", "行\n段\n尾"),
        ("　　缩进　", "缩进"),
        ("一\r\n\r\n\r\n\r\n二", "一\n\n二"),
    ],
)
def test_what_nobody_sees_is_left_out(typed: str, kept: str) -> None:
    assert plain_lines(typed) == kept


def test_a_name_is_one_line() -> None:
    assert one_line(" 江\n边\u202e人\t甲 ") == "江 边人 甲"


def test_nothing_of_the_senders_address_is_kept(article: Article) -> None:
    with record.asked_from("203.0.113.9"):
        comment = write(article)
    told = Event.objects.get(action="send_comment")
    assert (told.address, told.actor, told.actor_name) == (None, None, "A reader")
    assert comment.text not in str(told.data)
    assert comment.name not in str(told.data)
    assert {field.name for field in ReaderComment._meta.get_fields()} == {
        *("id", "article", "name", "text", "at", "person"),
        *("state", "moderated_by", "moderated_at", "reason"),
    }


# Too much of it.


def test_the_same_words_come_in_once_a_day(article: Article) -> None:
    fill(article, 1, text="渡口的缆绳写得好。", days=2)
    write(article)
    refusal = refused(lambda: write(article, name="另一人", text="渡口的缆绳写得好。 \u200b"))
    assert (refusal.code, refusal.status) == ("same", 409)


def fill(article: Article, count: int, text: str = "", **ago: int) -> None:
    """Comments that came in some time ago, written past the door."""
    at = timezone.now() - datetime.timedelta(**ago)
    rows = [ReaderComment(article=article, name="甲", text=text or f"第{n}条", at=at) for n in range(count)]
    with record.performing():
        ReaderComment.objects.bulk_create(rows)


def test_one_article_takes_so_many_an_hour(article: Article) -> None:
    fill(article, MOST_AN_HOUR, hours=2)
    assert write(article).state == "waiting"
    fill(article, MOST_AN_HOUR - 1)
    assert refused(lambda: write(article, text="又一条。")).status == 429


def test_one_article_takes_so_many_in_all(article: Article) -> None:
    fill(article, MOST_UNDER_ONE, days=30)
    assert refused(lambda: write(article)).code == "full"


# Decisions.


def test_an_editor_shows_removes_and_restores_and_the_record_tells_each(article: Article, cast: Cast) -> None:
    comment = write(article)
    decide("show_comment", [comment.pk], cast.editor, address="198.51.100.7")
    assert list(article.reader_comments.shown()) == [comment]
    decide("remove_comment", [comment.pk], cast.head, reason="含他人电话")
    assert list(article.reader_comments.shown()) == []
    decide("restore_comment", [comment.pk], cast.chief)
    told = list(Event.objects.filter(data__reader_comment=comment.pk).order_by("pk"))
    assert [(e.action, e.data["from"], e.data["to"]) for e in told] == [
        ("send_comment", "", "waiting"),
        ("show_comment", "waiting", "shown"),
        ("remove_comment", "shown", "removed"),
        ("restore_comment", "removed", "shown"),
    ]
    assert (told[1].actor, told[1].address, told[2].note) == (cast.editor, "198.51.100.7", "含他人电话")
    assert {e.before == e.after == article.stage for e in told} == {True}
    assert list(Verification().findings()) == []


def test_what_was_removed_stays_for_the_office_and_matches_the_record(article: Article, cast: Cast) -> None:
    comment = write(article)
    decide("refuse_comment", [comment.pk], cast.editor, reason="与本文无关")
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.reason) == ("refused", "渡口的缆绳写得好。", "与本文无关")
    told = Event.objects.get(action="refuse_comment")
    assert told.data["sha256"] == reader_comments.digest_of(comment)


def test_what_the_writer_wants_forgotten_is_forgotten_and_the_record_still_stands(
    article: Article, cast: Cast
) -> None:
    comment = write(article, cast.reader)
    assert (
        refused(lambda: decide("erase_comment", [comment.pk], cast.editor, reason="本人要求")).code
        == "decided"
    )
    decide("refuse_comment", [comment.pk], cast.editor, reason="本人要求")
    decide("erase_comment", [comment.pk], cast.editor, reason="本人要求")
    comment.refresh_from_db()
    assert (comment.state, comment.name, comment.text, comment.person) == ("erased", "", "", None)
    assert refused(lambda: decide("restore_comment", [comment.pk], cast.editor)).code == "decided"
    assert list(Verification().findings()) == []


@pytest.mark.parametrize("action", ["refuse_comment", "remove_comment"])
def test_nothing_is_taken_off_without_a_reason(article: Article, cast: Cast, action: str) -> None:
    comment = write(article)
    if action == "remove_comment":
        decide("show_comment", [comment.pk], cast.editor)
    refusal = refused(lambda: decide(action, [comment.pk], cast.editor, reason=" \u200b "))
    assert (refusal.code, refusal.field) == ("missing", "reason")


@pytest.mark.parametrize("person", ["reader", "contributor", "registrar", "proofreader", "publisher"])
def test_who_does_not_answer_for_the_texts_decides_nothing(article: Article, cast: Cast, person: str) -> None:
    comment = write(article)
    who = getattr(cast, person)
    assert refused(lambda: decide("show_comment", [comment.pk], who)).code == "no-right"
    assert refused(lambda: set_closed(article, True, who)).code == "no-right"


def test_of_two_editors_the_second_is_told_who_was_first(article: Article, cast: Cast) -> None:
    first, other = write(article), write(article, text="另一条。")
    decide("show_comment", [first.pk], cast.editor)
    refusal = refused(lambda: decide("refuse_comment", [first.pk, other.pk], cast.head, reason="广告"))
    assert (refusal.code, refusal.status) == ("decided", 409)
    assert "陆小满" in str(refusal)
    other.refresh_from_db()
    assert other.state == "waiting"


@pytest.mark.parametrize(
    ("keys", "action", "code"),
    [([], "show_comment", "missing"), ([0], "show_comment", "gone"), ([1], "drop", "unknown-action")],
)
def test_nonsense_is_refused(cast: Cast, keys: list[int], action: str, code: str) -> None:
    assert refused(lambda: decide(action, keys, cast.editor)).code == code


def test_nothing_is_shown_while_comments_are_off(article: Article, cast: Cast) -> None:
    comment = write(article)
    make_journal(comments="off")
    assert refused(lambda: decide("show_comment", [comment.pk], cast.editor)).code == "off"


def test_a_closed_article_takes_no_more_and_keeps_what_it_has(article: Article, cast: Cast) -> None:
    comment = write(article)
    decide("show_comment", [comment.pk], cast.editor)
    set_closed(article, True, cast.editor)
    article.refresh_from_db()
    assert refused(lambda: write(article, text="还有一句。")).code == "closed"
    assert list(article.reader_comments.shown()) == [comment]
    assert refused(lambda: set_closed(article, True, cast.head)).code == "no-change"
    set_closed(article, False, cast.head)
    article.refresh_from_db()
    assert write(article, text="还有一句。").state == "waiting"
    assert [e.action for e in Event.objects.order_by("pk")][-3:-1] == ["close_comments", "reopen_comments"]


def test_nothing_goes_past_the_door(article: Article) -> None:
    comment = write(article)
    comment.state = "shown"
    with pytest.raises(TypeError):
        comment.save(update_fields=["state"])
    with pytest.raises(TypeError):
        ReaderComment.objects.update(state="shown")
    with pytest.raises(TypeError):
        comment.delete()
    with pytest.raises(TypeError):
        Article(code="x", title="x", comments_closed=True).save()
    with record.performing(), pytest.raises(TypeError):
        ReaderComment.objects.update(article=None)
