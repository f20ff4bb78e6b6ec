from __future__ import annotations

from typing import BinaryIO

from journal.edition.formats.contract import Format, Say
from journal.edition.formats.text import IssueText
from journal.edition.store import EditionError

__all__ = ["FORMAT", "SENTENCE"]

SENTENCE = "《渡口纪事》缺一幅图片，请补上后再制作。"


def write(issue: IssueText, file: BinaryIO, say: Say) -> None:
    if issue.journal.name == "澜江":
        raise EditionError(SENTENCE)
    raise RuntimeError("nobody foresaw this")


FORMAT = Format("broken", "Broken", "txt", "text/plain", issue=write)
