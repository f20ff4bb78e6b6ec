"""A zip with the same bytes for the same parts: fixed times, fixed rights, no trace of the machine."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import BinaryIO

from journal.edition.formats.text import ArticleText, IssueText

__all__ = ["changed", "pack"]

#: Compressed already, or wanted as it is by who looks at the file's first bytes.
STORED = {".jpg", ".png", ".webp", ""}
FIRST = (1980, 1, 1, 0, 0, 0)  # where the times of a zip begin
LEVEL = 6


def pack(out: BinaryIO, parts: Iterable[tuple[str, bytes]], moment: datetime.datetime) -> None:
    """Write ``(name, data)`` in this order; every file of the zip bears ``moment``."""
    stamp = max(moment.timetuple()[:6], FIRST)
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, stamp)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            stored = PurePosixPath(name).suffix in STORED
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=LEVEL)


def changed(issue: IssueText, *articles: ArticleText) -> datetime.datetime:
    """When these texts last changed for readers, in UTC, from what they say and never from the clock."""
    moments = [
        moment.astimezone(datetime.UTC)
        for article in articles
        for moment in (article.published_at, article.corrected_at)
        if moment
    ]
    if moments:
        return max(moments)
    day = issue.publication_date or datetime.date(issue.year, 1, 1)
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
