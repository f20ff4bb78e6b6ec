"""The readers' door."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import Cast, make_journal, make_user, printed_issue

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-password"


@pytest.fixture
def reader() -> str:
    user = make_user("reader", name="读者甲", username="reader-a")
    user.set_password(PASSWORD)
    user.save()
    return str(user.username)


def test_a_reader_signs_in_and_opens_a_members_issue(client: Client, reader: str) -> None:
    make_journal(publication_type="internal")
    address = printed_issue(Cast(), 2).get_absolute_url()
    refused = client.get(address)
    assert refused.status_code == 403
    assert "/login/?next=" in refused.content.decode()
    answer = client.post("/login/", {"username": reader, "password": PASSWORD, "next": address})
    assert answer.headers["Location"] == address
    assert client.get(address).status_code == 200


def test_signing_out_needs_a_form_and_closes_the_issue_again(client: Client, reader: str) -> None:
    make_journal(publication_type="internal")
    address = printed_issue(Cast(), 2).get_absolute_url()
    client.login(username=reader, password=PASSWORD)
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("name", ["reader-a", "nobody"])
def test_a_wrong_name_and_a_wrong_password_get_the_same_sentence(
    client: Client, reader: str, name: str
) -> None:
    answer = client.post("/login/", {"username": name, "password": "wrong"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_it_never_sends_anybody_to_another_site(client: Client, reader: str) -> None:
    answer = client.post(
        "/login/", {"username": reader, "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == "/members/"
