"""``manage.py import_article FILE``: the articles of a saved web page or newspaper page become drafts."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.intake.article_page import PageManuscript, read_page
from journal.intake.decode import MAX_BYTES
from journal.intake.manuscript import NotAManuscript
from journal.intake.page_json import page_as_json

__all__ = ["Command"]

UNREADABLE = 2
"""Exit code for a file that is no text, cannot be read, or cannot be accepted."""


class Command(BaseCommand):
    help = gettext_lazy("Import the articles of a saved web page or newspaper page as drafts.")  # type: ignore[assignment]
    requires_system_checks: list[str] = []  # a dry run must work without a database

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help=str(gettext_lazy("The text or HTML file to read.")))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Read only; write nothing to the database.")
        )
        parser.add_argument(
            "--json", metavar="OUT", help=_("Write what was understood to this file (- for the screen).")
        )

    def handle(self, *args: Any, file: str, dry_run: bool, json: str | None, **options: Any) -> None:
        page = _read(Path(file))
        if json is not None:
            self._write_json(page, json)
        if not dry_run:
            self._accept(page)
        elif json != "-":
            self._tell(page)

    def _write_json(self, page: PageManuscript, target: str) -> None:
        text = json.dumps(page_as_json(page), ensure_ascii=False, indent=1)
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

    def _accept(self, page: PageManuscript) -> None:
        # Imported here: a dry run must not load what writes to the database.
        from journal.intake.accept import NotAccepted, accept_page

        try:
            drafts = accept_page(page, by=None)
        except NotAccepted as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        count = len(drafts)
        message = ngettext("%(count)d draft is ready:", "%(count)d drafts are ready:", count)
        self.stdout.write(message % {"count": count})
        for draft in drafts:
            self.stdout.write(f"  {draft.title}")
        self._tell_questions(page)

    def _tell(self, page: PageManuscript) -> None:
        for manuscript in page.manuscripts:
            title = manuscript.title or _("(no title)")
            names = "、".join(author.name for author in manuscript.authors)
            self.stdout.write(f"  {manuscript.id} {title} {names}".rstrip())
        self._tell_questions(page)

    def _tell_questions(self, page: PageManuscript) -> None:
        for question in page.questions:
            self.stdout.write(f"  ? {question.article or ''} {question.message}")


def _read(path: Path) -> PageManuscript:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        return read_page(data, path.name)
    except OSError as error:
        message = _("The file %(file)s cannot be opened: %(reason)s. Nothing was imported.")
        raise CommandError(
            message % {"file": path, "reason": error.strerror}, returncode=UNREADABLE
        ) from error
    except NotAManuscript as error:
        raise CommandError(str(error), returncode=UNREADABLE) from error
