from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.base import AppendOnly

__all__ = ["Event"]


class Event(AppendOnly):
    """One line of the record: who did what to which object, when, from where, and what changed."""

    at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    action = models.CharField(_("action"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="events",
        verbose_name=_("who"),
    )
    # The name as it was then; for commands without a person the command's name.
    actor_name = models.CharField(max_length=150)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, related_name="events"
    )
    issue = models.ForeignKey("articles.Issue", on_delete=models.PROTECT, null=True, related_name="events")
    delegation = models.ForeignKey(
        "articles.Delegation", on_delete=models.PROTECT, null=True, related_name="events"
    )
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    note = models.TextField(_("reason or opinion"), blank=True)
    data = models.JSONField(default=dict, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False) | Q(issue__isnull=False) | Q(delegation__isnull=False),
                name="event_has_object",
            ),
            models.CheckConstraint(condition=~Q(actor_name=""), name="event_has_actor"),
        ]
        indexes = [
            models.Index(fields=["article", "action"], name="event_article_action"),
            models.Index(fields=["issue", "action"], name="event_issue_action"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
