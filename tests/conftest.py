"""What every test stands on: its own data folder, quick passwords, the way to the shared material."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.test import TransactionTestCase

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has its own ``KANWU_DATA``; nothing it writes meets another test or the demo."""
    keep_data_in(tmp_path / "data", settings, monkeypatch)
    return tmp_path / "data"


def keep_data_in(data: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lead everything the house writes into this folder, as long as these settings and patches hold."""
    (data / "static").mkdir(parents=True, exist_ok=True)
    settings.KANWU_DATA = data
    settings.MEDIA_ROOT = data / "media"
    settings.ORIGINALS_ROOT = data / "originals"
    settings.EDITIONS_ROOT = data / "editions"
    settings.STATIC_ROOT = data / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": data / "originals", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A file field takes its storage when its model is loaded: the originals' one has to be led here, too.
    for model, name in (
        ("articles.Figure", "original"),
        ("articles.IssueFile", "file"),
        ("intake.IssueImport", "file"),
        ("intake.ReceivedFile", "file"),
        ("intake.DeliveredFile", "file"),
    ):
        monkeypatch.setattr(apps.get_model(model)._meta.get_field(name), "storage", storages["originals"])


@pytest.fixture(scope="session", autouse=True)
def flush_may_empty_the_record() -> Iterator[None]:
    """A test with real transactions empties its database at the end, which the guards of the record refuse.

    They come down for that alone; ``flush`` ends with ``post_migrate``, which puts them up again.
    """
    from articles import record_guard

    flush = TransactionTestCase._fixture_teardown

    def flush_unguarded(self: TransactionTestCase) -> None:
        record_guard.take_down()
        flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unguarded)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the checkout; not in a newcomer's clone, but always in CI."""
    folder = Path(os.environ.get("KANWU_SHARED", ROOT.parent / "shared"))
    if folder.is_dir():
        return folder
    message = "the shared material is not beside this checkout (set KANWU_SHARED to its folder)"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(message)
    pytest.skip(message)
