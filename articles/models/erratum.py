from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.base import AppendOnly

__all__ = ["Erratum"]


class Erratum(AppendOnly):
    """A dated notice readers see: a correction 更正 or a take-down 撤下; the old text stays in the record."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        RETRACTION = "retraction", _("take-down")

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="errata")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CORRECTION)
    notice = models.TextField(_("notice to readers"))
    reason = models.TextField(_("reason"))
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")
        ordering = ["article", "at"]

    def __str__(self) -> str:
        return self.notice[:40]
