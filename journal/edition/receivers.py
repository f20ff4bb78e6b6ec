"""Bakes again when something readers see has changed: a correction, a take-down, who may read an issue.

What readers may not see any more is withdrawn besides, before the decision is committed (the models' own
signals), and again after it, because another edition may have been switched to in between.

The domain tells after its transaction is safe. A bake that fails then is logged by the caller and leaves the
old edition on show; the next bake makes up for it. Before the first edition there is nothing to renew.
Publishing is not heard here: ``publish`` bakes inside it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from articles.models import Article, Event, Issue
from articles.models.journal import Visibility
from articles.offered_files import DECISIONS as FILE_DECISIONS
from articles.press import DECISION_FOR
from articles.stages import Stage
from journal.edition import store
from journal.edition.bake import bake
from journal.edition.due import COMMENTS_CHANGING
from journal.edition.failpoints import reached
from journal.edition.withdraw import withdraw_articles, withdraw_issues

__all__ = [
    "bake_comments",
    "bake_contributing",
    "bake_decided_issue",
    "bake_touched_article",
    "withdraw_article",
    "withdraw_issue",
    "withdraw_issues_of",
]


def withdraw_issue(instance: Issue, **kwargs: Any) -> None:
    """An issue was written that is not for everybody (any more)."""
    if instance.is_out and instance.effective_visibility != Visibility.PUBLIC:
        withdraw_issues(Issue.objects.filter(pk=instance.pk))
        reached("withdrawn")


def withdraw_article(instance: Article, **kwargs: Any) -> None:
    """An article was written that is taken down."""
    if instance.stage == Stage.RETRACTED:
        withdraw_articles(Article.objects.filter(pk=instance.pk))


def withdraw_issues_of(sender: Any, **kwargs: Any) -> None:
    """The journal was written: its rule is that of every issue nobody has decided on."""
    withdraw_issues(Issue.objects.all())


def bake_touched_article(article: Article, event: Event, **kwargs: Any) -> None:
    """A published article was corrected or taken down."""
    if event.action in {"correct", "take_down"} and store.current() is not None:
        withdraw_article(article)
        bake(reason=str(article))


def bake_comments(event: Event, **kwargs: Any) -> None:
    """Comments were shown, removed or restored, or an article was closed to them: its page changed."""
    if event.action in COMMENTS_CHANGING and store.current() is not None:
        bake(reason=str(event.article))


def bake_contributing(sender: Any, **kwargs: Any) -> None:
    """A call for papers or the journal's own page was changed at the desk: readers see it at once."""
    if store.current() is not None:
        reason = str(sender._meta.verbose_name)
        # No partial: Django names the function that failed, and a partial has no name.
        transaction.on_commit(lambda: bake(reason=reason), robust=True)


def bake_decided_issue(issue: Issue, event: Event, **kwargs: Any) -> None:
    """Who may read an issue that is out was decided anew, or what of it may be downloaded."""
    decided = issue.is_out and event.action in (*DECISION_FOR.values(), *FILE_DECISIONS)
    if decided and store.current() is not None:
        reached("decided")
        withdraw_issue(issue)
        bake(reason=str(issue))
