"""What the reader's pages carry: one sheet made of several, and the square code of their address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import segno
from django.conf import settings

from journal.public import qr
from journal.stylesheets import flattened

pytestmark = pytest.mark.database_free

CSS = Path(settings.BASE_DIR) / "static/css"


def test_imports_are_put_in_where_they_stand_and_within_each_other() -> None:
    sheets = {
        "css/page.css": '@import url("base.css");\n@import url("more/own.css");\n',
        "css/base.css": "a { color: red }\n",
        "css/more/own.css": '@import url("../last.css");\nb { color: blue }\n',
        "css/last.css": "i { color: green }\n",
    }
    whole = flattened("css/page.css", sheets.__getitem__)
    assert re.findall(r"\w+", whole) == ["a", "color", "red", "i", "color", "green", "b", "color", "blue"]


@pytest.mark.parametrize("name", ["page", "page-article", "page-home", "page-issue"])
def test_no_import_is_left_in_what_a_page_wears(name: str) -> None:
    whole = flattened(f"css/{name}.css", lambda sheet: (CSS.parent / sheet).read_text(encoding="utf-8"))
    assert "@import" not in whole
    assert whole.count("--paper: #fbfaf7") == 1


def test_a_sheet_that_is_not_there_is_not_passed_over() -> None:
    with pytest.raises(KeyError):
        flattened("css/a.css", {"css/a.css": '@import url("lost.css");\n'}.__getitem__)


def test_the_drawn_code_is_the_code_with_its_quiet_zone() -> None:
    address = "https://journal.example/issues/2026/9/last-ferry-at-six/"
    size, path = qr.drawn(address)
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    matrix = segno.make(address, micro=False).matrix
    assert size == len(matrix) + 8
    assert dark == {(x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
