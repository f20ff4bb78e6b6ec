"""A saved web page or newspaper page to manuscripts: ``read_page(data, filename) -> PageManuscript``."""

from .page import Duplicate, IssueReference, PageFacts, PageManuscript
from .reading import read_page

__all__ = ["Duplicate", "IssueReference", "PageFacts", "PageManuscript", "read_page"]
