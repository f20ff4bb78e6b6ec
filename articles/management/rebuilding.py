"""What the commands that make something anew from every article have in common."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from articles.models import Article

__all__ = ["RebuildCommand"]


class RebuildCommand(BaseCommand):
    """``rebuild(progress)`` does the work and returns how many articles, ``told`` says so."""

    def rebuild(self, progress: Callable[[int], None]) -> int:
        raise NotImplementedError

    def told(self, done: int, seconds: float) -> str:
        """One sentence for a person."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("answer with one line of JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        total, started = Article.objects.count(), time.monotonic()

        def progress(done: int) -> None:
            if not options["json"]:
                self.stdout.write(_("%(done)d of %(total)d") % {"done": done, "total": total})
                self.stdout.flush()

        done = self.rebuild(progress)
        seconds = round(time.monotonic() - started, 1)
        answer = {"articles": done, "seconds": seconds}
        self.stdout.write(json.dumps(answer) if options["json"] else self.told(done, seconds))
