from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.translation import gettext as _

from journal.sample.cast import CAST, password

__all__ = ["Command"]


class Command(BaseCommand):
    help = _("Print the addresses of the demo and one login for each role.")

    def handle(self, *args: Any, **options: Any) -> None:
        write = self.stdout.write
        write("")
        write(_("Reader:  %(url)s") % {"url": f"{settings.SITE_URL}/"})
        write(_("Portal:  %(url)s") % {"url": f"{settings.SITE_URL}{reverse('portal:home')}"})
        write(_("Desk:    %(url)s") % {"url": f"{settings.SITE_URL}{reverse('admin:index')}"})
        write("")
        write(_("Password of every demo account: %(password)s") % {"password": password()})
        for person in CAST:
            if person.login:
                write(f"  {person.username:12} {person.name}\t{person.post or person.label}")
