from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["CheckOut"]


class CheckOut(models.Model):
    """Who has a manuscript open for writing; the others read, ask for it, or take it over.

    It holds as long as its heartbeat is younger than ``EXPIRES``; a dead browser frees it by itself.
    """

    BEAT = datetime.timedelta(seconds=60)
    EXPIRES = datetime.timedelta(minutes=3)

    article = models.OneToOneField("articles.Article", on_delete=models.CASCADE, related_name="check_out")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="check_outs")
    taken_at = models.DateTimeField(_("taken at"), default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("check-out")
        verbose_name_plural = _("check-outs")

    def __str__(self) -> str:
        return f"{self.person} · {self.article}"

    @property
    def is_held(self) -> bool:
        return timezone.now() - self.beat_at < self.EXPIRES
