"""Archives of issues taken apart and put together again: as another issue, or wrong in one place."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["TEXT", "files_in", "packed", "with_text"]

SUMS, TEXT = "SHA256SUMS", "issue.json"


def files_in(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != SUMS}


def packed(path: Path, files: dict[str, bytes], sums: dict[str, str] | None = None) -> Path:
    """A zip of these files with their sums, or with the ``sums`` given."""
    if sums is None:
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**files, SUMS: lines.encode()}.items():
            archive.writestr(name, data)
    return path


def with_text(files: dict[str, bytes], change: Callable[[Any], Any]) -> dict[str, bytes]:
    """The same files with another ``issue.json``; ``change`` alters the data in place or returns another."""
    data = json.loads(files[TEXT])
    other = change(data)
    changed = json.dumps(data if other is None else other, ensure_ascii=False)
    return {**files, TEXT: changed.encode("utf-8", "surrogatepass")}
