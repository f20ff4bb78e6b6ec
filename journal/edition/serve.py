"""Serve the baked edition before the application is asked: without Django, without the database.

A reader's page is a file, so it is answered from the file whatever else is broken, to everybody alike. Only
what the current edition holds under ``public`` is answered here; any other address goes on.
What lies under ``members`` goes on as well, with its file named in ``kanwu.members_file``: the application
asks who is there first (``journal.edition.members``).

The path is looked up below the edition's folder without following any link and without ``..``, and the file's
own time and size make its validators, as nginx makes them.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = ["EditionFiles", "Found", "find", "respond"]

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
    "woff2": "font/woff2",
}
ATTACHED = {"bib", "ris"}
#: Names that never change their content: pictures are random, static files carry a hash.
LASTING = re.compile(r"media/figures/|static/.*\.[0-9a-f]{12}\.\w+$")
SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
INDEXES = ("index.html", "index.atom")
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
CHUNK = 64 * 1024


@dataclass
class Found:
    """A file of the edition: its path below the audience's folder, and an open handle."""

    name: str
    path: Path
    file: Any
    status: os.stat_result


def open_below(top: Path, name: str) -> tuple[Any, os.stat_result] | None:
    """Open a regular file below ``top``; ``None`` if it is not there or any part of its path is a link."""
    folder = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    try:
        *folders, last = name.split("/")
        for part in folders:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        handle = os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None
    finally:
        os.close(folder)
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        return None
    return os.fdopen(handle, "rb"), status


def candidates(path: str) -> tuple[str, ...]:
    """The files an address may mean; none for an address no page of ours has."""
    if not path.startswith("/") or len(path) > 500:
        return ()
    parts = path[1:].split("/")
    *folders, last = parts
    if not all(SEGMENT.fullmatch(part) for part in folders) or (last and not SEGMENT.fullmatch(last)):
        return ()
    return (path[1:],) if last else tuple(path[1:] + index for index in INDEXES)


def find(edition: Path, audience: str, path: str) -> Found | None:
    """The file an address means in an edition."""
    top = edition / audience
    for name in candidates(path):
        try:
            opened = open_below(top, name)
        except FileNotFoundError:  # this edition has nothing for that audience
            return None
        if opened:
            return Found(name, top / name, *opened)
    return None


class EditionFiles:
    """WSGI middleware. ``root`` is the folder of editions; ``headers`` go with every answer of ours."""

    def __init__(self, application: Callable[..., Iterable[bytes]], root: Path, headers: Headers) -> None:
        self.application, self.root, self.headers = application, Path(root), headers

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        environ.pop("kanwu.members_file", None)
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and (edition := self.edition()):
            path = environ.get("PATH_INFO", "") or "/"
            if found := find(edition, "public", path):
                return respond(environ, start_response, found, edition / "public", self.headers)
            if found := find(edition, "members", path):
                found.file.close()
                environ["kanwu.members_file"] = str(found.path)
        return self.application(environ, start_response)

    def edition(self) -> Path | None:
        """The folder of the edition on show; asked anew for every request, so a switch is seen at once."""
        try:
            name = os.readlink(self.root / "current")
        except OSError:
            return None
        return self.root / name if name.isdecimal() else None


def respond(
    environ: dict[str, Any], start_response: StartResponse, found: Found, top: Path, headers: Headers
) -> Iterable[bytes]:
    """Answer with the file: 200, 206, 304 or 416, in the smallest form the reader takes."""
    kind = found.name.rsplit(".", 1)[-1]
    modified = int(found.status.st_mtime)
    own = [
        ("Content-Type", TYPES.get(kind, "application/octet-stream")),
        ("Last-Modified", formatdate(modified, usegmt=True)),
        ("Cache-Control", caching(found.name)),
        *headers,
    ]
    if kind in ATTACHED:
        own.append(("Content-Disposition", f'attachment; filename="{quote(found.name.rsplit("/", 1)[-1])}"'))
    ranged = environ.get("HTTP_RANGE")
    encoding = None if ranged else compressed(environ, found, top)
    if (top / f"{found.name}.gz").exists() or encoding:
        own.append(("Vary", "Accept-Encoding"))
    if encoding:
        own.append(("Content-Encoding", encoding))
    tag = f'"{found.status.st_mtime_ns:x}-{found.status.st_size:x}"'
    own.append(("ETag", tag))
    if unchanged(environ, tag, modified):
        found.file.close()
        start_response(
            "304 Not Modified", [h for h in own if h[0] not in ("Content-Type", "Content-Encoding")]
        )
        return []
    own.append(("Accept-Ranges", "bytes"))
    return send(environ, start_response, found, own, part_of(ranged, environ, tag, modified, found))


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


def part_of(
    ranged: str | None, environ: dict[str, Any], tag: str, modified: int, found: Found
) -> tuple[int, int] | str | None:
    """The one part asked for as ``(first, last)``; ``None``: the whole, ``"none"``: impossible."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", (ranged or "").strip())
    if not match or match[0] == "bytes=-":
        return None
    condition = environ.get("HTTP_IF_RANGE")
    if condition and condition.strip() != tag and http_time(condition) != modified:
        return None
    size = found.status.st_size
    if not match[1]:
        first, last = max(size - int(match[2]), 0), size - 1
        return (first, last) if int(match[2]) and size else "none"
    first, last = int(match[1]), min(int(match[2]) if match[2] else size - 1, size - 1)
    if match[2] and int(match[2]) < first:
        return None
    return (first, last) if first < size else "none"


def send(
    environ: dict[str, Any],
    start_response: StartResponse,
    found: Found,
    headers: Headers,
    part: tuple[int, int] | str | None,
) -> Iterable[bytes]:
    size = found.status.st_size
    if part == "none":
        found.file.close()
        start_response(
            "416 Range Not Satisfiable",
            [*headers, ("Content-Range", f"bytes */{size}"), ("Content-Length", "0")],
        )
        return []
    first, last = part if isinstance(part, tuple) else (0, size - 1)
    length = last - first + 1
    status = "206 Partial Content" if part else "200 OK"
    headers = [*headers, ("Content-Length", str(length))]
    if part:
        headers.append(("Content-Range", f"bytes {first}-{last}/{size}"))
    start_response(status, headers)
    if environ["REQUEST_METHOD"] == "HEAD":
        found.file.close()
        return []
    if length <= CHUNK:
        with found.file as file:
            file.seek(first)
            return [file.read(length)]
    return Chunks(found.file, first, length)


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
