"""``manage.py import_issue FILE``: the scanned text of a printed issue becomes a draft issue; an archive that
``export_issue`` wrote becomes the issue it was. Which of them a file is, it says itself, not its name."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from journal.intake.archive import Package, is_archive, read_archive
from journal.intake.as_json import issue_as_json
from journal.intake.import_command import ImportCommand, reason_of, refused, unopened
from journal.intake.manuscript import IssueManuscript, NotAManuscript
from journal.intake.ocr_markdown import read_issue
from journal.issue_archive import Archived, as_bytes

__all__ = ["Command"]


class Command(ImportCommand[IssueManuscript | Archived]):
    help = _(
        "Import the scanned text of a printed issue as a draft issue, or an archive as the issue it was."
    )
    file_help = _("The text of the issue, or its archive.")
    package: Package

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--replace", action="store_true", help=_("Replace the drafts of an earlier import of this issue.")
        )
        parser.add_argument(
            "--by",
            metavar="USER",
            help=_("Who imports, by user name; needed where an archive carries corrections."),
        )

    def open(self, path: Path) -> IssueManuscript | Archived:
        try:
            if not is_archive(path):
                return super().open(path)
            self.package = Package(path).check()
            return read_archive(self.package)
        except NotAManuscript as error:
            raise refused(error) from error
        except OSError as error:
            raise unopened(path, error) from error

    def read(self, data: bytes, name: str) -> IssueManuscript:
        return read_issue(data, name)

    def as_json(self, understood: IssueManuscript | Archived) -> dict[str, Any]:
        if isinstance(understood, Archived):
            found: dict[str, Any] = json.loads(as_bytes(understood))
            return found
        return issue_as_json(understood)

    def accept(self, understood: IssueManuscript | Archived, options: dict[str, Any]) -> None:
        # Imported here: a dry run must not load what writes to the database.
        from journal.intake.accept import NotAccepted, accept_archive, accept_issue

        by = self.person(options["by"])
        try:
            if isinstance(understood, Archived):
                accept_archive(understood, self.package.read, by=by)
            else:
                accept_issue(understood, replace=options["replace"], by=by)
        except (NotAccepted, NotAManuscript) as error:
            raise refused(error) from error
        except OSError as error:
            message = _("A picture could not be written: %(reason)s. Nothing was imported.")
            raise refused(message % {"reason": reason_of(error)}) from error

    def person(self, name: str | None) -> Any:
        from django.contrib.auth import get_user_model

        if not name:
            return None
        found = get_user_model()._default_manager.filter(username=name, is_active=True).first()
        if found is None:
            raise refused(_("There is no active account “%(name)s”.") % {"name": name})
        return found

    def tell(self, understood: IssueManuscript | Archived) -> None:
        if isinstance(understood, Archived):
            self.tell_archive(understood)
        else:
            self.tell_drafts(understood)

    def tell_archive(self, archived: Archived) -> None:
        message = _(
            "%(year)s no. %(number)s: an archive of %(articles)d articles and %(pictures)d pictures. Once it "
            "is imported, “manage.py bake” lets readers see it."
        )
        words = {
            "year": archived.issue.year,
            "number": archived.issue.number,
            "articles": len(archived.articles),
            "pictures": len(archived.figures),
        }
        self.stdout.write(message % words)

    def tell_drafts(self, understood: IssueManuscript) -> None:
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
