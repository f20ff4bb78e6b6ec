"""Remarks on a manuscript: made on a block and a quotation of one version, answered, settled. Never changed.

The door for both: rights, lock, checks, one event each. A quotation finds its place again by its words, not
by counting characters, so an edit elsewhere cannot move it; one whose words are gone is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import record, richtext
from articles.difference import blocks
from articles.doors import fresh_person
from articles.refusals import Refused
from articles.stages import Stage

if TYPE_CHECKING:
    from articles.models import Article, Comment, Revision

__all__ = [
    "LONGEST_QUOTATION",
    "LONGEST_TEXT",
    "add_comment",
    "block_texts",
    "place_of",
    "settle_comment",
    "still_stands",
]

LONGEST_TEXT = 2_000
LONGEST_QUOTATION = 500
#: Manuscripts nobody works on any more.
ENDED = (Stage.PUBLISHED, Stage.REJECTED, Stage.RECALLED, Stage.RETRACTED)
#: The lines above a body that may be quoted too; they are no block.
HEAD_FIELDS = ("kicker", "title", "subtitle", "abstract", "source")


def block_texts(html: str) -> list[str]:
    """The words of each block of a cleaned body, in order; a block's number is its place in this list."""
    return [block.text for block in blocks(html)]


def place_of(quotation: str, block: int | None, texts: Sequence[str]) -> int | None:
    """The block in which ``quotation`` stands now: its own, else the nearest; ``None`` when it is gone."""
    words = squeeze(quotation)
    if not words:
        return block if block is not None and block < len(texts) else None
    found = [number for number, text in enumerate(texts) if words in squeeze(text)]
    return min(found, key=lambda number: abs(number - (block or 0)), default=None)


def still_stands(article: Article, comment: Comment, texts: Sequence[str]) -> tuple[bool, int | None]:
    """Whether the words a remark hangs on stand in the text now, and in which block (``None``: above it).

    ``texts`` are those of ``block_texts(article.body)``, read once for all remarks.
    """
    if comment.block is None and in_head(article, comment.quotation):
        return True, None
    found = place_of(comment.quotation, comment.block, texts)
    return found is not None, found


def in_head(article: Article, quotation: str) -> bool:
    """Whether the words stand above the body; a remark without a quotation is on the whole text."""
    words = squeeze(quotation)
    return not words or any(words in squeeze(getattr(article, name)) for name in HEAD_FIELDS)


def squeeze(text: str) -> str:
    """Words alone: a selection made in a browser may break its lines elsewhere."""
    return re.sub(r"[\s\ufffc]+", "", text)


def add_comment(
    article: Article,
    by: Any,
    *,
    text: str,
    quotation: str = "",
    block: int | None = None,
    required: bool = False,
    parent: Comment | None = None,
    version: int | None = None,
    address: str | None = None,
) -> Comment:
    """Hang a remark on the text as it stands, or answer one (``parent``); one event, nothing else changes.

    ``quotation`` must stand in the text; ``block`` says in which block, where the words stand more than once.
    ``required`` stops every sign-off until it is settled. ``version`` is the token of the page the person
    saw. Raises ``Refused``.
    """
    from articles.models import Comment as Comments

    text, quotation = (richtext.storable(words).strip() for words in (text, quotation))
    with record.performing():
        person = fresh_person(by)
        check_right(person, "articles.add_comment", _("Your role does not include remarks on manuscripts."))
        locked = locked_article(article, person, version)
        check_words(text, quotation)
        if parent is not None:
            parent, quotation, block, required = root_of(parent, locked), "", None, False
        comment = Comments.objects.create(
            article=locked,
            revision=version_of_text(locked, person),
            parent=parent,
            block=checked_place(locked, quotation, block),
            quotation=quotation,
            text=text,
            required=required,
            by=person,
        )
        tell("reply" if parent else "comment", comment, person, address, note=text)
    return comment


