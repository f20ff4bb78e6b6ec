"""The scanned or saved text of a whole issue in; an ``IssueManuscript`` out."""

from .issue import read_issue

__all__ = ["parse", "read_issue"]

parse = read_issue  # every adapter offers ``parse(data)``
