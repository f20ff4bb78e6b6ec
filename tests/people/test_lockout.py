"""Five wrong passwords from one address close a name for a while, whoever bears it."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from articles.models import Event
from journal.security import address_of
from tests.factories import Cast, make_user

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "a-long-enough-password", "wrong-wrong-wrong"
DOORS = ["/login/", "/desk/login/"]


@pytest.fixture
def editor() -> Any:
    user = make_user("responsible-editor", name="陆小满", username="lu")
    user.set_password(RIGHT)
    user.save()
    return user


def knock(
    client: Client, door: str, password: str = WRONG, name: str = "lu", address: str = "192.0.2.7"
) -> Any:
    return client.post(door, {"username": name, "password": password}, REMOTE_ADDR=address)


def closed(client: Client, door: str = "/login/", **where: str) -> Any:
    for _attempt in range(4):
        assert knock(client, door, **where).status_code == 200
    return knock(client, door, **where)


@pytest.mark.parametrize("door", DOORS)
def test_the_fifth_wrong_password_closes_both_doors_even_to_the_right_one(
    client: Client, editor: Any, door: str
) -> None:
    fifth = closed(client, door)
    assert fifth.status_code == 429
    assert "15" in fifth.content.decode()
    for other in DOORS:
        assert knock(client, other, RIGHT).status_code == 429
    assert "_auth_user_id" not in client.session


def test_it_is_closed_from_that_address_and_for_that_name_alone(client: Client, editor: Any) -> None:
    closed(client)
    assert knock(client, "/login/", RIGHT, address="192.0.2.8").status_code == 302
    other = make_user("reader", username="other")
    other.set_password(RIGHT)
    other.save()
    assert knock(Client(), "/login/", RIGHT, name="other").status_code == 302


@pytest.mark.parametrize("door", DOORS)
def test_a_name_nobody_bears_gets_the_same_answers(client: Client, editor: Any, door: str) -> None:
    known = [knock(client, door) for _attempt in range(6)]
    unknown = [knock(client, door, name="nobody-at-all") for _attempt in range(6)]
    assert [a.status_code for a in known] == [a.status_code for a in unknown] == [200] * 4 + [429] * 2
    sentences = [[m for m in ("alert", "15") if m in a.content.decode()] for a in (*known, *unknown)]
    assert sentences[:6] == sentences[6:]


def test_it_opens_by_itself_after_the_time_that_was_said(client: Client, editor: Any, settings: Any) -> None:
    closed(client)
    earlier = timezone.now() - settings.AXES_COOLOFF_TIME
    AccessAttempt.objects.update(attempt_time=earlier)
    assert knock(client, "/login/", RIGHT).status_code == 302


def test_a_right_password_forgets_the_wrong_ones(client: Client, editor: Any) -> None:
    for _attempt in range(4):
        knock(client, "/login/")
    assert knock(client, "/login/", RIGHT).status_code == 302
    client.logout()
    assert knock(client, "/login/").status_code == 200


def test_the_record_tells_it_once_and_who_opened_it(client: Client, editor: Any) -> None:
    closed(client)
    knock(client, "/login/")
    told = Event.objects.get(action="lockout")
    assert (told.account, told.actor, told.address) == (editor, None, "192.0.2.7")
    officer = Client()
    officer.force_login(Cast().system_officer)
    page = officer.get(reverse("admin:sign_in")).content.decode()
    assert "lu" in page
    assert "192.0.2.7" in page
    officer.post(reverse("admin:sign_in_unlock"), {"username": "lu"})
    opened = Event.objects.get(action="unlock")
    assert (opened.account, opened.actor and opened.actor.get_full_name()) == (editor, "系统管理员")
    assert knock(client, "/login/", RIGHT).status_code == 302


def test_no_password_is_kept(client: Client, editor: Any) -> None:
    closed(client)
    for row in AccessAttempt.objects.values():
        assert WRONG not in str(row)


@pytest.mark.parametrize(
    ("proxy", "forwarded", "found"),
    [
        (False, "203.0.113.9", "192.0.2.7"),  # anybody can write this header
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the last hop is what our proxy saw
        (True, "203.0.113.9, 192.0.2.8", "203.0.113.9"),  # which stood behind another one of ours
        (True, "", "192.0.2.7"),
        (True, "<script>", None),
    ],
)
def test_the_address_is_the_connection_s_or_what_our_proxy_saw(
    settings: Any, proxy: bool, forwarded: str, found: str | None
) -> None:
    settings.BEHIND_PROXY, settings.TRUSTED_PROXIES = proxy, [ip_network("192.0.2.0/28")]
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == found


def test_a_forged_header_opens_no_second_row_of_attempts(client: Client, editor: Any) -> None:
    for number in range(5):
        answer = client.post(
            "/login/",
            {"username": "lu", "password": WRONG},
            REMOTE_ADDR="192.0.2.7",
            HTTP_X_FORWARDED_FOR=f"203.0.113.{number}",
        )
    assert answer.status_code == 429
