"""Letters about accounts: kept first, then posted; a mail server that fails costs nobody their account."""

from __future__ import annotations

from journal.outbox import letter_asked

__all__ = ["write_to"]


def write_to(address: str, subject: str, body: str) -> None:
    """Have one letter sent; where the mail server is slow or away it goes out with the next run."""
    letter_asked.send(sender=None, address=address, subject=subject, body=body)
