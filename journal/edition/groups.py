"""Pages baked together, and the hash of what they show."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

__all__ = ["Group", "digest"]


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
