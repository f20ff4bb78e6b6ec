from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from journal.sample.load import load

__all__ = ["Command"]


class Command(BaseCommand):
    help = _(
        "Load the fictional journal: three issues that are out, and a fourth in the making with a manuscript "
        "at every stage. Doubles nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        load(lambda issue: self.stdout.write(_("Made %(issue)s.") % {"issue": issue}))
