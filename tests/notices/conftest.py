"""An office where everybody is at work, and a way to press a button with the house listening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from articles import workflow
from articles.models import Article
from tests.factories import Cast, make_journal


@pytest.fixture
def cast(db: Any) -> Cast:
    """Every role is held by one person, so that whoever should not be told could be told."""
    cast = Cast()
    for person in Cast.ROLES:
        getattr(cast, person)
    make_journal(name="岚江", telephone="0000-129", submission_address="tougao@journal.org")
    return cast


@pytest.fixture
def press_button(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """``workflow.perform()`` and, after its commit, the listeners."""

    def perform(action: str, article: Article, by: Any, **words: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return workflow.perform(action, article, by, **words)

    return perform
