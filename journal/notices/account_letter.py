"""Letters about accounts: they belong to no manuscript, and what they say is a key to somebody's account.

So the words are kept only until they are sent, and no longer than the key in them is good for.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["GOOD_FOR", "AccountLetter", "State", "due_now", "forget"]

#: The longest any link in a letter is good for (Django's link to a new password).
GOOD_FOR = datetime.timedelta(days=3)
#: After this the row goes, too: who was written to is nobody's business any more.
KEPT = datetime.timedelta(days=30)


class State(models.TextChoices):
    """How far a letter has come. What is only at the desk is not sent anywhere."""

    QUEUED = "queued", _("to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")
    DESK = "desk", _("only at the desk")


def due_now(now: Any) -> models.Q:
    """What may be tried: waiting, or failed and its pause over."""
    return models.Q(state__in=[State.QUEUED, State.FAILED], next_try_at__lte=now)


class AccountLetterQuerySet(models.QuerySet["AccountLetter"]):
    def due(self, now: Any) -> AccountLetterQuerySet:
        return self.filter(due_now(now))

    def failed(self) -> AccountLetterQuerySet:
        """What did not go out and still could."""
        return self.filter(state=State.FAILED).exclude(body="").order_by("-pk")


class AccountLetter(models.Model):
    """One letter to one address."""

    #: What is wiped once it is sent.
    WIPED: dict[str, str] = {"body": ""}

    address = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text of the letter"), blank=True)
    made_at = models.DateTimeField(_("written at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    tried_at = models.DateTimeField(_("last tried at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True, default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.TextField(_("what went wrong"), blank=True)

    objects = AccountLetterQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("letter about an account")
        verbose_name_plural = _("letters about accounts")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="account_letter_next_try")]

    def __str__(self) -> str:
        return self.subject

    @property
    def identity(self) -> str:
        """The same over all tries, by which mail programs know a copy."""
        return f"account-{self.pk}.{self.made_at:%Y%m%d%H%M%S}"


def forget() -> None:
    """Wipe letters whose links are worth nothing any more, and the rows that nobody needs."""
    now = timezone.now()
    AccountLetter.objects.filter(made_at__lt=now - KEPT).delete()
    worthless = AccountLetter.objects.filter(made_at__lt=now - GOOD_FOR).exclude(body="")
    worthless.update(body="", next_try_at=None)
