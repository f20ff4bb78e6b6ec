from django.apps import AppConfig, apps
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

__all__ = ["EditionConfig"]


class EditionConfig(AppConfig):
    name = "journal.edition"
    label = "edition"
    verbose_name = _("Edition")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from articles.signals import comments_decided, issue_changed, stage_changed
        from journal.edition import receivers

        for model in ("Call", "Journal"):
            for signal in (post_save, post_delete):
                signal.connect(
                    receivers.bake_contributing,
                    sender=apps.get_model("articles", model),
                    dispatch_uid=f"edition-{model}",
                )
        for model, withdraws in (
            ("Issue", receivers.withdraw_issue),
            ("Article", receivers.withdraw_article),
            ("Journal", receivers.withdraw_issues_of),
        ):
            post_save.connect(
                withdraws, sender=apps.get_model("articles", model), dispatch_uid=f"edition-withdraw-{model}"
            )
        stage_changed.connect(receivers.bake_touched_article, dispatch_uid="edition-article")
        comments_decided.connect(receivers.bake_comments, dispatch_uid="edition-comments")
        issue_changed.connect(receivers.bake_decided_issue, dispatch_uid="edition-issue")
