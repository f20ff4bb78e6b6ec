"""Guards the tables of the record in the database itself."""

from __future__ import annotations

from typing import Any

from django.db import connections

__all__ = ["set_up"]


def set_up(using: str = "default", **kwargs: Any) -> None:
    """After ``migrate`` (and after a test database was emptied): a record without events has its head."""
    from articles.models import Event, RecordHead

    tables = connections[using].introspection.table_names()
    if RecordHead._meta.db_table not in tables:
        return
    if not Event.objects.using(using).exists():
        RecordHead.objects.using(using).get_or_create(only=True)
