"""Which reader reads which kind of file, by the name an import keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .article_page import PageManuscript, read_page
from .manuscript import IssueManuscript
from .ocr_markdown import read_issue

__all__ = ["READERS", "RESULTS"]

READERS: dict[str, Callable[[bytes, str], Any]] = {"issue": read_issue, "page": read_page}
RESULTS: dict[str, type[IssueManuscript] | type[PageManuscript]] = {
    "issue": IssueManuscript,
    "page": PageManuscript,
}
