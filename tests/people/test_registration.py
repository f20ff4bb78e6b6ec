"""Asking for an account: the address is proven, the office may approve, nobody learns who has one."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles import co_authors
from articles.models import Event
from articles.stages import Stage
from journal.people.limits import LETTER, REGISTER
from journal.people.models import Attempt, Registration, User
from tests.factories import Cast, make_article, make_journal, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "在渡口等一条船的人"
ASKED = {"name": "邬桥", "unit": "芦滩镇中学", "email": "wuqiao@lutan.example", "password": PASSWORD + "2026"}


def ask(client: Client, **changed: str) -> Any:
    return client.post("/register/", {**ASKED, **changed})


def link(number: int = -1) -> str:
    """The path in a letter."""
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[number].body))
    assert found is not None
    return found[1]


def confirm(client: Client, **changed: str) -> Any:
    return client.post(link(), {"password": ASKED["password"], **changed})


def test_an_account_opens_when_its_address_is_proven(client: Client) -> None:
    assert ask(client).headers["Location"] == "/register/sent/"
    user = User.objects.get(username=ASKED["email"])
    assert not user.is_active
    assert client.get(link()).status_code == 200
    assert not User.objects.get(pk=user.pk).is_active  # mail programs open links, too
    assert confirm(client).headers["Location"] == "/manuscripts/"
    user.refresh_from_db()
    assert user.is_active
    assert user.has_perm("articles.add_article")
    assert not user.is_staff
    assert client.get("/manuscripts/").status_code == 200
    done = set(Event.objects.filter(account=user).values_list("action", flat=True))
    assert {"account_made", "role_given", "account_opened"} <= done


def test_the_letter_is_good_for_one_time_and_two_days(client: Client) -> None:
    ask(client)
    Registration.objects.update(asked_at=timezone.now() - datetime.timedelta(days=2, minutes=1))
    assert confirm(client).status_code == 422
    Registration.objects.update(asked_at=timezone.now())
    assert confirm(client).status_code == 302
    again = Client()
    assert confirm(again).status_code == 422
    assert again.get("/manuscripts/").status_code == 302


def test_the_letter_is_worth_nothing_without_the_password(client: Client) -> None:
    ask(client)
    assert confirm(client, password="something-else-12").status_code == 422
    assert not User.objects.get(username=ASKED["email"]).is_active
    for _try in range(10):
        answer = confirm(client, password="something-else-12")
    assert answer.status_code == 429


def test_registering_anothers_address_gains_nothing(client: Client) -> None:
    ask(client)
    own = link()
    ask(client, password="the-intruder-chose-this")
    assert client.post(own, {"password": ASKED["password"]}).status_code == 422  # the newest letter counts
    assert confirm(client).status_code == 422  # and it asks for the intruder's password
    assert not User.objects.get(username=ASKED["email"]).is_active


def test_a_known_address_gets_the_same_answer_and_another_letter(client: Client) -> None:
    known = make_user("contributor", name="贺苇")
    answer = ask(client, email=known.email.upper())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/register/sent/")
    assert "/password/forgotten/" in str(mail.outbox[-1].body)
    assert mail.outbox[-1].to == [known.email]
    assert User.objects.filter(email__iexact=known.email).count() == 1
    assert User.objects.get(pk=known.pk).name == "贺苇"


@pytest.mark.parametrize("bad", [{"password": "short"}, {"email": "no address"}, {"name": " "}])
def test_what_is_wrong_is_said_and_nothing_is_made(client: Client, bad: dict[str, str]) -> None:
    assert ask(client, **bad).status_code == 422
    assert not User.objects.exists()
    assert mail.outbox == []


def test_an_address_is_not_flooded_with_letters(client: Client) -> None:
    for _letter in range(LETTER.most):
        ask(client)
    assert ask(client).status_code == 429
    assert len(mail.outbox) == LETTER.most


def test_one_computer_registers_only_so_many_people(client: Client) -> None:
    for number in range(REGISTER.most):
        ask(client, email=f"person{number}@lutan.example")
    assert ask(client, email="one-more@lutan.example").status_code == 429
    Attempt.objects.update(at=timezone.now() - datetime.timedelta(hours=1, minutes=1))
    assert ask(client, email="one-more@lutan.example").status_code == 302


def test_where_the_office_wants_it_somebody_approves_first(client: Client) -> None:
    make_journal(contributors_wait=True)
    ask(client)
    assert confirm(client).status_code == 200
    user = User.objects.get(username=ASKED["email"])
    assert not user.is_active
    assert client.get("/manuscripts/").status_code == 302
    officer = Client()
    officer.force_login(Cast().system_officer)
    assert ASKED["name"] in officer.get("/desk/registrations/").content.decode()
    officer.post(f"/desk/registrations/{user.registration.pk}/", {"do": "approve"})
    user.refresh_from_db()
    assert user.is_active
    event = Event.objects.filter(account=user, action="account_opened").get()
    assert event.actor_name == "系统管理员"
    assert mail.outbox[-1].to == [ASKED["email"]]


def test_a_request_is_settled_once(client: Client) -> None:
    make_journal(contributors_wait=True)
    ask(client)
    confirm(client)
    user = User.objects.get(username=ASKED["email"])
    officer = Client()
    officer.force_login(Cast().system_officer)
    address = f"/desk/registrations/{user.registration.pk}/"
    officer.post(address, {"do": "decline"})
    officer.post(address, {"do": "approve"})
    user.refresh_from_db()
    assert not user.is_active


@pytest.mark.parametrize("known", [True, False])
def test_a_forgotten_password_gets_the_same_answer_for_every_address(client: Client, known: bool) -> None:
    user = make_user("contributor")
    user.set_password(PASSWORD)
    user.save()
    answer = client.post("/password/forgotten/", {"email": user.email if known else "nobody@lutan.example"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/password/sent/")
    assert len(mail.outbox) == int(known)


def test_a_new_password_is_set_by_the_letter_once(client: Client) -> None:
    user = make_user("contributor")
    user.set_password(PASSWORD)
    user.save()
    client.post("/password/forgotten/", {"email": user.email})
    address = link()
    form = client.get(address, follow=True)
    words = {"new_password1": "another-long-one-2026", "new_password2": "another-long-one-2026"}
    client.post(form.redirect_chain[-1][0], words)
    user.refresh_from_db()
    assert user.check_password("another-long-one-2026")
    assert "/password/forgotten/" in Client().get(address, follow=True).content.decode()  # used up
    assert Event.objects.filter(account=user, action="password_set").exists()


def details(user: Any, **changed: str) -> dict[str, str]:
    return {"name": user.name, "unit": user.unit, "post": "", "telephone": "", "email": user.email, **changed}


def test_a_new_address_takes_the_password_and_a_letter(client: Client) -> None:
    user = make_user("contributor", name="贺苇")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    assert client.post("/account/", details(user, email="new@lutan.example")).status_code == 422
    client.post("/account/", details(user, email="new@lutan.example", unit="新单位", password=PASSWORD))
    user.refresh_from_db()
    assert (user.unit, user.email) != ("新单位", "new@lutan.example")
    assert user.unit == "新单位"
    other = Client()
    other.force_login(make_user("contributor"))
    assert other.post(link()).status_code == 422  # the letter is this person's
    client.post(link())
    user.refresh_from_db()
    assert user.email == "new@lutan.example"
    assert client.post(link()).status_code == 422


def test_a_proven_address_finds_the_manuscripts_it_was_invited_to(client: Client) -> None:
    cast = Cast()
    article = make_article(cast, Stage.SUBMITTED)
    co_authors.invite(article, ASKED["email"], cast.contributor)
    ask(client)
    assert not article.co_authors.filter(person__isnull=False).exists()  # not before it is proven
    confirm(client)
    assert client.get(f"/manuscripts/{article.pk}/").status_code == 200


def test_nobody_takes_anothers_address(client: Client) -> None:
    user, other = make_user("contributor"), make_user("contributor")
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    client.post("/account/", details(user, email=other.email, password=PASSWORD))
    assert client.post(link()).status_code == 422
    user.refresh_from_db()
    assert user.email != other.email
