from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from journal.edition import assets, store
from journal.edition.bake import bake
from journal.edition.manifest import verify


class Command(BaseCommand):
    help = _("Bake the reader's site as files and let readers see it in one step.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--full", action="store_true", help=_("bake every page, changed or not"))
        parser.add_argument(
            "--check", action="store_true", help=_("only compare the edition with its manifest")
        )

    def handle(self, *args: Any, full: bool, check: bool, **options: Any) -> None:
        if check:
            return self.check_edition()
        assets.collect()
        try:
            result = bake(full=full, reason=_("baked by hand"), say=self.say)
        except store.EditionError as error:
            raise CommandError(str(error)) from error
        if result.changed:
            words = _("Edition %(number)s is on show: %(baked)s pages baked, %(kept)s taken over.")
        else:
            words = _("Nothing has changed: edition %(number)s stays, %(kept)s groups looked at.")
        self.stdout.write(
            words % {"number": result.edition.number, "baked": result.baked, "kept": result.kept}
        )
        return None

    def say(self, words: str) -> None:
        if self.verbosity_shown > 1 or not words[:1].isdigit() or words.split("/", 1)[0].endswith("0"):
            self.stdout.write(words)

    def execute(self, *args: Any, **options: Any) -> Any:
        self.verbosity_shown = options.get("verbosity", 1)
        return super().execute(*args, **options)

    def check_edition(self) -> None:
        shown = store.current()
        if shown is None:
            raise CommandError(_("No edition has been baked yet."))
        wrong = verify(store.folder(shown))
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError(_("Edition %(number)s differs from its manifest.") % {"number": shown})
        self.stdout.write(_("Edition %(number)s is whole.") % {"number": shown})
