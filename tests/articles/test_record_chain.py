"""The record is a chain, and the database itself guards it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from articles import record_guard
from articles.models import Event, RecordHead
from tests.factories import Cast, make_article

pytestmark = pytest.mark.django_db


def test_every_trigger_stands() -> None:
    assert record_guard.flaws() == []
    record_guard.take_down()
    assert len(record_guard.flaws()) > 20
    record_guard.set_up()
    assert record_guard.flaws() == []
