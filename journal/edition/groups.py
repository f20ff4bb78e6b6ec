"""Pages baked together, the rows they show, and the hash of those."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

__all__ = ["Group", "columns", "digest", "rows_by"]


@dataclass(frozen=True)
class Group:
    """Pages baked together: ``pages`` are where to begin (later pages of a list are followed), ``pictures``
    names inside the media folder."""

    audience: str
    name: str
    fingerprint: str
    pages: tuple[str, ...]
    pictures: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.audience} {self.name}"


def digest(*parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rows_by(queryset: QuerySet[Any], owner: str, *names: str) -> dict[int, list[Any]]:
    """Rows as lists of values, by the key of what they belong to."""
    found: dict[int, list[Any]] = defaultdict(list)
    for key, *values in queryset.values_list(owner, *names).iterator(chunk_size=2000):
        found[key].append(values)
    return found


def columns(model: type[Any], *left_out: str) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields if column.attname not in left_out]
