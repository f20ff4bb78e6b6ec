from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.models import IssueFile
from journal.edition.making import make

__all__ = ["Command"]


class Command(BaseCommand):
    help = _("Make a file that was asked for at the desk. The desk runs this by itself.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pk", type=int, help=_("which one"))
        parser.add_argument("--lock", type=int, help=_("held as long as this process lives"))

    def handle(self, *args: Any, pk: int, **options: Any) -> None:
        file = IssueFile.objects.in_making().select_related("issue").filter(pk=pk).first()
        if file is None:
            raise CommandError(_("Nobody waits for this file."))
        make(file)
        if file.state == file.State.REFUSED:
            raise CommandError(file.sentence)
