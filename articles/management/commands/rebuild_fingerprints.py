from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from articles import likeness
from articles.models import Article

__all__ = ["Command"]


class Command(BaseCommand):
    help = _("Make the marks of the duplicate check anew; needed only when its rules changed.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("answer with one line of JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        total, started = Article.objects.count(), time.monotonic()

        def progress(done: int) -> None:
            if not options["json"]:
                self.stdout.write(_("%(done)d of %(total)d") % {"done": done, "total": total})

        done = likeness.rebuild(progress)
        seconds = round(time.monotonic() - started, 1)
        if options["json"]:
            self.stdout.write(json.dumps({"articles": done, "seconds": seconds}))
        else:
            self.stdout.write(
                _("Marked %(done)d articles in %(seconds)s seconds.") % {"done": done, "seconds": seconds}
            )
