"""A contributor at home, and how others sit down there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import Cast


@pytest.fixture
def cast(db: Any) -> Cast:
    return Cast()


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    """A client signed in as somebody of the cast; ``""`` is nobody."""

    def sign_in(person: str = "contributor") -> Client:
        client = Client()
        if person:
            client.force_login(getattr(cast, person))
        return client

    return sign_in
