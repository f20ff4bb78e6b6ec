"""Every word a person sees is Simplified Chinese: the catalogue is whole, and compiled from what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.core.management import get_commands, load_command_class

pytestmark = pytest.mark.database_free

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_no_message_is_untranslated_or_doubtful() -> None:
    po = catalogue()
    assert [e.msgid for e in po.untranslated_entries()] == []
    assert [e.msgid for e in po.fuzzy_entries()] == []


def test_translations_keep_every_placeholder() -> None:
    for entry in catalogue():
        texts = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in texts:
            assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    written = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in catalogue() if not e.obsolete}
    assert {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in compiled} == written


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
def test_every_message_of_the_sources_is_in_the_catalogue(tmp_path: Path) -> None:
    copy = tmp_path / "kanwu"
    for name in ("articles", "journal", "templates", "locale", "manage.py"):
        source = ROOT / name
        copied = shutil.copytree if source.is_dir() else shutil.copy
        copy.mkdir(exist_ok=True)
        copied(source, copy / name)
    (copy / "static").mkdir()
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "--no-location", "--no-obsolete"],
        cwd=copy,
        check=True,
        capture_output=True,
    )
    fresh = polib.pofile(str(copy / "locale/zh_Hans/LC_MESSAGES/django.po"))
    assert [e.msgid for e in fresh if not e.translated()] == []


def test_every_command_explains_itself_in_chinese() -> None:
    ours = [(app, name) for name, app in get_commands().items() if str(app).startswith("journal")]
    assert ours
    for app, name in ours:
        parser = load_command_class(str(app), name).create_parser("manage.py", name)
        assert re.search(r"[\u4e00-\u9fff]", parser.format_help().partition("-h, --help")[0]), name
