"""What readers write under published articles: sent, then shown or refused, removed, restored by an editor.

The one door. Off until the journal switches it on. Every step is an event of the record in the same
transaction; the event keeps a digest of the words, never the words themselves, so that what was removed is
nowhere in what can never be deleted, and what its writer wants forgotten can be erased.

No network address is kept, not even as a digest: who decides here reads words and needs no address, and the
law on personal information lets a house keep only what its purpose needs. (How often one address may write is
counted elsewhere, by keyed digests that are gone within the hour.) An office that must know who wrote lets
signed-in readers write, whose accounts say who they are.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from articles import record, signals
from articles.doors import SENTENCES, fresh_person
from articles.plain_words import one_line, plain_lines
from articles.readers import Reader
from articles.refusals import Refused
from articles.stages import Stage

if TYPE_CHECKING:
    from articles.models import Article, Event, ReaderComment

__all__ = [
    "ACTIONS",
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "MOST_AN_HOUR",
    "MOST_LINES",
    "MOST_UNDER_ONE",
    "RIGHT",
    "Move",
    "check_open",
    "decide",
    "digest_of",
    "send",
    "set_closed",
]

RIGHT = "articles.moderate_comments"
LONGEST_NAME = 30
LONGEST_TEXT = 1_000
MOST_LINES = 40
#: Under one article: sent within an hour, and in all that wait or are shown.
MOST_AN_HOUR = 30
MOST_UNDER_ONE = 300
#: The same words under the same article are the same comment for a day, whoever sent them.
SAME_FOR = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Move:
    """A decision: from which states to which; ``needs_reason``: the record wants to know why."""

    label: Any
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False


ACTIONS: dict[str, Move] = {
    "show_comment": Move(pgettext_lazy("of a reader's comment", "Show"), ("waiting",), "shown"),
    "refuse_comment": Move(
        pgettext_lazy("of a reader's comment", "Refuse"), ("waiting",), "refused", needs_reason=True
    ),
    "remove_comment": Move(
        pgettext_lazy("of a reader's comment", "Remove"), ("shown",), "removed", needs_reason=True
    ),
    "restore_comment": Move(
        pgettext_lazy("of a reader's comment", "Show again"), ("refused", "removed"), "shown"
    ),
    "erase_comment": Move(
        pgettext_lazy("of a reader's comment", "Erase for good"),
        ("refused", "removed"),
        "erased",
        needs_reason=True,
    ),
}


def check_open(article: Article, who: Any) -> None:
    """Raise ``Refused`` when a reader (an account, or a ``Reader``) cannot write under this article now.

    Whether they may read it is not asked here.
    """
    from articles.models import Journal
    from articles.models.journal import Commenting

    setting = Journal.objects.current().comments
    if setting == Commenting.OFF or article.stage != Stage.PUBLISHED:
        raise Refused(_("This article takes no comments."), code="off", kind="forbidden")
    if article.comments_closed:
        raise Refused(
            _("The comments under this article are closed. What was written stays."),
            code="closed",
            kind="forbidden",
        )
    if setting == Commenting.SIGNED_IN and not Reader.of(who).is_signed_in:
        raise Refused(_("Sign in to write a comment."), code="sign-in", kind="forbidden")


def send(article: Article, who: Any, *, name: str, text: str) -> ReaderComment:
    """Keep a reader's comment until an editor decides; ``who`` is an account, nobody, or a ``Reader``.

    Characters nobody sees (direction marks, zero width, control) are left out, so that the editor reads what
    readers will read. Raises ``Refused``; then nothing was kept.
    """
    from articles.models import ReaderComment as Comments

    name, text = one_line(name), plain_lines(text)
    with record.performing(), record.asked_from(None):
        reader = Reader.of(who)
        person = fresh_person(reader.user) if reader.is_signed_in else None
        locked = locked_article(article, reader)
        check_open(locked, reader)
        check_words(name, text)
        check_flood(locked, text)
        comment = Comments.objects.create(article=locked, name=name, text=text, person=person)
        tell("send_comment", comment, person, to=comment.state)
    return comment


def decide(
    action: str, keys: Iterable[int], by: Any, *, reason: str = "", address: str | None = None
) -> list[ReaderComment]:
    """Carry a decision of ``ACTIONS`` out on comments, all or none; one event each, readers' pages told once.

    Raises ``Refused``: somebody else was quicker (conflict), no right, no reason.
    """
    move = ACTIONS.get(action)
    if move is None:
        raise Refused(_("There is no action “%(action)s”.") % {"action": action[:40]}, code="unknown-action")
    with record.performing():
        person = moderator(by)
        reason = one_line(reason)
        if move.needs_reason and not reason:
            raise Refused(SENTENCES["reason"], code="missing", field="reason")
        comments = locked_comments(set(keys))
        for comment in comments:
            check_move(move, comment)
        if move.target == "shown":
            check_may_stand(comments)
        events = [moved(action, move, comment, person, reason, address) for comment in comments]
        announce(comments, events[-1])
    return comments


def set_closed(article: Article, closed: bool, by: Any, *, address: str | None = None) -> None:
    """Close an article to further comments, or open it again; what stands there stays. Raises ``Refused``."""
    from articles.models import Article as Articles

    with record.performing():
        person = moderator(by)
        locked = Articles.objects.select_for_update().filter(pk=article.pk, stage=Stage.PUBLISHED).first()
        if locked is None:
            raise Refused(_("This article is not published."), code="not-out", kind="conflict")
        if locked.comments_closed == closed:
            raise Refused(_("Somebody did this already. Reload the page."), code="no-change", kind="conflict")
        Articles.objects.filter(pk=locked.pk).update(comments_closed=closed)
        event = write("close_comments" if closed else "reopen_comments", locked, person, address=address)
        announce([], event)


# What follows is the door, step by step.


def locked_article(article: Article, reader: Reader) -> Article:
    """The article as it is now, locked, for a reader who may read it; anybody else learns nothing of it."""
    from articles.models import Article as Articles

    if not Articles.objects.readable_by(reader).filter(pk=article.pk).exists():
        raise Refused(_("This article takes no comments."), code="off", kind="forbidden")
    return Articles.objects.select_for_update().get(pk=article.pk)


def check_words(name: str, text: str) -> None:
    if not any(letter.isalnum() for letter in name):
        raise Refused(_("Write the name that is to stand above your comment."), code="missing", field="name")
    if len(name) > LONGEST_NAME:
        raise Refused(
            _("A name has at most %(count)s characters.") % {"count": LONGEST_NAME},
            code="too-long",
            field="name",
        )
    if not text:
        raise Refused(_("Write your comment first."), code="missing", field="text")
    if len(text) > LONGEST_TEXT:
        words = {"most": LONGEST_TEXT, "count": len(text)}
        raise Refused(
            _("A comment has at most %(most)s characters; yours has %(count)s. Shorten it.") % words,
            code="too-long",
            field="text",
        )
    if text.count("\n") >= MOST_LINES:
        raise Refused(
            _("A comment has at most %(count)s lines. Join some of yours.") % {"count": MOST_LINES},
            code="too-many-lines",
            field="text",
        )


def check_flood(article: Article, text: str) -> None:
    """Counted in the table, under the article's lock: the same for all workers."""
    now = timezone.now()
    rows = article.reader_comments.all()
    if rows.filter(text=text, at__gte=now - SAME_FOR).exists():
        raise Refused(
            _("These words have come in already. The editors read them; nothing more is needed."),
            code="same",
            kind="conflict",
            field="text",
        )
    lately = rows.filter(at__gte=now - datetime.timedelta(hours=1)).count()
    if lately >= MOST_AN_HOUR:
        raise Refused(
            _("Very many comments on this article have come in lately. Send yours again in an hour."),
            code="too-many",
            kind="too-many",
        )
    if rows.filter(state__in=("waiting", "shown")).count() >= MOST_UNDER_ONE:
        raise Refused(
            _("There are so many comments under this article that it takes no more."),
            code="full",
            kind="conflict",
        )


