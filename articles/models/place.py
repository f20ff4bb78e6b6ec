from __future__ import annotations

from typing import Any, Self

from django.db import models

__all__ = ["PLACE", "KeepsPlace"]

#: What the issue board moves.
PLACE = ("position", "first_page", "last_page", "pages_locked")


class KeepsPlace(models.Model):
    """A row somebody may be writing in while the issue board moves its pages.

    The board leaves the version alone, or one move would stop everybody who is writing in the issue. So a
    save that did not touch the place takes the stored one instead of writing back what it read earlier.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        row = super().from_db(*args, **kwargs)
        row.remember_place()
        return row

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.remember_place()

    def remember_place(self) -> None:
        known = self.__dict__
        self.place_read = tuple(known[n] for n in PLACE) if all(n in known for n in PLACE) else None

    def take_place_of(self, stored: Self) -> None:
        """Follow the board where the place was not touched since it was read."""
        if tuple(getattr(self, name) for name in PLACE) == getattr(self, "place_read", None):
            for name in PLACE:
                setattr(self, name, getattr(stored, name))
