from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.sample.load import load

__all__ = ["Command"]


class Command(BaseCommand):
    help = gettext_lazy("Load the fictional journal: three issues that went the whole road. Doubles nothing.")  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        load(lambda issue: self.stdout.write(_("Made %(issue)s.") % {"issue": issue}))
