"""The guards of the record in PostgreSQL's words: one function and two triggers a table.

All the rules stand in the function, because PostgreSQL keeps its text as written: it can be compared.
The triggers are "always" ones: they also act for a session that plays the replica.
"""

from __future__ import annotations

from typing import Any

from articles.record_triggers import EVENT, HEAD, PREFIX, REFUSED, Table, Trigger

__all__ = ["as_stored", "put_up", "standing", "take_down", "triggers"]

# Bits of pg_trigger.tgtype.
ROW, BEFORE, INSERT, DELETE, UPDATE, TRUNCATE = 1, 2, 4, 8, 16, 32
EVENTS = {"rows": ("INSERT OR UPDATE OR DELETE", "ROW"), "truncate": ("TRUNCATE", "STATEMENT")}
TYPES = {"rows": ROW | BEFORE | INSERT | DELETE | UPDATE, "truncate": BEFORE | TRUNCATE}
FOLLOWS = f"""
  IF TG_OP = 'INSERT' AND EXISTS (SELECT 1 FROM {HEAD} WHERE "count" < NEW.sequence) AND (
      (NEW.sequence = 1 AND NOT EXISTS (SELECT 1 FROM {EVENT}))
      OR EXISTS (SELECT 1 FROM {EVENT} WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous_hash
                 AND id < NEW.id)) THEN
    RETURN NEW;
  END IF;"""  # noqa: S608
INSERTS = """
  IF TG_OP = 'INSERT' THEN
    RETURN NEW;
  END IF;"""
MOVES_ON = f""" AND NEW."count" > OLD."count" AND EXISTS (SELECT 1 FROM {EVENT}
      WHERE sequence = NEW."count" AND id = NEW.last_id AND hash = NEW.last_hash)"""  # noqa: S608


def function(table: Table) -> str:
    """The body of a table's function: what it does not let through it refuses."""
    old, new = (", ".join(f'{row}."{c}"' for c in table.kept) for row in ("OLD", "NEW"))
    return f"""
BEGIN{FOLLOWS if table.name == EVENT else INSERTS}
  IF TG_OP = 'UPDATE' THEN
    IF ROW({old}) IS NOT DISTINCT FROM ROW({new}){MOVES_ON if table.name == HEAD else ""} THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation', TABLE = TG_TABLE_NAME;
END;
"""


def triggers(table: Table) -> list[Trigger]:
    body = function(table)
    return [Trigger(f"{PREFIX}{table.name}_{what}", table.name, body) for what in EVENTS]


def as_stored(trigger: Trigger) -> Any:
    return (trigger.table, TYPES[kind_of(trigger.name)], "A", False, trigger.sql)


def kind_of(name: str) -> str:
    return name.rpartition("_")[2]


def standing(cursor: Any) -> dict[str, Any]:
    """Our triggers as they stand: table, type, state, whether they have a condition, the function's text."""
    cursor.execute(
        """SELECT t.tgname, c.relname, t.tgtype, t.tgenabled, t.tgqual IS NOT NULL OR t.tgnargs > 0, p.prosrc
           FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
           WHERE NOT t.tgisinternal AND starts_with(t.tgname, %s)""",
        [PREFIX],
    )
    return {name: tuple(rest) for name, *rest in cursor.fetchall()}


def put_up(cursor: Any, trigger: Trigger) -> None:
    """Both triggers of a table call one function, which is written (again) with each of them."""
    events, each = EVENTS[kind_of(trigger.name)]
    call = f"{PREFIX}{trigger.table}"
    cursor.execute(
        f'CREATE OR REPLACE FUNCTION "{call}"() RETURNS trigger LANGUAGE plpgsql '
        f"AS $record${trigger.sql}$record$"
    )
    cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}" ON "{trigger.table}"')
    cursor.execute(
        f'CREATE TRIGGER "{trigger.name}" BEFORE {events} ON "{trigger.table}" FOR EACH {each} '
        f'EXECUTE FUNCTION "{call}"()'
    )
    cursor.execute(f'ALTER TABLE "{trigger.table}" ENABLE ALWAYS TRIGGER "{trigger.name}"')


def take_down(cursor: Any) -> None:
    for name, (table, *_rest) in standing(cursor).items():
        cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