def moderator(by: Any) -> Any:
    person = fresh_person(by)
    if person is None or not person.has_perm(RIGHT):
        raise Refused(
            _("Your role does not include deciding on readers' comments."), code="no-right", kind="forbidden"
        )
    return person


def locked_comments(keys: set[int]) -> list[ReaderComment]:
    """The comments, and before them their articles: ``send`` takes its locks in the same order."""
    from articles.models import Article as Articles
    from articles.models import ReaderComment as Comments

    if not keys:
        raise Refused(_("Choose at least one comment."), code="missing", field="comment")
    theirs = Comments.objects.filter(pk__in=keys).order_by().values("article")
    list(Articles.objects.select_for_update().filter(pk__in=theirs).order_by("pk").values_list("pk"))
    rows = Comments.objects.select_for_update(of=("self",)).select_related("article__issue", "moderated_by")
    found = list(rows.filter(pk__in=keys).order_by("pk"))
    if len(found) < len(keys):
        raise Refused(_("There is no such comment. Reload the page."), code="gone", kind="conflict")
    return found


def check_move(move: Move, comment: ReaderComment) -> None:
    if comment.state in move.sources:
        return
    words = {"words": str(comment), "state": comment.get_state_display(), "person": comment.moderated_by}
    raise Refused(
        _("“%(words)s” stands in “%(state)s” by now (%(person)s). Nothing was changed: reload the page.")
        % words
        if comment.moderated_by
        else _("“%(words)s” has not been decided on yet. Nothing was changed.") % words,
        code="decided",
        kind="conflict",
    )


