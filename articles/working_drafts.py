"""What somebody is typing, kept apart from the manuscript: one draft for each person and manuscript.

A draft is filled by autosave and by a save that came too late, is read by its owner alone, and goes once its
words are stored. Nothing here writes a manuscript, a version or the record: autosave never floods them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import richtext, workflow
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article, WorkingDraft

__all__ = ["Kept", "Typing", "discard", "draft_of", "keep", "stored", "take_up", "too_long"]

#: Characters of a whole draft; a long article with its mark-up has a tenth of it.
MOST_CHARACTERS = 1_500_000
MOST_FIELDS = 600
FIELD_NAME = re.compile(r"[a-z][a-z0-9_-]{0,80}(?:-DELETE|-(?:TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)?")
PAGE = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Typing:
    """One message of an open page.

    ``page`` names the open page (16 hex digits), ``number`` counts its messages, ``version`` is the one it
    showed and ``base`` its fields then; ``fields`` are the fields as typed. ``over`` names the page of a
    draft this one may replace, because its owner took it up or nothing of it was left to keep.
    """

    page: str
    number: int
    version: int
    base: Mapping[str, Any]
    fields: Mapping[str, Any]
    over: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The draft as it is now; ``moved`` says that the manuscript has left the version it started from."""

    draft: WorkingDraft
    moved: bool


def draft_of(article: Article, person: Any) -> WorkingDraft | None:
    return article.working_drafts.filter(person=person).first()


def keep(article: Article, person: Any, typing: Typing) -> Kept:
    """Put what was typed into the one draft of this person; the manuscript is not touched.

    Raises ``Refused``: 403 who may not write here (any more), 409 when another page of the same person holds
    words of its own, 422 for what is no draft. A message that arrives after a later one is not an error.
    """
    if not workflow.may_edit_text(article, person):
        raise Refused(
            _(
                "You may not change this text where it stands now. What you typed is still on this page: "
                "copy it before you leave."
            ),
            code="not-writer",
            kind="forbidden",
        )
    start = {"base_version": typing.version, "base": readable(typing.base)}
    content = {"page": typing.page, "number": typing.number, "fields": checked(typing)}
    with transaction.atomic():
        # Two first messages may come at once: one makes the row, the other waits for it.
        rows = article.working_drafts.select_for_update()
        draft, new = rows.get_or_create(
            article=article, person=person, defaults={**start, "content": content}
        )
        if not new:
            write_on(draft, content, start, over=typing.over)
    return Kept(draft, draft.base_version != article.version)


def write_on(draft: WorkingDraft, content: dict[str, Any], start: dict[str, Any], *, over: str) -> None:
    """Put later words into a draft that is there; a message that was overtaken changes nothing."""
    page = draft.content.get("page")
    if page not in (content["page"], over):
        raise other_page()
    if page != content["page"]:
        draft.base_version, draft.base = start["base_version"], start["base"]
    elif draft.content["number"] >= content["number"]:
        return
    draft.content = content
    draft.save()


def other_page() -> Refused:
    return Refused(
        _(
            "There is a working draft of yours already, from another window. Take it up or throw it away at "
            "the head of this page; what you type here stays on this computer meanwhile."
        ),
        code="other-draft",
        kind="conflict",
    )


def too_long() -> Refused:
    return Refused(
        _("This text is too long to be kept: %(limit)d characters are the most. Store it in parts.")
        % {"limit": MOST_CHARACTERS},
        code="too-long",
    )


def readable(base: Mapping[str, Any]) -> dict[str, Any]:
    """What the page showed: texts, and rows of texts. Anything else no page of ours shows; it is left out."""
    kept: dict[str, Any] = {}
    for name, value in base.items():
        if isinstance(value, str):
            kept[richtext.storable(name)] = richtext.storable(value)
        elif isinstance(value, list) and all(isinstance(row, dict) for row in value):
            kept[richtext.storable(name)] = [texts_of(row) for row in value]
    return kept


def texts_of(row: Mapping[str, Any]) -> dict[str, str]:
    storable = richtext.storable
    return {storable(name): storable(value) for name, value in row.items() if isinstance(value, str)}


def checked(typing: Typing) -> dict[str, Any]:
    """The fields, with a clean text; ``Refused`` for what no page of ours would send."""
    values = [*typing.fields.values(), *readable(typing.base).values()]
    size = sum(len(value) if isinstance(value, str) else len(str(value)) for value in values)
    if size > 2 * MOST_CHARACTERS or len(values) > 2 * MOST_FIELDS:
        raise too_long()
    names_are_ours = all(FIELD_NAME.fullmatch(name) for name in typing.fields)
    texts = all(isinstance(value, str) for value in typing.fields.values())
    if not PAGE.fullmatch(typing.page) or not names_are_ours or not texts:
        raise Refused(_("This is no working draft. Reload the page and try again."), code="not-a-draft")
    fields = {name: richtext.storable(value) for name, value in typing.fields.items()}
    try:
        if "body" in fields:
            fields["body"] = richtext.clean_html(fields["body"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="body") from error
    return fields


def take_up(article: Article, person: Any, page: str) -> WorkingDraft | None:
    """Go on with the draft in another page: from now on that page writes it, the older one no more."""
    with transaction.atomic():
        draft = article.working_drafts.select_for_update().filter(person=person).first()
        if draft is not None:
            draft.content = {**draft.content, "page": page, "number": 0}
            draft.save()
    return draft


def stored(article: Article, person: Any, page: str) -> None:
    """The words of this page are in the manuscript now; a draft of another page stays."""
    article.working_drafts.filter(person=person, content__page=page).delete()


def discard(article: Article, person: Any) -> None:
    article.working_drafts.filter(person=person).delete()
