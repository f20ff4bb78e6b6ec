from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["EditionConfig"]


class EditionConfig(AppConfig):
    name = "journal.edition"
    label = "edition"
    verbose_name = _("Edition")
    default_auto_field = "django.db.models.BigAutoField"
