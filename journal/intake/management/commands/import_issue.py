"""``manage.py import_issue FILE``: the scanned text of a printed issue becomes a draft issue."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.intake.as_json import issue_as_json
from journal.intake.decode import MAX_BYTES
from journal.intake.manuscript import IssueManuscript, NotAManuscript
from journal.intake.ocr_markdown import read_issue

__all__ = ["Command"]

UNREADABLE = 2
"""Exit code for a file that is no text, no issue, cannot be read, or cannot be accepted."""


class Command(BaseCommand):
    help = gettext_lazy("Import the scanned text of a printed issue as a draft issue.")  # type: ignore[assignment]
    requires_system_checks: list[str] = []  # a dry run must work without a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help=str(gettext_lazy("The text of the issue.")))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Read only; write nothing to the database.")
        )
        parser.add_argument(
            "--json", metavar="OUT", help=_("Write what was understood to this file (- for the screen).")
        )
        parser.add_argument(
            "--replace", action="store_true", help=_("Replace the drafts of an earlier import of this issue.")
        )

    def handle(
        self, *args: Any, file: str, dry_run: bool, json: str | None, replace: bool, **options: Any
    ) -> None:
        issue = _read(Path(file))
        if json is not None:
            self._write_json(issue, json)
        if not dry_run:
            self._accept(issue, replace)
        if json != "-":
            self._tell(issue)

    def _write_json(self, issue: IssueManuscript, target: str) -> None:
        text = json.dumps(issue_as_json(issue), ensure_ascii=False, indent=1)
        if target == "-":
            self.stdout.write(text)
            return
        try:
            Path(target).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            message = _("The result could not be written to %(file)s: %(reason)s. Nothing was imported.")
            raise CommandError(
                message % {"file": target, "reason": error.strerror}, returncode=UNREADABLE
            ) from error

    def _accept(self, issue: IssueManuscript, replace: bool) -> None:
        # Imported here: a dry run must not load what writes to the database.
        from journal.intake.accept import NotAccepted, accept_issue

        try:
            accept_issue(issue, replace=replace, by=None)
        except NotAccepted as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error

    def _tell(self, issue: IssueManuscript) -> None:
        self.stdout.write(
            _(
                "%(year)s no. %(number)s: %(articles)d articles in %(sections)d sections, %(questions)d questions."
            )
            % {
                "year": issue.year or "?",
                "number": issue.number or "?",
                "articles": len(issue.manuscripts),
                "sections": sum(bool(s.name) for s in issue.sections),
                "questions": len(issue.questions),
            }
        )
        for question in issue.questions:
            self.stdout.write(f"  ? {question.article or ''} {question.message}")


def _read(path: Path) -> IssueManuscript:
    """Read no more than an issue can have, however big the file is."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        return read_issue(data, path.name)
    except OSError as error:
        message = _("The file %(file)s cannot be opened: %(reason)s. Nothing was imported.")
        raise CommandError(
            message % {"file": path, "reason": error.strerror}, returncode=UNREADABLE
        ) from error
    except NotAManuscript as error:
        raise CommandError(str(error), returncode=UNREADABLE) from error
