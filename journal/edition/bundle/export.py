"""Write the edition on show as one zip for a machine that has neither Python nor a way to this one.

In it lie ``site/``, the root for any file server: the files for everybody as they are on show, their
addresses as ``links`` makes them, and a search (``search``); beside it the list of SHA-256, the program that
checks it, a configuration for nginx and a word on how to use them.

Compressed copies stay out: they would double the zip, which is compressed itself, and nginx compresses what
such a machine is asked for in passing.

Each file keeps the time it was baked at: two editions of a page may be equally long, and with one time for
all a file server would take them for one and tell every browser so. ``SOURCE_DATE_EPOCH`` (seconds since
1970) sets one time all the same.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from journal.edition import assets, store
from journal.edition.bake import plan_work
from journal.edition.bundle.archive import Archive, sums_of
from journal.edition.bundle.links import carried
from journal.edition.bundle.search import write_search
from journal.edition.manifest import Entry, Manifest
from journal.edition.plan import PUBLIC

__all__ = ["Report", "export_site"]

SITE = "site/"
COPIES = (".gz", ".br")
RESERVE = 1_000_000

Say = Callable[[str], None]


@dataclass(frozen=True)
class Report:
    """What was written: edition, files in the bundle, files in this zip, files gone, bytes of the zip."""

    edition: int
    files: int
    written: int
    removed: int
    size: int


def export_site(out: Path, *, since: Path | None = None, say: Say = lambda _words: None) -> Report:
    """Write the bundle to ``out``; with ``since`` only what differs from that earlier bundle.

    Raises ``EditionError``; what stood at ``out`` before then stands there still.
    """
    before = sums_of(since) if since else None
    if not out.parent.is_dir() or out.is_dir():
        raise store.EditionError(_("%(path)s is no file that could be written.") % {"path": out})
    try:
        with Archive(out, before) as archive, beside(out) as made:
            with store.lock(say):
                bundle = Bundle.of_edition(made)
                make_sure_of_room(bundle, out.parent)
                say(_("Making the search …"))
                bundle.add_search(say)
            bundle.write(archive, say)
        gone = len(archive.removed) if since else 0
        return Report(bundle.number, len(archive.sums), archive.written, gone, out.stat().st_size)
    except OSError as error:
        raise store.EditionError(sentence_for(error, out)) from error


@contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A folder for what is made on the way; one that a killed export has left goes first."""
    made = out.with_name(f".{out.name}.made")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    try:
        yield made
    finally:
        shutil.rmtree(made)


def sentence_for(error: OSError, out: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full. %(path)s was not written; make room and export again.") % {"path": out}
    return _("%(path)s was not written: %(error)s.") % {"path": out, "error": error.strerror or error}


def make_sure_of_room(bundle: Bundle, folder: Path) -> None:
    """Refuse before anything is written: the index and the texts take about as much as the pages."""
    need, free = RESERVE + 2 * bundle.size, shutil.disk_usage(folder).free
    if need > free:
        raise store.EditionError(
            _("The disk has %(free)s MB left and the export may need %(need)s MB. Nothing was written.")
            % {"free": free // 1_000_000, "need": -(-need // 1_000_000)}
        )


class Bundle:
    """The files of edition ``number`` for everybody, and those of the folder ``made`` beside them."""

    def __init__(self, number: int, made: Path) -> None:
        self.number, self.made, self.top = number, made, store.folder(number)
        self.entries = {entry.path.removeprefix(f"{PUBLIC}/"): entry for entry in public_files(self.top)}
        self.names = set(self.entries)

    @classmethod
    def of_edition(cls, made: Path) -> Bundle:
        """The edition on show. Refused unless it shows what is stored: the search is made from that."""
        shown = store.current()
        if shown is None:
            raise store.EditionError(_("No edition has been baked yet. Run “manage.py bake”, then export."))
        work = plan_work(shown, full=False)
        if stale := len(work.fresh) + work.gone:
            raise store.EditionError(
                _(
                    "Edition %(number)s on show is older than what is stored: %(count)s groups of pages "
                    "differ. Run “manage.py bake”, then export."
                )
                % {"number": shown, "count": stale}
            )
        return cls(shown, made)

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.entries.values())

    def write(self, archive: Archive, say: Say) -> None:
        """Every file into the zip, in the order of their names."""
        files = sorted(self.files())
        newest = max(self.time_of(self.top / entry.path) for entry in self.entries.values())
        for place, (name, source) in enumerate(files, start=1):
            time = self.time_of(source) if source.is_relative_to(self.top) else newest
            archive.add(name, self.content(name, source), time, runs=name == "verify-bundle")
            if place % 500 == 0 or place == len(files):
                say(f"{place}/{len(files)}")
        archive.finish(newest)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Name in the bundle, and where its bytes are."""
        for name, entry in self.entries.items():
            yield SITE + name, self.top / entry.path
        for path in self.made.rglob("*"):
            if path.is_file():
                yield SITE + path.relative_to(self.made).as_posix(), path
        yield "nginx.conf.example", Path(settings.BASE_DIR) / "journal/edition/bundle.nginx.conf.example"
        yield "verify-bundle", Path(settings.BASE_DIR) / "bin/verify-bundle"
        yield "README.txt", Path(settings.BASE_DIR) / "templates/edition/bundle.txt"

    def add_search(self, say: Say) -> None:
        """Make the search, and bring what its pages name and no page of the edition does."""
        write_search(self.made, self.names, say)
        named = {name for page in self.made.rglob("*.html") for name in assets.named_in(page.read_bytes())}
        for name in named:
            if f"static/{name}" not in self.entries:
                target = self.made / "static" / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(assets.source_of(name), target)
        made = (path for path in self.made.rglob("*") if path.is_file())
        self.names |= {path.relative_to(self.made).as_posix() for path in made}

    def content(self, name: str, source: Path) -> bytes:
        if name == "README.txt":
            with translation.override(settings.LANGUAGE_CODE):
                return render_to_string("edition/bundle.txt", {"site": settings.SITE_URL}).encode()
        data = source.read_bytes()
        entry = self.entries.get(name.removeprefix(SITE))
        if entry and hashlib.sha256(data).hexdigest() != entry.sha256:
            raise store.EditionError(
                _("The file %(path)s of edition %(number)s is not what was baked. Nothing was written.")
                % {"path": entry.path, "number": self.number}
            )
        if name.startswith(SITE) and name.endswith(".html"):
            return carried(data.decode(), self.names).encode()
        return data

    def time_of(self, source: Path) -> int:
        return int(os.environ.get("SOURCE_DATE_EPOCH") or source.stat().st_mtime)


def public_files(top: Path) -> Iterator[Entry]:
    """What the edition shows everybody, without the compressed copies."""
    every = (entry for group in Manifest(top).groups() for entry in group.files)
    entries = {entry.path: entry for entry in every if entry.path.startswith(f"{PUBLIC}/")}
    for path, entry in entries.items():
        if not (path.endswith(COPIES) and path.rsplit(".", 1)[0] in entries):
            yield entry
