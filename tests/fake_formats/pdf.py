from __future__ import annotations

from typing import BinaryIO

from articles.issue_files import Landing
from journal.edition.formats.contract import Format, Say
from journal.edition.formats.text import IssueText

__all__ = ["FORMAT"]


def write(issue: IssueText, file: BinaryIO, say: Say) -> Landing:
    """Every article on a page of its own, behind a cover."""
    say("正在排版。")
    file.write(("%PDF " + " ".join(article.title_line for article in issue.articles)).encode())
    return Landing({a.pk: (page, page) for page, a in enumerate(issue.articles, 2)}, 1 + len(issue.articles))


FORMAT = Format("pdf", "PDF", "pdf", "application/pdf", issue=write)
