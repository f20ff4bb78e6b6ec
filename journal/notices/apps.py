from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

__all__ = ["NoticesConfig"]


class NoticesConfig(AppConfig):
    name = "journal.notices"
    label = "notices"
    verbose_name = _("Correspondence")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.signals import issue_published, stage_changed
        from journal.notices import receivers
        from journal.notices.wording import install_wording
        from journal.outbox import letter_asked

        post_migrate.connect(install_wording, sender=self, dispatch_uid="notices-wording")
        stage_changed.connect(receivers.tell_of_event, dispatch_uid="notices-article")
        issue_published.connect(receivers.tell_of_issue, dispatch_uid="notices-issue")
        letter_asked.connect(receivers.post, dispatch_uid="notices-account")
