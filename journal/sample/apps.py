from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["SampleConfig"]


class SampleConfig(AppConfig):
    name = "journal.sample"
    label = "sample"
    verbose_name = _("Sample")
    default_auto_field = "django.db.models.BigAutoField"
