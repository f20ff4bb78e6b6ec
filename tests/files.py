"""Files of an issue as the house keeps them, without the time it takes to make one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from articles import issue_files
from articles.models import Article, Issue, IssueFile

__all__ = ["made_file"]


def made_file(
    issue: Issue,
    format: str = "pdf",
    *,
    by: Any = None,
    article: Article | None = None,
    content: bytes = b"%PDF-1.7 made for a test",
    landing: issue_files.Landing | None = None,
) -> IssueFile:
    """Asked for, made and kept as the house does it; only the bytes are ours."""
    file = issue_files.ask(issue, format, by, article=article)
    issue_files.begin(file)
    stem = f"{issue.year}-{issue.number.zfill(2)}" + (f"-{article.code}" if article else "")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, f"{stem}.{format}")
        made.write_bytes(content)
        issue_files.keep(file, made, landing)
    return file
