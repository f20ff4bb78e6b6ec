from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.base import AppendOnly

__all__ = ["Revision"]


class Revision(AppendOnly):
    """The whole text at one moment; autosave never makes one."""

    class Reason(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        SIGNED = "signed", _("signed off")
        RESTORED = "restored", _("restored")
        SAVED = "saved", _("saved as a version")
        RELEASED = "released", _("released to press")
        IMPORTED = "imported", _("imported")
        PROOF = "proof", _("proof correction")
        CORRECTED = "corrected", _("corrected after publication")

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("version"))
    reason = models.CharField(_("made by"), max_length=12, choices=Reason)
    text_hash = models.CharField(max_length=64, db_index=True)
    content = models.JSONField()  # every field of SIGNED_FIELDS
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="revisions",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_unique_number"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} v{self.number}"
