"""What several nouns share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models, router, transaction
from django.utils.translation import gettext as _

from articles import record
from articles.refusals import Refused

__all__ = ["AppendOnly", "AppendOnlyQuerySet", "OneDoor", "OneDoorQuerySet"]


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows may be added and read; nothing else but the fields a noun leaves to be filled in later."""

    def update(self, **kwargs: Any) -> int:
        if not kwargs.keys() <= self.model.FILLED_LATER:
            raise TypeError(_("The record is only ever added to; it cannot be changed."))
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(_("The record is only ever added to; it cannot be deleted."))

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise TypeError(_("The record is only ever added to; it cannot be changed."))

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            raise TypeError(_("The record is only ever added to; it cannot be changed."))
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """A row of the record: written once, never changed or deleted.

    ``FILLED_LATER`` names the few fields that may be filled in afterwards ("settled at", "settled by").
    """

    FILLED_LATER: frozenset[str] = frozenset()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            # A new object with an old key must not overwrite the row that has it.
            kwargs["force_insert"] = True
        elif not set(kwargs.get("update_fields") or ["*"]) <= self.FILLED_LATER:
            raise TypeError(_("The record is only ever added to; it cannot be changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(_("The record is only ever added to; it cannot be deleted."))


class OneDoorQuerySet(models.QuerySet[Any]):
    """Refuses to write behind the door's back what only the door may write."""

    def update(self, **kwargs: Any) -> int:
        self.refuse(kwargs)
        return super().update(**kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        fields = list(fields)
        self.refuse(fields)
        return super().bulk_update(objs, fields, *args, **kwargs)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        objs = list(objs)
        if kwargs.get("update_conflicts"):
            raise TypeError(_("Existing rows are not overwritten in bulk."))
        for obj in objs:
            obj.check_new()
        return super().bulk_create(objs, *args, **kwargs)

    def refuse(self, fields: Iterable[str]) -> None:
        if {f.removesuffix("_id") for f in fields} & self.model.DOOR_FIELDS and not record.is_performing():
            raise TypeError(self.model.door_sentence())


class OneDoor(models.Model):
    """A row whose stage moves through one function, and whose every save carries a version token.

    ``save()`` compares the token with the row's (locked where the database can lock) and moves it on;
    somebody who holds an older one gets ``Refused`` (conflict) and nothing is overwritten.
    """

    DOOR_FIELDS: frozenset[str] = frozenset()

    # The token every writer carries: it moves with each save.
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.check_new()
            super().save(*args, **kwargs)
            return
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            stored = type(self)._base_manager.using(using).select_for_update().get(pk=self.pk)
            if not record.is_performing():
                self.check_change(stored)
            self.stored_before = stored  # what a listener of the save compares with
            if stored.version != self.version:
                raise Refused(
                    _(
                        "Somebody else saved this in the meantime. Nothing of yours was stored: "
                        "compare, then save."
                    ),
                    code="stale",
                    kind="conflict",
                )
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version", "updated_at"}
            try:
                super().save(*args, **kwargs)
            except BaseException:
                self.version -= 1
                raise

    def check_new(self) -> None:
        """Refuse a new row that claims to have passed the door already."""
        if not record.is_performing():
            self.check_change(type(self)())

    def check_change(self, stored: Self) -> None:
        """Refuse a save that moves what only the door may move."""
        if any(self.serializable_value(f) != stored.serializable_value(f) for f in self.DOOR_FIELDS):
            raise TypeError(self.door_sentence())

    @classmethod
    def door_sentence(cls) -> str:
        raise NotImplementedError
