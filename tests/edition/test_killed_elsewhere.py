"""``kill -9`` at every step of what publishes by itself, of going back and of closing an issue."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from journal.edition.failpoints import BACK_STEPS, DECISION_STEPS, EXIT_CODE, STEPS
from journal.edition.manifest import verify
from tests.edition.conftest import Door
from tests.edition.test_killed import (
    OLD,
    ROOT,
    copy,
    readers_see_the_new_issue,
    record_says_published,
    run,
    scene,
)

__all__ = ["copy", "scene"]

pytestmark = [pytest.mark.slow, pytest.mark.database_free]

SCHEDULED = """
import datetime
from unittest import mock
from django.utils import timezone
from articles import press
from articles.models import Issue
from journal.people.models import User
now = timezone.now()
with mock.patch.object(timezone, 'now', return_value=now - datetime.timedelta(seconds=20)):
    press.perform('schedule', Issue.objects.get(year=2026), User.objects.get(username='{by}'),
                  publish_at=now - datetime.timedelta(seconds=10))
"""


def scheduled(data: Path, publisher: str) -> None:
    """As if the hour had been set half a minute ago and had come since."""
    done = run(data, "shell", "-v", "0", "-c", SCHEDULED.format(by=publisher))
    assert done.returncode == 0, done.stderr


def told(data: Path, action: str) -> int:
    with sqlite3.connect(data / "kanwu.sqlite3") as database:
        found = database.execute(
            "select count(*) from articles_event where action = ? and article_id is null", [action]
        )
        return int(found.fetchone()[0])


def shown(data: Path) -> int:
    return int(os.readlink(data / "editions" / "current"))


def next_round(data: Path) -> None:
    """The worker's next minute: it is out, once, and nothing is left lying about."""
    done = run(data, "publish_due")
    assert done.returncode == 0, done.stderr
    assert record_says_published(data)
    assert readers_see_the_new_issue(data)
    assert (told(data, "publish"), told(data, "schedule_failed")) == (2, 0)  # the back issue's and this one's


@pytest.mark.parametrize("step", STEPS)
def test_a_worker_dies_at_any_step_and_the_next_one_does_it_once(
    scene: tuple[Path, str], copy: Callable[[str], Path], step: str
) -> None:
    data = copy(step)
    scheduled(data, scene[1])
    died = run(data, "publish_due", failpoint=step)
    assert died.returncode == EXIT_CODE, died.stderr
    assert readers_see_the_new_issue(data) or not record_says_published(data)
    next_round(data)


def test_workers_killed_at_random_moments_tear_nothing(
    scene: tuple[Path, str], copy: Callable[[str], Path]
) -> None:
    chance = random.Random(20261122)
    for number in range(int(os.environ.get("KANWU_RANDOM_KILLS", "3"))):
        data = copy(f"random-{number}")
        scheduled(data, scene[1])
        kill_at_random(data, chance, "publish_due")
        assert readers_see_the_new_issue(data) or not record_says_published(data)
        next_round(data)
        shutil.rmtree(data)


def kill_at_random(data: Path, chance: random.Random, *arguments: str) -> None:
    outside = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
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


@pytest.fixture(scope="module")
def published(scene: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scene with its issue out: in the newest edition, and not in the one before."""
    data = tmp_path_factory.mktemp("published") / "data"
    shutil.copytree(scene[0], data, symlinks=True)
    done = run(data, "publish_issue", "2026", "7", "--by", scene[1])
    assert done.returncode == 0, done.stderr
    return data


@pytest.mark.parametrize("step", BACK_STEPS)
def test_a_death_on_the_way_back_leaves_one_whole_edition_and_can_be_mended(
    scene: tuple[Path, str], published: Path, tmp_path: Path, step: str
) -> None:
    data = tmp_path / "house"
    shutil.copytree(published, data, symlinks=True)
    new = shown(data)
    words = ["editions", "--show", str(new - 1), "--by", scene[1], "--reason", "封面用错了"]
    died = run(data, *words, failpoint=step)
    assert died.returncode == EXIT_CODE, died.stderr
    switched = BACK_STEPS.index(step) >= BACK_STEPS.index("back-switched")
    assert shown(data) == (new - 1 if switched else new)
    assert readers_see_the_new_issue(data) == (not switched)
    again = run(data, *words)
    recorded = step == "back-committed"
    assert (again.returncode == 0) == (not recorded), again.stderr
    assert (shown(data), told(data, "show_edition")) == (new - 1, 1)
    assert [verify(data / "editions" / str(n)) for n in (new - 1, new)] == [[], []]
    assert run(data, "bake").returncode == 0
    assert readers_see_the_new_issue(data)
    assert [
        p.name for p in (data / "editions").iterdir() if p.name.startswith((".building", ".current"))
    ] == []


CLOSE = """
from articles import press
from articles.models import Issue
from journal.people.models import User
chief = next(user for user in User.objects.all() if user.has_perm('articles.open_issue'))
press.perform('close', Issue.objects.get(year=2025), chief, reason='版权方要求')
"""
#: The steps of publishing that a bake by itself takes, too.
BAKE_STEPS = [step for step in STEPS if step not in ("recorded", "committed")]
DECIDED = "select visibility from articles_issue where year = 2025"
PLACES = (
    "select code from articles_article where issue_id in (select id from articles_issue where year = 2025)"
)


def asked(data: Path, query: str) -> list[str]:
    with sqlite3.connect(data / "kanwu.sqlite3") as database:
        return [str(row[0]) for row in database.execute(query)]


@pytest.mark.parametrize("step", [*DECISION_STEPS, *BAKE_STEPS])
def test_nobody_reads_an_issue_whose_closing_is_on_record(
    scene: tuple[Path, str], copy: Callable[[str], Path], step: str
) -> None:
    data = copy(step)
    pages = [OLD, *(f"{OLD}{code}/" for code in asked(data, PLACES))]
    died = run(data, "shell", "-v", "0", "-c", CLOSE, failpoint=step)
    assert died.returncode == EXIT_CODE, died.stderr
    decided = asked(data, DECIDED) == ["members"]
    assert decided == (step != "withdrawn")
    door = Door(data / "editions")
    assert len(pages) == 4
    assert {door.get(page).status for page in pages} == {599}
    assert OLD.encode() not in door.get("/issues/").body
    done = run(data, "publish_due")
    assert done.returncode == 0, done.stderr
    if not decided:  # what was withdrawn for nothing comes back with the next edition
        assert run(data, "bake").returncode == 0
    assert {door.get(page).status for page in pages} == ({599} if decided else {200})
    assert verify(data / "editions" / str(shown(data))) == []
