"""What stands under an article: the comments an editor has shown, and the way to write one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from articles.models import Article, Journal
from articles.models.journal import Commenting

__all__ = ["Comments", "comments_under"]


@dataclass(frozen=True, slots=True)
class Comments:
    """``shown`` in the order they came in; ``closed``: nobody writes more."""

    shown: list[Any]
    closed: bool
    signed_in_only: bool


def comments_under(article: Article, journal: Journal) -> Comments | None:
    """The same for every reader of the page; ``None`` where the journal takes no comments."""
    if journal.comments == Commenting.OFF:
        return None
    return Comments(
        list(article.reader_comments.shown()),
        article.comments_closed,
        journal.comments == Commenting.SIGNED_IN,
    )
