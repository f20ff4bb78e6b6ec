"""Numbers that came with an address or a hidden field: whatever somebody may have written there."""

from __future__ import annotations

__all__ = ["number_in"]


def number_in(words: str | None, otherwise: int = 0) -> int:
    """The plain number ``words`` say; ``otherwise`` for anything else, also for more than nine digits."""
    plain = words is not None and words.isascii() and words.isdigit() and len(words) < 10
    return int(words or "") if plain else otherwise
