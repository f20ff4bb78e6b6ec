"""What the screen says of each file of an issue; two queries and those of the fingerprints."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from articles.file_fingerprints import Fingerprints
from articles.models import Article, Issue, IssueFile
from articles.offered_files import OFFERABLE
from journal.edition.formats.contract import FORMATS, Format, format_named
from journal.edition.making import is_worked_at

__all__ = ["Line", "Lines"]

#: In the order an office asks for them; any others come behind.
IN_TURN = ("pdf", "proof", "epub", "docx", "contents", "sheet", "jats", "crossref")


@dataclass(frozen=True, slots=True)
class Line:
    """One file that can be made: ``made`` is there, ``attempt`` is newer, in the making or in vain."""

    format: Format
    article: Article | None
    made: IssueFile | None
    attempt: IssueFile | None
    working: bool
    outdated: bool
    offered: IssueFile | None = None
    offered_outdated: bool = False

    @property
    def key(self) -> str:
        """Names its place on the page."""
        return self.format.name + (f"-{self.article.pk}" if self.article else "")

    @property
    def broken(self) -> bool:
        """Somebody asked for it, and nobody works at it any more."""
        return self.attempt is not None and self.attempt.in_making and not self.working

    @property
    def offerable(self) -> bool:
        """Readers could be offered what is there."""
        wanted = self.format.name in OFFERABLE and self.article is None
        return wanted and self.made is not None and not self.outdated and self.made != self.offered


class Lines:
    """Those of an issue: ``whole`` of the issue itself, ``single`` of its articles, by article."""

    def __init__(self, issue: Issue) -> None:
        self.issue, self.now = issue, Fingerprints(issue)
        self.rows: dict[tuple[int | None, str], list[IssueFile]] = defaultdict(list)
        self.at_work: set[int] = set()
        for row in issue.files.newest_first().select_related("made_by"):
            self.rows[row.article_id, row.format].append(self.looked_at(row))
        formats = [format_named(name) for name in sorted(FORMATS, key=turn_of)]
        articles = list(issue.articles.in_page_order().defer("body", "raw_body"))
        self.whole = [self.line(one) for one in formats if one.issue]
        self.per_article = [one for one in formats if one.article]
        self.single = [(a, [self.line(one, a) for one in self.per_article]) for a in articles]

    def looked_at(self, row: IssueFile) -> IssueFile:
        """Who has just finished it is at work no more, and has said so first: then it is read again."""
        if row.in_making and is_worked_at(row):
            self.at_work.add(row.pk)
        elif row.in_making:
            return self.issue.files.select_related("made_by").filter(pk=row.pk).first() or row
        return row

    def line(self, format: Format, article: Article | None = None) -> Line:
        key = article.pk if article else None
        rows = self.rows.get((key, format.name), [])
        made = next((row for row in rows if row.state == row.State.MADE), None)
        attempt = rows[0] if rows and rows[0].state != IssueFile.State.MADE else None
        offered = next((row for row in rows if row.offered_at), None)
        return Line(
            format,
            article,
            made,
            attempt,
            working=attempt is not None and attempt.pk in self.at_work,
            outdated=self.is_outdated(made),
            offered=offered,
            offered_outdated=self.is_outdated(offered),
        )

    def is_outdated(self, file: IssueFile | None) -> bool:
        return file is not None and file.fingerprint != self.now.of(file.article_id)

    @property
    def every(self) -> list[Line]:
        return [*self.whole, *(line for _article, lines in self.single for line in lines)]

    @property
    def working(self) -> bool:
        return any(line.working for line in self.every)

    def named(self, key: str) -> Line | None:
        return next((line for line in self.every if line.key == key), None)

    def context(self) -> dict[str, Any]:
        return {
            "whole": self.whole,
            "single": self.single,
            "any_single": any(line.made or line.attempt for _article, lines in self.single for line in lines),
            "working": self.working,
            "old_on_offer": [line for line in self.whole if line.offered_outdated],
        }


def turn_of(name: str) -> tuple[int, str]:
    return (IN_TURN.index(name) if name in IN_TURN else len(IN_TURN), name)
