"""What the import commands have in common: read one file, show what was understood, write drafts or not.

A subclass says how to ``read``, ``as_json``, ``accept`` and ``tell``. Every refusal is one sentence and exit
code 2; nothing is written then. A dry run touches no database.
"""

from __future__ import annotations

import errno
import json as json_format
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from journal.intake.decode import MAX_BYTES
from journal.intake.manuscript import NotAManuscript, Question

__all__ = ["ImportCommand", "reason_of", "refused", "unopened"]

UNREADABLE = 2
"""Exit code for a file that is no text, cannot be read, or cannot be accepted."""

T = TypeVar("T")


def reason_of(error: OSError) -> str:
    """Why the system would not, in words; its own are English."""
    reasons = {
        errno.ENOENT: _("there is no such file"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("there is no such folder"),
        errno.EACCES: _("this account may not"),
        errno.EROFS: _("this account may not"),
        errno.ENOSPC: _("the disk is full"),
    }
    return reasons.get(error.errno or 0) or str(error.strerror)


def unopened(path: Path, error: OSError) -> CommandError:
    message = _("The file %(file)s cannot be opened: %(reason)s. Nothing was imported.")
    return refused(message % {"file": path, "reason": reason_of(error)})


def refused(error: object) -> CommandError:
    return CommandError(str(error), returncode=UNREADABLE)


class ImportCommand(BaseCommand, Generic[T]):
    requires_system_checks: list[str] = []  # a dry run must work without a database
    file_help: Any = ""
    most_bytes = MAX_BYTES

    def read(self, data: bytes, name: str) -> T:
        """Parse; raises ``NotAManuscript``."""
        raise NotImplementedError

    def as_json(self, understood: T) -> dict[str, Any]:
        raise NotImplementedError

    def accept(self, understood: T, options: dict[str, Any]) -> None:
        """Write drafts and say so; raises ``CommandError`` by ``refused``."""
        raise NotImplementedError

    def tell(self, understood: T) -> None:
        """Say what was understood."""
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help=str(self.file_help))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("Read only; write nothing to the database.")
        )
        parser.add_argument(
            "--json", metavar="OUT", help=_("Write what was understood to this file (- for the screen).")
        )

    def handle(self, *args: Any, file: str, dry_run: bool, json: str | None, **options: Any) -> None:
        understood = self.open(Path(file))
        if json is not None:
            self.write_json(understood, json)
        if not dry_run:
            self.accept(understood, options)
        if json != "-":
            self.tell(understood)

    def open(self, path: Path) -> T:
        """Read no more than a manuscript can have, however big the file is."""
        try:
            with path.open("rb") as stream:
                data = stream.read(self.most_bytes + 1)
            return self.read(data, path.name)
        except OSError as error:
            raise unopened(path, error) from error
        except NotAManuscript as error:
            raise refused(error) from error

    def write_json(self, understood: T, target: str) -> None:
        text = json_format.dumps(self.as_json(understood), ensure_ascii=False, indent=1)
        if target == "-":
            self.stdout.write(text)
            return
        try:
            Path(target).write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            message = _("The result could not be written to %(file)s: %(reason)s. Nothing was imported.")
            raise refused(message % {"file": target, "reason": reason_of(error)}) from error

    def tell_questions(self, questions: tuple[Question, ...]) -> None:
        for question in questions:
            self.stdout.write(f"  ? {question.article or ''} {question.message}")
