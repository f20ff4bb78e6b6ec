from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

__all__ = ["ArticlesConfig"]


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.likeness.keeping import listen as mark_texts
        from articles.phrases import fill_empty_table
        from articles.record_guard import set_up, take_down_for_plan
        from articles.search.keeping import listen

        pre_migrate.connect(take_down_for_plan, sender=self, dispatch_uid="record_guard")
        post_migrate.connect(set_up, sender=self, dispatch_uid="record_guard")
        post_migrate.connect(fill_empty_table, sender=self, dispatch_uid="articles.phrases")
        listen()
        mark_texts()
