"""What happened on the board, as a sentence: for the person who did it and for those who come after."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Event
from journal.desk.words import action_words

__all__ = ["asked", "said", "told_since"]

#: ``do`` → the sentence; title, pages, page and words are those of the event.
SENTENCES: dict[str, Any] = {
    "length": gettext_lazy("“%(title)s” takes the pages %(pages)s now."),
    "lock": gettext_lazy("“%(title)s” is locked on page %(pages)s."),
    "unlock": gettext_lazy("“%(title)s” is unlocked."),
    "share": gettext_lazy("“%(title)s” begins on the last page of the text before it: %(pages)s."),
    "fix": gettext_lazy("Page %(page)s is kept for “%(words)s”."),
    "clear": gettext_lazy("Page %(page)s is free again."),
    "sort": gettext_lazy("The sections stand in their usual order."),
    "close_up": gettext_lazy("No page is left free between the articles."),
    "landing": gettext_lazy("Every article stands where the setting put it."),
    "place": gettext_lazy("“%(title)s” is placed on page %(pages)s."),
    "take_out": gettext_lazy("“%(title)s” is taken out; it is in the pool again."),
}
MOVED = gettext_lazy("“%(title)s” stands on page %(pages)s now.")
MOVED_NEAR = gettext_lazy(
    "“%(title)s” stands on page %(pages)s now: page %(page)s lies inside another text, this is the nearest "
    "place."
)


def said(event: Event) -> str:
    """One sentence for an act on the board."""
    data = event.data
    if event.action == "copy_structure":
        return _("The structure of the last issue is copied: %(pages)s pages, %(lines)s masthead lines.") % {
            "pages": data.get("pages", 0),
            "lines": data.get("masthead", 0),
        }
    page = data.get("page")
    words = {
        "title": data.get("title") or "",
        "pages": pages_of(data),
        "page": page,
        "words": data.get("after", {}).get("fixed", {}).get(str(page), ""),
    }
    if data.get("do") == "undo":
        return _("Undone: everything stands where it stood before.")
    moved = MOVED if page in (None, data.get("first")) else MOVED_NEAR
    return str(SENTENCES.get(data.get("do", ""), moved) % words)


#: ``do`` → what was asked for; title, page and words are those of the request.
ASKED: dict[str, Any] = {
    "up": gettext_lazy("Move “%(title)s” up"),
    "down": gettext_lazy("Move “%(title)s” down"),
    "before": gettext_lazy("Put “%(title)s” before “%(other)s”"),
    "after": gettext_lazy("Put “%(title)s” behind “%(other)s”"),
    "page": gettext_lazy("Move “%(title)s” to page %(page)s"),
    "length": gettext_lazy("Let “%(title)s” take %(pages)s pages"),
    "lock": gettext_lazy("Lock the pages of “%(title)s”"),
    "unlock": gettext_lazy("Unlock “%(title)s”"),
    "share": gettext_lazy("Begin “%(title)s” on the last page of the text before"),
    "unshare": gettext_lazy("Begin “%(title)s” on a page of its own"),
    "fix": gettext_lazy("Keep page %(page)s for “%(words)s”"),
    "clear": gettext_lazy("Free page %(page)s"),
    "sort": gettext_lazy("Sections in their usual order"),
    "close_up": gettext_lazy("Close the empty pages between articles"),
    "landing": gettext_lazy("Take over the pages of the setting"),
    "place": gettext_lazy("Place “%(title)s”"),
    "take_out": gettext_lazy("Take “%(title)s” out"),
    "undo": gettext_lazy("Undo"),
    "copy": gettext_lazy("Copy the last issue's structure"),
}


def asked(given: Any, titles: dict[str, str]) -> str:
    """What a request asked for; ``titles`` by key. Empty for what nobody knows."""
    sentence = ASKED.get(given.get("do", ""))
    words = {name: given.get(name, "") for name in ("page", "pages", "words")}
    words |= {
        "title": titles.get(given.get("article", ""), ""),
        "other": titles.get(given.get("other", ""), ""),
    }
    return str(sentence % words) if sentence is not None else ""


def pages_of(data: dict[str, Any]) -> str:
    first, last = data.get("first"), data.get("last")
    return str(first) if first == last else f"{first}–{last}"


def told_since(events: list[Event]) -> list[dict[str, Any]]:
    """What others did meanwhile: who, when, and the sentence or the name of the action.

    What enters or leaves the issue by the board is told once, by the board's sentence.
    """
    board = {"arrange", "copy_structure"}
    told = {(e.data.get("do"), e.data.get("article")) for e in events if e.action == "arrange"}
    return [
        {"event": e, "words": said(e) if e.action in board else action_words(e.action, e.before)}
        for e in events
        if (e.action, e.article_id) not in told
    ]
