from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["Attempt", "RecoveryCode", "Registration", "User"]


class User(AbstractUser):
    """An account: somebody who works here, writes for us, or reads members' issues."""

    # Chinese names are one field; first and last name of the parent stay empty.
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=50)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    post = models.CharField(_("post"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=50, blank=True)

    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        permissions = [("assign_roles", "May give roles to people and take them away")]

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the account and tell the record what changed, both or neither."""
        from journal.people.changes import changes_of, tell

        with transaction.atomic():
            changes = changes_of(self, kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            for action, data in changes:
                tell(action, self, **data)

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()


class RecoveryCode(models.Model):
    """One of the codes that open the desk without the telephone: kept as a digest, good for one time."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.user} {timezone.localtime(self.made_at):%Y-%m-%d}"


class Registration(models.Model):
    """Somebody asked for an account themselves. Its ``user`` is closed until the address is proven and, where
    the office wants that, approved. ``token`` is the digest of what the letter carries: good for one time."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registration"
    )
    token = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - used up
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("address proven at"), null=True, editable=False)
    settled_at = models.DateTimeField(_("settled at"), null=True, editable=False)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return str(self.user)


class Attempt(models.Model):
    """One use of a door without a key, by the digest of where it came from; gone after its hours."""

    source = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["source", "at"], name="attempt_source_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
