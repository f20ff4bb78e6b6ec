"""Serve the baked edition before the application is asked: without Django, without the database.

A reader's page is a file, so it is answered from the file whatever else is broken, to everybody alike. Only
what the current edition holds under ``public`` is answered here; any other address goes on.
What lies under ``members`` or ``inside`` goes on as well, with audience and file in ``kanwu.kept_in``: the
application asks who is there first (``journal.edition.kept_in``).

The path is looked up below the edition's folder without following any link and without ``..``, and the file's
own time and size make its validators, as nginx makes them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from journal.edition.lookup import Found, find, open_below

__all__ = ["EditionFiles", "Found", "find"]

StartResponse = Callable[..., Any]
Headers = list[tuple[str, str]]

TYPES = {
    "html": "text/html; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
}
ATTACHED = {"bib", "ris", "pdf", "epub"}
KEPT_IN = ("members", "inside")
#: Names that never change their content: pictures are random, static files carry a hash.
LASTING = re.compile(r"media/figures/|static/.*\.[0-9a-f]{12}\.\w+$")
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
CHUNK = 64 * 1024
KEPT_BYTES = 16 * 1024 * 1024  # a worker's memory for pages it has sent
NOT_IN_304 = {"Content-Type", "Content-Encoding", "Accept-Ranges"}


@dataclass
class Page:
    """A file ready to be sent: its headers and validators, and its ``body`` if it is small enough to keep."""

    headers: Headers
    tag: str
    modified: int
    size: int
    path: str
    body: bytes | None = None
    file: Any = None

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


class Kept:
    """Small pages of one edition in memory. Its files never change; one that was withdrawn is not there."""

    def __init__(self, edition: str) -> None:
        self.edition, self.pages, self.left = edition, dict[tuple[str, str], Page](), KEPT_BYTES

    def add(self, key: tuple[str, str], page: Page) -> None:
        if page.body is not None and self.left >= page.size:
            self.left -= page.size + len(key[0]) + len(key[1])
            self.pages[key] = page

    def get(self, key: tuple[str, str]) -> Page | None:
        page = self.pages.get(key)
        return page if page and os.path.exists(page.path) else None


class EditionFiles:
    """WSGI middleware. ``root`` is the folder of editions; ``headers`` go with every answer of ours."""

    def __init__(self, application: Callable[..., Iterable[bytes]], root: Path, headers: Headers) -> None:
        self.application, self.root, self.headers = application, Path(root), headers
        self.link, self.kept = os.path.join(root, "current"), Kept("")

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        environ.pop("kanwu.kept_in", None)
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and (number := self.edition()):
            path = environ.get("PATH_INFO", "") or "/"
            if page := self.page(number, path, environ):
                return respond(environ, start_response, page)
            for audience in KEPT_IN:
                if found := find(self.root / number, audience, path):
                    found.file.close()
                    environ["kanwu.kept_in"] = (audience, str(found.path))
        return self.application(environ, start_response)

    def edition(self) -> str | None:
        """The number of the edition on show; asked anew for every request, so a switch is seen at once."""
        try:
            name = os.readlink(self.link)
        except OSError:
            return None
        return name if name.isdecimal() else None

    def page(self, number: str, path: str, environ: dict[str, Any]) -> Page | None:
        """The public page at ``path``, from memory if this edition's was sent before."""
        kept = self.kept
        if kept.edition != number:
            kept = self.kept = Kept(number)
        key = (path, environ.get("HTTP_ACCEPT_ENCODING", ""))
        if "HTTP_RANGE" not in environ and (page := kept.get(key)):
            return page
        top = self.root / number
        found = find(top, "public", path)
        if found is None:
            return None
        page = prepare(environ, found, top / "public", self.headers)
        if "HTTP_RANGE" not in environ:
            kept.add(key, page)
        return page


