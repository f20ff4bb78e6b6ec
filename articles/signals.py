"""What the domain tells the house, always after the transaction has been committed.

``stage_changed(sender=Article, article, event)``: after each action on an article, corrections included.
``issue_changed(sender=Issue, issue, event)``: after each action on an issue.
``comments_decided(sender=Event, comments, event)``: after a decision on readers' comments; several at once
are told once, with the last ``event``; ``comments`` is empty when an article was closed to them or opened.
``issue_published(sender=Issue, issue, event)``: besides, once an issue has come out.

A listener that fails is logged and does not undo the action: it is in the record already.
"""

from __future__ import annotations

from django.dispatch import Signal

__all__ = ["comments_decided", "issue_changed", "issue_published", "stage_changed"]

stage_changed = Signal()
issue_changed = Signal()
issue_published = Signal()
comments_decided = Signal()
