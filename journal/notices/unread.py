"""How many notices wait to be read; imported before the models are."""

from __future__ import annotations

from typing import Any

__all__ = ["unread_for"]


def unread_for(user: Any) -> int:
    """How many notices this person has not read; one query."""
    from journal.notices.models import Notice

    return Notice.objects.unread_by(user).count() if user.is_authenticated else 0
