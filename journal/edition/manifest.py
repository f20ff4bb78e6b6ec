"""The list of an edition's files: name, bytes, SHA-256, by the group of pages they were baked with.

``manifest.json`` is one JSON object written a group a line, so that a large edition is written and read
without ever being in memory as a whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

__all__ = ["WITHDRAWN", "Entry", "GroupRecord", "Manifest", "Writer", "verify"]

NAME = "manifest.json"
#: The folder inside an edition for what was taken out of it since (``journal.edition.withdraw``).
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Entry:
    """One file: ``path`` from the edition's folder, ``main`` unless it is a compressed copy of another."""

    path: str
    size: int
    sha256: str


@dataclass
class GroupRecord:
    """What one group became: fingerprint, number of pages, every file with its compressed copies."""

    key: str
    fingerprint: str
    pages: int = 0
    files: list[Entry] = field(default_factory=list)
    assets: list[str] = field(default_factory=list)


class Writer:
    """Writes the manifest beside the files, group after group."""

    def __init__(self, top: Path, number: int) -> None:
        self.path = top / NAME
        self.file: IO[str] = open(self.path, "w", encoding="utf-8")  # noqa: SIM115 - closed by close()
        self.file.write(f'{{"format": 1, "number": {number}, "groups": [')
        self.first = True

    def add(self, group: GroupRecord) -> None:
        data = {
            "key": group.key,
            "fingerprint": group.fingerprint,
            "pages": group.pages,
            "assets": group.assets,
            "files": [[entry.path, entry.size, entry.sha256] for entry in group.files],
        }
        self.file.write(("\n" if self.first else ",\n") + json.dumps(data, ensure_ascii=False))
        self.first = False

    def close(self) -> str:
        """Finish the file; returns its SHA-256."""
        self.file.write("\n]}\n")
        self.file.close()
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


class Manifest:
    """An edition's manifest: fingerprints in memory, files read when asked for."""

    def __init__(self, top: Path) -> None:
        self.top, self.path = top, top / NAME
        self.places: dict[str, tuple[str, int, int]] = {}  # key → fingerprint, offset, length
        self.withdrawn = withdrawn_from(top)
        if self.path.is_file():
            self.read_places()

    def read_places(self) -> None:
        offset = 0
        with open(self.path, "rb") as file:
            for line in file:
                if line.startswith(b'{"key"'):
                    body = line.rstrip(b",\n")
                    data = json.loads(body)
                    self.places[data["key"]] = (data["fingerprint"], offset, len(body))
                offset += len(line)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def fingerprint(self, key: str) -> str | None:
        place = self.places.get(key)
        return place[0] if place else None

    def group(self, key: str) -> GroupRecord | None:
        place = self.places.get(key)
        if place is None:
            return None
        with open(self.path, "rb") as file:
            file.seek(place[1])
            return record(json.loads(file.read(place[2])))

    def stands(self, key: str) -> bool:
        """Whether the group is still as it was baked, nothing of it withdrawn."""
        found = self.group(key) if self.withdrawn else None
        return found is None or not any(entry.path in self.withdrawn for entry in found.files)

    def groups(self) -> Iterator[GroupRecord]:
        for key in self.places:
            if (found := self.group(key)) is not None:
                yield found

    def paths(self) -> Iterator[str]:
        """Every file but the manifest itself."""
        for group in self.groups():
            for entry in group.files:
                yield entry.path


def record(data: dict[str, Any]) -> GroupRecord:
    files = [Entry(*entry) for entry in data["files"]]
    return GroupRecord(data["key"], data["fingerprint"], data["pages"], files, data["assets"])


def withdrawn_from(top: Path) -> set[str]:
    """The files taken out of an edition since it was made, by the names they had."""
    aside = top / WITHDRAWN
    return {path.relative_to(aside).as_posix() for path in aside.rglob("*") if path.is_file()}


def verify(top: Path) -> list[str]:
    """Every way in which the files differ from the manifest; an empty list is a whole edition.

    What was withdrawn is part of it still, at the place where it was put.
    """
    wrong = []
    manifest = Manifest(top)
    listed = {NAME}
    for group in manifest.groups():
        for entry in group.files:
            place = f"{WITHDRAWN}/{entry.path}" if entry.path in manifest.withdrawn else entry.path
            listed.add(place)
            try:
                data = (top / place).read_bytes()
            except OSError as error:
                wrong.append(f"{entry.path}: {error.strerror}")
                continue
            if len(data) != entry.size or hashlib.sha256(data).hexdigest() != entry.sha256:
                wrong.append(f"{entry.path}: changed")
    there = {str(path.relative_to(top)) for path in top.rglob("*") if not path.is_dir()}
    return wrong + [f"{path}: not in the manifest" for path in sorted(there - listed)]
