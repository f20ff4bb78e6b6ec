"""The shelf of the reader's tests, baked; and a client that asks the files first, as the house does."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from journal.edition import store
from journal.edition.bake import Result, bake
from journal.edition.serve import EditionFiles
from tests.public.conftest import Shelf, shelf

__all__ = ["Answer", "Door", "shelf"]


@contextmanager
def the_tests_own_connection() -> Iterator[None]:
    """A request must not close the connection that holds the test's transaction (as Django's client does)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Door:
    """``get`` asks the edition's files and then ``application``, which by default must not be asked."""

    root: Path
    application: Callable[..., Iterable[bytes]] | None = None
    asked: list[str] = field(default_factory=list)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        told: list[Any] = []
        files = EditionFiles(
            self.fall_through, self.root, [("Content-Security-Policy", "default-src 'none'")]
        )
        with the_tests_own_connection():
            chunks = files(environ, lambda status, headers: told.append((status, headers)))
            body = b"".join(chunks)
            if close := getattr(chunks, "close", None):
                close()
        status, sent = told[0]
        return Answer(int(status.split()[0]), dict(sent), body)

    def fall_through(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        if self.application is None:
            start_response("599 Nobody there", [])
            return []
        return self.application(environ, start_response)


@pytest.fixture(autouse=True)
def the_simplified_edition_alone(request: pytest.FixtureRequest, settings: Any) -> None:
    """Each variant bakes every page once more; only tests that ask for ``variants`` are about that."""
    if "variants" not in request.fixturenames:
        settings.READER_VARIANTS = []


@pytest.fixture
def variants(settings: Any) -> list[str]:
    """The variants that are on show, as installed."""
    return list(settings.READER_VARIANTS)


@pytest.fixture
def baked(shelf: Shelf) -> Result:
    return bake()


@pytest.fixture
def files(baked: Result) -> Door:
    """The edition alone: database and application are down."""
    return Door(store.root())


@pytest.fixture
def door(baked: Result) -> Door:
    """The edition with the application behind it."""
    return Door(store.root(), WSGIHandler())
