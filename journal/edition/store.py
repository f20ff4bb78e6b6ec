"""The folder of editions: numbered folders, one link ``current``, one lock. No database here.

What must hold after a crash at any moment: ``current`` leads to one whole edition, the old or the new. So an
edition is built under a name that is never served, written through to the disk, renamed, and only then does
``current`` – a link replaced in one system call – lead to it. What a crash leaves behind is removed by the
next bake.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from journal.edition.failpoints import reached

__all__ = [
    "EditionError",
    "current",
    "folder",
    "lock",
    "numbers",
    "root",
    "sweep",
    "sweep_old",
    "switch",
    "sync_tree",
]

BUILDING = ".building-"
NEW_LINK = ".current-new"
WAIT = 600  # seconds the second bake waits for the first


class EditionError(Exception):
    """No edition was made; the sentence says why. What readers see has not changed."""


def root() -> Path:
    path = Path(settings.EDITIONS_ROOT)
    path.mkdir(parents=True, exist_ok=True)
    return path


def folder(number: int) -> Path:
    return root() / str(number)


def building_folder(number: int) -> Path:
    return root() / f"{BUILDING}{number}"


def current() -> int | None:
    """The number of the edition readers see, or ``None`` before the first."""
    try:
        name = os.readlink(root() / "current")
    except FileNotFoundError:
        return None
    return int(name) if name.isdecimal() else None


def numbers() -> list[int]:
    """The editions in the folder, oldest first, the unfinished left out."""
    return sorted(int(path.name) for path in root().iterdir() if path.name.isdecimal() and path.is_dir())


@contextmanager
def lock(say: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Hold the one lock of all bakes. A second one says so and waits; the system frees it when we die."""
    with open(root() / ".lock", "w") as handle:
        deadline = time.monotonic() + WAIT
        told = False
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EditionError(
                        _("Another edition has been in the making for ten minutes. Try again later.")
                    ) from None
                if not told:
                    say(_("Another edition is being made; waiting for it to end."))
                    told = True
                time.sleep(0.1)
        reached("locked")
        yield


def sync(path: Path) -> None:
    """Write one file or folder through to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(top: Path, fresh: list[Path]) -> None:
    """Write the fresh files, then every folder under ``top``, through to the disk."""
    for path in fresh:
        sync(path)
    for here, _folders, _files in os.walk(top, topdown=False):
        sync(Path(here))


def settle(number: int) -> None:
    """Give a finished edition its name."""
    os.rename(building_folder(number), folder(number))
    sync(root())
    reached("renamed")


def switch(number: int | None) -> None:
    """Let readers see edition ``number``, in one step; ``None`` takes the link away."""
    link, new = root() / "current", root() / NEW_LINK
    if number is None:
        link.unlink(missing_ok=True)
    else:
        new.unlink(missing_ok=True)
        new.symlink_to(str(number))
        reached("link-made")
        os.replace(new, link)
    sync(root())


def sweep(known: Collection[int] = ()) -> None:
    """Remove what crashes left behind: unfinished editions, and finished ones nobody was ever shown.

    ``known`` were shown once, though they are newer than the one on show: somebody went back.
    """
    shown = current()
    for path in root().iterdir():
        if path.name.startswith(BUILDING):
            shutil.rmtree(path)
    (root() / NEW_LINK).unlink(missing_ok=True)
    for number in numbers():
        if (shown is None or number > shown) and number not in known:
            remove(number)


def sweep_old() -> None:
    """Remove editions older than the newest few, which stay to go back to."""
    kept = settings.EDITIONS_KEPT
    shown = current() or 0
    older = [number for number in numbers() if number < shown]
    for number in older[: max(len(older) - kept, 0)]:
        remove(number)


def remove(number: int) -> None:
    """Remove a finished edition; renamed first, so that half of one never stands under its number."""
    doomed = building_folder(number)
    os.rename(folder(number), doomed)
    shutil.rmtree(doomed)


def free_bytes() -> int:
    return shutil.disk_usage(root()).free


def discard(number: int) -> None:
    """Remove an edition that could not be finished."""
    with suppress(FileNotFoundError):
        shutil.rmtree(building_folder(number))
