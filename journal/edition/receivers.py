"""Bakes again when something readers see has changed: a correction, a take-down, who may read an issue.

The domain tells after its transaction is safe. A bake that fails then is logged by the caller and leaves the
old edition on show; the next bake makes up for it. Before the first edition there is nothing to renew.
Publishing is not heard here: ``publish`` bakes inside it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from articles.models import Article, Event, Issue
from articles.press import DECISION_FOR
from journal.edition import store
from journal.edition.bake import bake
from journal.edition.due import COMMENTS_CHANGING

__all__ = ["bake_comments", "bake_contributing", "bake_decided_issue", "bake_touched_article"]


def bake_touched_article(article: Article, event: Event, **kwargs: Any) -> None:
    """A published article was corrected or taken down."""
    if event.action in {"correct", "take_down"} and store.current() is not None:
        bake(reason=str(article))


def bake_comments(event: Event, **kwargs: Any) -> None:
    """Comments were shown, removed or restored, or an article was closed to them: its page changed."""
    if event.action in COMMENTS_CHANGING and store.current() is not None:
        bake(reason=str(event.article))


def bake_contributing(sender: Any, **kwargs: Any) -> None:
    """A call for papers or the journal's own page was changed at the desk: readers see it at once."""
    if store.current() is not None:
        transaction.on_commit(partial(bake, reason=str(sender._meta.verbose_name)), robust=True)


def bake_decided_issue(issue: Issue, event: Event, **kwargs: Any) -> None:
    """Who may read an issue that is out was decided anew."""
    decided = issue.is_out and event.action in DECISION_FOR.values()
    if decided and store.current() is not None:
        bake(reason=str(issue))
