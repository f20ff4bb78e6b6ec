"""A letter somebody of the office wrote about a manuscript: its line in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from articles import record
from articles.doors import fresh_person
from articles.refusals import Refused

if TYPE_CHECKING:
    from articles.models import Article, Event

__all__ = ["record_notice"]


def record_notice(article: Article, by: Any, *, to: Any, subject: str, address: str | None = None) -> Event:
    """Write down that ``by`` wrote to the account ``to``; the letter itself is kept by who sends it.

    Raises ``Refused`` when ``by`` may not see manuscripts. Nothing of the manuscript changes.
    """
    by = fresh_person(by)
    if by is None or not by.has_perm("articles.view_article"):
        raise Refused(
            _("Your role does not include writing about manuscripts."), code="no-right", kind="forbidden"
        )
    with record.performing():
        return record.write_event(
            "notice",
            by,
            article=article,
            issue=article.issue,
            before=article.stage,
            after=article.stage,
            data={"to": to.pk, "name": to.get_full_name(), "subject": subject},
            address=address,
        )
