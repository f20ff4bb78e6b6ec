"""Guards the tables of the record in the database itself: whoever gets past the models meets the triggers.

What they refuse, on SQLite and on PostgreSQL, to everybody who writes through whatever program:

- changing or deleting a row of any ``AppendOnly`` noun, but for the columns it names in ``FILLED_LATER``;
  on PostgreSQL also emptying the table, on SQLite also ``REPLACE``, which deletes in silence;
- an event that does not follow the newest one, or follows another number than its own less one;
- moving the head back, or on to anything but an event that is there; a second head.

No setting turns them off. ``migrate`` takes them down before it changes anything (SQLite rebuilds a table to
change it, which loses its triggers) and puts them up again at its end, so a migration that has to mend the
record may; ``verify_record`` names every trigger that is missing, disabled or not as it should be. Who owns
the database can of course drop them: then the chain still shows what was done.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections

from articles import record_triggers_postgresql, record_triggers_sqlite
from articles.record_triggers import Table

__all__ = ["flaws", "guarded_tables", "set_up", "take_down", "take_down_for_plan"]

KINDS: dict[str, Any] = {"sqlite": record_triggers_sqlite, "postgresql": record_triggers_postgresql}


def guarded_tables() -> list[Table]:
    """Every table of the record with the columns that stay as they were written."""
    from articles.models import RecordHead
    from articles.models.base import AppendOnly

    nouns = [model for model in apps.get_models() if issubclass(model, AppendOnly)]
    tables = [Table.of(model, model.FILLED_LATER) for model in nouns]
    return [*tables, Table.of(RecordHead, {"count", "last_id", "last_hash"})]


def flaws(using: str = "default") -> list[str]:
    """The names of the triggers that are missing, disabled or not as they should be."""
    connection = connections[using]
    kind = KINDS[connection.vendor]
    with connection.cursor() as cursor:
        found = kind.standing(cursor)
    wanted = {trigger.name: kind.as_stored(trigger) for t in guarded_tables() for trigger in kind.triggers(t)}
    return sorted(name for name, text in wanted.items() if found.get(name) != text)


def set_up(using: str = "default", **kwargs: Any) -> None:
    """After ``migrate``: every trigger stands as it should, and a record without events has its head."""
    from articles.models import Event, RecordHead

    connection = connections[using]
    present = set(connection.introspection.table_names())
    if RecordHead._meta.db_table not in present:
        return  # migrated back to a time before the chain
    if not Event.objects.using(using).exists():
        RecordHead.objects.using(using).get_or_create(only=True)
    kind, wrong = KINDS[connection.vendor], set(flaws(using))
    with connection.cursor() as cursor:
        for table in guarded_tables():
            for trigger in kind.triggers(table):
                if trigger.name in wrong and table.name in present:
                    kind.put_up(cursor, trigger)


def take_down(using: str = "default") -> None:
    """Remove every trigger of ours, whatever table it is on."""
    connection = connections[using]
    kind = KINDS[connection.vendor]
    with connection.cursor() as cursor:
        kind.take_down(cursor)


def take_down_for_plan(using: str = "default", plan: Any = (), **kwargs: Any) -> None:
    """Before ``migrate``: only when there is something to migrate."""
    if plan:
        take_down(using)
