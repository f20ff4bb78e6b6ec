"""The policy of the office: one table, carried into the groups."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import translation

from articles import press, transitions
from journal.people.roles import ROLES, label_of, sync_roles
from tests.factories import Cast

pytestmark = pytest.mark.django_db

MANUSCRIPTS = {"article", "revision", "signoff", "comment", "figure", "byline"}


def test_every_role_is_a_group_with_exactly_the_rights_of_the_table() -> None:
    for role in ROLES:
        held = Group.objects.get(name=role.code).permissions.values_list(
            "content_type__app_label", "codename"
        )
        assert {f"{label}.{codename}" for label, codename in held} == set(role.rights)


def test_a_right_given_by_hand_goes_with_the_next_migrate_and_nothing_doubles() -> None:
    group = Group.objects.get(name="reader")
    group.permissions.add(Permission.objects.get(codename="final_review"))
    count = Group.objects.count()
    call_command("migrate", verbosity=0)
    assert not group.permissions.exists()
    assert Group.objects.count() == count


def test_people_keep_their_roles_when_the_table_is_carried_over_again() -> None:
    editor = Cast().editor
    sync_roles()
    assert [group.name for group in editor.groups.all()] == ["responsible-editor"]


@pytest.mark.parametrize("officer", ["system-officer", "security-officer", "audit-officer"])
def test_officers_see_no_manuscripts(officer: str) -> None:
    (role,) = [role for role in ROLES if role.code == officer]
    for right in role.rights:
        assert right.rsplit("_", 1)[-1] not in MANUSCRIPTS
    assert not any(right.startswith("articles.") and right != "articles.view_event" for right in role.rights)


def test_no_officer_holds_the_right_of_another() -> None:
    officers = {role.code: set(role.rights) for role in ROLES if role.code.endswith("officer")}
    assert "people.change_user" in officers["system-officer"]
    assert "people.assign_roles" in officers["security-officer"]
    assert "articles.view_event" in officers["audit-officer"]
    for right in ("people.change_user", "people.assign_roles", "articles.view_event"):
        assert sum(right in rights for rights in officers.values()) == 1


def test_no_role_holds_two_levels_of_review_or_both_halves_of_a_correction() -> None:
    apart = [
        {"articles.first_review", "articles.second_review", "articles.final_review"},
        {"articles.correct_published", "articles.apply_correction"},
        {"articles.sign_for_press", "articles.publish_issue"},
    ]
    for role in ROLES:
        for rights in apart:
            assert len(rights & set(role.rights)) <= 1, role.code


def test_every_action_of_both_tables_is_somebody_s() -> None:
    given = {right for role in ROLES for right in role.rights}
    asked = {row.permission for row in (*transitions.TRANSITIONS, *press.TRANSITIONS) if row.permission}
    assert asked <= given


def test_labels_are_for_people_and_codes_for_the_program() -> None:
    with translation.override("en"):
        assert label_of("chief-editor") == "Chief editor"
    assert label_of("another group") == "another group"
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", role.code) for role in ROLES)
