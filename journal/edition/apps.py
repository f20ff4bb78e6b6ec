from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

__all__ = ["EditionConfig"]


class EditionConfig(AppConfig):
    name = "journal.edition"
    label = "edition"
    verbose_name = _("Edition")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.signals import issue_changed, stage_changed
        from journal.edition import receivers

        stage_changed.connect(receivers.bake_touched_article, dispatch_uid="edition-article")
        issue_changed.connect(receivers.bake_decided_issue, dispatch_uid="edition-issue")
