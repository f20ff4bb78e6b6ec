"""The one contract of every format, and the list of them.

An adapter is a module or folder of this package that makes a ``Format``; ``FORMATS`` names it. It gets an
``IssueText`` and a file to write to, asks nobody else, and raises ``EditionError`` with a sentence that names
the place. ``build`` gives the file its name when it is whole.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.issue_files import Landing
from journal.edition.formats.sound import refuse_empty, refuse_unsound, refuse_without_text
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError, sync

__all__ = ["FORMATS", "Format", "Say", "build", "format_named"]

#: Told what is being done, a sentence each; who waits sees the last one.
Say = Callable[[str], None]
#: A format that sets pages says where the articles landed.
IssueWriter = Callable[[IssueText, BinaryIO, Say], Landing | None]
ArticleWriter = Callable[[ArticleText, IssueText, BinaryIO, Say], None]


@dataclass(frozen=True, slots=True)
class Format:
    """``name`` is what commands and addresses call it, ``label`` what people read.

    ``issue`` writes a whole issue, ``article`` one article of it; ``None``: there is no such file.
    ``texts``: the file carries the articles themselves, not only what is known of them.
    ``article_ending``: where an article is another kind of file than an issue, a sheet and not a parcel.
    """

    name: str
    label: str | Promise
    ending: str
    media_type: str
    issue: IssueWriter | None = None
    article: ArticleWriter | None = None
    texts: bool = True
    article_ending: str = ""

    def file_name(self, issue: IssueText, article: ArticleText | None = None) -> str:
        """ASCII, the same for the same thing: ``2024-07.pdf``, ``2024-07-<code>.docx``."""
        number = issue.number.zfill(2) if issue.number.isdecimal() else issue.number
        if article:
            return f"{issue.year}-{number}-{article.code}.{self.article_ending or self.ending}"
        return f"{issue.year}-{number}.{self.ending}"


#: Name → where its ``FORMAT`` is. A format is loaded when it is asked for: some bring large libraries.
FORMATS: dict[str, str] = {
    "contents": "journal.edition.formats.contents",
    "crossref": "journal.edition.formats.crossref",
    "docx": "journal.edition.formats.docx",
    "epub": "journal.edition.formats.epub",
    "jats": "journal.edition.formats.jats",
    "pdf": "journal.edition.formats.pdf.writers",
    "proof": "journal.edition.formats.pdf.proof",
    "sheet": "journal.edition.formats.sheet",
}


def format_named(name: str) -> Format:
    """Raises ``EditionError`` for a name that is none."""
    try:
        module = FORMATS[name]
    except KeyError:
        raise EditionError(
            _("There is no format “%(name)s”. There are: %(names)s. Nothing was written.")
            % {"name": name, "names": ", ".join(sorted(FORMATS))}
        ) from None
    found: Format = import_module(module).FORMAT
    return found


def build(
    name: str,
    issue: IssueText,
    out: Path,
    *,
    article: ArticleText | None = None,
    say: Say = lambda _words: None,
) -> Landing | None:
    """Write the file ``out``; what stood there before stands there still when it cannot be made.

    Returns where the articles landed, of a format that sets pages. Raises ``EditionError``.
    """
    chosen = format_named(name)
    if (chosen.article if article else chosen.issue) is None:
        kind = _("an article") if article else _("an issue")
        raise EditionError(
            _("There is no %(format)s of %(kind)s. Nothing was written.")
            % {"format": chosen.label, "kind": kind}
        )
    if not out.parent.is_dir() or out.is_dir():
        raise EditionError(_("%(path)s is no file that could be written.") % {"path": out})
    part = out.with_name(f".{out.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as file:
            claim(file, out)
            try:
                file.truncate(0)  # what a killed build has left
                with translation.override(settings.LANGUAGE_CODE):  # the journal's, whoever asks
                    landing = write(chosen, issue, article, file, say)
                file.flush()
                os.fsync(file.fileno())
                part.replace(out)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        sync(out.parent)
    except OSError as error:
        raise EditionError(
            _("%(path)s was not written: %(error)s.") % {"path": out, "error": error.strerror or error}
        ) from error
    return landing


def write(
    chosen: Format, issue: IssueText, article: ArticleText | None, file: BinaryIO, say: Say
) -> Landing | None:
    articles = (article,) if article else issue.articles
    refuse_empty(issue)
    refuse_unsound(issue, *articles)
    if chosen.texts:
        refuse_without_text(articles)
    if article and chosen.article:
        chosen.article(article, issue, file, say)
        return None
    return chosen.issue(issue, file, say) if chosen.issue else None


def claim(file: BinaryIO, out: Path) -> None:
    """Nobody else writes this file meanwhile."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise EditionError(
            _("Another build is writing %(path)s. Wait for its end.") % {"path": out}
        ) from None
