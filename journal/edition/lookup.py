"""Find an edition's file by its address: below one folder, no link followed, nothing but plain names."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Found", "find", "open_below"]

SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
INDEXES = ("index.html", "index.atom")


@dataclass
class Found:
    """A file of the edition: its path below the audience's folder, and an open handle."""

    name: str
    path: Path
    file: Any
    status: os.stat_result


def open_below(top: Path, name: str) -> tuple[Any, os.stat_result] | None:
    """Open a regular file below ``top``; ``None`` if it is not there or any part of its path is a link."""
    folder = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    try:
        *folders, last = name.split("/")
        for part in folders:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        handle = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None
    finally:
        os.close(folder)
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        return None
    return os.fdopen(handle, "rb"), status


def candidates(path: str) -> tuple[str, ...]:
    """The files an address may mean; none for an address no page of ours has."""
    if not path.startswith("/") or len(path) > 500:
        return ()
    parts = path[1:].split("/")
    *folders, last = parts
    if not all(SEGMENT.fullmatch(part) for part in folders) or (last and not SEGMENT.fullmatch(last)):
        return ()
    return (path[1:],) if last else tuple(path[1:] + index for index in INDEXES)


def find(edition: Path, audience: str, path: str) -> Found | None:
    """The file an address means in an edition."""
    top = edition / audience
    for name in candidates(path):
        try:
            opened = open_below(top, name)
        except FileNotFoundError:  # this edition has nothing for that audience
            return None
        if opened:
            return Found(name, top / name, *opened)
    return None
