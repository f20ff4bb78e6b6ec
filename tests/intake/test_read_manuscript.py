"""``manage.py read_manuscript``: what is understood as JSON, or one sentence and nothing written."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from .word.habits import HABITS

pytestmark = pytest.mark.database_free

KEYS = {
    "title", "kicker", "subtitle", "authors", "credits", "affiliations", "headings", "body_text", "captions",
    "photo_credits", "images", "tables", "footnotes", "source", "phone", "email", "not_taken", "warnings",
}  # fmt: skip


def test_it_writes_what_was_understood(tmp_path: Path) -> None:
    file, out = tmp_path / "稿件.docx", tmp_path / "out.json"
    file.write_bytes(HABITS["typed by hand in WPS"].data())
    call_command("read_manuscript", str(file), json=str(out), stdout=io.StringIO())
    got = json.loads(out.read_text(encoding="utf-8"))
    assert set(got) >= KEYS
    assert got["title"] == "老渡口的第一趟船"
    assert got["phone"] == ["0000-0000001"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 abc", b"PK\x03\x04 broken", b"\x89PNG\r\n\x1a\n0000"])
def test_a_refusal_is_one_sentence_and_nothing_is_written(tmp_path: Path, data: bytes) -> None:
    file, out = tmp_path / "稿件.docx", tmp_path / "out.json"
    file.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        call_command("read_manuscript", str(file), json=str(out))
    assert refused.value.returncode == 2
    assert str(refused.value).strip()
    assert "\n" not in str(refused.value)
    assert not out.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("read_manuscript", str(tmp_path / "none.docx"))
    assert refused.value.returncode == 2
