"""The guards of the record in SQLite's words."""

from __future__ import annotations

from typing import Any

from articles.record_triggers import EVENT, HEAD, PREFIX, REFUSED, Table, Trigger

__all__ = ["as_stored", "put_up", "standing", "take_down", "triggers"]

STOP = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
FOLLOWS = f"""NOT EXISTS (SELECT 1 FROM {HEAD} WHERE "count" < NEW.sequence) OR NOT (
    (NEW.sequence = 1 AND NOT EXISTS (SELECT 1 FROM {EVENT}))
    OR EXISTS (SELECT 1 FROM {EVENT} WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous_hash
               AND id < NEW.id))"""  # noqa: S608
MOVES_ON = f"""NEW."count" <= OLD."count" OR NOT EXISTS (SELECT 1 FROM {EVENT}
    WHERE sequence = NEW."count" AND id = NEW.last_id AND hash = NEW.last_hash)"""  # noqa: S608


def triggers(table: Table) -> list[Trigger]:
    changed = " OR ".join(f'NEW."{c}" IS NOT OLD."{c}"' for c in table.kept)
    taken = " OR ".join(is_taken(table.name, key) for key in table.unique)
    rules = {"delete": ("DELETE", None), "update": ("UPDATE", changed), "replace": ("INSERT", taken)}
    if table.name == EVENT:
        rules["follow"] = ("INSERT", FOLLOWS)
    if table.name == HEAD:
        rules["move"] = ("UPDATE", MOVES_ON)
    return [make(table.name, name, *rule) for name, rule in rules.items()]


def is_taken(table: str, key: tuple[str, ...]) -> str:
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in key)
    return f'EXISTS (SELECT 1 FROM "{table}" WHERE {same})'  # noqa: S608


def make(table: str, rule: str, verb: str, when: str | None) -> Trigger:
    name = f"{PREFIX}{table}_{rule}"
    condition = f" WHEN {when}" if when else ""
    return Trigger(
        name, table, f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH ROW{condition} {STOP}'
    )


def as_stored(trigger: Trigger) -> Any:
    return trigger.sql


def standing(cursor: Any) -> dict[str, Any]:
    """Our triggers as they stand; SQLite keeps the words they were made with."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s",
        [len(PREFIX), PREFIX],
    )
    return dict(cursor.fetchall())


def put_up(cursor: Any, trigger: Trigger) -> None:
    cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"')
    cursor.execute(trigger.sql)


def take_down(cursor: Any) -> None:
    for name in standing(cursor):
        cursor.execute(f'DROP TRIGGER "{name}"')
