"""Makes the files of an issue, each in a process of its own: the desk asks, goes on, and looks again.

``start`` writes the making down and begins ``manage.py make_issue_file``. That process holds the lock of this
one making as long as it lives, from before anybody can see the making: one that nobody works at is known at
once, however its process ended. Only one file is made at a time, the others wait for their turn.
"""

from __future__ import annotations

import fcntl
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from articles import issue_files
from articles.going_out import as_if_out
from articles.models import Article, Issue, IssueFile
from articles.stages import IssueStage
from journal.edition.formats.contract import Format, build, format_named
from journal.edition.formats.reading import read_issue
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError

__all__ = ["clear_broken", "is_worked_at", "make", "start"]

COMMAND = "make_issue_file"
TURN = "turn"
logger = logging.getLogger(__name__)


# The desk's side.


def start(issue: Issue, name: str, by: Any, *, article: Article | None = None) -> IssueFile:
    """Have a file made; what broke off before makes way. ``Refused``, ``EditionError``: nothing was begun."""
    check_there_is_one(format_named(name), article)
    clear_broken()
    with transaction.atomic():
        file = issue_files.ask(issue, name, by, article=article)
        lock = take(str(file.pk))
    try:
        begin_process(file, lock)
    except OSError as error:
        logger.exception("no process for %s", file)
        words = {"error": error.strerror or error}
        issue_files.refuse(file, _("It could not be begun: %(error)s. Make it again.") % words)
    finally:
        os.close(lock)  # the process has its own hold of it
    return file


def check_there_is_one(chosen: Format, article: Article | None) -> None:
    if (chosen.article if article else chosen.issue) is None:
        raise EditionError(_("There is no such file."))


def clear_broken() -> None:
    """Say of makings nobody works at any more that they broke off, of whatever issue: they hold a turn."""
    for file in IssueFile.objects.in_making():
        if not is_worked_at(file):
            issue_files.break_off(file)
            give_up_lock(file)


def begin_process(file: IssueFile, lock: int) -> None:
    """It outlives the request, and the worker that answers it."""
    command = [sys.executable, str(Path(settings.BASE_DIR, "manage.py")), COMMAND, str(file.pk)]
    process = subprocess.Popen(  # noqa: S603 - our own command, no shell
        [*command, "--lock", str(lock)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[lock],
        cwd=settings.BASE_DIR,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()


# Locks.


def locks() -> Path:
    folder = Path(settings.KANWU_DATA, "making")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def take(name: str) -> int:
    lock = os.open(locks() / name, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def give_up_lock(file: IssueFile) -> None:
    (locks() / str(file.pk)).unlink(missing_ok=True)


def is_worked_at(file: IssueFile) -> bool:
    """Whether a process holds the lock of this making; who looks does not disturb others who look."""
    try:
        lock = os.open(locks() / str(file.pk), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


@contextmanager
def turn() -> Iterator[None]:
    """One file at a time in the whole house."""
    lock = take(TURN)
    try:
        yield
    finally:
        os.close(lock)


# The side of the process.


def make(file: IssueFile) -> None:
    """Make it, or write down why not, in the journal's own language."""
    try:
        with turn(), translation.override(settings.LANGUAGE_CODE):
            carry_out(file)
    except EditionError as error:
        issue_files.refuse(file, str(error))
    except OSError as error:
        logger.exception("%s of %s was not written", file.format, file.issue)
        words = {"error": error.strerror or error}
        issue_files.refuse(file, _("It could not be written: %(error)s. Make it again.") % words)
    except Exception:
        logger.exception("%s of %s was not made", file.format, file.issue)
        issue_files.refuse(
            file, _("It could not be made. The reason stands in the log of the server; tell the technician.")
        )
    finally:
        give_up_lock(file)


def carry_out(file: IssueFile) -> None:
    def say(words: str) -> None:
        issue_files.tell(file, words)

    chosen = format_named(file.format)
    issue_files.begin(file)
    say(_("Reading the issue …"))
    text = text_of(file.issue)
    article = article_in(text, file) if file.article_id else None
    with tempfile.TemporaryDirectory(prefix="kanwu-") as folder:
        out = Path(folder, chosen.file_name(text, article))
        landing = build(file.format, text, out, article=article, say=say)
        issue_files.keep(file, out, landing)


def text_of(issue: Issue) -> IssueText:
    """What readers get of an issue that is signed or out; else the issue as it stands at the desk."""
    signed = issue.stage == IssueStage.SIGNED
    with as_if_out(issue) if signed else nullcontext():
        issue = Issue.objects.get(pk=issue.pk)
        return read_issue(issue, published=issue.is_out)


def article_in(text: IssueText, file: IssueFile) -> ArticleText:
    found = next((article for article in text.articles if article.pk == file.article_id), None)
    if found is None:
        raise EditionError(_("This article is not in the issue any more."))
    return found
