"""Where the setting put the articles, against where the board has them: taken over on request.

Typesetting decides how many pages a text takes; the board plans it before. What is locked stays where it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.board.layout import Arrangement, Place
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.board.changes import Change, Stand

__all__ = ["take_over"]


def take_over(change: Change, stand: Stand) -> Arrangement:
    """Every loose article on the pages the setting gave it, in the order of these pages."""
    landed = change.landed or {}
    places = [landed_place(place, landed.get(place.key)) for place in stand.arrangement.places]
    for place in places:
        check(place, stand, [other for other in places if other.locked])
    places.sort(key=lambda place: place.first or stand.page_count + 1)
    return Arrangement(tuple(replace(place, position=None) for place in places), stand.arrangement.fixed)


def landed_place(place: Place, pages: tuple[int, int] | None) -> Place:
    return place if place.locked or pages is None else replace(place, first=pages[0], last=pages[1])


def check(place: Place, stand: Stand, locked: list[Place]) -> None:
    """Nothing runs over the end of the issue, into a locked text or over a named page it begins on."""
    words = {"title": stand.title(place.key), "first": place.first, "last": place.last}
    if (place.last or 0) > stand.page_count:
        raise Refused(
            _("The setting puts “%(title)s” on the pages %(first)s–%(last)s; the issue has %(count)s.")
            % {**words, "count": stand.page_count},
            code="no-such-page",
            field="page",
        )
    if place.first is not None and place.first in stand.arrangement.fixed:
        raise Refused(
            _("Page %(page)s is kept for “%(words)s”. Choose another page, or clear it first.")
            % {"page": place.first, "words": stand.arrangement.fixed[place.first]},
            code="page-named",
            kind="conflict",
            field="page",
        )
    other = next((o for o in locked if o.key != place.key and o.clashes(place)), None)
    if other is not None and not place.locked:
        raise Refused(
            _(
                "The setting puts “%(title)s” on the pages %(first)s–%(last)s, where “%(other)s” is locked. "
                "Unlock its pages first."
            )
            % {**words, "other": stand.title(other.key)},
            code="page-locked",
            kind="conflict",
            field="page",
        )
