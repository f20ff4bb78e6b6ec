"""An issue as an archive of its own: all that is needed to set it up again in another installation."""

from .write import Written, export_issue

__all__ = ["Written", "export_issue"]
