from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["ArticlesConfig"]


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"
