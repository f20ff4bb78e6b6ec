from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["PeopleConfig"]


class PeopleConfig(AppConfig):
    name = "journal.people"
    label = "people"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"
