"""What has been baked: one row an edition, written last, when readers already see it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["Edition"]


class Edition(models.Model):
    """One whole set of the reader's files under ``EDITIONS_ROOT/<number>``; the newest is on show,
    unless somebody went back (``journal.edition.going_back``)."""

    number = models.PositiveIntegerField(pgettext_lazy("of an edition", "number"), unique=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)
    reason = models.CharField(_("made for"), max_length=200, blank=True)
    pages_baked = models.PositiveIntegerField(_("pages baked"), default=0)
    pages_kept = models.PositiveIntegerField(_("pages kept"), default=0)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    manifest_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_counts_from_one")
        ]

    def __str__(self) -> str:
        return str(self.number)
