"""What several nouns share."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

__all__ = ["AppendOnly", "AppendOnlyQuerySet"]


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows may be added and read; nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError(_("The record is only ever added to; it cannot be changed."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(_("The record is only ever added to; it cannot be deleted."))

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise TypeError(_("The record is only ever added to; it cannot be changed."))


class AppendOnly(models.Model):
    """A row of the record: written once, never changed or deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(_("The record is only ever added to; it cannot be changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(_("The record is only ever added to; it cannot be deleted."))