def settle_comment(comment: Comment, by: Any, *, address: str | None = None) -> Comment:
    """Mark a remark as settled, by name. Not by an author of the text: what was asked of them is not theirs
    to tick off. Raises ``Refused``."""
    from articles.models import Comment as Comments

    with record.performing():
        person = fresh_person(by)
        check_right(person, "articles.change_comment", _("Your role does not include settling remarks."))
        locked = locked_article(comment.article, person, None)
        fresh = Comments.objects.filter(pk=comment.pk, article=locked, parent=None).first()
        if fresh is None:
            raise Refused(_("Only a remark itself is settled, not an answer to it."), code="reply")
        check_not_author(locked, person)
        if fresh.resolved_at is not None:
            raise Refused(
                _("%(person)s has settled this remark already.")
                % {"person": fresh.resolved_by.get_full_name() if fresh.resolved_by else ""},
                code="settled",
                kind="conflict",
            )
        fresh.resolved_at, fresh.resolved_by = timezone.now(), person
        fresh.save(update_fields=["resolved_at", "resolved_by"])
        tell("settle_comment", fresh, person, address)
    return fresh


# What follows is the door, step by step.


def locked_article(article: Article, person: Any, version: int | None) -> Article:
    """The article as it is now, locked; it must be open to this person and still be worked on."""
    from articles import workflow
    from articles.models import Article as Articles

    locked = Articles.objects.select_for_update().filter(pk=article.pk).first()
    if locked is None:
        raise Refused(_("This manuscript no longer exists."), code="gone", kind="conflict")
    if not Articles.objects.visible_to(person).filter(pk=locked.pk).exists():
        raise Refused(_("This manuscript is not open to you."), code="no-right", kind="forbidden")
    if version is not None and version != locked.version:
        raise workflow.moved_on(locked)
    if Stage(locked.stage) in ENDED:
        raise Refused(
            _("This manuscript stands in “%(stage)s”: nobody works on it any more.")
            % {"stage": Stage(locked.stage).label},
            code="ended",
            kind="conflict",
        )
    return locked


def check_right(person: Any, right: str, sentence: str) -> None:
    if not person.has_perm(right):
        raise Refused(sentence, code="no-right", kind="forbidden")


def check_words(text: str, quotation: str) -> None:
    if not text:
        raise Refused(_("Write your remark first."), code="missing", field="text")
    if len(text) > LONGEST_TEXT:
        raise Refused(
            _("A remark has at most %(count)s characters. Make two of it.") % {"count": LONGEST_TEXT},
            code="too-long",
            field="text",
        )
    if len(quotation) > LONGEST_QUOTATION:
        raise Refused(
            _("Quote at most %(count)s characters: the beginning is enough to find the place.")
            % {"count": LONGEST_QUOTATION},
            code="too-long",
            field="quotation",
        )


def root_of(parent: Comment, article: Article) -> Comment:
    """Answers stand under the remark itself, also those given to an answer."""
    if parent.article_id != article.pk:
        raise Refused(_("This remark belongs to another manuscript."), code="other-article")
    return parent.parent or parent


def checked_place(article: Article, quotation: str, block: int | None) -> int | None:
    """The block a quotation stands in; ``None`` for the lines above the body and for the whole text."""
    texts = block_texts(article.body)
    if block is not None and block >= len(texts):
        raise Refused(
            _("The text has %(count)s paragraphs: choose one of them.") % {"count": len(texts)},
            code="block",
            field="block",
        )
    if not quotation:
        return block
    words = squeeze(quotation)
    if block is not None and words in squeeze(texts[block]):
        return block
    if block is None:
        if in_head(article, quotation):
            return None
        if (found := place_of(quotation, None, texts)) is not None:
            return found
    raise Refused(
        _("These words do not stand there in the text: “%(words)s”. Select them in the text again.")
        % {"words": quotation[:40]},
        code="quotation",
        field="quotation",
    )


def version_of_text(article: Article, by: Any) -> Revision:
    """The version that holds the text as it stands; made now if there is none: what is quoted is kept."""
    kept = article.revisions.filter(text_hash=article.text_hash).order_by("-number").first()
    return kept or record.make_revision(article, "saved", by)


def check_not_author(article: Article, person: Any) -> None:
    from articles import workflow

    if person.pk in workflow.case_of(article, person).people:
        raise Refused(
            _("You wrote or sent in this manuscript: somebody else settles what was asked of you."),
            code="own-manuscript",
            kind="forbidden",
        )


def tell(action: str, comment: Comment, by: Any, address: str | None, note: str = "") -> None:
    article = comment.article
    record.write_event(
        action,
        by,
        article=article,
        issue=article.issue,
        before=article.stage,
        after=article.stage,
        note=note,
        data={
            "comment": comment.pk,
            "parent": comment.parent_id,
            "required": comment.required,
            "text_hash": article.text_hash,
        },
        address=address,
    )
