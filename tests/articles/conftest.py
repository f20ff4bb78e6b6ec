from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences as they are written in the source, whatever the catalogue says."""
    with translation.override("en"):
        yield
