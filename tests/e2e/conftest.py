"""A real house for the browser: own data, the sample journal, its baked edition, a server, a Chromium.

``site`` is shared by all tests of a run, so it is for looking. A test that changes something takes
``fresh_site``: a copy of the same data with a server of its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


#: Seconds after which a browser test is ended: a script's promise that never settles has no limit of its own.
LONGEST, LONGEST_SLOW = 300, 1200


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder wants a browser; a file cannot forget to say so."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def data_folder() -> None:
    """The house under test is another process with data of its own."""


@pytest.fixture(autouse=True)
def bounded(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that hangs fails by itself and the next one runs."""
    seconds = LONGEST_SLOW if request.node.get_closest_marker("slow") else LONGEST

    def end(*_signal: Any) -> None:
        raise TimeoutError(f"ended after {seconds} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A served house. ``manage`` runs a command in it, ``base`` is its address.

    Its pages call themselves by the address they were ``made_for``: another one in a copy.
    """

    data: Path
    port: int
    server: subprocess.Popen[bytes] | None = None
    made_for: str = ""

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """What its pages call themselves."""
        return self.made_for or self.base

    @property
    def environment(self) -> dict[str, str]:
        outside = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DEBUG"}}
        return {**outside, "KANWU_DATA": str(self.data), "SITE_URL": self.base, "SECRET_KEY": "e2e" * 20}

    def manage(self, *arguments: str, **more: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def password(self) -> str:
        """The password of every demo account."""
        return (self.data / "demo-password").read_text(encoding="utf-8").strip()

    def shell(self, code: str) -> str:
        """Run Python in the house, models imported."""
        return self.manage("shell", "-v", "0", "-c", code)

    def start(self) -> None:
        command = ["-m", "gunicorn", "journal.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        options = ["--workers", "1", "--threads", "8", "--log-level", "warning"]
        self.server = subprocess.Popen(
            [sys.executable, *command, *options], cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"{self.base}/robots.txt", timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert self.server.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.1)

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(timeout=15)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample journal in a data folder of its own, published and baked; not served."""
    site = Site(tmp_path_factory.mktemp("house") / "data", free_port())
    site.data.mkdir()
    site.manage("migrate", "-v", "0")
    site.manage("load_sample")
    site.manage("bake")
    return site


@pytest.fixture(scope="session")
def site(house: Site) -> Iterator[Site]:
    house.start()
    yield house
    house.stop()


@pytest.fixture
def fresh_site(house: Site, tmp_path: Path) -> Iterator[Site]:
    """A copy of the house to change at will."""
    shutil.copytree(house.data, tmp_path / "data", symlinks=True)
    copy = Site(tmp_path / "data", free_port())
    copy.start()
    yield copy
    copy.stop()


@pytest.fixture(scope="session")
def bundle(house: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of the sample journal's bundle."""
    from tests.e2e.bundles import unpacked

    return unpacked(house, tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="session")
def nginx_server(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The bundle shown by nginx alone; its address."""
    from tests.e2e.bundles import nginx

    folder = tmp_path_factory.mktemp("nginx")
    with nginx("bundle.nginx.conf.example", folder, BUNDLE=str(bundle.parent)) as address:
        yield address


@pytest.fixture(scope="session")
def plain_server(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The bundle shown by Python's plainest server, which sends no header of ours; its address."""
    from tests.e2e.bundles import plain

    with plain(bundle, tmp_path_factory.mktemp("plain")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        message = "Chromium was not found (set CHROMIUM to its path)"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Watch:
    """What a page must never do: complain, break its policy, fetch from elsewhere or what is not there."""

    base: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("response", self.see)

    def hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def see(self, response: Any) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.complaints.append(f"{response.status} {response.url}")

    @property
    def foreign(self) -> list[str]:
        return [url for url in self.requests if not url.startswith((self.base, "data:", "blob:", "about:"))]

    def assert_quiet(self) -> None:
        assert self.complaints == []
        assert self.foreign == []


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts (``new_context(viewport=…, color_scheme=…)``), closed after the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(**{"locale": "zh-CN", **options})
        context.set_default_timeout(15_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context(viewport={"width": 1280, "height": 900}).new_page()
