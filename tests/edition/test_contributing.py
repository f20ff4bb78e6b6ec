"""A call for papers reaches readers at once, and only its page is made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.models import Call
from journal.edition import store
from journal.edition.bake import bake
from tests.factories import make_journal

pytestmark = pytest.mark.django_db(transaction=True)


def shown(path: str) -> Path:
    number = store.current()
    assert number is not None
    return store.folder(number) / "public" / path / "index.html"


def test_a_call_is_baked_when_it_is_written_and_when_it_goes() -> None:
    make_journal(name="澜江")
    bake()
    about = shown("about").stat().st_ino
    call = Call.objects.create(title="渡口专题征稿", text="写一个渡口。")
    assert "渡口专题征稿" in shown("contribute").read_text(encoding="utf-8")
    assert shown("about").stat().st_ino == about  # taken over unread
    call.delete()
    assert "渡口专题征稿" not in shown("contribute").read_text(encoding="utf-8")
