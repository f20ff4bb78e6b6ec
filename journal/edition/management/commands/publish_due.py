from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils.translation import gettext as _

from articles.visits.count import count_visits
from journal.edition import assets
from journal.edition.due import Outcome, catch_up, publish_due
from journal.edition.store import EditionError

__all__ = ["Command"]


class Command(BaseCommand):
    help = _(
        "Publish the signed issues whose set time has come, for the person who set it, and catch up what an "
        "interruption left undone; count the visits. Run it every minute; running it twice at once does no "
        "harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--watch",
            type=int,
            nargs="?",
            const=20,
            metavar="SECONDS",
            help=_("go on, and look every so many seconds (20)"),
        )

    def handle(self, *args: Any, watch: int | None, **options: Any) -> None:
        """Ends with an error when something due did not come out; a watch tells it and goes on."""
        assets.collect()
        failed = self.look()
        while watch:
            time.sleep(watch)
            close_old_connections()
            self.look()
        if failed:
            raise CommandError(_("%(count)s due, but not published.") % {"count": len(failed)})

    def look(self) -> list[Outcome]:
        """One round; returns what did not come out."""
        outcomes = publish_due()
        for outcome in outcomes:
            self.tell(outcome)
        self.catch_up()
        self.count()
        return [outcome for outcome in outcomes if outcome.result is None]

    def catch_up(self) -> None:
        try:
            result = catch_up()
        except EditionError as error:
            self.stderr.write(str(error))
            return
        if result is not None:
            words = {"edition": result.edition.number}
            self.stdout.write(
                _("What was decided before an interruption is on show: edition %(edition)s.") % words
            )

    def count(self) -> None:
        """Visits wait in their files: what goes wrong with them stops nothing and is tried again."""
        try:
            count_visits()
        except (OSError, DatabaseError) as error:
            self.stderr.write(_("The visits were not counted: %(error)s. They are kept.") % {"error": error})

    def tell(self, outcome: Outcome) -> None:
        words = {"issue": outcome.issue, "sentence": outcome.sentence}
        if outcome.result is None:
            self.stderr.write(_("%(issue)s did not come out: %(sentence)s") % words)
            return
        words["edition"] = outcome.result.edition.number
        self.stdout.write(_("%(issue)s is published: edition %(edition)s.") % words)
