"""What may be done to an arrangement: one function each, named by ``Change.do``; refused where it is asked.

``apply(change, stand)`` gives the arrangement as it would be. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from articles.board.landing import take_over
from articles.board.layout import Arrangement, Flow, Item, Place
from articles.refusals import Refused

__all__ = ["DEEDS", "LONGEST_WORDS", "Change", "Stand", "apply"]

LONGEST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Change:
    """One act at the board: ``do`` (a key of ``DEEDS``) to ``article``, by keys.

    ``other``: the article it goes before or after; ``page``: where it is to begin, or the page that is named;
    ``pages``: its new length; ``words``: what stands on a named page. ``was``, ``to`` and ``landed``
    are set by ``articles.board.doing`` alone: the arrangement before an article came or left, the one to go
    back to, and the pages the setting gave each article.
    """

    do: str
    article: int | None = None
    other: int | None = None
    page: int | None = None
    pages: int | None = None
    words: str = ""
    was: Arrangement | None = None
    to: Arrangement | None = None
    undoes: int | None = None
    landed: Mapping[int, tuple[int, int]] | None = None


@dataclass(frozen=True)
class Stand:
    """How the issue stands: its arrangement, its pages, the titles and the usual order of the sections."""

    arrangement: Arrangement
    page_count: int
    titles: Mapping[int, str] = field(default_factory=dict)
    ranks: Mapping[int, int] = field(default_factory=dict)

    def title(self, key: int) -> str:
        return self.titles.get(key, str(key))


def apply(change: Change, stand: Stand) -> Arrangement:
    """The arrangement after ``change``; raises ``Refused`` with the place that is wrong."""
    deed = DEEDS.get(change.do)
    if deed is None:
        raise Refused(_("There is no action “%(action)s”.") % {"action": change.do}, code="unknown-action")
    after = deed(change, stand)
    if change.do not in {"place", "take_out", "undo"} and after.same_as(stand.arrangement):
        raise Refused(_("Nothing would change: it stands there already."), code="no-change", kind="conflict")
    return after


def standing(change: Change, stand: Stand) -> Place:
    """The article of the change; refused when it stands in another issue or in none."""
    try:
        return stand.arrangement.of(change.article or 0)
    except KeyError:
        raise Refused(
            _("This article does not stand in this issue."), code="other-issue", field="article"
        ) from None


def loose(change: Change, stand: Stand) -> Place:
    place = standing(change, stand)
    if place.locked:
        raise Refused(
            _("“%(title)s” is locked on page %(page)s. Unlock its pages first.")
            % {"title": stand.title(place.key), "page": place.first},
            code="locked",
            kind="conflict",
            field="article",
        )
    return place


def page_of(change: Change, stand: Stand) -> int:
    """The page of the change: one of the issue's, named for nothing else, locked for nobody."""
    page = change.page
    if page is None or not 1 <= page <= stand.page_count:
        raise Refused(
            _("The issue has the pages 1 to %(count)s.") % {"count": stand.page_count},
            code="no-such-page",
            field="page",
        )
    locked = next((p for p in stand.arrangement.places if p.locked and p.covers(page)), None)
    if locked is not None and locked.key != change.article:
        raise Refused(
            _("Page %(page)s is locked for “%(title)s”. Choose another page, or unlock it first.")
            % {"page": page, "title": stand.title(locked.key)},
            code="page-locked",
            kind="conflict",
            field="page",
        )
    return page


def page_for_text(change: Change, stand: Stand) -> int:
    page = page_of(change, stand)
    if page in stand.arrangement.fixed:
        raise Refused(
            _("Page %(page)s is kept for “%(words)s”. Choose another page, or clear it first.")
            % {"page": page, "words": stand.arrangement.fixed[page]},
            code="page-named",
            kind="conflict",
            field="page",
        )
    return page


