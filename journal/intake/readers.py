"""Which reader reads which kind of file, by the name an import keeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .article_page import PageManuscript, read_page
from .manuscript import IssueManuscript
from .ocr_markdown import read_issue

__all__ = ["READERS", "RESULTS", "reader_for"]

READERS: dict[str, Callable[[bytes, str], Any]] = {"issue": read_issue, "page": read_page}
RESULTS: dict[str, type[IssueManuscript] | type[PageManuscript]] = {
    "issue": IssueManuscript,
    "page": PageManuscript,
}


def reader_for(kind: str, folder: str = "") -> Callable[[bytes, str], Any]:
    """The reader of a kind; that of parcels puts files into ``folder``, by their ids."""
    if kind == "parcel":
        from .parcel import read_parcel

        return lambda data, filename: read_parcel(data, filename, lambda id, it: keep(Path(folder) / id, it))
    return READERS[kind]


def keep(path: Path, data: bytes) -> None:
    path.write_bytes(data)
