from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.base import AppendOnly, AppendOnlyQuerySet

__all__ = ["Comment"]


class CommentQuerySet(AppendOnlyQuerySet):
    def open_required(self) -> CommentQuerySet:
        """The comments that stop a sign-off."""
        return self.filter(required=True, resolved_at__isnull=True)


class Comment(AppendOnly):
    """A remark hung on a block and a quotation of one version; its words are never changed, only resolved."""

    FILLED_LATER = frozenset({"resolved_at", "resolved_by"})

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="comments")
    revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    block = models.PositiveIntegerField(_("block"), null=True, blank=True)
    quotation = models.TextField(_("quotation"), blank=True)
    text = models.TextField(_("comment"))
    required = models.BooleanField(_("must be settled"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["article", "at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_has_text"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_resolved_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
