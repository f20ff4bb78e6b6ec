from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

__all__ = ["checked"]

M = TypeVar("M", bound=models.Model)


def checked(row: M, place: object, *unset: str) -> M:
    """A row about to be written, each field within its limits; ``unset`` are given when it is saved.

    Raises ``ValidationError`` that names ``place`` and the field.
    """
    try:
        row.clean_fields(exclude={"id", *unset})
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise ValidationError(
            _("%(place)s, %(field)s: %(why)s")
            % {"place": place, "field": row._meta.get_field(name).verbose_name, "why": " ".join(messages)}  # type: ignore[union-attr]
        ) from error
    return row
