from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["PublicConfig"]


class PublicConfig(AppConfig):
    name = "journal.public"
    label = "public"
    verbose_name = _("Public")
    default_auto_field = "django.db.models.BigAutoField"
