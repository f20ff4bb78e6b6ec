"""A file of an issue is made in a process of its own, whose end is noticed however it comes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command

from articles import issue_files, press
from articles.models import Article, Issue, IssueFile
from articles.press import IssueStage
from articles.refusals import Refused
from journal.edition import making
from journal.edition.formats import contract
from journal.edition.store import EditionError
from tests.factories import Cast, make_issue, make_journal, printed_issue
from tests.fake_formats import broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    make_journal(name="澜江")
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    return printed_issue(cast, 2, year=2024, number="7")


@pytest.fixture(autouse=True)
def formats(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pdf", "docx", "broken"):
        monkeypatch.setitem(contract.FORMATS, name, f"tests.fake_formats.{name}")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process's work is done here: a process would not see what a test has written."""
    monkeypatch.setattr(making, "begin_process", lambda file, _lock: making.make(file))


def stored(file: IssueFile) -> IssueFile:
    return IssueFile.objects.get(pk=file.pk)


@pytest.mark.usefixtures("at_once")
def test_what_was_asked_for_is_made_and_kept(issue: Issue, cast: Cast) -> None:
    file = stored(making.start(issue, "pdf", cast.head))
    assert (file.state, file.name, file.made_by) == ("made", "2024-07.pdf", cast.head)
    content = file.file.read().decode()
    assert content.startswith("%PDF")
    assert all(article.title in content for article in issue.articles.all())
    assert not list(making.locks().glob("[0-9]*"))


@pytest.mark.usefixtures("at_once")
def test_a_setting_says_where_the_articles_landed(issue: Issue, cast: Cast) -> None:
    file = stored(making.start(issue, "pdf", cast.head))
    assert file.pages == {a.pk: (page, page) for page, a in enumerate(issue.articles.in_page_order(), 2)}
    assert file.landing["pages"] == 3


@pytest.mark.usefixtures("at_once")
def test_one_article_is_made_by_itself(issue: Issue, cast: Cast) -> None:
    article = issue.articles.first()
    file = stored(making.start(issue, "docx", cast.editor, article=article))
    assert file.file.read().decode() == article.title
    assert file.name == f"2024-07-{article.code}.docx"


@pytest.mark.usefixtures("at_once")
def test_what_cannot_be_made_says_why(issue: Issue, cast: Cast) -> None:
    file = stored(making.start(issue, "broken", cast.head))
    assert (file.state, file.sentence) == ("refused", broken.SENTENCE)


