"""What a person does at the board: each act one transaction, through the doors, on the board they saw.

``Seen`` is the token of a board: whoever holds an old one is refused and told who did what meanwhile. Placing
and taking out move the manuscript (``workflow``) and the arrangement (``press``) together or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles import issue_files, press, workflow
from articles.board.changes import Change
from articles.board.keeping import digest, stand_of
from articles.board.layout import Arrangement
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article, Event, Issue

__all__ = [
    *("Seen", "arrange", "changes_since", "copy_structure", "place"),
    *("take_out", "take_over_landing", "undo", "undoable"),
]

#: How far back one's own moves are looked for.
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """The board somebody looked at: version and last event of the issue, digest of the arrangement."""

    version: int
    event: int
    digest: str

    @classmethod
    def of(cls, issue: Issue, arrangement: Arrangement) -> Seen:
        last = issue.events.order_by("-pk").values_list("pk", flat=True).first()
        return cls(issue.version, last or 0, digest(arrangement))

    @classmethod
    def read(cls, token: str) -> Seen:
        """A token that is none is an old one: nothing was seen."""
        parts = token.split(".")
        if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) < 10 for p in parts[:2]):
            return cls(-1, 0, "")
        return cls(int(parts[0]), int(parts[1]), parts[2])

    def __str__(self) -> str:
        return f"{self.version}.{self.event}.{self.digest}"


def arrange(
    issue: Issue, by: Any, change: Change, *, seen: Seen | None = None, address: str | None = None
) -> Event:
    """Move, lengthen, lock, name a page …; returns the event. Raises ``Refused``, then nothing changed."""
    with opened(issue, seen) as (fresh, _arrangement):
        return press.perform("arrange", fresh, by, arrange=change, address=address)


def place(
    issue: Issue,
    article: Article,
    by: Any,
    change: Change | None = None,
    *,
    seen: Seen | None = None,
    address: str | None = None,
) -> Event:
    """From the pool into the issue: to a page, before or after another article, or behind the last."""
    with opened(issue, seen) as (fresh, was):
        workflow.perform("place", article, by, issue=fresh, address=address)
        change = replace(change or Change("place"), do="place", article=article.pk, was=was)
        return press.perform("arrange", fresh, by, arrange=change, address=address)


def take_out(
    issue: Issue,
    article: Article,
    by: Any,
    reason: str,
    *,
    seen: Seen | None = None,
    address: str | None = None,
) -> Event:
    """Back into the pool, with the reason; what stood behind it moves up."""
    with opened(issue, seen) as (fresh, was):
        if article.pk not in was.keys:
            raise Refused(
                _("This article does not stand in this issue."), code="other-issue", field="article"
            )
        workflow.perform("take_out", article, by, reason=reason, address=address)
        change = Change("take_out", article.pk, was=was)
        return press.perform("arrange", fresh, by, arrange=change, reason=reason, address=address)


def copy_structure(issue: Issue, by: Any, *, seen: Seen | None = None, address: str | None = None) -> Event:
    """Begin an empty issue like the one before it."""
    with opened(issue, seen) as (fresh, _arrangement):
        return press.perform("copy_structure", fresh, by, address=address)


def take_over_landing(
    issue: Issue, by: Any, *, seen: Seen | None = None, address: str | None = None
) -> Event:
    """Give the articles the pages of the newest setting; refused when the text was changed since."""
    with opened(issue, seen) as (fresh, _arrangement):
        file = issue_files.landing_of(fresh, list(fresh.articles.defer("body", "raw_body")))
        if file is None:
            raise Refused(
                _("The issue was changed since it was set. Make its PDF anew, then take its pages over."),
                code="outdated",
                kind="conflict",
            )
        change = Change("landing", landed=file.pages)
        return press.perform("arrange", fresh, by, arrange=change, address=address)


def undo(issue: Issue, by: Any, *, seen: Seen | None = None, address: str | None = None) -> Event:
    """Put everything back to where it stood before my last act, unless anybody changed it since."""
    with opened(issue, seen) as (fresh, now):
        event = last_act(fresh, by, now)
        before = Arrangement.from_data(event.data["before"])
        exchange(fresh, by, now, before, address)
        change = Change("undo", event.data.get("article"), undoes=event.pk, was=now, to=before)
        return press.perform("arrange", fresh, by, arrange=change, address=address)


def undoable(issue: Issue, by: Any) -> bool:
    """Whether the last act on the board that still counts is this person's; one query."""
    last = next(acts(issue), None)
    return last is not None and last[1] == by.pk


