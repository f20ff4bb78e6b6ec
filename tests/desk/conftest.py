"""One office at the desk, and how somebody sits down at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from journal.intake.models import IssueImport
from journal.intake.stored import to_json
from tests.factories import Cast
from tests.intake.made import small_issue


@pytest.fixture
def cast(db: Any) -> Cast:
    return Cast()


@pytest.fixture
def at_desk(cast: Cast) -> Callable[[str], Client]:
    """A client logged in as somebody of the cast; ``""`` is nobody."""

    def sit_down(person: str = "", **options: Any) -> Client:
        client = Client(**options)
        if person:
            client.force_login(getattr(cast, person))
        return client

    return sit_down


@pytest.fixture
def sent_in(cast: Cast) -> IssueImport:
    """A small issue to be checked."""
    return IssueImport.objects.create(
        name="岚江 9.md",
        size=1,
        sha256="0" * 64,
        by=cast.head,
        state="to-check",
        understood=to_json(small_issue()),
    )