def step(change: Change, stand: Stand) -> Arrangement:
    """Up or down by one, past the neighbour that is not locked."""
    place, flow = loose(change, stand), Flow(stand.arrangement)
    number = flow.index(place.key) + (-1 if change.do == "up" else 1)
    if not 0 <= number < len(flow.items):
        raise Refused(
            _("“%(title)s” stands at the end of the list already.") % {"title": stand.title(place.key)},
            code="no-change",
            kind="conflict",
            field="article",
        )
    flow.put(flow.take(place.key), number)
    return flow.settle()


def beside(change: Change, stand: Stand) -> Arrangement:
    place = loose(change, stand)
    flow = Flow(stand.arrangement)
    return put_beside(flow, flow.take(place.key), change, stand)


def put_beside(flow: Flow, item: Item, change: Change, stand: Stand) -> Arrangement:
    """Before or after another article; a locked one stays where it is."""
    other = standing(replace(change, article=change.other), stand)
    if other.key == item.key:
        raise Refused(_("Nothing would change: it stands there already."), code="no-change", kind="conflict")
    if not other.locked:
        flow.put(item, flow.index(other.key) + (change.do != "before"))
        return flow.settle()
    if change.do == "before":
        laid = flow.settle()
        before = [p for p in laid.places if not p.locked and (p.first or 0) < (other.first or 0)]
        flow.put(item, len(before))
        return flow.settle()
    page = (other.last or 0) + 1
    while page in flow.closed:
        page += 1
    flow.put_on_page(item, page)
    return flow.settle()


def to_page(change: Change, stand: Stand) -> Arrangement:
    place, page = loose(change, stand), page_for_text(change, stand)
    flow = Flow(stand.arrangement)
    flow.put_on_page(flow.take(place.key), page)
    return flow.settle()


def set_length(change: Change, stand: Stand) -> Arrangement:
    """More pages take what is free behind the article first."""
    place, pages = loose(change, stand), change.pages
    if pages is None or not 1 <= pages <= stand.page_count:
        raise Refused(
            _("An article takes 1 to %(count)s pages.") % {"count": stand.page_count},
            code="no-such-length",
            field="pages",
        )
    flow = Flow(stand.arrangement)
    number = flow.index(place.key)
    item = flow.items[number]
    more, item.length = pages - item.length, pages
    if more > 0 and number + 1 < len(flow.items):
        flow.items[number + 1].lead = max(0, flow.items[number + 1].lead - more)
    return flow.settle()


def lock(change: Change, stand: Stand) -> Arrangement:
    place = standing(change, stand)
    if place.first is None or place.last is None or place.last > stand.page_count:
        raise Refused(
            _("“%(title)s” has no pages of this issue yet: give it its page, then lock it.")
            % {"title": stand.title(place.key)},
            code="no-page",
            field="page",
        )
    clash = next(
        (p for p in stand.arrangement.places if p.locked and p.key != place.key and p.clashes(place)), None
    )
    if clash is not None:
        raise Refused(
            _("“%(title)s” cannot be locked: “%(other)s” is locked on the pages %(first)s–%(last)s.")
            % {
                "title": stand.title(place.key),
                "other": stand.title(clash.key),
                "first": clash.first,
                "last": clash.last,
            },
            code="page-locked",
            kind="conflict",
            field="page",
        )
    return renumbered(stand.arrangement.replaced(replace(place, locked=True)))


def unlock(change: Change, stand: Stand) -> Arrangement:
    return renumbered(stand.arrangement.replaced(replace(standing(change, stand), locked=False)))


def renumbered(arrangement: Arrangement) -> Arrangement:
    return replace(arrangement, places=tuple(replace(p, position=None) for p in arrangement.places))


