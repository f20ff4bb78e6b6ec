from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from articles import likeness
from articles.management.rebuilding import RebuildCommand

__all__ = ["Command"]


class Command(RebuildCommand):
    help = _("Make the marks of the duplicate check anew; needed only when its rules changed.")

    def rebuild(self, progress: Callable[[int], None]) -> int:
        return likeness.rebuild(progress)

    def told(self, done: int, seconds: float) -> str:
        return _("Marked %(done)d articles in %(seconds)s seconds.") % {"done": done, "seconds": seconds}
