"""An issue that went out as an archive and came in elsewhere is the same issue, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Erratum, Issue
from journal.edition.archive import export_issue
from journal.edition.store import EditionError
from tests.archives import TEXT, files_in
from tests.public.conftest import Shelf

ROOT = Path(__file__).resolve().parents[2]
#: Of one article a mistake is put right, another is taken down.
PUT_RIGHT = """
from articles import workflow
from articles.models import Article
from journal.sample.cast import hire
people = hire()
def decide(action, code, **words):
    article = Article.objects.get(code=code)
    workflow.perform("approve_" + action, article, people["chief"], reason="核对", notice="已更正。", **words)
    done = "correct" if action == "correction" else "take_down"
    workflow.perform(done, Article.objects.get(code=code), people["publisher"])
decide("correction", "last-ferry-at-six", text={"subtitle": "更正后的副题"})
decide("retraction", "apricot-days")
print(people["section"].username)
"""
HIRE = "from journal.sample.cast import hire; hire()"


class House:
    """An installation of its own, in a folder of its own; all of them say they stand at one address."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir(parents=True)
        self.manage("migrate", "-v", "0")

    def manage(self, *arguments: str) -> str:
        outside = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        own = {
            "KANWU_DATA": str(self.data),
            "SITE_URL": "https://journal.example",
            "READER_VARIANTS": "",
        }
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**outside, **own},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        return self.manage("shell", "-v", "0", "-c", code)

    def readers_files(self) -> dict[str, bytes]:
        """All that readers of any kind are served, baked just now."""
        self.manage("bake")
        top = self.data / "editions/current"
        found = {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}
        return {name: path.read_bytes() for name, path in found.items() if "/" in name}


def carry(issues: list[tuple[int, str]], here: House, there: House, folder: Path, *by: str) -> None:
    """Out of one house and into the other; from there they come out with the same bytes."""
    for year, number in issues:
        first, again = folder / f"{year}-{number}.zip", folder / f"{year}-{number}-again.zip"
        here.manage("export_issue", str(year), number, str(first), "--originals")
        there.manage("import_issue", str(first), *by)
        there.manage("export_issue", str(year), number, str(again), "--originals")
        assert first.read_bytes() == again.read_bytes()


def assert_alike(here: dict[str, bytes], there: dict[str, bytes], least: int) -> None:
    assert sorted(there) == sorted(here)
    assert [name for name in here if there[name] != here[name]] == []
    assert len([name for name in here if name.endswith(".html")]) > least


@pytest.mark.slow
@pytest.mark.database_free
def test_the_sample_journal_is_the_same_site_in_another_house(tmp_path: Path) -> None:
    """All its issues, so that every list, feed, index and neighbour is compared as well."""
    here, there = House(tmp_path / "here"), House(tmp_path / "there")
    here.manage("load_sample")
    who = here.shell(PUT_RIGHT).split()[-1]
    there.shell(HIRE)
    carry([(2026, number) for number in ("9", "10", "11")], here, there, tmp_path, "--by", who)
    assert_alike(here.readers_files(), there.readers_files(), 100)
    there.manage("verify_record")


@pytest.mark.slow
@pytest.mark.database_free
def test_a_real_issue_for_few_is_the_same_in_another_house(shared: Path, tmp_path: Path) -> None:
    here, there = House(tmp_path / "here"), House(tmp_path / "there")
    here.manage("import_issue", str(shared / "import/issue-2024-07/source.md"))
    here.manage("publish_issue", "2024", "7", "--as-import", "--visibility", "inside")
    carry([(2024, "7")], here, there, tmp_path)
    assert_alike(here.readers_files(), there.readers_files(), 20)


# -- what is in it


@pytest.mark.django_db
def test_the_same_issue_gives_the_same_bytes_and_nothing_of_the_office(shelf: Shelf, tmp_path: Path) -> None:
    export_issue(shelf.new, tmp_path / "one.zip")
    export_issue(Issue.objects.get(pk=shelf.new.pk), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    text = files_in(tmp_path / "one.zip")[TEXT].decode()
    article = shelf.new.articles.get(pk=shelf.article.pk)  # type: ignore[attr-defined]
    assert article.title in text
    people = [shelf.cast.registrar, shelf.cast.editor, shelf.cast.chief]
    for kept in [article.manuscript_number, *(person.name for person in people), *shelf.secrets]:
        assert not kept or kept not in text


@pytest.mark.django_db
def test_of_what_was_taken_down_no_word_is_carried(shelf: Shelf, tmp_path: Path) -> None:
    from articles import workflow

    article = shelf.article
    words = article.body.removeprefix("<p>")[:6]
    workflow.perform("approve_retraction", article, shelf.cast.chief, reason="失实", notice="本文已撤下。")
    workflow.perform("take_down", article, shelf.cast.publisher)
    export_issue(shelf.new, tmp_path / "issue.zip")
    files = files_in(tmp_path / "issue.zip")
    others = "".join(other.body for other in shelf.new.articles.exclude(pk=article.pk))  # type: ignore[attr-defined]
    assert words in others or words not in files[TEXT].decode()
    assert Erratum.objects.get().notice in files[TEXT].decode()
    assert not [
        name for name in files for figure in article.figures.all() if name.endswith(figure.image.name)
    ]


@pytest.mark.django_db
def test_what_is_not_out_is_refused_and_no_file_left(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(EditionError) as error:
        export_issue(shelf.hidden, tmp_path / "issue.zip")
    assert str(shelf.hidden) in str(error.value)
    with pytest.raises(CommandError):
        call_command("export_issue", "2031", "1", str(tmp_path / "issue.zip"))
    with pytest.raises(EditionError):
        export_issue(shelf.new, tmp_path / "nowhere/issue.zip")
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == []


@pytest.mark.django_db
def test_a_picture_that_is_missing_is_named_and_what_stood_there_stays(shelf: Shelf, tmp_path: Path) -> None:
    from tests.public.conftest import add_figure

    figure = add_figure(shelf.article)
    out = tmp_path / "issue.zip"
    out.write_bytes(b"before")
    figure.image.storage.delete(figure.image.name)
    with pytest.raises(EditionError) as error:
        export_issue(shelf.new, out)
    assert figure.image.name in str(error.value)
    assert out.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["issue.zip"]
