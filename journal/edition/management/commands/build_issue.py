from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from articles.press import Refused
from journal.edition import publish
from journal.edition.formats.contract import FORMATS, build, format_named
from journal.edition.formats.reading import read_issue
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError


class Command(BaseCommand):
    help = _("Write an issue, or one article of it, as a file: for the printer, for readers, for catalogues.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, nargs="?")
        parser.add_argument("number", nargs="?", help=_("7, merged 9-10, supplement S1"))
        parser.add_argument("--format", help=_("one of those --list shows"))
        parser.add_argument("--out", type=Path, metavar="FILE", help=_("the file to write"))
        parser.add_argument("--article", metavar="CODE", help=_("only this article"))
        parser.add_argument(
            "--published",
            action="store_true",
            help=_("what readers may have, with its corrections; else what stands at the desk"),
        )
        parser.add_argument("--list", action="store_true", help=_("show the formats and write nothing"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self.show_formats()
            return
        if None in (options["year"], options["number"], options["format"], options["out"]):
            raise CommandError(
                _("Say which issue, in which format and into which file: 2024 7 --format … --out …")
            )
        try:
            self.write(**options)
        except (Refused, EditionError) as error:
            raise CommandError(str(error)) from error

    def show_formats(self) -> None:
        for name in sorted(FORMATS):
            chosen = format_named(name)
            kinds = [_("whole issue")] * (chosen.issue is not None)
            kinds += [_("single article")] * (chosen.article is not None)
            self.stdout.write(f"{name:<10}{chosen.label}（{'、'.join(kinds)}）")

    def write(
        self,
        *,
        year: int,
        number: str,
        format: str,
        out: Path,
        article: str | None,
        published: bool,
        **_options: Any,
    ) -> None:
        format_named(format)  # refused before anything is read
        issue = publish.find_issue(year, number)
        if published and not issue.is_out:
            raise EditionError(
                _("%(issue)s is not out yet. Without --published it is written as it stands.")
                % {"issue": issue}
            )
        self.stdout.write(_("Reading %(issue)s.") % {"issue": issue})
        text = read_issue(issue, published=published)
        one = article_with(text, article) if article else None
        build(format, text, out, article=one, say=self.stdout.write)
        size = -(-out.stat().st_size // 1000)
        self.stdout.write(_("%(path)s is written: %(size)s kB.") % {"path": out, "size": size})


def article_with(issue: IssueText, code: str) -> ArticleText:
    """Raises ``EditionError`` for a code none of its articles has."""
    for article in issue.articles:
        if article.code == code:
            return article
    raise EditionError(
        _("%(issue)s has no article “%(code)s”. Nothing was written.") % {"issue": issue.label, "code": code}
    )
