"""A bundle unpacked and shown by what a machine without Kanwu has: Python's plainest server, or nginx."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.e2e.conftest import ROOT, Site, free_port

__all__ = ["Answer", "get", "nginx", "plain", "unpacked"]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Still(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer like any other."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def get(address: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(quote(address, safe=":/?=&%"), headers=named)
    try:
        with urllib.request.build_opener(Still()).open(request, timeout=20) as answer:
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read())
    except urllib.error.HTTPError as answer:
        return Answer(answer.code, {k.lower(): v for k, v in answer.headers.items()}, answer.read())


def unpacked(site: Site, folder: Path) -> Path:
    """The site's bundle in ``folder``; returns the folder it is served from."""
    site.manage("export_site", str(folder / "bundle.zip"))
    with zipfile.ZipFile(folder / "bundle.zip") as bundle:
        bundle.extractall(folder / "bundle")
    return folder / "bundle/site"


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[str]:
    """A server until the block ends; its address."""
    with open(folder / "server.log", "wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            await_answer(server, port, folder / "server.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=15)


def await_answer(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            get(f"http://127.0.0.1:{port}/robots.txt")
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)


@contextmanager
def plain(root: Path, folder: Path) -> Iterator[str]:
    """The folder ``root`` shown by ``python -m http.server``."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "-d", str(root)]
    with running(command, port, folder) as address:
        yield address


@contextmanager
def nginx(example: str, folder: Path, **places: str) -> Iterator[str]:
    """nginx with one of our examples, told the ``places`` it names in capitals; its address.

    What an example cannot know is put in: a port of our own for its ``listen`` lines, no certificate.
    """
    program = nginx_program()
    text = (ROOT / "journal/edition" / example).read_text(encoding="utf-8")
    for name, place in places.items():
        assert name in text
        text = text.replace(name, place)
    port = free_port()
    text = re.sub(r"^\s*ssl_certificate.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"listen [^;]+;", f"listen 127.0.0.1:{port};", text, count=1)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    (folder / "nginx.conf").write_text(
        "\n".join(
            [
                "daemon off; pid nginx.pid; error_log stderr; worker_processes 1;",
                "user root;" if os.geteuid() == 0 else "",
                "events { worker_connections 64; }",
                "http { access_log access.log;",
                *(f"{kind}_temp_path {kind};" for kind in TEMPORARY),
                text,
                "}",
            ]
        ),
        encoding="utf-8",
    )
    command = [program, "-p", str(folder), "-e", "stderr", "-c", "nginx.conf"]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with running(command, port, folder) as address:
        yield address


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def nginx_program() -> str:
    program = os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program:
        return program
    message = "nginx was not found; on Debian: sudo apt install nginx"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(message)
    pytest.skip(message)
