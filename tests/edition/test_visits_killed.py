"""``kill -9`` at every step of counting visits: the next run counts each of them, once."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from journal.edition.failpoints import COUNT_STEPS, EXIT_CODE
from tests.edition.test_killed import copy, run, scene
from tests.edition.test_killed_elsewhere import kill_at_random

__all__ = ["copy", "scene"]

pytestmark = [pytest.mark.slow, pytest.mark.database_free]

VISITS = 7
#: Readers of one article, an hour ago, in files of two minutes.
SPOOL = f"""
import time
from articles.models import Article
from articles.visits import spool
code = Article.objects.published().order_by('pk')[0].code
for number in range({VISITS}):
    spool.note(code, f'192.0.2.{{number}}', 'Mozilla/5.0', at=time.time() - 3600 + 60 * (number > 3))
"""


@pytest.fixture
def visited(scene: tuple[Path, str], copy: Callable[[str], Path]) -> Path:
    data = copy("visited")
    done = run(data, "shell", "-v", "0", "-c", SPOOL)
    assert done.returncode == 0, done.stderr
    assert len(list((data / "visits").glob("*.visits"))) == 2
    return data


def counted(data: Path) -> tuple[int, int]:
    """By day and in all."""
    with sqlite3.connect(data / "kanwu.sqlite3") as database:
        days, total = (
            database.execute(f"select coalesce(sum(count), 0) from articles_{table}").fetchone()[0]
            for table in ("visitday", "visittotal")
        )
    return days, total


def count_again(data: Path) -> None:
    for _round in range(2):
        done = run(data, "count_visits")
        assert done.returncode == 0, done.stderr
    assert counted(data) == (VISITS, VISITS)
    assert list((data / "visits").glob("*.visits")) == []


@pytest.mark.parametrize("step", COUNT_STEPS)
def test_who_dies_at_any_step_has_counted_all_or_nothing_and_the_next_counts_the_rest(
    visited: Path, step: str
) -> None:
    died = run(visited, "count_visits", failpoint=step)
    assert died.returncode == EXIT_CODE, died.stderr
    committed = COUNT_STEPS.index(step) >= COUNT_STEPS.index("visits-committed")
    assert counted(visited) == ((VISITS, VISITS) if committed else (0, 0))
    count_again(visited)


def test_deaths_between_two_files_being_put_away_count_nothing_twice(visited: Path) -> None:
    assert run(visited, "count_visits", failpoint="visits-committed").returncode == EXIT_CODE
    first = min((visited / "visits").glob("*.visits"))
    first.rename(first.with_suffix(".counted"))
    count_again(visited)


def test_deaths_at_random_moments_count_nothing_twice(visited: Path) -> None:
    chance = random.Random(20261122)
    for _death in range(3):
        kill_at_random(visited, chance, "count_visits")
        assert counted(visited) in {(0, 0), (VISITS, VISITS)}
    count_again(visited)
