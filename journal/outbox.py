"""How a room asks for a letter without knowing who posts it: ``journal.notices`` keeps and sends it.

``letter_asked(sender=None, address, subject, body)``: a letter to an address that need not have an account.
"""

from __future__ import annotations

from django.dispatch import Signal

__all__ = ["letter_asked"]

letter_asked = Signal()
