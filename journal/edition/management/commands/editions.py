from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.refusals import Refused
from journal.edition import going_back, store
from journal.edition.manifest import verify

__all__ = ["Command"]


class Command(BaseCommand):
    help = _("List the editions that are kept, or let readers see an earlier one again.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--show", type=int, metavar="NUMBER", help=_("let readers see this edition"))
        parser.add_argument("--by", metavar="USER", help=_("the user name of the person who goes back"))
        parser.add_argument("--reason", default="", help=_("why; it stays in the record"))

    def handle(self, *args: Any, show: int | None, by: str | None, reason: str, **options: Any) -> None:
        if show is None:
            return self.tell_all()
        try:
            going_back.show(show, self.person(by), reason=reason)
        except (Refused, store.EditionError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _(
                "Readers see edition %(number)s. The next bake – a correction, a publication – shows the "
                "newest state again."
            )
            % {"number": show}
        )
        return None

    def person(self, name: str | None) -> Any:
        found = get_user_model().objects.filter(username=name or "", is_active=True).first()
        if found is None:
            raise CommandError(_("Say who goes back, with an active account: --by USER."))
        return found

    def tell_all(self) -> None:
        """A line each; an edition with damaged files ends the command with an error."""
        damaged = []
        for edition in going_back.editions():
            wrong = verify(store.folder(edition.number))
            damaged += [edition.number] if wrong else []
            self.stdout.write(self.line(edition, wrong))
        if not store.numbers():
            self.stdout.write(_("No edition has been baked yet."))
        if damaged:
            raise CommandError(
                _("Not whole any more: %(numbers)s.") % {"numbers": ", ".join(map(str, damaged))}
            )

    def line(self, edition: going_back.Kept, wrong: list[str]) -> str:
        made = f"{timezone.localtime(edition.made_at):%Y-%m-%d %H:%M:%S}" if edition.made_at else "–"
        words = [
            "*" if edition.current else " ",
            f"{edition.number:>5}",
            made,
            _("%(count)s pages") % {"count": edition.pages},
            f"{edition.size / 1_000_000:.1f} MB",
            _("damaged: %(file)s") % {"file": wrong[0]} if wrong else _("whole"),
            edition.reason,
        ]
        return "  ".join(words).rstrip()
