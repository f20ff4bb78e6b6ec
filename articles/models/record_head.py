from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.record_chain import GENESIS

__all__ = ["RecordHead"]


class RecordHead(models.Model):
    """How far the record goes: one row, the last lock an action takes, moved on with every event.

    It is what makes the removal of the newest events visible. ``last_id`` is the newest event's key: keys are
    given here, too, because the hash covers them.
    """

    only = models.BooleanField(primary_key=True, default=True, editable=False)
    count = models.PositiveBigIntegerField(default=0, editable=False)
    last_id = models.PositiveBigIntegerField(default=0, editable=False)
    last_hash = models.CharField(max_length=64, default=GENESIS, editable=False)

    class Meta:
        verbose_name = _("head of the record")
        verbose_name_plural = _("head of the record")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="record_head_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.count}:{self.last_hash}"
