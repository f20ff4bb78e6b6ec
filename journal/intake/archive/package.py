"""The zip of an archive: few names are allowed, every size is bounded, every file is what its sum says."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from functools import cached_property
from pathlib import Path

from django.utils.translation import gettext as _

from journal.intake.manuscript import NotAManuscript
from journal.issue_archive import MEDIA, ORIGINALS, TEXT

__all__ = ["Package", "damaged", "is_archive"]

SUMS = "SHA256SUMS"
#: All there may be; a name is never made a path but of its last part.
NAME = re.compile(
    rf"{re.escape(TEXT)}|{SUMS}|{MEDIA}figures/[0-9a-f]{{32}}\.(?:jpg|png)|{ORIGINALS}figures/[0-9a-f]{{32}}"
)
LINE = re.compile(r"([0-9a-f]{64})  ([^\\\n]+)")
MOST_FILES = 5_000
MOST_TOGETHER = 4 * 1024**3
MOST_TEXT = 32 * 1024 * 1024
#: What a picture sent in may have (``articles.pictures.MAX_BYTES``).
MOST_PICTURE = 40 * 1024 * 1024
MOST_SUMS = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def is_archive(path: Path) -> bool:
    """Whether this is a zip at all, whatever it is called: the text of an issue never begins so."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


class Package:
    """The files of an archive. Every method raises ``NotAManuscript`` with one sentence, ``OSError``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sums: dict[str, str] = {}

    @cached_property
    def zip(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self.path)
        except BROKEN as error:
            raise damaged(_("the zip is cut off or no zip")) from error

    def check(self) -> Package:
        """Look at the names and sizes, then compare every file with its sum."""
        entries = self.zip.infolist()
        names = [entry.filename for entry in entries]
        if len(names) > MOST_FILES or len(set(names)) != len(names):
            raise damaged(_("its list of files cannot be right"))
        if sum(entry.file_size for entry in entries) > MOST_TOGETHER:
            raise damaged(_("%(name)s is larger than it may be") % {"name": self.path.name})
        if strange := next((name for name in names if not NAME.fullmatch(name)), None):
            raise damaged(_("it holds “%(name)s”, which no archive does") % {"name": strange[:100]})
        self.sums = self.listed()
        if set(self.sums) != set(names) - {SUMS} or TEXT not in self.sums:
            raise damaged(_("its files are not those listed in %(sums)s") % {"sums": SUMS})
        for name in sorted(self.sums):
            self.read(name)
        return self

    def listed(self) -> dict[str, str]:
        lines = self.bytes_of(SUMS, MOST_SUMS).decode("utf-8", "replace").splitlines()
        found = [LINE.fullmatch(line) for line in lines]
        return {match[2]: match[1] for match in found if match}

    def read(self, name: str) -> bytes:
        """The bytes of a file, which are those its sum was made of."""
        data = self.bytes_of(name, MOST_TEXT if name == TEXT else MOST_PICTURE)
        if hashlib.sha256(data).hexdigest() != self.sums.get(name):
            raise damaged(_("%(name)s is not what its sum says") % {"name": name})
        return data

    def bytes_of(self, name: str, most: int) -> bytes:
        """Never more than ``most`` bytes, and no more than the zip says it is."""
        try:
            with self.zip.open(name) as part:
                data = part.read(most + 1)
        except KeyError as error:
            raise damaged(_("it has no %(name)s") % {"name": name}) from error
        except BROKEN as error:
            raise damaged(_("%(name)s cannot be unpacked") % {"name": name}) from error
        if len(data) > most:
            raise damaged(_("%(name)s is larger than it may be") % {"name": name})
        return data


def damaged(why: str) -> NotAManuscript:
    return NotAManuscript(
        _("This is no whole archive of an issue: %(why)s. Nothing was imported; export it again.")
        % {"why": why}
    )
