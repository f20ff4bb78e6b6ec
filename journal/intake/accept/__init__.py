"""The one place where an import is written: understood manuscripts become drafts, or nothing at all."""

from .archive import accept_archive
from .issue import accept_issue
from .page import accept_page
from .refused import NotAccepted

__all__ = ["NotAccepted", "accept_archive", "accept_issue", "accept_page"]
