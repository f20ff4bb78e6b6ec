"""Who may do what, tried out and compared with the table that is kept beside this test."""

from __future__ import annotations

import difflib

import pytest

from articles import press, workflow
from journal.people.roles import ROLES
from tests.people.matrix import COMMITTED, YES, Table, as_text, tables

pytestmark = pytest.mark.django_db

OWN, BYLINE, UNIT, SIGNED = range(1, 5)


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> list[Table]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return tables()  # leaves nothing behind


def test_the_matrix_is_the_one_that_was_agreed_on(matrix: list[Table]) -> None:
    before, now = COMMITTED.read_text(encoding="utf-8").splitlines(), as_text(matrix).splitlines()
    changed = list(difflib.unified_diff(before, now, "agreed", "tried", lineterm="", n=0))
    assert not changed, "rights have changed; if that is meant, write the matrix anew:\n" + "\n".join(changed)


def test_every_role_and_every_action_is_in_it(matrix: list[Table]) -> None:
    assert set(matrix[0].people) == {role.code for role in ROLES} | {"superuser", "anonymous"}
    manuscripts = {name.partition(" ")[0] for name in matrix[0].rows}
    issues = {name.partition(" ")[0] for table in matrix[7:9] for name in table.rows}
    assert {row.action for row in workflow.TRANSITIONS} <= manuscripts
    assert {row.action for row in press.TRANSITIONS} <= issues


@pytest.mark.parametrize("relation", [OWN, BYLINE, UNIT, SIGNED])
def test_nobody_signs_a_review_they_may_not_the_superuser_neither(matrix: list[Table], relation: int) -> None:
    levels = {f"{row.action} ({s})" for row in workflow.TRANSITIONS if row.level for s in row.sources}
    rows = {name: cells for name, cells in matrix[relation].rows.items() if name in levels}
    assert len(rows) == len(levels)
    assert {name: cells for name, cells in rows.items() if YES in cells} == {}


def test_an_anonymous_visitor_does_nothing(matrix: list[Table]) -> None:
    nobody = matrix[0].people.index("anonymous")
    done = [name for table in matrix for name, cells in table.rows.items() if cells[nobody] == YES]
    assert {name for name in done if not name.startswith("read (published")} == set()


def test_no_officer_does_anything_to_a_manuscript_or_an_issue(matrix: list[Table]) -> None:
    officers = [matrix[0].people.index(role.code) for role in ROLES if role.officer]
    for table in (matrix[0], *matrix[2:9]):
        for name, cells in table.rows.items():
            if not name.startswith("read (published"):
                assert [cells[o] for o in officers if cells[o] == YES] == [], name


def test_a_delegation_that_ended_opens_nothing_more_than_none(matrix: list[Table]) -> None:
    ended, ordinary = matrix[6].rows, matrix[0].rows
    assert ended == {name: ordinary[name] for name in ended}
