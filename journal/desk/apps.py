from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["DeskAdminConfig", "DeskConfig"]


class DeskAdminConfig(AdminConfig):
    """Django's admin, with our site as the default one."""

    default_site = "journal.desk.site.DeskSite"


class DeskConfig(AppConfig):
    name = "journal.desk"
    label = "desk"
    verbose_name = _("Desk")
    default_auto_field = "django.db.models.BigAutoField"