@pytest.mark.usefixtures("at_once")
def test_what_nobody_foresaw_is_told_as_such_and_logged(
    issue: Issue, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    make_journal(name="岚江")
    file = stored(making.start(issue, "broken", cast.head))
    assert file.state == "refused"
    assert "nobody foresaw" not in file.sentence
    assert "nobody foresaw this" in caplog.text


@pytest.mark.usefixtures("at_once")
def test_a_full_disk_is_named(issue: Issue, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issue_files, "keep", mock.Mock(side_effect=OSError(28, "No space left on device")))
    file = stored(making.start(issue, "pdf", cast.head))
    assert file.state == "refused"
    assert "No space left on device" in file.sentence


@pytest.mark.usefixtures("at_once")
def test_a_signed_issue_is_made_as_readers_will_get_it(cast: Cast) -> None:
    issue = make_issue(cast, IssueStage.SIGNED)
    file = stored(making.start(issue, "pdf", cast.head))
    assert file.state == "made"
    assert Issue.objects.get(pk=issue.pk).stage == IssueStage.SIGNED
    press.perform("offer_file", issue, cast.publisher, file=file)


@pytest.mark.usefixtures("at_once")
def test_an_article_that_was_taken_out_meanwhile_is_not_made(issue: Issue, cast: Cast) -> None:
    other = printed_issue(cast, 1, year=2023, number="1").articles.get()
    file = issue_files.ask(issue, "docx", cast.head, article=issue.articles.first())
    Article.objects.filter(pk=file.article_id).update(issue=other.issue)
    making.make(file)
    assert stored(file).state == "refused"


@pytest.mark.parametrize(("name", "of_article"), [("pdf", True), ("nonsense", False)])
def test_a_file_there_is_not_is_never_begun(issue: Issue, cast: Cast, name: str, of_article: bool) -> None:
    article = issue.articles.first() if of_article else None
    with pytest.raises(EditionError):
        making.start(issue, name, cast.head, article=article)
    assert not issue.files.exists()


def test_a_process_that_cannot_be_started_is_told_at_once(
    issue: Issue, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_args: Any, **_options: Any) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(subprocess, "Popen", no_memory)
    file = stored(making.start(issue, "pdf", cast.head))
    assert file.state == "refused"
    assert "Cannot allocate memory" in file.sentence


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A process that holds the lock it is given and works at nothing until it is killed."""
    begun: list[subprocess.Popen[bytes]] = []

    def hold(_file: IssueFile, lock: int) -> None:
        command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
        begun.append(subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[lock]))

    monkeypatch.setattr(making, "begin_process", hold)
    yield begun
    for process in begun:
        process.kill()
        process.communicate()


def test_two_presses_are_one_making(issue: Issue, cast: Cast, held: Any) -> None:
    file = making.start(issue, "pdf", cast.head)
    assert making.is_worked_at(file)
    with pytest.raises(Refused) as refused:
        making.start(issue, "pdf", cast.chief)
    assert refused.value.code == "in-making"
    assert len(held) == 1


def test_a_process_that_was_killed_is_noticed_and_its_file_made_again(
    issue: Issue, cast: Cast, held: Any
) -> None:
    file = making.start(issue, "pdf", cast.head)
    held[0].kill()
    held[0].wait()
    assert not making.is_worked_at(file)
    again = making.start(issue, "pdf", cast.head)
    assert making.is_worked_at(again)
    assert stored(again).state == "asked"
    assert not IssueFile.objects.filter(pk=file.pk).exclude(state="refused").exists()


def test_a_making_that_broke_off_elsewhere_takes_nobody_s_turn(issue: Issue, cast: Cast, held: Any) -> None:
    other = printed_issue(cast, 1, year=2020, number="1")
    for number in range(issue_files.MOST_AT_ONCE):
        issue_files.ask(other, f"format-{number}", cast.head)
    assert making.is_worked_at(making.start(issue, "pdf", cast.head))


def test_what_was_done_at_the_last_moment_is_not_called_broken_off(issue: Issue, cast: Cast) -> None:
    file = issue_files.ask(issue, "pdf", cast.head)
    seen_before = stored(file)
    making.make(file)
    assert not making.is_worked_at(seen_before)
    issue_files.break_off(seen_before)
    assert stored(file).state == "made"


def test_the_lock_is_nobody_else_s(issue: Issue, cast: Cast, held: Any) -> None:
    first = making.start(issue, "pdf", cast.head)
    second = issue_files.ask(issue, "docx", cast.head)
    assert (making.is_worked_at(first), making.is_worked_at(second)) == (True, False)


def test_the_command_makes_what_waits_and_nothing_twice(issue: Issue, cast: Cast) -> None:
    file = issue_files.ask(issue, "pdf", cast.head)
    call_command("make_issue_file", file.pk)
    assert stored(file).state == "made"
    with pytest.raises(CommandError):
        call_command("make_issue_file", file.pk)


def test_the_process_outlives_the_one_that_asked(
    issue: Issue, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {}

    class Process:
        def __init__(self, command: list[str], **options: Any) -> None:
            told.update(options, command=command)
            os.fstat(options["pass_fds"][0])

        def wait(self) -> int:
            return 0

    monkeypatch.setattr(subprocess, "Popen", Process)
    file = making.start(issue, "pdf", cast.head)
    assert told["start_new_session"]
    assert told["command"][2:] == [making.COMMAND, str(file.pk), "--lock", str(told["pass_fds"][0])]
