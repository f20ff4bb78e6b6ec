"""Sets an issue, or one article of it: a private folder for Typst, a child process, then where all landed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from articles.drawn_cover import cover_for
from articles.issue_files import Landing
from articles.limits import CLOCK_SECONDS
from journal.edition.formats.contract import Say
from journal.edition.formats.pdf.balance import spans_of
from journal.edition.formats.pdf.block_data import Pictures
from journal.edition.formats.pdf.data import drawing, issue_data
from journal.edition.formats.pdf.fonts import find_fonts
from journal.edition.formats.pdf.glyphs import missing_sign
from journal.edition.formats.pdf.plan import Part, parts_of
from journal.edition.formats.sound import strings_in
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError

__all__ = ["typeset", "typeset_article"]

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
REFUSED = 3
#: Typst would fetch a package it is told to import; nothing here does, and nothing can.
NOWHERE = "http://127.0.0.1:9"
#: What of a text is never printed: addresses of pages and files, and codes.
APART = {"articles", "groups", "photo_stories", "address", "code", "section_code", "file", "href", "site"}


def typeset(issue: IssueText, out: BinaryIO, say: Say, *, proof: bool = False) -> Landing:
    """Write the issue as PDF; tell on which pages the articles landed, counted as ``first_page`` is.

    ``pages`` counts the numbered pages, without the cover. Raises ``EditionError``; ``out`` is then empty.
    """
    fonts = find_fonts()
    refuse_unprintable(issue, issue.articles, fonts[0])
    return composed(issue, parts_of(issue), fonts, out, say, cover=not proof, proof=proof)


def typeset_article(
    article: ArticleText, issue: IssueText, out: BinaryIO, say: Say, *, proof: bool = False
) -> None:
    """One article alone, on pages numbered as planned."""
    fonts = find_fonts()
    refuse_unprintable(issue, (article,), fonts[0])
    parts = [Part("articles", (article,), number=article.first_page or 1)]
    composed(issue, parts, fonts, out, say, cover=False, proof=proof)


def composed(
    issue: IssueText, parts: list[Part], fonts: tuple[Path, ...], out: BinaryIO, say: Say, **choices: bool
) -> Landing:
    with tempfile.TemporaryDirectory(prefix="kanwu-pdf-") as name:
        folder = Path(name)
        furnish(folder, fonts)
        say(_("Reading the pictures …"))
        data = issue_data(issue, parts, Pictures(folder), **choices)
        (folder / "cover.svg").write_text(drawing(cover_for(issue.year, issue.number)), encoding="utf-8")
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        say(_("Setting the pages …"))
        run(folder)
        found: dict[str, Any] = json.loads((folder / "landing.json").read_text(encoding="utf-8"))
        with (folder / "out.pdf").open("rb") as made:
            shutil.copyfileobj(made, out)
    return landing_of(found)


def furnish(folder: Path, fonts: tuple[Path, ...]) -> None:
    """Templates, links to the fonts and nothing else: Typst sees this folder alone."""
    for kind in ("fonts", "pictures"):
        (folder / kind).mkdir()
    for font in fonts:
        (folder / "fonts" / font.name).symlink_to(font)
    for template in HERE.glob("*.typ"):
        shutil.copyfile(template, folder / template.name)


def run(folder: Path) -> None:
    command = [sys.executable, "-m", "journal.edition.formats.pdf.child", str(folder)]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            capture_output=True,
            text=True,
            timeout=CLOCK_SECONDS,
            cwd=ROOT,
            env={**os.environ, **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), NOWHERE)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EditionError(too_much()) from None
    if child.returncode == REFUSED:
        raise EditionError(
            _("The pages could not be set: %(reason)s Nothing was written. Tell the technician.")
            % {"reason": child.stdout.strip()[:600]}
        )
    if child.returncode != 0 or not (folder / "landing.json").is_file():
        raise EditionError(too_much())


def too_much() -> str:
    return _(
        "Setting the pages took more memory or time than an issue may need, so it was stopped. "
        "Nothing was written. Look for a picture or a table that is far too large."
    )


def landing_of(found: dict[str, Any]) -> Landing:
    ends: dict[int, dict[str, int]] = {}
    for spot in (spot for spot in found["arts"] if spot["at"] != "part"):
        ends.setdefault(spot["id"], {})[spot["at"]] = spot["number"]
    spans = spans_of(found)  # pictures may follow the end of the text
    return Landing(
        {key: (at["start"], max(at["end"], at["start"] + spans[key] - 1)) for key, at in ends.items()},
        found["last"],
    )


def refuse_unprintable(issue: IssueText, articles: tuple[ArticleText, ...], font: Path) -> None:
    """Raise ``EditionError`` for the first sign no font has, naming where it stands."""
    rows = [(issue.label, strings_in(issue, without=APART))]
    rows += [(article.place, strings_in(article, without=APART)) for article in articles]
    for place, strings in rows:
        sign = missing_sign("".join(strings), font)
        if sign:
            raise EditionError(
                _(
                    "%(place)s holds the sign “%(sign)s” (U+%(code)04X), which the fonts to print with "
                    "do not have. Replace it there. Nothing was written."
                )
                % {"place": place, "sign": sign, "code": ord(sign)}
            )
