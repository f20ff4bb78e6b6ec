"""What the guards of the record share: the table as they see it, a trigger and its name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import UniqueConstraint

__all__ = ["EVENT", "HEAD", "PREFIX", "REFUSED", "Table", "Trigger"]

#: How the names of all our triggers begin.
PREFIX = "kanwu_record_"
#: What the database answers: read by whoever tries, in a log or a console.
REFUSED = "the record is only ever added to"
EVENT, HEAD = "articles_event", "articles_recordhead"


class Trigger(NamedTuple):
    name: str
    table: str
    sql: str


@dataclass(frozen=True, slots=True)
class Table:
    """A guarded table: ``kept`` are the columns that never change, ``unique`` the sets that name one row."""

    name: str
    kept: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, model: Any, later: Collection[str]) -> Table:
        fields = model._meta.concrete_fields
        columns = {field.name: field.column for field in fields}
        sets = [(field.column,) for field in fields if field.unique]
        sets += [
            tuple(columns[name] for name in constraint.fields)
            for constraint in model._meta.constraints
            if isinstance(constraint, UniqueConstraint) and constraint.condition is None
        ]
        kept = tuple(field.column for field in fields if field.name not in later)
        return cls(model._meta.db_table, kept, tuple(sets))
