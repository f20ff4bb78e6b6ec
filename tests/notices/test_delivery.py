"""Letters leave the house: whatever the mail server does, no button breaks and no letter is lost."""

from __future__ import annotations

import datetime
import smtplib
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article
from articles.stages import Stage
from journal.notices import deliver as delivery
from journal.notices.deliver import PAUSES, deliver, try_again
from journal.notices.models import Notice, State
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db

REFUSED = "refused@journal.org"


class Choosy(locmem.EmailBackend):
    """A mail server that does not know one address."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if message.to == [REFUSED]:
                raise smtplib.SMTPRecipientsRefused({REFUSED: (550, b"no such user\r\nBcc: x@y.org")})
        return super().send_messages(messages)


@pytest.fixture
def letter(cast: Cast, press_button: Callable[..., Any], settings: Any) -> Notice:
    """One queued letter to the author; nothing is sent by the button."""
    settings.NOTICES_DELIVER = "command"
    press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    return Notice.objects.get()


@pytest.fixture
def dead_server(settings: Any) -> None:
    """A port nobody listens on."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2


def pause_is_over(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk).update(next_try_at=timezone.now())


def test_a_letter_is_sent_as_it_is_kept(letter: Notice, cast: Cast) -> None:
    assert mail.outbox == []
    assert deliver().sent == 1
    (sent,) = mail.outbox
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.next_try_at) == (State.SENT, 1, None)
    assert letter.sent_at is not None
    assert (sent.subject, sent.body.strip()) == (letter.subject, letter.body)
    assert sent.to == [cast.contributor.email] == [letter.address]
    assert sent.from_email == "tougao@journal.org"
    assert deliver().sent == 0


def test_the_button_sends_at_once_where_that_cannot_wait(
    cast: Cast, press_button: Callable[..., Any], settings: Any
) -> None:
    settings.NOTICES_DELIVER = "now"
    press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    assert len(mail.outbox) == 1


def test_the_button_works_with_a_dead_mail_server(
    cast: Cast, press_button: Callable[..., Any], settings: Any, dead_server: None
) -> None:
    settings.NOTICES_DELIVER = "now"
    article = make_article(cast, Stage.FINAL_REVIEW)
    press_button("accept", article, cast.chief, opinion="用。")
    assert Article.objects.get(pk=article.pk).stage == Stage.ACCEPTED
    notice = Notice.objects.get()
    assert notice.state == State.FAILED
    assert notice.error
    assert notice.next_try_at is not None
    assert notice.next_try_at > timezone.now()


def test_a_dead_server_is_asked_once_a_run_and_later_the_letters_go_out(
    letter: Notice, cast: Cast, press_button: Callable[..., Any], dead_server: None, settings: Any
) -> None:
    press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    done = deliver()
    assert (done.sent, done.failed) == (0, 1)
    assert done.stopped
    assert deliver().failed == 1  # the other one; the first has its pause
    assert deliver().failed == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver().sent == 0
    for notice in Notice.objects.all():
        pause_is_over(notice)
    assert deliver().sent == 2
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.error) == (State.SENT, 2, "")


def test_the_command_says_what_stopped_it(letter: Notice, dead_server: None, capsys: Any) -> None:
    call_command("send_notices")
    said = capsys.readouterr()
    letter.refresh_from_db()
    assert letter.error
    assert letter.error in said.err


def test_one_bad_address_stops_no_other_letter(
    letter: Notice, cast: Cast, press_button: Callable[..., Any], settings: Any
) -> None:
    cast.contributor.email = REFUSED
    cast.contributor.save()
    press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    settings.EMAIL_BACKEND = "tests.notices.test_delivery.Choosy"
    done = deliver()
    assert (done.sent, done.failed, done.stopped) == (1, 1, "")
    refused = Notice.objects.get(state=State.FAILED)
    assert REFUSED in refused.error
    assert "\n" not in refused.error


def test_a_letter_is_given_up_after_its_pauses_until_somebody_asks(letter: Notice, dead_server: None) -> None:
    for _number in range(len(PAUSES) + 1):
        pause_is_over(letter)
        assert deliver().failed == 1
    letter.refresh_from_db()
    assert letter.next_try_at is None
    assert deliver().failed == 0
    assert try_again(letter)
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (State.QUEUED, 0)
    assert deliver().failed == 1


def test_what_was_sent_is_not_put_into_the_queue_again(letter: Notice) -> None:
    deliver()
    assert not try_again(letter)
    assert deliver().sent == 0


def test_a_process_killed_while_sending_leaves_a_letter_that_is_tried_again(
    letter: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "mark_sent", die)
        with pytest.raises(KeyboardInterrupt):
            deliver()
    assert deliver().sent == 0, "the claim of the dead one still stands"
    letter.refresh_from_db()
    assert letter.next_try_at is not None
    assert letter.next_try_at - timezone.now() <= datetime.timedelta(minutes=2)
    pause_is_over(letter)
    assert deliver().sent == 1
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_no_title_can_write_a_header(cast: Cast, press_button: Callable[..., Any], break_: str) -> None:
    title = f"渡口{break_}Bcc: victim@journal.org{break_}{break_}<html>"
    article = make_article(cast, Stage.FINAL_REVIEW, title=title)
    press_button("accept", article, cast.chief, opinion="用。")
    deliver()
    message = message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=policy.default)
    assert "Bcc" not in message
    assert message.get_content_type() == "text/plain"
    assert "victim@journal.org" in message["Subject"]
    assert message["To"] == cast.contributor.email
    assert mail.outbox[-1].recipients() == [cast.contributor.email]


@pytest.mark.parametrize(
    "address", ["", "a@b.org\nBcc: c@d.org", "a@b.org, c@d.org", "nobody", "x@lanjiang.example", "x@y.test"]
)
def test_an_address_that_is_none_is_never_mailed(
    cast: Cast, press_button: Callable[..., Any], address: str
) -> None:
    cast.contributor.email = address
    cast.contributor.save()
    press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    deliver()
    assert mail.outbox == []
    assert Notice.objects.get().state == State.DESK


def test_a_run_sends_no_more_than_it_was_told(
    cast: Cast, press_button: Callable[..., Any], settings: Any
) -> None:
    settings.NOTICES_DELIVER = "command"
    for _number in range(4):
        press_button("accept", make_article(cast, Stage.FINAL_REVIEW), cast.chief, opinion="用。")
    assert deliver(limit=3).sent == 3
    assert Notice.objects.filter(state=State.QUEUED).count() == 1


def test_the_words_of_a_notice_never_change(letter: Notice) -> None:
    letter.body = "别的话"
    with pytest.raises(TypeError):
        letter.save()
    with pytest.raises(TypeError):
        Notice.objects.filter(pk=letter.pk).update(subject="别的话")
    with pytest.raises(TypeError):
        letter.delete()
