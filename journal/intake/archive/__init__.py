"""The archive of an issue read back: hostile until every size, sum, type and name in it has been checked."""

from .package import Package, is_archive
from .reading import read_archive

__all__ = ["Package", "is_archive", "read_archive"]
