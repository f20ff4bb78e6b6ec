from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.press import Refused
from journal.edition import publish
from journal.edition.archive import export_issue
from journal.edition.store import EditionError


class Command(BaseCommand):
    help = _("Write an issue that is out as one archive, which “import_issue” sets up in another house.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("number", help=_("7, merged 9-10, supplement S1"))
        parser.add_argument("out", type=Path, metavar="OUT.zip", help=_("the zip to write"))
        parser.add_argument(
            "--originals", action="store_true", help=_("with the pictures as they were sent in, too")
        )

    def handle(self, *args: Any, year: int, number: str, out: Path, originals: bool, **options: Any) -> None:
        try:
            issue = publish.find_issue(year, number)
            written = export_issue(issue, out, originals=originals)
        except (Refused, EditionError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("%(path)s holds %(issue)s: %(articles)s articles, %(pictures)s pictures, %(size)s kB.")
            % {"path": out, "issue": issue, **vars(written), "size": -(-written.size // 1000)}
        )
