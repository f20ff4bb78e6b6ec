from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import record
from articles.models.base import AppendOnly, AppendOnlyQuerySet

__all__ = ["ReaderComment"]


class ReaderCommentQuerySet(AppendOnlyQuerySet):
    def waiting(self) -> ReaderCommentQuerySet:
        """What nobody of the office has decided on yet."""
        return self.filter(state=ReaderComment.State.WAITING)

    def shown(self) -> ReaderCommentQuerySet:
        """What stands under the articles, in the order it came in."""
        return self.filter(state=ReaderComment.State.SHOWN).order_by("at", "pk")

    def update(self, **kwargs: Any) -> int:
        if not record.is_performing():
            raise TypeError(gettext("A comment is decided on only through reader_comments.decide()."))
        return super().update(**kwargs)


class ReaderComment(AppendOnly):
    """What a reader wrote under a published article; no reader sees it before an editor has shown it.

    ``text`` is plain. Name and words never change; what was refused or removed stays here for the office and
    is on no page, until the office erases it because the writer asks for that: then both are empty. Of the
    sender nothing else is kept: no network address, no e-mail; ``person`` only of who was signed in.
    """

    FILLED_LATER = frozenset({"state", "moderated_by", "moderated_at", "reason", "name", "text", "person"})

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("of a reader's comment", "waiting")
        SHOWN = "shown", pgettext_lazy("of a reader's comment", "shown")
        REFUSED = "refused", pgettext_lazy("of a reader's comment", "refused")
        REMOVED = "removed", pgettext_lazy("of a reader's comment", "removed")
        ERASED = "erased", pgettext_lazy("of a reader's comment", "erased")

    article = models.ForeignKey(
        "articles.Article",
        on_delete=models.PROTECT,
        related_name="reader_comments",
        verbose_name=_("article"),
    )
    name = models.CharField(pgettext_lazy("of a reader", "name"), max_length=30)
    text = models.TextField(_("comment"))
    at = models.DateTimeField(_("sent at"), default=timezone.now, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="reader_comments"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    moderated_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = ReaderCommentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("reader's comment")
        verbose_name_plural = _("readers' comments")
        ordering = ["-at", "-pk"]
        base_manager_name = "objects"
        default_permissions = ()
        permissions = [("moderate_comments", "May decide on readers' comments")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="erased", name="", text="")
                | ~Q(state="erased") & ~Q(name="") & ~Q(text=""),
                name="reader_comment_has_words",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", moderated_by__isnull=True, moderated_at__isnull=True)
                | ~Q(state="waiting") & Q(moderated_by__isnull=False, moderated_at__isnull=False),
                name="reader_comment_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shown"]) | ~Q(reason=""),
                name="reader_comment_taken_off_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "at"], name="reader_comment_state_at"),
            models.Index(fields=["article", "state", "at"], name="reader_comment_article"),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not record.is_performing():
            raise TypeError(gettext("A comment is decided on only through reader_comments.decide()."))
        super().save(*args, **kwargs)
