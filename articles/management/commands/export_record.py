from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Event
from articles.record_export import export_lines

__all__ = ["Command"]


class Command(BaseCommand):
    help = "Writes the record as JSON lines with hashes (articles/record_export.py says how to check them)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", metavar="DATE", help="only what happened on this day or later: 2026-11-22"
        )
        parser.add_argument("--article", metavar="NUMBER", help="only one manuscript, by its number or code")
        parser.add_argument("out", metavar="OUT.jsonl", help="a file that does not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        events = Event.objects.all()
        if options["since"]:
            events = events.filter(at__gte=start_of(options["since"]))
        if options["article"]:
            events = events.filter(article=find_article(options["article"]))
        out = Path(options["out"])
        count = write(out, export_lines(events, words=True))
        self.stdout.write(_("%(count)s events written to %(file)s.") % {"count": count, "file": out})


def start_of(day: str) -> datetime.datetime:
    """The first moment of a day where the office is."""
    try:
        found = datetime.date.fromisoformat(day)
    except ValueError:
        raise CommandError(_("“%(day)s” is no day. Write it like 2026-11-22.") % {"day": day}) from None
    return timezone.make_aware(datetime.datetime.combine(found, datetime.time.min))


def find_article(name: str) -> Article:
    article = Article.objects.filter(Q(manuscript_number=name) | Q(code=name)).first()
    if article is None:
        raise CommandError(_("There is no manuscript “%(name)s”; nothing was written.") % {"name": name})
    return article


def write(out: Path, lines: Any) -> int:
    """Write beside, then rename: the file is whole or not there. An old file is never overwritten."""
    if out.exists():
        raise CommandError(_("%(file)s is there already; choose another name.") % {"file": out})
    part, count = out.with_name(out.name + ".part"), 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(line + "\n")
                count += 1
            file.flush()
            os.fsync(file.fileno())
        part.rename(out)
    except (OSError, ValueError) as error:
        part.unlink(missing_ok=True)
        raise CommandError(
            _("The record could not be written to %(file)s: %(error)s") % {"file": out, "error": error}
        ) from error
    return count
