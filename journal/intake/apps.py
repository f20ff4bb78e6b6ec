from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["IntakeConfig"]


class IntakeConfig(AppConfig):
    name = "journal.intake"
    label = "intake"
    verbose_name = _("Intake")
    default_auto_field = "django.db.models.BigAutoField"