def check_may_stand(comments: list[ReaderComment]) -> None:
    """Nothing is shown that no page would show."""
    from articles.models import Journal
    from articles.models.journal import Commenting

    if Journal.objects.current().comments == Commenting.OFF:
        raise Refused(
            _("Comments are switched off, so no page would show it. Switch them on in the journal's page."),
            code="off",
            kind="conflict",
        )
    gone = next((c.article for c in comments if c.article.stage != Stage.PUBLISHED), None)
    if gone is not None:
        raise Refused(
            _("“%(title)s” is not on the site any more.") % {"title": gone.title_line},
            code="not-out",
            kind="conflict",
        )


def moved(
    action: str, move: Move, comment: ReaderComment, person: Any, reason: str, address: str | None
) -> Event:
    """The event tells the words by their digest, also of those that are erased with it."""
    event = tell(action, comment, person, to=move.target, note=reason, address=address)
    comment.state, comment.moderated_by, comment.moderated_at = move.target, person, timezone.now()
    comment.reason = reason
    if move.target == "erased":
        comment.name, comment.text, comment.person = "", "", None
    comment.save(update_fields=comment.FILLED_LATER)
    return event


def tell(
    action: str,
    comment: ReaderComment,
    by: Any,
    *,
    to: str,
    note: str = "",
    address: str | None = None,
) -> Event:
    before = "" if action == "send_comment" else comment.state
    data = {"reader_comment": comment.pk, "from": before, "to": to, "sha256": digest_of(comment)}
    return write(action, comment.article, by, note=note, data=data, address=address)


def write(action: str, article: Article, by: Any, **fields: Any) -> Event:
    """Before and after are the article's stage, which stays: the list of its moves does not tell this one."""
    stage = article.stage
    name = "" if by else _("A reader")
    return record.write_event(
        action, by, actor_name=name, article=article, issue=article.issue, before=stage, after=stage, **fields
    )


def digest_of(comment: ReaderComment) -> str:
    """What the record keeps of the words: changed in the table behind our back, they do not match it."""
    return hashlib.sha256(f"{comment.name}\n{comment.text}".encode()).hexdigest()


def announce(comments: list[ReaderComment], event: Event) -> None:
    """Tell the house once all of it is safe; a listener that fails is logged."""
    transaction.on_commit(
        lambda: signals.comments_decided.send(sender=type(event), comments=comments, event=event),
        robust=True,
    )
