"""``manage.py import_article``: what it writes and refuses; a dry run leaves the database alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from journal.intake.decode import MAX_BYTES
from tests.benchmarks.article_scores import PAGES


def run(*args: object) -> None:
    call_command("import_article", *(str(a) for a in args))


def test_a_dry_run_writes_the_json_and_touches_no_database(tmp_path: Path) -> None:
    # Without the ``db`` fixture any query fails this test.
    out = tmp_path / "page.json"
    run(PAGES / "newspaper-page.txt", "--dry-run", "--json", out)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert [a["title"] for a in written["articles"]] == [
        "一张纸条留住末班车",
        "旧木料坐成了长凳",
        "周末也能开慢病药",
    ]
    assert set(written) >= {"issue", "duplicates_removed", "residue_removed", "questions"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\xff\xd8\xff\xe0" + bytes(200),
        b"PK\x03\x04" + bytes(100),
        b"%PDF-1.7\n",
        bytes(range(256)) * 8,
        b"plain\x00text\x00with\x00nul",
        "。！？".encode(),
        b"<html><body><script>var a = 1;</script></body></html>",
        b"x" * (MAX_BYTES + 1),
    ],
    ids=[
        "empty",
        "blank",
        "png",
        "jpeg",
        "zip",
        "pdf",
        "binary",
        "nul",
        "marks only",
        "scripts only",
        "too big",
    ],
)
def test_what_is_no_text_gets_one_sentence_and_exit_code_two(data: bytes, tmp_path: Path) -> None:
    file, out = tmp_path / "page.txt", tmp_path / "page.json"
    file.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        run(file, "--json", out)
    assert refused.value.returncode == 2
    assert str(refused.value).strip().count("\n") == 0
    assert not out.exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.txt") as refused:
        run(tmp_path / "nowhere.txt", "--dry-run")
    assert refused.value.returncode == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encoding_and_line_ends_change_nothing(encoding: str, line_end: str, tmp_path: Path) -> None:
    text = (PAGES / "bare-lines.txt").read_text(encoding="utf-8")
    file, out = tmp_path / "page.txt", tmp_path / "page.json"
    file.write_bytes(text.replace("\n", line_end).encode(encoding))
    run(file, "--dry-run", "--json", out)
    run(PAGES / "bare-lines.txt", "--dry-run", "--json", tmp_path / "plain.json")
    plain = json.loads((tmp_path / "plain.json").read_text(encoding="utf-8"))
    assert json.loads(out.read_text(encoding="utf-8"))["articles"] == plain["articles"]


@pytest.mark.django_db
def test_importing_a_page_twice_makes_its_drafts_once(capsys: Any) -> None:
    from articles.models import Article

    run(PAGES / "two-markdown-articles.md")
    run(PAGES / "two-markdown-articles.md")
    assert Article.objects.count() == 2
    assert "县图书馆的夜班" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_page_without_a_title_is_not_accepted_silently() -> None:
    with pytest.raises(CommandError) as refused:
        run(PAGES / "no-title.txt")
    assert refused.value.returncode == 2
