from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from journal.notices.account_letter import forget
from journal.notices.deliver import Delivered, deliver
from journal.notices.make import catch_up
from journal.notices.models import AccountLetter
from journal.notices.remind import remind

__all__ = ["Command"]


class Command(BaseCommand):
    help = _(
        "Write the notices that are missing, remind of due days, and send what is queued. "
        "Run it every minute; running it twice at once does no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=200, help=_("send at most so many (200)"))

    def handle(self, *args: Any, **options: Any) -> None:
        caught, reminded = catch_up(), remind()
        forget()
        done = post(options["limit"])
        if options["verbosity"] > 0 and (caught or reminded or done.sent or done.failed):
            told = _("%(written)s written, %(sent)s sent, %(failed)s not sent.") % {
                "written": caught + reminded,
                "sent": done.sent,
                "failed": done.failed,
            }
            self.stdout.write(told)
        if done.stopped:
            self.stderr.write(done.stopped)


def post(limit: int) -> Delivered:
    """Letters about accounts first: somebody sits and waits for them. A dead server is asked once."""
    first = deliver(limit=limit, of=AccountLetter)
    if first.stopped:
        return first
    rest = deliver(limit=limit)
    return Delivered(first.sent + rest.sent, first.failed + rest.failed, rest.stopped)
