from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from articles import search
from articles.management.rebuilding import RebuildCommand

__all__ = ["Command"]


class Command(RebuildCommand):
    help = _("Make the search index anew; needed only after a restore without it or when its rules changed.")

    def rebuild(self, progress: Callable[[int], None]) -> int:
        return search.rebuild(progress)

    def told(self, done: int, seconds: float) -> str:
        return _("Indexed %(done)d articles in %(seconds)s seconds.") % {"done": done, "seconds": seconds}
