"""The desk is Django's admin with the office's first page."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

__all__ = ["DeskSite"]


class DeskSite(admin.AdminSite):
    site_header = _("Kanwu desk")
    site_title = _("Kanwu desk")
    index_title = _("My work")
