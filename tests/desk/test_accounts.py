"""Accounts: one officer makes them, another gives the roles, nobody touches a superuser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from journal.people.models import User
from tests.factories import Cast

pytestmark = pytest.mark.django_db


def address(user: User) -> str:
    return reverse("admin:people_user_change", args=[user.pk])


def about(user: User, **changes: object) -> dict[str, object]:
    data = {"username": user.username, "name": user.name, "email": user.email, "is_active": "on"}
    return {**data, **changes}


def test_the_system_officer_changes_a_name_but_gives_no_role(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    chief = Group.objects.get(name="chief-editor")
    data = about(cast.reader, name="新名字", groups=[chief.pk], is_superuser="on", is_staff="on")
    assert at_desk("system_officer").post(address(cast.reader), data).status_code == 302
    reader = User.objects.get(pk=cast.reader.pk)
    assert reader.name == "新名字"
    assert [g.name for g in reader.groups.all()] == ["reader"]
    assert not reader.is_superuser
    assert not reader.is_staff


def test_the_security_officer_gives_roles_and_nothing_else(
    at_desk: Callable[..., Client], cast: Cast
) -> None:
    proofreader = Group.objects.get(name="proofreader")
    data = about(cast.reader, name="改名", groups=[proofreader.pk], is_superuser="on")
    assert at_desk("security_officer").post(address(cast.reader), data).status_code == 302
    reader = User.objects.get(pk=cast.reader.pk)
    assert reader.name == "读者甲"
    assert [g.name for g in reader.groups.all()] == ["proofreader"]
    assert reader.is_staff  # proofreaders work at the desk
    assert not reader.is_superuser


def test_taking_the_last_role_away_closes_the_desk(at_desk: Callable[..., Client], cast: Cast) -> None:
    at_desk("security_officer").post(address(cast.editor), about(cast.editor, groups=[]))
    assert not User.objects.get(pk=cast.editor.pk).is_staff


@pytest.mark.parametrize("person", ["system_officer", "security_officer"])
def test_nobody_but_a_superuser_touches_a_superuser(
    at_desk: Callable[..., Client], cast: Cast, person: str
) -> None:
    password = reverse("admin:auth_user_password_change", args=[cast.superuser.pk])
    client = at_desk(person)
    assert client.post(address(cast.superuser), about(cast.superuser)).status_code == 403
    assert client.get(password).status_code == 403


def test_the_roles_offered_are_those_of_the_table(at_desk: Callable[..., Client], cast: Cast) -> None:
    Group.objects.create(name="made-by-hand")
    page = at_desk("security_officer").get(address(cast.reader)).content.decode()
    assert "made-by-hand" not in page
