"""Letters about accounts are kept before they are posted: a dead mail server costs nobody anything."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from journal.notices.account_letter import GOOD_FOR, KEPT, forget
from journal.notices.models import AccountLetter, State
from journal.people.models import Registration
from tests.factories import Cast, make_user
from tests.people.test_registration import ASKED, ask, confirm

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead_server(settings: Any) -> None:
    """A port nobody listens on."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2


def server_is_back(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    AccountLetter.objects.filter(state=State.FAILED).update(next_try_at=timezone.now())


@pytest.mark.parametrize("deliver", ["now", "command"])
def test_a_dead_mail_server_costs_nobody_their_registration(
    client: Client, settings: Any, dead_server: None, deliver: str
) -> None:
    settings.NOTICES_DELIVER = deliver
    assert ask(client).headers["Location"] == "/register/sent/"
    assert Registration.objects.count() == 1
    call_command("send_notices", verbosity=0)
    assert mail.outbox == []
    server_is_back(settings)
    call_command("send_notices", verbosity=0)
    assert [letter.to for letter in mail.outbox] == [[ASKED["email"]]]
    assert confirm(client).headers["Location"] == "/manuscripts/"


def test_no_request_waits_for_a_mail_server(client: Client, settings: Any) -> None:
    """As with SMTP: the letter is a row, and the command of the minute posts it."""
    settings.NOTICES_DELIVER = "command"
    ask(client)
    client.post("/password/forgotten/", {"email": make_user("contributor").email})
    assert mail.outbox == []
    call_command("send_notices", verbosity=0)
    assert mail.outbox[0].to == [ASKED["email"]]


def test_a_letter_is_sent_once_and_its_words_are_wiped_then(client: Client) -> None:
    ask(client)
    call_command("send_notices", verbosity=0)
    assert len(mail.outbox) == 1
    letter = AccountLetter.objects.get()
    assert (letter.state, letter.body, letter.address) == (State.SENT, "", ASKED["email"])


def test_keys_that_open_nothing_any_more_are_not_kept(client: Client, settings: Any) -> None:
    settings.NOTICES_DELIVER = "command"
    ask(client)
    AccountLetter.objects.update(made_at=timezone.now() - GOOD_FOR - datetime.timedelta(minutes=1))
    call_command("send_notices", verbosity=0)
    assert mail.outbox == []
    assert AccountLetter.objects.get().body == ""
    AccountLetter.objects.update(made_at=timezone.now() - KEPT - datetime.timedelta(minutes=1))
    forget()
    assert not AccountLetter.objects.exists()


def test_the_officer_sees_what_did_not_go_out_but_no_key_and_sends_it_again(
    client: Client, settings: Any, dead_server: None
) -> None:
    ask(client)
    letter = AccountLetter.objects.get()
    officer = Client()
    officer.force_login(Cast().system_officer)
    page = officer.get("/desk/registrations/").content.decode()
    assert letter.error in page
    assert ASKED["email"] in page
    assert "/register/" not in page
    server_is_back(settings)
    AccountLetter.objects.update(next_try_at=None, tries=8)
    officer.post(f"/desk/registrations/letters/{letter.pk}/")
    call_command("send_notices", verbosity=0)
    assert len(mail.outbox) == 1
    assert officer.post(f"/desk/registrations/letters/{letter.pk}/").status_code == 404


def test_the_approval_is_told_even_when_the_server_is_away(
    client: Client, settings: Any, dead_server: None
) -> None:
    user = make_user("contributor", is_active=False)
    row = Registration.objects.create(user=user, confirmed_at=timezone.now())
    officer = Client()
    officer.force_login(Cast().system_officer)
    officer.post(f"/desk/registrations/{row.pk}/", {"do": "approve"})
    user.refresh_from_db()
    assert user.is_active
    server_is_back(settings)
    call_command("send_notices", verbosity=0)
    assert mail.outbox[-1].to == [user.email]
