"""The journal is loaded once for a module of tests; what a test does to it is rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from PIL import Image

from journal.sample import drawing
from tests.conftest import keep_data_in


@pytest.fixture(scope="module")
def plain_paper() -> Iterator[None]:
    """Pictures have tests of their own: plain paper stands in for them here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "draw", lambda *_: Image.new("RGB", (90, 60), "white"))
        yield


class ForAWhile:
    """Settings that last as long as ``overrides``: pytest's own belong to one test."""

    def __init__(self, overrides: ExitStack) -> None:
        vars(self)["overrides"] = overrides

    def __getattr__(self, name: str) -> Any:
        return getattr(django_settings, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self.overrides.enter_context(override_settings(**{name: value}))


@pytest.fixture(scope="module")
def loaded_once(
    plain_paper: None,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The journal, loaded; the folder of its files."""
    folder = tmp_path_factory.mktemp("sample")
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch, ExitStack() as overrides:
            keep_data_in(folder, ForAWhile(overrides), patch)
            call_command("load_sample", verbosity=0)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The whole journal with its files."""
    keep_data_in(loaded_once, settings, monkeypatch)
