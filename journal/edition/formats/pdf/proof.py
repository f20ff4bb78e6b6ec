"""The proof as a format of its own name."""

from __future__ import annotations

from journal.edition.formats.pdf.writers import PROOF as FORMAT

__all__ = ["FORMAT"]
