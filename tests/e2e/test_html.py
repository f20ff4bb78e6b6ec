"""Every page readers get is valid HTML, as html-validate reads the standard."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.e2e.conftest import Site
from tests.services import html_checker

#: Written by the house for each reader, so no file of the edition.
ASKED_FOR = ("search/", "search/?q=" + quote("渡口 & <b>"), "most-read/", "people/register/", "nothing/here/")


@pytest.fixture(scope="module")
def checker() -> str:
    try:
        return html_checker()
    except LookupError as missing:
        pytest.fail(str(missing))


def problems(checker: str, files: list[Path], folder: Path) -> list[str]:
    """What is wrong, a line each; ``html-validate:standard`` is the standard without matters of taste."""
    rules = folder / "rules.json"
    rules.write_text(json.dumps({"root": True, "extends": ["html-validate:standard"]}), encoding="utf-8")
    node = Path(sys.executable).parent / "node"
    command = [node, checker, "--config", rules, "--formatter", "text", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return (done.stdout + done.stderr).splitlines()


def test_the_checker_sees_what_is_wrong(checker: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="zh"><title>甲</title><p><div></p>', encoding="utf-8")
    assert any("close-order" in line for line in problems(checker, [wrong], tmp_path))


def test_every_page_of_the_edition_is_valid(checker: str, house: Site, tmp_path: Path) -> None:
    pages = sorted((house.data / "editions" / "current").resolve().rglob("*.html"))
    assert len(pages) > 50
    assert problems(checker, pages, tmp_path) == []


def test_every_page_made_for_one_reader_is_valid(checker: str, site: Site, tmp_path: Path) -> None:
    pages = []
    for number, address in enumerate(ASKED_FOR):
        pages.append(tmp_path / f"{number}.html")
        try:
            answer = urllib.request.urlopen(f"{site.base}/{address}", timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        assert "text/html" in answer.headers["Content-Type"]
        pages[-1].write_bytes(answer.read())
    assert problems(checker, pages, tmp_path) == []
