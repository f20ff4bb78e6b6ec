"""What is sent in is kept, read in a limited child, decided about by one person at a time, accepted once."""

from __future__ import annotations

import hashlib
import stat
from typing import Any

import pytest

from articles.models import Article, Issue
from journal.intake import limited
from journal.intake.accept import NotAccepted
from journal.intake.decisions import NotADecision
from journal.intake.manuscript import NotAManuscript
from journal.intake.models import IssueImport, Outdated
from journal.intake.stored import to_json
from tests.intake.made import small_issue

pytestmark = pytest.mark.django_db


def made_import(user: Any, **changes: Any) -> IssueImport:
    fields: dict[str, Any] = {
        "name": "九月号.md",
        "size": 10,
        "sha256": "0" * 64,
        "by": user,
        "state": "to-check",
        "understood": to_json(small_issue()),
    }
    return IssueImport.objects.create(**{**fields, **changes})


ANSWER = {"do": "answer", "question": "q1", "value": "渡口的清晨"}
SPLIT = {"do": "set", "article": "01", "field": "kicker", "value": "江上"}


def test_a_picture_is_kept_and_refused_with_a_sentence(admin_user: Any) -> None:
    data = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10
    row = IssueImport.objects.receive(data, "../../封面.png", "issue", admin_user)
    assert row.state == IssueImport.State.UNREADABLE
    assert len(row.problem) > 10
    assert row.file.open().read() == data
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    assert row.file.name.startswith("imports/")
    assert ".." not in row.file.name
    assert not Issue.objects.exists()


def test_the_original_is_not_for_everybody_on_the_machine(admin_user: Any) -> None:
    row = IssueImport.objects.receive(b"\x00\x01\x02", "x.bin", "issue", admin_user)
    from pathlib import Path

    assert not Path(row.file.path).stat().st_mode & stat.S_IRWXO


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: Any) -> None:
    monkeypatch.setattr(limited, "CLOCK_SECONDS", 0.01)
    with pytest.raises(NotAManuscript):
        limited.read_in_child("issue", b"text")


def test_the_child_really_is_limited() -> None:
    import subprocess
    import sys

    code = (
        "from articles.limits import limit; limit(); import resource as r; "
        "print(r.getrlimit(r.RLIMIT_AS)[0], r.getrlimit(r.RLIMIT_CPU)[0]); bytearray(1100 * 1024 * 1024)"
    )
    child = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=limited.ROOT, check=False
    )
    assert child.stdout.split() == [str(1024**3), "20"]
    assert child.returncode != 0
    assert "MemoryError" in child.stderr


def test_decisions_are_kept_with_who_and_when(admin_user: Any) -> None:
    row = made_import(admin_user).decide([ANSWER], 0, admin_user)
    assert row.version == 1
    assert row.decisions[0]["who"] == admin_user.pk
    assert row.result().manuscript("01").title == "渡口的清晨"
    assert row.answered == {"q1": "渡口的清晨"}


def test_answering_anew_replaces_the_answer(admin_user: Any) -> None:
    row = made_import(admin_user).decide([ANSWER], 0, admin_user)
    row = row.decide([{**ANSWER, "value": "渡口的早晨"}], 1, admin_user)
    assert len(row.decisions) == 1
    assert row.result().manuscript("01").title == "渡口的早晨"


def test_decisions_made_together_are_undone_together(admin_user: Any) -> None:
    row = made_import(admin_user).decide([ANSWER], 0, admin_user)
    row = row.decide([SPLIT, {**SPLIT, "field": "subtitle"}], 1, admin_user)
    row = row.undo(2)
    assert [d["do"] for d in row.decisions] == ["answer"]
    row = row.undo(3).undo(4)
    assert row.decisions == []


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(admin_user: Any) -> None:
    row = made_import(admin_user)
    row.decide([ANSWER], 0, admin_user)
    with pytest.raises(Outdated, match=str(admin_user)):
        row.decide([SPLIT], 0, admin_user)
    row.refresh_from_db()
    assert len(row.decisions) == 1


def test_a_decision_that_does_not_fit_stores_nothing(admin_user: Any) -> None:
    row = made_import(admin_user)
    with pytest.raises(NotADecision):
        row.decide([SPLIT, {"do": "drop", "article": "77"}], 0, admin_user)
    row.refresh_from_db()
    assert (row.decisions, row.version) == ([], 0)


def test_accepting_writes_the_drafts_once(admin_user: Any) -> None:
    row = made_import(admin_user).decide([ANSWER], 0, admin_user).accept(1, admin_user)
    assert row.issue.articles.get(position=1).title == "渡口的清晨"
    assert (row.state, row.accepted_by) == ("accepted", admin_user)
    assert row.articles.count() == 3
    for late in (lambda: row.accept(2, admin_user), lambda: row.undo(2)):
        with pytest.raises(Outdated):
            late()
    assert Article.objects.count() == 3


def test_an_import_that_is_not_accepted_stays_to_check(admin_user: Any) -> None:
    row = made_import(admin_user, understood=to_json(small_issue(year=None)))
    with pytest.raises(NotAccepted):
        row.accept(0, admin_user)
    row.refresh_from_db()
    assert row.state == "to-check"
    row = row.decide([{"do": "set", "field": "year", "value": "2026"}], 0, admin_user)
    assert row.accept(1, admin_user).issue.year == 2026
