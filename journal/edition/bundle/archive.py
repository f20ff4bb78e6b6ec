"""The zip: beside its name until it is whole, the same bytes for the same input, a list of SHA-256 inside.

``SHA256SUMS`` is what ``sha256sum -c`` reads: every file of the bundle but itself and ``REMOVED``.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import time
import zipfile
from pathlib import Path
from types import TracebackType

from django.utils.translation import gettext as _

from journal.edition.store import EditionError, sync

__all__ = ["REMOVED", "SUMS", "Archive", "sums_of"]

SUMS, REMOVED = "SHA256SUMS", "REMOVED"
LINE = re.compile(r"([0-9a-f]{64}) [ *]([^\\\n]+)")
#: Compressed already: packing them again costs time and gains nothing.
PACKED = {".jpg", ".png", ".webp", ".avif", ".woff2", ".zip", ".epub", ".pdf"}
FIRST_YEAR = 315_532_800  # 1980, where the times of a zip begin
LEVEL = 6


def sums_of(path: Path) -> dict[str, str]:
    """The SHA-256 of every file of an earlier bundle: its zip, or its ``SHA256SUMS``. ``EditionError``."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as old:
                text = old.read(SUMS).decode()
        else:
            text = path.read_text(encoding="utf-8")
        found = [LINE.fullmatch(line) for line in text.splitlines()]
    except (OSError, KeyError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise no_list(path) from error
    if not found or None in found:
        raise no_list(path)
    return {match[2]: match[1] for match in found if match}


def no_list(path: Path) -> EditionError:
    return EditionError(
        _("%(path)s is neither a bundle nor the SHA256SUMS of one. Nothing was written.") % {"path": path}
    )


class Archive:
    """A zip being written to ``path``. Leaving it by an error leaves what stood there before.

    Files known from ``before`` (path → SHA-256) are listed and left out.
    """

    def __init__(self, path: Path, before: dict[str, str] | None = None) -> None:
        self.path, self.before = path, before
        self.part = path.with_name(f".{path.name}.part")
        self.sums: dict[str, str] = {}
        self.written = 0

    def __enter__(self) -> Archive:
        self.file = os.fdopen(os.open(self.part, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.close()
            raise EditionError(
                _("Another export is writing %(path)s. Wait for its end.") % {"path": self.path}
            ) from None
        self.file.truncate(0)  # what a killed export has left
        self.zip = zipfile.ZipFile(self.file, "w")
        return self

    def add(self, name: str, data: bytes, modified: int, *, runs: bool = False) -> None:
        """One file; ``modified`` in seconds since 1970, ``runs`` for a program."""
        self.sums[name] = hashlib.sha256(data).hexdigest()
        if self.before is None or self.before.get(name) != self.sums[name]:
            self.put(name, data, modified, runs=runs)
            self.written += 1

    def put(self, name: str, data: bytes, modified: int, *, runs: bool = False) -> None:
        info = zipfile.ZipInfo(name, time.gmtime(max(modified, FIRST_YEAR))[:6])
        info.create_system = 3
        info.external_attr = (0o100755 if runs else 0o100644) << 16
        info.compress_type = zipfile.ZIP_STORED if Path(name).suffix in PACKED else zipfile.ZIP_DEFLATED
        self.zip.writestr(info, data, compresslevel=LEVEL)

    @property
    def removed(self) -> list[str]:
        """What stood in the earlier bundle and stands here no more."""
        return sorted(set(self.before or ()) - set(self.sums))

    def finish(self, modified: int) -> None:
        """Write the lists, last of all."""
        if self.before is not None:
            self.put(REMOVED, "".join(f"{name}\n" for name in self.removed).encode(), modified)
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items()))
        self.put(SUMS, lines.encode(), modified)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the whole file its name, or take the half one away."""
        whole = False
        try:
            if kind is None:
                self.zip.close()
                self.file.flush()
                os.fsync(self.file.fileno())
                os.replace(self.part, self.path)
                sync(self.path.parent)
                whole = True
        finally:
            if not whole:
                self.zip._didModify = False  # type: ignore[attr-defined]  # nothing more is written to it
                self.part.unlink(missing_ok=True)
            self.file.close()
