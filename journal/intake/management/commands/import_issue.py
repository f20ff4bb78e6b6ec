"""``manage.py import_issue FILE``: the scanned text of a printed issue becomes a draft issue."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from journal.intake.as_json import issue_as_json
from journal.intake.import_command import ImportCommand, refused
from journal.intake.manuscript import IssueManuscript
from journal.intake.ocr_markdown import read_issue

__all__ = ["Command"]


class Command(ImportCommand[IssueManuscript]):
    help = _("Import the scanned text of a printed issue as a draft issue.")
    file_help = _("The text of the issue.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--replace", action="store_true", help=_("Replace the drafts of an earlier import of this issue.")
        )

    def read(self, data: bytes, name: str) -> IssueManuscript:
        return read_issue(data, name)

    def as_json(self, understood: IssueManuscript) -> dict[str, Any]:
        return issue_as_json(understood)

    def accept(self, understood: IssueManuscript, options: dict[str, Any]) -> None:
        # Imported here: a dry run must not load what writes to the database.
        from journal.intake.accept import NotAccepted, accept_issue

        try:
            accept_issue(understood, replace=options["replace"], by=None)
        except NotAccepted as error:
            raise refused(error) from error

    def tell(self, understood: IssueManuscript) -> None:
        message = _(
            "%(year)s no. %(number)s: %(articles)d articles in %(sections)d sections, "
            "%(questions)d questions."
        )
        words = {
            "year": understood.year or "?",
            "number": understood.number or "?",
            "articles": len(understood.manuscripts),
            "sections": sum(bool(s.name) for s in understood.sections),
            "questions": len(understood.questions),
        }
        self.stdout.write(message % words)
        self.tell_questions(understood.questions)