def changes_since(issue: Issue, seen: Seen) -> list[Event]:
    """What happened to the issue and in it since somebody looked, oldest first."""
    return list(issue.events.filter(pk__gt=seen.event).order_by("pk")[:LOOKED_AT])


# What follows serves the acts above.


@contextmanager
def opened(issue: Issue, seen: Seen | None) -> Iterator[tuple[Issue, Arrangement]]:
    """One transaction with the issue and all in it locked; a board that is not this one is refused."""
    from articles.models import Issue as Issues

    with transaction.atomic():
        press.lock_contents(issue)
        fresh = Issues.objects.filter(pk=issue.pk).first()
        if fresh is None:
            raise press.gone()
        now = stand_of(fresh).arrangement
        if seen is not None and (seen.version, seen.digest) != (fresh.version, digest(now)):
            raise moved_on(fresh, seen)
        yield fresh, now


def moved_on(issue: Issue, seen: Seen) -> Refused:
    changes = changes_since(issue, seen)
    names = dict.fromkeys(event.actor_name for event in changes)
    return Refused(
        _(
            "%(people)s changed this issue in the meantime. Nothing of yours was stored: this is how it "
            "stands now. Look, then do it once more if it still holds."
        )
        % {"people": _(" and ").join(names) or _("Somebody")},
        code="stale",
        kind="conflict",
    )


def acts(issue: Issue) -> Iterator[tuple[int, int | None, str]]:
    """The acts on the board that were not undone, newest first: key, person, name."""
    rows = issue.events.filter(action="arrange").order_by("-pk")
    undone: set[int] = set()
    for pk, actor, name, undoes in rows.values_list("pk", "actor", "actor_name", "data__undoes")[:LOOKED_AT]:
        if undoes is not None:
            undone.add(undoes)
        elif pk not in undone:
            yield pk, actor, name


def last_act(issue: Issue, by: Any, now: Arrangement) -> Event:
    """My last act that was not undone yet, if the board still stands as it left it."""
    from articles.models import Event

    pk, actor, name = next(acts(issue), (0, None, ""))
    if not pk:
        raise Refused(_("There is nothing to undo on this board."), code="nothing-to-undo", kind="conflict")
    if actor != by.pk:
        raise not_mine(name)
    event = Event.objects.get(pk=pk)
    if not Arrangement.from_data(event.data["after"]).same_as(now):
        later = issue.events.filter(pk__gt=pk).exclude(action="arrange").last()
        raise not_mine(later.actor_name if later is not None else _("Somebody"))
    return event


def not_mine(name: str) -> Refused:
    return Refused(
        _("%(person)s changed the board after you: only the last act can be undone, by who did it.")
        % {"person": name},
        code="changed-since",
        kind="conflict",
    )


def exchange(issue: Issue, by: Any, now: Arrangement, then: Arrangement, address: str | None) -> None:
    """Bring back what was taken out, send back what was put in, all locked before the first event."""
    from articles.models import Article

    found = Article.objects.select_for_update().filter(pk__in=now.keys ^ then.keys)
    articles = {article.pk: article for article in found.order_by("pk")}
    for key in sorted(now.keys - then.keys):
        reason = _("Undone at the issue board.")
        workflow.perform("take_out", articles[key], by, address=address, reason=reason)
    for key in sorted(then.keys - now.keys):
        workflow.perform("place", articles[key], by, issue=issue, address=address)