def prepare(environ: dict[str, Any], found: Found, top: Path, headers: Headers) -> Page:
    """Choose the smallest form the reader takes and say what it is; small files are read at once."""
    kind = found.name.rsplit(".", 1)[-1]
    encoding = None if "HTTP_RANGE" in environ else compressed(environ, found, top)
    modified, size = int(found.status.st_mtime), found.status.st_size
    tag = f'"{found.status.st_mtime_ns:x}-{size:x}"'
    own = [
        ("Content-Type", TYPES.get(kind, "application/octet-stream")),
        ("Last-Modified", formatdate(modified, usegmt=True)),
        ("Cache-Control", caching(found.name)),
        ("ETag", tag),
        ("Accept-Ranges", "bytes"),
        *headers,
    ]
    if kind in ATTACHED:
        own.append(("Content-Disposition", f'attachment; filename="{quote(found.name.rsplit("/", 1)[-1])}"'))
    if encoding or (top / f"{found.name}.gz").exists():
        own.append(("Vary", "Accept-Encoding"))
    if encoding:
        own.append(("Content-Encoding", encoding))
    page = Page(own, tag, modified, size, str(found.path), file=found.file)
    if size <= CHUNK:
        with page.file:
            page.body, page.file = page.file.read(), None
    return page


def respond(environ: dict[str, Any], start_response: StartResponse, page: Page) -> Iterable[bytes]:
    """Answer 200, 206, 304 or 416."""
    if unchanged(environ, page.tag, page.modified):
        page.close()
        start_response("304 Not Modified", [h for h in page.headers if h[0] not in NOT_IN_304])
        return []
    part = part_of(environ, page)
    if part == "none":
        page.close()
        headers = [*page.headers, ("Content-Range", f"bytes */{page.size}"), ("Content-Length", "0")]
        start_response("416 Range Not Satisfiable", headers)
        return []
    first, last = part if isinstance(part, tuple) else (0, page.size - 1)
    headers = [*page.headers, ("Content-Length", str(last - first + 1))]
    if part:
        headers.append(("Content-Range", f"bytes {first}-{last}/{page.size}"))
    start_response("206 Partial Content" if part else "200 OK", headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        page.close()
        return []
    if page.body is not None:
        return [page.body[first : last + 1]]
    return Chunks(page.file, first, last - first + 1)


def caching(name: str) -> str:
    return "public, max-age=31536000, immutable" if LASTING.match(name) else "public, no-cache"


def compressed(environ: dict[str, Any], found: Found, top: Path) -> str | None:
    """Exchange the file for its compressed copy if the reader takes one; returns the coding."""
    accepted = accepted_encodings(environ.get("HTTP_ACCEPT_ENCODING", ""))
    for coding, ending in ENCODINGS:
        if coding in accepted and (opened := open_below(top, found.name + ending)):
            found.file.close()
            found.file, found.status = opened
            return coding
    return None


def accepted_encodings(header: str) -> set[str]:
    """Codings the reader takes; ``q=0`` is a refusal (RFC 9110, 12.5.3)."""
    accepted = set()
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight):
            accepted.add(coding.strip())
    return accepted


def unchanged(environ: dict[str, Any], tag: str, modified: int) -> bool:
    """RFC 9110, 13.2.2: If-None-Match decides when it is there, else If-Modified-Since."""
    if tags := environ.get("HTTP_IF_NONE_MATCH"):
        return tags.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
    since = http_time(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and modified <= since


def http_time(value: str) -> int | None:
    try:
        return int(parsedate_to_datetime(value).timestamp())
    except (TypeError, ValueError, OverflowError):
        return None


def part_of(environ: dict[str, Any], page: Page) -> tuple[int, int] | str | None:
    """The one part asked for as ``(first, last)``; ``None``: the whole, ``"none"``: impossible."""
    ranged = environ.get("HTTP_RANGE")
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", (ranged or "").strip())
    if not match or match[0] == "bytes=-":
        return None
    condition = environ.get("HTTP_IF_RANGE")
    if condition and condition.strip() != page.tag and http_time(condition) != page.modified:
        return None
    size = page.size
    if not match[1]:
        first, last = max(size - int(match[2]), 0), size - 1
        return (first, last) if int(match[2]) and size else "none"
    first, last = int(match[1]), min(int(match[2]) if match[2] else size - 1, size - 1)
    if match[2] and int(match[2]) < first:
        return None
    return (first, last) if first < size else "none"


class Chunks:
    """A part of a file, a piece at a time; the server closes it."""

    def __init__(self, file: Any, first: int, length: int) -> None:
        self.file, self.left = file, length
        file.seek(first)

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0:
            piece = self.file.read(min(CHUNK, self.left))
            if not piece:
                return
            self.left -= len(piece)
            yield piece

    def close(self) -> None:
        self.file.close()
