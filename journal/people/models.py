from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["User"]


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

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()
