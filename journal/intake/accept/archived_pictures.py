"""The pictures of an archive: each through the door of pictures, under the name its text knows it by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.utils.translation import gettext as _

from articles.models import Figure
from articles.pictures_in_child import derive_in_child
from articles.published_pictures import as_published
from journal.issue_archive import MEDIA, ORIGINALS, ArchivedFigure

from .checked import checked

__all__ = ["Pictures"]

WORDS = ("role", "position", "original_name", "caption", "photographer", "credit", "alternative")


class Pictures:
    """Writes files and rows; ``read(name)`` gives the bytes of a file of the archive."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self.read = read
        self.written: list[tuple[Storage, str]] = []

    @contextmanager
    def kept_if_all_is(self) -> Iterator[Pictures]:
        """A failure inside takes the files away again, as its transaction does the rows."""
        try:
            yield self
        except BaseException:
            for storage, name in self.written:
                storage.delete(name)
            raise

    def keep(self, rows: Iterable[ArchivedFigure], **home: Any) -> None:
        """The figures of an ``article`` or an ``issue``. Raises ``ValidationError``, ``OSError``."""
        for row in rows:
            published = as_published(self.read(MEDIA + row.image), row.image)
            self.store(default_storage, row.image, published)
            if row.original:
                original = self.read(ORIGINALS + row.original)
                derive_in_child(original)  # a picture, and one that can be decoded within limits
                self.store(storages["originals"], row.original, original)
            words = {name: getattr(row, name) for name in WORDS}
            figure = Figure(**home, **words, image=row.image, original=row.original)
            checked(figure, row.image, "article", "issue", "image", "original").save()

    def store(self, storage: Storage, name: str, data: bytes) -> None:
        """Under exactly this name. What is there of it already is a killed import's, or another picture."""
        if storage.exists(name):
            with storage.open(name, "rb") as file:
                there = file.read()
            if there == data:
                return
            if not data.startswith(there):
                raise ValidationError(_("Another picture is called %(name)s here.") % {"name": name})
            storage.delete(name)
        self.written.append((storage, name))
        storage.save(name, ContentFile(data))
