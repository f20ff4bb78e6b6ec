from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["PortalConfig"]


class PortalConfig(AppConfig):
    name = "journal.portal"
    label = "portal"
    verbose_name = _("Contributors")
