"""What a verification of the record says: one sentence a finding."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit; ``sequence`` is the event's number, ``None`` when it is about none."""

    kind: str
    sequence: int | None
    sentence: str
