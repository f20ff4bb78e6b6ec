"""Static files with lasting names, and of a style sheet that imports others one file of them all.

What a page wears is written as ``@import`` lines in one small sheet, so the order stands in the style sheets
themselves and works as it is while developing. What readers are sent is that sheet with the imported ones put
in: an article waits for one file of style, not for four.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

__all__ = ["OneSheet", "flattened"]

IMPORT = re.compile(r'^@import url\("([^":]+)"\);\n?', re.MULTILINE)


def flattened(name: str, read: Callable[[str], str]) -> str:
    """The style sheet ``name`` with every local import replaced by what it names.

    ``read`` gives the text of a static name; imports are relative to the sheet they stand in.
    """
    folder = posixpath.dirname(name)
    return IMPORT.sub(
        lambda found: flattened(posixpath.normpath(posixpath.join(folder, found[1])), read), read(name)
    )


class Flat:
    """Stands in for the storage of one style sheet among ``paths``: opens it whole."""

    def __init__(self, paths: dict[str, tuple[Any, str]], name: str) -> None:
        self.paths, self.name = paths, name

    def read(self, name: str) -> str:
        storage, path = self.paths[name]
        with storage.open(path) as file:
            return str(file.read().decode("utf-8"))

    def open(self, _path: str) -> File[bytes]:
        return ContentFile(flattened(self.name, self.read).encode())


class OneSheet(CompressedManifestStaticFilesStorage):
    """Names carry a hash of the whole sheet, so a change of what it imports gives it a new name."""

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        whole = {
            name: (Flat(paths, name), source[1]) if name.startswith("css/") else source
            for name, source in paths.items()
        }
        yield from super().post_process(whole, dry_run, **options)
