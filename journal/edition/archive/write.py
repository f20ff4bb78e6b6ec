"""Write an issue that is out as one zip: its rows, its published pictures, a SHA-256 of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import Storage, default_storage, storages
from django.utils.translation import gettext as _

from articles.models import Issue
from journal.edition.archive.rows import rows_of
from journal.edition.bundle.archive import Archive
from journal.edition.bundle.export import sentence_for
from journal.edition.store import EditionError
from journal.issue_archive import MEDIA, ORIGINALS, TEXT, Archived, as_bytes

__all__ = ["Written", "export_issue"]


@dataclass(frozen=True)
class Written:
    """What is in the zip; ``size`` in bytes."""

    articles: int
    pictures: int
    size: int


def export_issue(issue: Issue, out: Path, *, originals: bool = False) -> Written:
    """Write the archive to ``out``: the same issue, the same bytes. Raises ``EditionError``.

    What stood at ``out`` before a failure stands there still.
    """
    if not issue.is_out or issue.published_at is None:
        raise EditionError(
            _("%(issue)s is not out yet: only what readers have can be archived. Nothing was written.")
            % {"issue": issue}
        )
    if not out.parent.is_dir() or out.is_dir():
        raise EditionError(_("%(path)s is no file that could be written.") % {"path": out})
    archived = rows_of(issue, originals=originals)
    time = int(issue.published_at.timestamp())
    try:
        with Archive(out) as archive:
            archive.add(TEXT, as_bytes(archived), time)
            for name, storage, place in files_of(archived):
                archive.add(name, read(storage, place), time)
            archive.finish(time)
        return Written(len(archived.articles), len(archived.figures), out.stat().st_size)
    except OSError as error:
        raise EditionError(sentence_for(error, out)) from error


def files_of(archived: Archived) -> Iterator[tuple[str, Storage, str]]:
    """Name in the archive, and where its bytes are; each once, in the order of their names."""
    media = {MEDIA + figure.image: (default_storage, figure.image) for figure in archived.figures}
    private = storages["originals"]
    kept = {ORIGINALS + f.original: (private, f.original) for f in archived.figures if f.original}
    for name, (storage, place) in sorted({**media, **kept}.items()):
        yield name, storage, place


def read(storage: Storage, place: str) -> bytes:
    try:
        with storage.open(place, "rb") as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise EditionError(
            _("The picture %(name)s is missing from the house's files. Restore it, then export again.")
            % {"name": place}
        ) from error
