"""The scanned or saved text of a whole issue in; an ``IssueManuscript`` out."""

from .issue import read_issue

__all__ = ["read_issue"]
