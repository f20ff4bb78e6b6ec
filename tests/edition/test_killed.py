"""``kill -9`` at every step of publishing: readers see all of the old edition or all of the new."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from journal.edition.failpoints import EXIT_CODE, STEPS
from journal.edition.manifest import verify
from tests.edition.conftest import Door

pytestmark = [pytest.mark.slow, pytest.mark.database_free]

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = "/issues/2025/3/", "/issues/2026/7/"
SCENE = """
from tests.factories import *
from articles.press import IssueStage
cast = Cast()
make_journal(name='澜江', publication_type='serial')
printed_issue(cast, 3, year=2025, number='3')
make_issue(cast, IssueStage.SIGNED, year=2026, number='7')
print(cast.publisher.username)
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
def scene(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A journal with one issue on line and one signed for press; and who may publish it."""
    data = tmp_path_factory.mktemp("scene") / "data"
    data.mkdir()
    assert run(data, "migrate", "-v", "0").returncode == 0
    made = run(data, "shell", "-v", "0", "-c", SCENE)
    assert made.returncode == 0, made.stderr
    baked = run(data, "bake")
    assert baked.returncode == 0, baked.stderr
    return data, made.stdout.split()[-1]


@pytest.fixture
def copy(scene: tuple[Path, str], tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the scene's data for each death; static files, which nobody writes, are shared."""

    def make(name: str) -> Path:
        target = tmp_path / name
        target.mkdir()
        for source in scene[0].iterdir():
            if not source.is_dir():
                shutil.copy2(source, target / source.name)
            else:
                shared = os.link if source.name == "static" else shutil.copy2
                shutil.copytree(source, target / source.name, symlinks=True, copy_function=shared)
        return target

    return make


def readers_see_the_new_issue(data: Path) -> bool:
    """All new or all old: the issue's page and all pages that list it agree; every file is whole."""
    door = Door(data / "editions")
    answers = {
        "issue": door.get(NEW).status == 200,
        "home": NEW.encode() in door.get("/").body,
        "archive": NEW.encode() in door.get("/issues/").body,
        "sitemap": NEW.encode() in door.get("/sitemap.xml").body,
        "before": NEW.encode() in door.get(OLD).body,
    }
    assert len(set(answers.values())) == 1, answers
    shown = data / "editions" / os.readlink(data / "editions" / "current")
    assert verify(shown) == []
    return answers["issue"]


def record_says_published(data: Path) -> bool:
    with sqlite3.connect(data / "kanwu.sqlite3") as database:
        row = database.execute("select stage from articles_issue where year = 2026").fetchone()
    return bool(row[0] == "published")


def publish_again(data: Path, publisher: str) -> None:
    """What the office does after the power is back; whatever was left behind is gone afterwards."""
    if record_says_published(data):
        assert run(data, "bake").returncode == 0
    else:
        done = run(data, "publish_issue", "2026", "7", "--by", publisher)
        assert done.returncode == 0, done.stderr
    assert record_says_published(data)
    assert readers_see_the_new_issue(data)
    assert [
        p.name for p in (data / "editions").iterdir() if p.name.startswith((".building", ".current"))
    ] == []


@pytest.mark.parametrize("step", STEPS)
def test_a_death_at_any_step_tears_nothing_and_can_be_mended(
    scene: tuple[Path, str], copy: Callable[[str], Path], step: str
) -> None:
    data, publisher = copy(step), scene[1]
    died = run(data, "publish_issue", "2026", "7", "--by", publisher, failpoint=step)
    assert died.returncode == EXIT_CODE, died.stderr
    seen, recorded = readers_see_the_new_issue(data), record_says_published(data)
    # The switch comes before the commit, so the record may lag behind what readers see, never the reverse.
    assert seen or not recorded
    switched = STEPS.index(step) >= STEPS.index("switched")
    # The catch-up bake passes the early steps first and finds nothing to do.
    assert seen == switched
    assert recorded == (STEPS.index(step) >= STEPS.index("committed"))
    publish_again(data, publisher)


def test_deaths_at_random_moments_tear_nothing(scene: tuple[Path, str], copy: Callable[[str], Path]) -> None:
    chance = random.Random(20260722)
    publisher, deaths = scene[1], int(os.environ.get("KANWU_RANDOM_KILLS", "6"))
    for number in range(deaths):
        data = copy(f"random-{number}")
        outside = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        process = subprocess.Popen(
            [sys.executable, "manage.py", "publish_issue", "2026", "7", "--by", publisher],
            cwd=ROOT,
            env={**outside, "KANWU_DATA": str(data)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # Not a wait for something to happen: the moment of death itself is what is drawn.
        try:
            process.wait(timeout=chance.uniform(0.3, 3.0))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        seen, recorded = readers_see_the_new_issue(data), record_says_published(data)
        assert seen or not recorded
        publish_again(data, publisher)
        shutil.rmtree(data)


def test_readers_are_served_without_a_gap_while_an_issue_is_published(
    scene: tuple[Path, str], copy: Callable[[str], Path]
) -> None:
    data, publisher = copy("watched"), scene[1]
    outside = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "publish_issue", "2026", "7", "--by", publisher],
        cwd=ROOT,
        env={**outside, "KANWU_DATA": str(data)},
        stdout=subprocess.DEVNULL,
    )
    door, asked, deadline = Door(data / "editions"), 0, time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline:
        for path in ("/", OLD, "/issues/", "/feed/"):
            answer = door.get(path)
            assert answer.status == 200
            assert len(answer.body) == int(answer.headers["Content-Length"])
            asked += 1
    assert process.returncode == 0
    assert asked > 100
    assert readers_see_the_new_issue(data)
