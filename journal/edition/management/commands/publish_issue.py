from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.models.journal import Visibility
from articles.press import Refused
from journal.edition import assets, publish, store


class Command(BaseCommand):
    help = _("Publish an issue by the same rules as the desk, and let readers see it.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int)
        parser.add_argument("number", help=_("7, merged 9-10, supplement S1"))
        parser.add_argument("--by", metavar="USER", help=_("the user name of the person who publishes"))
        parser.add_argument(
            "--as-import",
            action="store_true",
            help=_("a back issue printed long ago: record that it skips the reviews"),
        )
        parser.add_argument(
            "--visibility", choices=Visibility.values, default="", help=_("record who may read it besides")
        )

    def handle(self, *args: Any, year: int, number: str, as_import: bool, **options: Any) -> None:
        by = self.person(options["by"])
        if by is None and not as_import:
            raise CommandError(
                _("Say who publishes: --by USER. Only a back issue needs nobody (--as-import).")
            )
        assets.collect()
        act = publish.publish_as_printed if as_import else publish.publish
        try:
            issue = publish.find_issue(year, number)
            result = act(issue, by, visibility=options["visibility"], note=_("by command"), say=self.say)
        except (Refused, store.EditionError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("%(issue)s is published: edition %(edition)s, %(baked)s pages baked, %(kept)s taken over.")
            % {"issue": issue, "edition": result.edition.number, "baked": result.baked, "kept": result.kept}
        )

    def say(self, words: str) -> None:
        if not words[:1].isdigit():
            self.stdout.write(words)

    def person(self, name: str | None) -> Any:
        if not name:
            return None
        found = get_user_model().objects.filter(username=name, is_active=True).first()
        if found is None:
            raise CommandError(_("There is no active account “%(name)s”.") % {"name": name})
        return found
