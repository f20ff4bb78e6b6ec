from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["WorkingDraft"]


class WorkingDraft(models.Model):
    """What one person is typing in one manuscript, saved apart from its versions until they store it.

    ``content`` holds the fields as typed, ``base`` the same fields as they stood when the person started, at
    the article's ``base_version``. A draft is read by its owner alone and gone once its words are stored.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="working_drafts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_drafts"
    )
    base_version = models.PositiveIntegerField()
    base: Any = models.JSONField(default=dict)
    content: Any = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    class Meta:
        verbose_name = _("working draft")
        verbose_name_plural = _("working drafts")
        constraints = [
            models.UniqueConstraint(fields=["article", "person"], name="working_draft_one_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.article}"
