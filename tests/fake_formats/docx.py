from __future__ import annotations

from typing import BinaryIO

from journal.edition.formats.contract import Format, Say
from journal.edition.formats.text import ArticleText, IssueText

__all__ = ["FORMAT"]


def write_issue(issue: IssueText, file: BinaryIO, say: Say) -> None:
    file.write(issue.label.encode())


def write_article(article: ArticleText, issue: IssueText, file: BinaryIO, say: Say) -> None:
    file.write(article.title_line.encode())


FORMAT = Format("docx", "Word", "docx", "application/octet-stream", issue=write_issue, article=write_article)
