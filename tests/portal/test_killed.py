"""``kill -9`` at every step from a contributor's file to the draft: nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journal.intake.failpoints import EXIT_CODE, STEPS
from tests.e2e.word_file import TITLE, word_file

pytestmark = [pytest.mark.slow, pytest.mark.database_free]

ROOT = Path(__file__).resolve().parents[2]
SEND = """
import sys
from pathlib import Path
from tests.factories import make_user
from journal.intake.models import ReceivedFile
person = make_user("contributor", name="贺苇", username={step!r})
row = ReceivedFile.objects.receive(Path({file!r}).read_bytes(), "渡口.docx", person)
print("kept", row.pk)
row.take_in()
"""
LOOK = """
import json, hashlib
from articles.models import Article
from journal.intake.models import ReceivedFile
row = ReceivedFile.objects.order_by("-pk").first()
before = row.state
with row.file.open("rb") as file:
    whole = hashlib.sha256(file.read()).hexdigest() == row.sha256
waits = ReceivedFile.objects.interrupted().filter(pk=row.pk).exists()
there = Article.objects.filter(submitter=row.by).count()
draft = row.take_in()
again = ReceivedFile.objects.get(pk=row.pk).take_in()
articles = Article.objects.filter(submitter=row.by).count()
print(json.dumps(dict(before=before, whole=whole, waits=waits, there=there, title=draft.title,
    state=row.state, same=draft == again, articles=articles, pictures=draft.figures.count())))
"""


def run(data: Path, *arguments: str, failpoint: str = "") -> subprocess.CompletedProcess[str]:
    outside = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**outside, "KANWU_DATA": str(data), "KANWU_FAILPOINT": failpoint},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed") / "data"
    folder.mkdir()
    assert run(folder, "migrate", "-v", "0").returncode == 0
    return folder


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return word_file(tmp_path_factory.mktemp("word"))


@pytest.mark.parametrize("step", STEPS)
def test_a_file_is_never_lost_and_becomes_one_draft(data: Path, file: Path, step: str) -> None:
    code = SEND.format(file=str(file), step=step)
    killed = run(data, "shell", "-v", "0", "-c", code, failpoint=step)
    assert killed.returncode == EXIT_CODE, killed.stderr
    looked = run(data, "shell", "-v", "0", "-c", LOOK)
    assert looked.returncode == 0, looked.stderr
    found: dict[str, Any] = json.loads(looked.stdout.splitlines()[-1])
    done = step == "word-taken"
    assert found == {
        "before": "taken" if done else "received",
        "whole": True,
        "waits": not done,  # so that its sender and the office are shown it
        "there": int(done),  # a half-written draft is none
        "title": TITLE,
        "state": "taken",
        "same": True,
        "articles": 1,
        "pictures": 1,
    }
