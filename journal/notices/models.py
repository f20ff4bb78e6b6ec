from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.base import AppendOnly, AppendOnlyQuerySet
from journal.notices.account_letter import AccountLetter, State, due_now
from journal.notices.kinds import Audience, Kind
from journal.notices.placeholders import fill, one_line, refuse_unknown, sample_values

__all__ = ["AccountLetter", "HandledEvent", "Notice", "NoticeTemplate", "Progress", "State"]


class NoticeTemplate(models.Model):
    """The office's wording of one notice; switched off it makes none. Letters may have many, others one."""

    name = models.CharField(pgettext_lazy("of a template", "name"), max_length=50)
    kind = models.CharField(_("occasion"), max_length=12, choices=Kind)
    audience = models.CharField(_("goes to"), max_length=10, choices=Audience)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text of the notice"))
    active = models.BooleanField(_("in use"), default=True)
    by_email = models.BooleanField(_("by e-mail, too"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("notice template")
        verbose_name_plural = _("notice templates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "audience"],
                condition=~Q(kind="letter"),
                name="noticetemplate_one_a_kind",
                violation_error_message=_("There is a template for this occasion already: change that one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a place nobody can fill, at the field it stands in."""
        errors: dict[str, Any] = {}
        for field in ("subject", "body"):
            try:
                refuse_unknown(getattr(self, field), self.kind)
            except ValidationError as error:
                errors[field] = error
        if errors:
            raise ValidationError(errors)

    def filled(self, values: dict[str, str]) -> tuple[str, str]:
        """Subject and body with ``values`` in their places."""
        return one_line(fill(self.subject, values)), fill(self.body, values).strip()

    def preview(self) -> tuple[str, str]:
        """Subject and body with sample values."""
        return self.filled(sample_values())


class NoticeQuerySet(AppendOnlyQuerySet):
    def unread_by(self, user: Any) -> NoticeQuerySet:
        return self.filter(recipient=user, read_at=None)

    def due(self, now: Any) -> NoticeQuerySet:
        return self.filter(due_now(now))


class Notice(AppendOnly):
    """One notice as it was written to one person: its words never change, only how far it has come."""

    FILLED_LATER = frozenset({"state", "tried_at", "tries", "next_try_at", "sent_at", "error", "read_at"})
    #: Nothing of a notice goes when it is sent.
    WIPED: dict[str, str] = {}

    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.PROTECT, related_name="notices"
    )
    event = models.ForeignKey("articles.Event", on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("occasion"), max_length=12, choices=Kind)
    audience = models.CharField(_("goes to"), max_length=10, choices=Audience)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        on_delete=models.PROTECT,
        related_name="notices",
    )
    address = models.EmailField(_("e-mail address"), blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text of the notice"))
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    tried_at = models.DateTimeField(_("last tried at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.TextField(_("what went wrong"), blank=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()  # type: ignore[misc]

    class Meta(AppendOnly.Meta):
        abstract = False
        verbose_name = pgettext_lazy("letter", "notice")
        verbose_name_plural = pgettext_lazy("letters", "notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "kind", "recipient"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["recipient", "read_at"], name="notice_recipient_read"),
            models.Index(fields=["state", "next_try_at"], name="notice_state_next_try"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def identity(self) -> str:
        """The same over all tries, by which mail programs know a copy."""
        return f"notice-{self.pk}.{self.event_id}.{self.recipient_id}"


class HandledEvent(models.Model):
    """An event whose notices have been written, or that causes none. Kept only above ``Progress``."""

    event = models.OneToOneField(
        "articles.Event", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.event_id)


class Progress(models.Model):
    """One row: every event up to ``event_pk`` is handled. Keys may commit out of order, hence both tables."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    event_pk = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.event_pk)
