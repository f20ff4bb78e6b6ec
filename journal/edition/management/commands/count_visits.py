from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.visits.count import count_visits
from journal.edition.failpoints import reached

__all__ = ["Command"]


class Command(BaseCommand):
    help = _(
        "Count the visits that readers' pages have told of. `publish_due` does it, too; running both, or "
        "twice at once, does no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = count_visits(reached=reached)
        if count:
            self.stdout.write(_("%(count)s visits counted.") % {"count": count})
