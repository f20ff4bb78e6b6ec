from __future__ import annotations

__all__ = ["NotAccepted"]


class NotAccepted(Exception):
    """The import was not written; the message is one sentence that says why and what to do."""
