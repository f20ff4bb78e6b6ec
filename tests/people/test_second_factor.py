"""People of the desk prove themselves twice where it is required; nothing opens before."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import Event
from journal.people import second_factor
from journal.people.models import RecoveryCode
from tests.factories import Cast, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-password"
ASK, SET_UP, RENEW = "/login/code/", "/login/code/set-up/", "/login/code/recovery/"


@pytest.fixture
def required(settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def editor() -> Any:
    user = make_user("responsible-editor", name="陆小满", username="lu")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def device(editor: Any) -> TOTPDevice:
    return TOTPDevice.objects.create(user=editor, name="totp", confirmed=True)


def code_of(device: Any, ahead: int = 0) -> str:
    """The code the telephone shows now, or that many periods later."""
    return f"{totp(device.bin_key, t0=-30 * ahead):06d}"


def signed_in(door: str = "/desk/login/") -> Client:
    client = Client()
    assert client.post(door, {"username": "lu", "password": PASSWORD}).status_code == 302
    return client


def leads_to_proof(client: Client, address: str = "/desk/") -> bool:
    answer = client.get(address)
    return answer.status_code == 302 and answer.headers["Location"].startswith(ASK)


@pytest.mark.parametrize("door", ["/login/", "/desk/login/"])
def test_who_has_no_device_is_led_to_set_it_up_before_anything_else(
    required: None, editor: Any, door: str
) -> None:
    client = signed_in(door)
    for address in ("/desk/", "/desk/articles/article/", "/members/", "/desk/password_change/"):
        assert leads_to_proof(client, address), address
    assert client.post(reverse("admin:password_change"), {}).status_code == 302
    page = client.get("/desk/", follow=True)
    assert page.redirect_chain[-1][0].startswith(SET_UP)
    assert "data:image/svg+xml" in page.content.decode()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_setting_it_up_shows_the_recovery_codes_once_and_opens_the_desk(required: None, editor: Any) -> None:
    client = signed_in()
    client.get(SET_UP)
    assert client.post(SET_UP, {"code": "000000"}).status_code == 422
    assert not TOTPDevice.objects.exists()
    key = client.session["second-factor-key"]
    page = client.post(SET_UP, {"code": code_of(TOTPDevice(key=key)), "next": "/desk/?q=1"})
    codes = re.findall(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", page.content.decode())
    assert len(set(codes)) == 10
    assert 'href="/desk/?q=1"' in page.content.decode()
    assert client.get("/desk/").status_code == 200
    assert not re.search(r"[A-Z0-9]{5}-[A-Z0-9]{5}", client.get(ASK).content.decode())
    assert not [
        row for row in RecoveryCode.objects.values() if any(c.replace("-", "") in str(row) for c in codes)
    ]
    assert Event.objects.get(action="second_factor_made").account == editor
    assert "second-factor-key" not in client.session


def test_a_device_is_asked_for_even_where_none_is_required(editor: Any, device: TOTPDevice) -> None:
    client = signed_in()
    assert leads_to_proof(client)
    answer = client.post(ASK, {"code": code_of(device), "next": "/desk/articles/article/"})
    assert answer.headers["Location"] == "/desk/articles/article/"
    assert client.get("/desk/").status_code == 200


def test_no_second_device_goes_round_the_first(required: None, editor: Any, device: TOTPDevice) -> None:
    client = signed_in()
    assert client.get(SET_UP).headers["Location"] == ASK
    assert client.post(SET_UP, {"code": "123456"}).headers["Location"] == ASK
    assert client.post(RENEW).status_code == 302
    assert TOTPDevice.objects.count() == 1
    assert not RecoveryCode.objects.exists()


def test_a_code_is_good_once_and_wrong_ones_are_slowed_down(editor: Any, device: TOTPDevice) -> None:
    code = code_of(device)
    assert signed_in().post(ASK, {"code": code}).status_code == 302
    other = signed_in()
    assert other.post(ASK, {"code": code}).status_code == 422
    for _attempt in range(3):
        TOTPDevice.objects.update(throttling_failure_count=6)
        assert other.post(ASK, {"code": code_of(device, 1)}).status_code == 429
    assert leads_to_proof(other)


def test_a_recovery_code_opens_once_and_is_told(editor: Any, device: TOTPDevice) -> None:
    codes = second_factor.new_codes(editor)
    client = signed_in()
    assert client.post(ASK, {"code": codes[0].lower()}).status_code == 302
    assert client.get("/desk/").status_code == 200
    assert Event.objects.get(action="recovery_code_used").data["left"] == 9
    again = signed_in()
    assert again.post(ASK, {"code": codes[0]}).status_code == 422
    assert leads_to_proof(again)


def test_new_recovery_codes_are_for_who_has_proven_themselves(editor: Any, device: TOTPDevice) -> None:
    old = second_factor.new_codes(editor)
    client = signed_in()
    client.post(ASK, {"code": code_of(device)})
    page = client.post(RENEW).content.decode()
    assert old[0] not in page
    assert len(re.findall(r"[A-Z0-9]{5}-[A-Z0-9]{5}", page)) == 10
    assert signed_in().post(ASK, {"code": old[0]}).status_code == 422


def test_readers_and_contributors_need_none(required: None) -> None:
    for role in ("reader", "contributor"):
        client = Client()
        client.force_login(make_user(role))
        assert client.get("/members/").status_code == 200


def test_a_reset_closes_every_session_and_is_an_event(editor: Any, device: TOTPDevice) -> None:
    client = signed_in()
    client.post(ASK, {"code": code_of(device)})
    officer = Client()
    officer.force_login(Cast().system_officer)
    officer.post(reverse("admin:sign_in_reset", args=[editor.pk]))
    assert not TOTPDevice.objects.exists()
    assert Event.objects.get(action="second_factor_reset").account == editor
    assert leads_to_proof(client)
    assert client.get(ASK).headers["Location"].startswith(SET_UP)


def test_nobody_resets_their_own(settings: Any) -> None:
    officer = Cast().system_officer
    device = TOTPDevice.objects.create(user=officer, name="totp", confirmed=True)
    client = Client()
    client.force_login(officer)
    client.post(ASK, {"code": code_of(device)})
    assert client.post(reverse("admin:sign_in_reset", args=[officer.pk])).status_code == 403
    assert TOTPDevice.objects.exists()


def test_it_leads_to_no_other_site(editor: Any, device: TOTPDevice) -> None:
    client = signed_in()
    code = code_of(device)
    answer = client.post(ASK, {"code": code, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/desk/"


def test_the_key_shown_is_the_key_of_the_picture(required: None, editor: Any) -> None:
    client = signed_in()
    page = client.get(SET_UP)
    device = TOTPDevice(key=client.session["second-factor-key"])
    assert second_factor.shown(device.key) in page.content.decode()
    assert client.get(SET_UP).context["key"] == page.context["key"]


def test_it_is_required_where_the_house_stands_on_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    ask = "from journal import settings; print(settings.REQUIRE_SECOND_FACTOR)"
    for environment, wanted in (
        ({"SITE_URL": "https://journal.example"}, "True"),
        ({"SITE_URL": "http://127.0.0.1:8000"}, "False"),
        ({"SITE_URL": "https://journal.example", "REQUIRE_SECOND_FACTOR": "0"}, "False"),
    ):
        monkeypatch.delenv("REQUIRE_SECOND_FACTOR", raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
        assert said.stdout.strip() == wanted
