"""From an empty board to a live edition: five people put an issue together through the screens, once with the
mouse and once with the keyboard alone. At every step somebody tries a short-cut – told in Chinese, with the
right status, and no row of the house has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.e2e import assembly_board as board
from tests.e2e import assembly_out as out
from tests.e2e import assembly_proofs as proofs
from tests.e2e.assembly import IssueDesk, Room
from tests.e2e.conftest import Site, free_port
from tests.e2e.hands import Keyboard, Mouse

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEED = "from tests.e2e.assembly_seed import seed; seed()"


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The house before the issue is begun; the issue before it is out."""
    site = Site(tmp_path_factory.mktemp("assembly") / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("collectstatic", "--noinput", "-v", "0")
    site.shell(SEED)
    site.manage("bake")
    return site


@pytest.fixture(params=[Mouse, Keyboard], ids=["mouse", "keyboard"])
def desk(
    request: pytest.FixtureRequest,
    seeded: Site,
    tmp_path: Path,
    new_context: Callable[..., BrowserContext],
) -> Iterator[IssueDesk]:
    shutil.copytree(seeded.data, tmp_path / "data", symlinks=True)
    site = Site(tmp_path / "data", free_port())
    site.start()
    expect.set_options(timeout=30_000)  # several browsers at once on a small machine
    yield IssueDesk(Room(site, new_context, hand=request.param()))
    expect.set_options(timeout=5_000)
    site.stop()


def test_an_issue_goes_from_an_empty_board_to_a_live_edition(desk: IssueDesk) -> None:
    for step in (*board.STEPS, *proofs.STEPS, *out.STEPS):
        step(desk)
    desk.room.assert_sound()
    if isinstance(desk.hand, Keyboard):
        assert desk.room.pointers == []
        assert desk.hand.unseen == []
    else:
        assert {"pointerdown", "dragstart"} <= set(desk.room.pointers)
