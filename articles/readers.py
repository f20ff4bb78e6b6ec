"""Who asks to read, and what may be opened to them: the one place that says so.

An issue is for everybody, for signed-in readers anywhere, or for the inside network (domain §2). The queries
of issues and articles take a ``Reader`` and ask it; no screen, page or file decides beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from articles.models.journal import Visibility

__all__ = ["Reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """An account (or nobody), and whether the request comes from the inside network."""

    user: Any = None
    inside: bool = False

    @classmethod
    def of(cls, who: Any) -> Reader:
        """``who`` itself, or an account as it is known without a request: outside."""
        return who if isinstance(who, Reader) else cls(who)

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None and bool(self.user.is_authenticated)

    @property
    def is_of_the_office(self) -> bool:
        """Whoever reads every text at the desk anyway; the three officers do not."""
        return self.is_signed_in and self.user.is_staff and bool(self.user.has_perm("articles.view_article"))

    @property
    def opens(self) -> frozenset[Visibility]:
        """What an issue that is out may be, for this reader to open it.

        To be inside opens nothing that is for signed-in readers, and to be signed in opens nothing inside:
        an account proves who somebody is, a network where they are. The office reads both from anywhere.
        """
        found = {Visibility.PUBLIC}
        if self.is_signed_in:
            found.add(Visibility.MEMBERS)
        if self.inside or self.is_of_the_office:
            found.add(Visibility.INSIDE)
        return frozenset(found)
