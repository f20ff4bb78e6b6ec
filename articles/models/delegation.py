from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.base import AppendOnly, AppendOnlyQuerySet

__all__ = ["Delegation"]


class DelegationQuerySet(AppendOnlyQuerySet):
    def valid_on(self, day: datetime.date | None = None) -> DelegationQuerySet:
        """Delegations in force on a day (today in the office's time zone): both ends included."""
        day = day or timezone.localdate()
        return self.filter(starts_on__lte=day, ends_on__gte=day, withdrawn_at__isnull=True)


class Delegation(AppendOnly):
    """The chief editor lets somebody give the final review, from one day to another; both ends included."""

    FILLED_LATER = frozenset({"withdrawn_at"})

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_given"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_held"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DelegationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="delegation_to_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder} {self.starts_on}–{self.ends_on}"
