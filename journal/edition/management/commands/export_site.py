from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from journal.edition import assets, store
from journal.edition.bundle.export import export_site


class Command(BaseCommand):
    help = _("Write the reader's site on show as one zip, searchable without a server.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT.zip", help=_("the zip to write"))
        parser.add_argument(
            "--since",
            type=Path,
            metavar="OLD",
            help=_("an earlier zip or its SHA256SUMS: write only what differs, and a list of what is gone"),
        )

    def handle(self, *args: Any, out: Path, since: Path | None, verbosity: int, **options: Any) -> None:
        self.verbosity = verbosity
        assets.collect()
        try:
            report = export_site(out, since=since, say=self.say)
        except store.EditionError as error:
            raise CommandError(str(error)) from error
        words = _("%(path)s holds edition %(edition)s: %(files)s files, %(size)s kB.")
        if since:
            words = _(
                "%(path)s holds what leads to edition %(edition)s: %(written)s of %(files)s files are new, "
                "%(removed)s are gone, %(size)s kB."
            )
        numbers = {**vars(report), "size": -(-report.size // 1000)}
        self.stdout.write(words % {"path": out, **numbers})

    def say(self, words: str) -> None:
        if self.verbosity:
            self.stdout.write(words)
