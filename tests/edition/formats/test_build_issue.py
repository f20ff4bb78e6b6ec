"""The command that writes an issue as a file: what it says, what it refuses, and that no half file stays."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Article, Issue
from articles.stages import Stage
from journal.edition.formats.contract import FORMATS, format_named
from tests.factories import Cast, make_article, make_issue, printed_issue
from tests.public.conftest import add_figure, set_fields

pytestmark = pytest.mark.django_db

BODY = "<p>第七级石阶上刻着水位。</p>"


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def planned(cast: Cast) -> Issue:
    """An issue at the desk with one article."""
    found = make_issue(cast, year=2026, number="3")
    make_article(cast, Stage.EDITING, title="石阶留给水", code="steps", body=BODY)
    return found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "issue.docx"


def build(*words: Any, **options: Any) -> str:
    said = io.StringIO()
    call_command("build_issue", *words, stdout=said, **options)
    return said.getvalue()


def test_an_issue_is_written_and_each_step_told(planned: Issue, out: Path) -> None:
    said = build("2026", "3", format="docx", out=out)
    assert "石阶留给水" in [line.text for line in docx.Document(str(out)).paragraphs]
    assert "《石阶留给水》" in said
    assert str(out) in said.rstrip().split("\n")[-1]


def test_one_article_is_written_by_its_code(planned: Issue, out: Path) -> None:
    build("2026", "3", format="docx", out=out, article="steps")
    assert docx.Document(str(out)).core_properties.title == "石阶留给水"


def test_readers_get_only_what_is_out(planned: Issue, out: Path, cast: Cast) -> None:
    with pytest.raises(CommandError, match="2026年第3期"):
        build("2026", "3", format="docx", out=out, published=True)
    shown = printed_issue(cast)
    build(str(shown.year), shown.number, format="docx", out=out, published=True)
    assert docx.Document(str(out)).paragraphs


def test_all_formats_are_listed_with_what_they_are_for() -> None:
    lines = build(list=True).rstrip().split("\n")
    assert [line.split()[0] for line in lines] == sorted(FORMATS)
    assert all(line.endswith("）") for line in lines)


def test_without_an_issue_a_format_and_a_file_it_says_how_it_is_called() -> None:
    with pytest.raises(CommandError, match="--format"):
        build("2026", "3")


def empty(article: Article) -> None:
    article.body = "<p> </p>"
    article.save()


def spoil(article: Article) -> None:
    """As an old installation may hold it: every door of ours takes such a sign out."""
    set_fields(article, title="石阶\x07留给水")


def lose_picture(article: Article) -> None:
    Path(add_figure(article, caption="第七级石阶").image.path).unlink()


def break_picture(article: Article) -> None:
    path = Path(add_figure(article, caption="第七级石阶").image.path)
    path.write_bytes(path.read_bytes()[:200])


#: For every format what would spoil it; a format without texts needs only sound words.
DAMAGES = [
    (name, damage, place)
    for name in sorted(FORMATS)
    for damage, place in ((empty, "石阶留给水"), (lose_picture, "第七级石阶"), (break_picture, "第七级石阶"))
    if format_named(name).texts
]
DAMAGES += [(name, spoil, "U+0007") for name in sorted(FORMATS)]


@pytest.mark.parametrize(("name", "damage", "place"), DAMAGES)
def test_what_cannot_be_printed_is_refused_with_its_place(
    planned: Issue, out: Path, name: str, damage: Any, place: str
) -> None:
    damage(Article.objects.get(code="steps"))
    out.write_bytes(b"the file of yesterday")
    with pytest.raises(CommandError) as refused:
        build("2026", "3", format=name, out=out)
    assert place in str(refused.value)
    assert out.read_bytes() == b"the file of yesterday"
    assert os.listdir(out.parent) == [out.name]


@pytest.mark.parametrize(
    ("words", "options", "named"),
    [
        (("2026", "3"), {"format": "wps"}, "wps"),
        (("2026", "3"), {"format": "docx", "article": "no-such"}, "no-such"),
        (("2031", "9"), {"format": "docx"}, "2031"),
        *((("2026", "4"), {"format": name}, "2026年第4期") for name in sorted(FORMATS)),
    ],
)
def test_what_is_not_there_is_refused_by_name(
    planned: Issue, cast: Cast, out: Path, words: Any, options: Any, named: str
) -> None:
    make_issue(cast, year=2026, number="4")  # without articles
    with pytest.raises(CommandError, match=named):
        build(*words, out=out, **options)
    assert os.listdir(out.parent) == []


def test_a_folder_that_is_not_there_is_refused(planned: Issue, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        build("2026", "3", format="docx", out=tmp_path / "nowhere" / "a.docx")


def test_a_folder_nobody_may_write_to_is_refused() -> None:
    """As the system itself refuses it, whoever runs the tests."""
    with pytest.raises(CommandError, match="/proc"):
        build(*issue_anywhere(), format="docx", out=Path("/proc/a.docx"))


def issue_anywhere() -> tuple[str, str]:
    found = printed_issue(Cast())
    return str(found.year), found.number


def test_a_refusal_ends_with_one_sentence_and_a_code(tmp_path: Path) -> None:
    manage = str(Path(settings.BASE_DIR, "manage.py"))
    command = [sys.executable, manage, "build_issue", "2026", "3", "--format", "wps", "--out", "a.wps"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert len(ended.stderr.strip().split("\n")) == 1
    assert "Traceback" not in ended.stderr
