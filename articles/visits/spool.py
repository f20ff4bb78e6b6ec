"""Where visits wait to be counted: one line each, in small files.

A process writes a file of its own (``O_APPEND``, one ``write`` a line) for one minute, then begins another; a
file whose minute is over is never written again and can be counted. A line is

    1795350660 9f86d081884c7d65 2c26b46b68ffc68f last-ferry-at-six

the second, who reads this article, from where, and the article's code. Who and where are keyed hashes with
the salt of the day, over the article as well: they tell that the same reader came to the same article again,
and nothing else – not what else was read, and once the salt is gone not even by trying all addresses. All
processes of a day take the salt from one file beside the spool; the first one that needs it makes it, the
first one to begin another day, or the next counting, deletes it. At midnight (UTC) a reader counts anew.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.conf import settings

__all__ = ["COUNTED", "WAITING", "Line", "files", "forget_salts", "is_closed", "note", "read", "root"]

MINUTE, DAY = 60, 86_400
#: A file is left alone this long after its minute: a process that was held up may still be writing its line.
GRACE = 15
#: What one process takes in a minute, altogether and from one address; more is a flood and not counted.
MOST, MOST_FROM_ONE = 3_000, 60
WAITING, COUNTED = ".visits", ".counted"
NAME = re.compile(r"(\d{8}T\d{4})Z-\d+-[0-9a-f]{8}\.(?:visits|counted)")
LINE = re.compile(r"(\d{1,11}) ([0-9a-f]{16}) ([0-9a-f]{16}) ([a-z0-9]+(?:-[a-z0-9]+)*)")
#: The longest code there is is 80 characters, so a line is always written in one piece.
LONGEST_CODE = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A visit: ``at`` in seconds, ``reader`` and ``place`` as hashes, the article's ``code``."""

    at: int
    reader: str
    place: str
    code: str


class Minute:
    """The file one process writes in one minute, and how much it has taken."""

    def __init__(self, key: tuple[Path, int, int]) -> None:
        self.key = key
        folder, minute, process = key
        stamp = datetime.fromtimestamp(minute * MINUTE, UTC).strftime("%Y%m%dT%H%MZ")
        self.path = folder / f"{stamp}-{process}-{secrets.token_hex(4)}{WAITING}"
        self.taken, self.taken_from = 0, Counter[bytes]()

    def takes(self, address: bytes) -> bool:
        if self.taken >= MOST or self.taken_from[address] >= MOST_FROM_ONE:
            return False
        self.taken += 1
        self.taken_from[address] += 1
        return True


class Writer:
    """What this process is writing; threads share it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.minute: Minute | None = None

    def file_for(self, address: bytes, at: int) -> Path | None:
        """Where the line goes; ``None`` when there have been too many."""
        key = (root(), at // MINUTE, os.getpid())
        with self.lock:
            if self.minute is None or self.minute.key != key:
                self.minute = Minute(key)
            return self.minute.path if self.minute.takes(address) else None


WRITER = Writer()


def root() -> Path:
    return Path(settings.KANWU_DATA) / "visits"


def note(code: str, address: str, agent: str, *, at: float | None = None) -> bool:
    """Write a visit down. ``False``: too many came from there, or altogether. Raises ``OSError``.

    Raises ``ValueError`` for what cannot be an article's code.
    """
    second = int(time.time() if at is None else at)
    salt = salt_of(root(), second // DAY)
    line = f"{second} {mark(salt, code, address, agent)} {mark(salt, code, address)} {code}"
    if len(code) > LONGEST_CODE or not LINE.fullmatch(line):
        raise ValueError(f"no article has this code: {code}")
    path = WRITER.file_for(blake2b(address.encode(), key=salt, digest_size=8).digest(), second)
    if path is None:
        return False
    append(path, f"{line}\n".encode("ascii"))
    return True


def append(path: Path, line: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def mark(salt: bytes, *parts: str) -> str:
    text = "\0".join(parts).encode(errors="replace")
    return blake2b(text, key=salt, digest_size=8).hexdigest()


@lru_cache(maxsize=1)
def salt_of(folder: Path, day: int) -> bytes:
    """The salt of a day, the same for all processes; making it deletes those of the days before."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"salt-{day}"
    if not path.exists():
        forget_salts(folder, day)
        beside = folder / f"salt-new-{secrets.token_hex(4)}"
        append(beside, secrets.token_bytes(32))
        try:
            os.link(beside, path)  # whole or not at all, and only the first one's
        except FileExistsError:
            pass  # another process was quicker: theirs is the day's
        finally:
            beside.unlink()
    return path.read_bytes()


def forget_salts(folder: Path, day: int) -> None:
    """Delete the salts of the days before this one."""
    for path in folder.glob("salt-*"):
        of_day = path.name.removeprefix("salt-")
        if of_day.isdecimal() and int(of_day) < day:
            path.unlink(missing_ok=True)


# -- for who counts


def files(kind: str) -> list[tuple[int, Path]]:
    """Spool files of a kind, the oldest first, each with the second its minute began."""
    if not root().is_dir():
        return []
    found = ((written_at(path), path) for path in root().glob(f"*{kind}"))
    return sorted((began, path) for began, path in found if began is not None)


def is_closed(began: int, now: float) -> bool:
    """Whether nobody writes a file of that minute any more."""
    return began + MINUTE + GRACE <= now


def written_at(path: Path) -> int | None:
    """The second a spool file's minute began; ``None`` for any other file."""
    match = NAME.fullmatch(path.name)
    if match is None:
        return None
    return int(datetime.strptime(match[1], "%Y%m%dT%H%M").replace(tzinfo=UTC).timestamp())


def read(path: Path) -> Iterator[Line]:
    """The whole lines of a file; what is torn or not of ours is passed over."""
    text = path.read_bytes().decode("ascii", errors="replace")
    for line in text.split("\n")[:-1]:  # behind the last end of line: nothing, or a line that was torn
        if match := LINE.fullmatch(line):
            yield Line(int(match[1]), match[2], match[3], match[4])