def share(change: Change, stand: Stand) -> Arrangement:
    """Begin on the page where the article before ends, or (``unshare``) on a page of its own."""
    place, flow = loose(change, stand), Flow(stand.arrangement)
    item = flow.items[flow.index(place.key)]
    if change.do == "unshare":
        item.joins, item.on, item.lead = False, None, 0
        return flow.settle()
    number = stand.arrangement.places.index(place)
    before = stand.arrangement.places[number - 1] if number else None
    if before is None or before.last is None:
        raise Refused(
            _("Nothing stands before “%(title)s” whose last page it could share.")
            % {"title": stand.title(place.key)},
            code="no-neighbour",
            field="article",
        )
    if before.locked:
        item.on = before.last
    else:
        item.joins = True
    return flow.settle()


def name_page(change: Change, stand: Stand) -> Arrangement:
    """Keep a page for something that is no article; the text there makes way."""
    page, words = page_of(change, stand), " ".join(change.words.split())
    if not words or len(words) > LONGEST_WORDS:
        raise Refused(
            _("Say in at most %(most)s characters what the page is kept for.") % {"most": LONGEST_WORDS},
            code="words",
            field="words",
        )
    return Flow(stand.arrangement, {**stand.arrangement.fixed, page: words}).settle()


def clear_page(change: Change, stand: Stand) -> Arrangement:
    if change.page not in stand.arrangement.fixed:
        raise Refused(_("This page is kept for nothing."), code="no-change", kind="conflict", field="page")
    fixed = {page: words for page, words in stand.arrangement.fixed.items() if page != change.page}
    return Flow(stand.arrangement, fixed).settle()


def sort(change: Change, stand: Stand) -> Arrangement:
    """The sections in their usual order, the articles of one section as they stood."""
    flow = Flow(stand.arrangement)
    before = {item.key: (flow.items[n - 1].key if n else None) for n, item in enumerate(flow.items)}
    head = flow.items[0].lead if flow.items else 0
    flow.items.sort(key=lambda item: stand.ranks.get(item.key, len(stand.ranks)))
    for number, item in enumerate(flow.items):
        follows = flow.items[number - 1].key if number else None
        item.joins = item.joins and follows == before[item.key]
        item.lead, item.on = 0 if number else head, None
    return flow.settle()


def close_up(change: Change, stand: Stand) -> Arrangement:
    """Leave no page free between the articles."""
    flow = Flow(stand.arrangement)
    for item in flow.items[1:]:
        item.lead = 0
    return flow.settle()


def enter(change: Change, stand: Stand) -> Arrangement:
    """An article that has just come from the pool: to a page, beside another, or behind the last one."""
    place = standing(change, stand)
    others = Arrangement(
        tuple(p for p in stand.arrangement.places if p.key != place.key), stand.arrangement.fixed
    )
    flow, item = Flow(others), Item(place.key, max(place.length, 1))
    if change.page is not None:
        flow.put_on_page(item, page_for_text(change, stand))
    elif change.other is not None:
        return put_beside(flow, item, replace(change, do=change.words or "before"), stand)
    else:
        flow.put(item, len(flow.items))
    return flow.settle()


def leave(change: Change, stand: Stand) -> Arrangement:
    """An article that has just been taken out; what stood behind it moves up."""
    before = change.was or stand.arrangement
    place = before.of(change.article or 0)
    if place.locked:
        return renumbered(Arrangement(tuple(p for p in before.places if p.key != place.key), before.fixed))
    flow = Flow(before)
    flow.take(place.key)
    return flow.settle()


def go_back(change: Change, stand: Stand) -> Arrangement:
    assert change.to is not None  # set by articles.board.doing
    return change.to


DEEDS: dict[str, Callable[[Change, Stand], Arrangement]] = {
    "up": step,
    "down": step,
    "before": beside,
    "after": beside,
    "page": to_page,
    "length": set_length,
    "lock": lock,
    "unlock": unlock,
    "share": share,
    "unshare": share,
    "fix": name_page,
    "clear": clear_page,
    "sort": sort,
    "close_up": close_up,
    "landing": take_over,
    "place": enter,
    "take_out": leave,
    "undo": go_back,
}
