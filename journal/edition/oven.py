"""Writes an edition's files: pages with their compressed copies, pictures, static files.

A file that is byte for byte that of the edition before is the same file (a hard link), so its time, and with
it every reader's cache, stays good.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
from django.conf import settings
from django.http import Http404
from django.urls import get_resolver
from django.utils.translation import gettext as _

from articles import renditions
from journal.edition import assets
from journal.edition.ask import Answer, ask, request_for
from journal.edition.manifest import Entry, GroupRecord, Manifest
from journal.edition.plan import PUBLIC, Group
from journal.edition.store import EditionError
from journal.variants import shown

__all__ = ["Oven", "file_of"]

#: What is worth compressing, by the name's ending.
TEXT = {".html", ".atom", ".xml", ".txt", ".css", ".js", ".svg", ".bib", ".ris", ".json"}
SMALLEST = 256
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
REFERENCE = re.compile(r"url\(\s*[\"']?([^)\"'#?]+)")


def file_of(path: str, content_type: str) -> str:
    """The file behind an address: ``/about/`` is ``about/index.html``, a feed's ``index.atom``."""
    if not path.endswith("/"):
        return path.lstrip("/")
    name = "index.atom" if content_type.startswith("application/atom+xml") else "index.html"
    return path.lstrip("/") + name


def renditions_of(name: str) -> list[str]:
    try:
        return renditions.made(name)
    except FileNotFoundError as error:
        raise missing(name) from error


def missing(name: str) -> EditionError:
    return EditionError(_("The picture %(name)s is missing.") % {"name": Path(name).name})


class Oven:
    """Fills the folder ``top``, taking over from the edition ``before`` what has not changed."""

    STATIC = f"{PUBLIC} {settings.STATIC_URL}"

    def __init__(self, top: Path, before: Manifest) -> None:
        self.top, self.before = top, before
        self.now = int(time.time())
        self.fresh: list[Path] = []
        self.assets: set[str] = set()
        self.pages_baked = self.pages_kept = self.size = 0

    # -- groups

    def bake(self, group: Group) -> GroupRecord:
        """Ask for every page of the group, following lists to their end, and copy its pictures."""
        known = self.known(group.key)
        record = GroupRecord(group.key, group.fingerprint)
        named: set[str] = set()
        for path, answer in self.answers(group):
            self.write(record, f"{group.audience}/{file_of(path, answer.content_type)}", answer.body, known)
            named |= assets.named_in(answer.body)
            record.pages += 1
        for name in group.pictures:
            for file in (name, *renditions_of(name)):
                source = Path(settings.MEDIA_ROOT) / file
                self.picture(record, f"{group.audience}/media/{file}", source, known)
        record.assets = sorted(named)
        self.assets |= named
        self.pages_baked += record.pages
        return record

    def answers(self, group: Group) -> Iterator[tuple[str, Answer]]:
        """Every page of the group: of lists all to their end, what a person reads in each variant besides."""
        for start in group.pages:
            path: str | None = start
            while path:
                answer = self.answer(path, group.audience)
                yield path, answer
                if answer.content_type.startswith("text/html"):
                    for variant in shown():
                        dressed = variant.address(path)
                        yield dressed, self.answer(dressed, group.audience)
                path = answer.next

    def answer(self, path: str, audience: str) -> Answer:
        if not path.endswith("/404.html"):
            return ask(path, audience)
        page = get_resolver().resolve_error_handler(404)
        response = page(request_for(path), exception=Http404())  # type: ignore[call-arg]
        return Answer(response.content, response.headers["Content-Type"], None, False)

    def keep(self, group: Group) -> GroupRecord:
        """Take the whole group over from the edition before."""
        record = self.before.group(group.key)
        assert record is not None
        for entry in record.files:
            self.take_over(entry)
        self.assets |= set(record.assets)
        self.pages_kept += record.pages
        return record

    def static(self) -> GroupRecord:
        """The static files the pages name, and those of the edition before for who still reads its pages."""
        known = self.known(self.STATIC)
        record = GroupRecord(self.STATIC, "")
        names = self.with_references(self.assets)
        for name in sorted(names):
            self.write(record, f"public/static/{name}", assets.source_of(name).read_bytes(), known)
        record.assets = sorted(names)
        written = {entry.path for entry in record.files}
        before = self.before.group(self.STATIC)
        own_before = tuple(f"public/static/{name}" for name in before.assets) if before else ()
        for entry in known.values():
            if entry.path not in written and entry.path.removesuffix(".gz").removesuffix(".br") in own_before:
                self.take_over(entry)
                record.files.append(entry)
        return record

    def with_references(self, names: set[str]) -> set[str]:
        """Style sheets name further files; they are needed as well."""
        found, queue = set(names), [name for name in names if name.endswith(".css")]
        while queue:
            name = queue.pop()
            for reference in REFERENCE.findall(assets.source_of(name).read_text(encoding="utf-8")):
                if ":" in reference:
                    continue
                other = os.path.normpath(os.path.join(os.path.dirname(name), reference))
                if other not in found:
                    found.add(other)
                    queue += [other] if other.endswith(".css") else []
        return found

    # -- files

    def known(self, key: str) -> dict[str, Entry]:
        before = self.before.group(key)
        files = before.files if before else []
        return {entry.path: entry for entry in files if entry.path not in self.before.withdrawn}

    def write(self, record: GroupRecord, path: str, body: bytes, known: dict[str, Entry]) -> None:
        """One file with its compressed copies; the same bytes as before are the same files."""
        old = known.get(path)
        if old and old.sha256 == hashlib.sha256(body).hexdigest():
            for entry in (known[name] for name in (path, f"{path}.gz", f"{path}.br") if name in known):
                self.take_over(entry)
                record.files.append(entry)
            return
        self.put(record, path, body)
        if Path(path).suffix in TEXT and len(body) >= SMALLEST:
            self.put(record, f"{path}.gz", gzip.compress(body, GZIP_LEVEL, mtime=0))
            self.put(record, f"{path}.br", brotli.compress(body, quality=BROTLI_QUALITY))

    def put(self, record: GroupRecord, path: str, body: bytes) -> None:
        target = self.place(path)
        with open(target, "xb") as file:
            file.write(body)
        self.finish(record, target, Entry(path, len(body), hashlib.sha256(body).hexdigest()))

    def picture(self, record: GroupRecord, path: str, source: Path, known: dict[str, Entry]) -> None:
        """Pictures never change under their name, so what was copied once is taken over unread."""
        if path in known:
            self.take_over(known[path])
            record.files.append(known[path])
            return
        target = self.place(path)
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError as error:
            raise missing(source.name) from error
        with open(target, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.finish(record, target, Entry(path, target.stat().st_size, digest))

    def finish(self, record: GroupRecord, target: Path, entry: Entry) -> None:
        os.utime(target, (self.now, self.now))
        os.chmod(target, 0o644)
        self.fresh.append(target)
        self.size += entry.size
        record.files.append(entry)

    def take_over(self, entry: Entry) -> None:
        try:
            os.link(self.before.top / entry.path, self.place(entry.path))
        except FileNotFoundError as error:
            raise EditionError(
                _("%(name)s was withdrawn while the edition was being made. Make it again.")
                % {"name": entry.path}
            ) from error
        self.size += entry.size

    def place(self, path: str) -> Path:
        target = self.top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target
