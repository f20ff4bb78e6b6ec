from __future__ import annotations

from typing import BinaryIO

from journal.edition.formats.contract import Format, Say
from journal.edition.formats.text import IssueText

__all__ = ["FORMAT"]


def write(issue: IssueText, file: BinaryIO, say: Say) -> None:
    say("正在排版。")
    file.write(("%PDF " + " ".join(article.title_line for article in issue.articles)).encode())


FORMAT = Format("pdf", "PDF", "pdf", "application/pdf", issue=write)
