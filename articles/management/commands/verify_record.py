from __future__ import annotations

import json
import re
import time
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.record_check import Verification

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Walks over the whole record and names every event that was changed, taken out, put in or moved."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object a finding, then the result")
        parser.add_argument(
            "--known",
            action="append",
            default=[],
            metavar="NUMBER:HASH",
            help="a point noted earlier, elsewhere; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started, found = time.monotonic(), 0
        walk = Verification(known=dict(known_point(text) for text in options["known"]))
        for finding in walk.findings():
            found += 1
            self.stdout.write(
                json.dumps(asdict(finding), ensure_ascii=False) if options["json"] else finding.sentence
            )
        if options["json"]:
            seconds = round(time.monotonic() - started, 3)
            result = {"events": walk.count, "findings": found, "head": walk.point, "seconds": seconds}
            self.stdout.write(json.dumps(result))
        if found:
            raise CommandError(
                _("%(found)s findings in %(count)s events: the record is not as it was written.")
                % {"found": found, "count": walk.count}
            )
        if not options["json"]:
            self.stdout.write(
                _("%(count)s events, nothing amiss. Keep this point elsewhere: %(point)s")
                % {"count": walk.count, "point": walk.point}
            )


def known_point(text: str) -> tuple[int, str]:
    if not re.fullmatch(r"[1-9]\d{0,17}:[0-9a-f]{64}", text):
        raise CommandError(
            _("“%(text)s” is no point of the record. Give number and hash as a verification printed them.")
            % {"text": text}
        )
    number, known = text.split(":")
    return int(number), known
