"""Keeping a version on purpose, and going back to one: what the two rows of the table check and write."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from articles import record
from articles.case import Case
from articles.refusals import Refused

__all__ = ["belongs_here", "may_write", "restore"]


def may_write(case: Case) -> Refused | None:
    """Whoever may change the text may keep a version of it and bring one back."""
    from articles import workflow

    if workflow.may_edit_text(case.article, case.by):
        return None
    return Refused(
        _("You may not change this text where it stands now. Nothing was stored."),
        code="not-writer",
        kind="forbidden",
    )


def belongs_here(case: Case) -> Refused | None:
    """A version of this manuscript, and not the text as it stands already."""
    revision = case.given.revision
    if revision is None or revision.article_id != case.article.pk:
        return Refused(
            _("This is no version of this manuscript. Choose one from its list."),
            code="not-a-version",
            field="revision",
        )
    if revision.text_hash == case.article.text_hash:
        return Refused(
            _("The text stands as in this version already. Nothing was changed."),
            code="no-change",
            kind="conflict",
            field="revision",
        )
    return None


def restore(case: Case) -> dict[str, Any]:
    """Bring the signed fields of a version back; the text it replaces is kept as a version first."""
    from articles.models.article import SIGNED_FIELDS

    article, revision = case.article, case.given.revision
    assert revision is not None  # a condition of the row
    before = article.text_hash
    if not article.revisions.filter(text_hash=before).exists():
        record.make_revision(article, "saved", case.by)
    for name in SIGNED_FIELDS:
        if name in revision.content:
            setattr(article, name, revision.content[name])
    article.clean_texts()
    return {"restored": revision.number, "before_hash": before}
