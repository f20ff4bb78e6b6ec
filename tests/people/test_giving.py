"""Roles and accounts below every screen: what may not be is refused, what is changed is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.models import Event
from articles.refusals import Refused
from journal.people.changes import acting
from journal.people.roles import ROLES
from tests.factories import Cast, make_user

pytestmark = pytest.mark.django_db

OFFICERS = [role.code for role in ROLES if role.officer]
OTHERS = [role.code for role in ROLES if not role.officer and role.code != "reader"]


def group(code: str) -> Group:
    return Group.objects.get(name=code)


def at_work(person: Any) -> Any:
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.9")
    request.user = person
    return acting(request)


def told(account: Any) -> list[tuple[str, Any]]:
    return [(e.action, e.data.get("role")) for e in Event.objects.filter(account=account)]


@pytest.mark.parametrize("officer", OFFICERS)
@pytest.mark.parametrize("other", [*OFFICERS, *OTHERS])
def test_an_officer_holds_no_other_role(officer: str, other: str) -> None:
    if other == officer:
        return
    for first, second in ((officer, other), (other, officer)):
        person = make_user(first)
        for give in (
            lambda p=person, c=second: p.groups.add(group(c)),
            lambda p=person, c=second: group(c).user_set.add(p),
            lambda p=person, a=first, b=second: p.groups.set([group(a), group(b)]),
        ):
            with pytest.raises(Refused) as refused, transaction.atomic():
                give()
            assert refused.value.code == "mixed-roles"
            assert [g.name for g in person.groups.all()] == [first]
    assert not Event.objects.exists()


def test_an_officer_may_read_like_any_reader_and_may_change_office() -> None:
    person = make_user("audit-officer")
    person.groups.add(group("reader"))
    person.groups.set([group("system-officer"), group("reader")])
    assert {g.name for g in person.groups.all()} == {"system-officer", "reader"}


@pytest.mark.parametrize("giver", ["superuser", "security_officer"])
def test_nobody_changes_their_own_roles(giver: str) -> None:
    person = getattr(Cast(), giver)
    held = set(person.groups.all())
    with at_work(person):
        for change in (
            lambda: person.groups.add(group("reader")),
            lambda: person.groups.clear(),
            lambda: group("reader").user_set.add(person),
            lambda: person.groups.remove(*held) if held else person.groups.set([group("reader")]),
        ):
            with pytest.raises(Refused) as refused, transaction.atomic():
                change()
            assert refused.value.code == "own-roles"
    assert set(person.groups.all()) == held


def test_every_change_is_told_with_who_made_it_and_from_where() -> None:
    officer, person = Cast().security_officer, make_user("reader")
    with at_work(officer):
        person.groups.set([group("proofreader"), group("publisher")])
        person.groups.remove(group("publisher"))
        person.groups.remove(group("publisher"))  # was not held any more: nothing to tell
        group("proofreader").user_set.clear()
    assert told(person) == [
        ("role_taken", "reader"),
        ("role_given", "proofreader"),
        ("role_given", "publisher"),
        ("role_taken", "publisher"),
        ("role_taken", "proofreader"),
    ]
    assert set(Event.objects.values_list("actor", "address")) == {(officer.pk, "192.0.2.9")}
    assert not get_user_model().objects.get(pk=person.pk).is_staff


def test_accounts_tell_their_own_story() -> None:
    with at_work(Cast().system_officer):
        person = get_user_model()(username="new", name="新人", email="a@example.org")
        person.set_password("long-enough-for-us-1")
        person.save()
        person.unit, person.telephone = "新单位", "0571-00000000"
        person.save()
        person.set_password("long-enough-for-us-2")
        person.save()
        person.is_active = False
        person.save()
        person.is_active = True
        person.save(update_fields=["is_active"])
        person.is_superuser = True
        person.save()
        person.save()
    events = list(Event.objects.filter(account=person))
    assert [e.action for e in events] == [
        "account_made",
        "account_changed",
        "password_set",
        "account_closed",
        "account_opened",
        "account_changed",
    ]
    assert events[1].data == {"unit": ["", "新单位"], "private": ["telephone"]}
    assert events[5].data["is_superuser"] == [False, True]
    assert "0571" not in str([e.data for e in events])


def test_signing_in_is_no_change_of_the_account(client: Client) -> None:
    person = make_user("reader", username="reader-x")
    person.password = "pbkdf2_sha256$1$salt$" + "x" * 10  # an old hash is made anew at signing in
    person.set_password("long-enough-for-us-1")
    person.save()
    before = Event.objects.count()
    client.post("/login/", {"username": "reader-x", "password": "long-enough-for-us-1"})
    assert "_auth_user_id" in client.session
    assert Event.objects.count() == before


def test_a_command_is_named_where_no_person_is_at_work() -> None:
    make_user("reader").groups.add(group("contributor"))
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with acting(request):
        make_user("reader").groups.add(group("contributor"))
    assert set(Event.objects.values_list("actor", "actor_name")) == {(None, "command")}


def test_an_account_is_not_saved_without_its_line_in_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_user("reader")

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr("journal.people.changes.write_event", broken)
    person.is_active = False
    with pytest.raises(RuntimeError):
        person.save()
    assert get_user_model().objects.get(pk=person.pk).is_active


def test_the_form_says_why_a_mixture_is_refused_and_offers_no_own_roles() -> None:
    cast, client = Cast(), Client()
    client.force_login(cast.security_officer)
    address = reverse("admin:people_user_change", args=[cast.editor.pk])
    roles = [group("responsible-editor").pk, group("audit-officer").pk]
    page = client.post(address, {"groups": roles})
    assert page.status_code == 200
    assert page.context["adminform"].form.errors["groups"]
    assert [g.name for g in cast.editor.groups.all()] == ["responsible-editor"]
    own = client.get(reverse("admin:people_user_change", args=[cast.security_officer.pk])).content.decode()
    assert 'name="groups"' not in own


def test_whoever_loses_a_role_loses_it_at_the_next_request() -> None:
    cast, client = Cast(), Client()
    client.force_login(cast.head)
    assert client.get(reverse("admin:articles_section_add")).status_code == 200
    cast.head.groups.set([group("proofreader")])
    assert client.get(reverse("admin:articles_section_add")).status_code == 403
