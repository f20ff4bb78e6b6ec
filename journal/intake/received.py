"""The file a contributor sent: kept first, read afterwards; what was sent is never lost and never changed."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article

from .accept import NotAccepted
from .accept.word import accept_word
from .failpoints import reached
from .limited import read_in_child
from .manuscript import NotAManuscript
from .stored import from_json, to_json
from .word.precheck import precheck
from .word.understood import Remark, WordManuscript

__all__ = ["ReceivedFile"]


def originals() -> Storage:
    return storages["originals"]


def file_name(instance: ReceivedFile, filename: str) -> str:
    """A random name; what the sender called the file is data, kept in ``name``."""
    return f"received/{secrets.token_hex(16)}"


class ReceivedFileManager(models.Manager["ReceivedFile"]):
    def receive(self, data: bytes, name: str, by: Any, article: Article | None = None) -> ReceivedFile:
        """Keep the file; nothing is read yet. ``article`` is the draft it is to renew.

        Raises ``NotAManuscript`` for what was made to harm or is no text at all; then nothing is kept.
        """
        precheck(data)
        row = self.model(
            name=name[:255], size=len(data), sha256=hashlib.sha256(data).hexdigest(), by=by, article=article
        )
        row.file.save("file", ContentFile(data), save=False)
        row.save()
        reached("word-kept")
        return row

    def interrupted(self) -> models.QuerySet[ReceivedFile]:
        """Files nobody finished reading: the process that was to read them died."""
        return self.filter(state=ReceivedFile.State.RECEIVED)


class ReceivedFile(models.Model):
    """One file as it came in, with what was understood of it and the manuscript it became."""

    class State(models.TextChoices):
        RECEIVED = "received", _("kept, not read yet")
        UNREADABLE = "unreadable", _("could not be read")
        TAKEN = "taken", _("taken in")

    file = models.FileField(_("file"), storage=originals, upload_to=file_name, max_length=120)
    name = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="received_files",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RECEIVED)
    problem = models.TextField(blank=True)
    # ``word.understood.WordManuscript`` as JSON, without the pictures' bytes: they stand in the file.
    understood: Any = models.JSONField(null=True)
    # What could not be taken while writing, as ``Remark`` in JSON; the reader's own stand in ``understood``.
    remarks: Any = models.JSONField(default=list)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="received_files"
    )

    objects = ReceivedFileManager()

    class Meta:
        verbose_name = _("received file")
        verbose_name_plural = _("received files")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "state"], name="received_by_state")]

    def __str__(self) -> str:
        return self.name

    def take_in(self) -> Article | None:
        """Read the file and write its draft, once: a second call returns the draft of the first.

        ``None`` when it cannot be read; ``problem`` is then a sentence for the sender and the file is kept.
        The reading happens in a limited child process and outside any transaction.
        """
        if self.state == self.State.TAKEN:
            return self.article
        with tempfile.TemporaryDirectory(prefix="kanwu-word-") as folder, self.file.open("rb") as file:
            reached("word-opened")
            try:
                understood = read_in_child("word", file.read(), self.name, folder)
                reached("word-read")
                draft = self._write(understood, Path(folder))
            except (NotAManuscript, NotAccepted) as refusal:
                self.state, self.problem = self.State.UNREADABLE, str(refusal)
                self.save(update_fields=["state", "problem"])
                return None
        reached("word-taken")
        return draft

    @transaction.atomic
    def _write(self, understood: dict[str, Any], folder: Path) -> Article | None:
        row = ReceivedFile.objects.select_for_update().get(pk=self.pk)
        reached("word-locked")
        if row.state != self.State.TAKEN:
            word = from_json(WordManuscript, understood)
            row.article, remarks = accept_word(word, folder, row.by, row.article)
            reached("word-written")
            row.understood, row.remarks = understood, [to_json(remark) for remark in remarks]
            row.state, row.problem = self.State.TAKEN, ""
            row.save()
            reached("word-stored")
        for name in ("state", "problem", "understood", "remarks", "article"):
            setattr(self, name, getattr(row, name))
        return row.article

    @property
    def word(self) -> WordManuscript | None:
        return from_json(WordManuscript, self.understood) if self.understood else None

    @property
    def all_remarks(self) -> list[Remark]:
        """The reader's warnings, then what could not be taken while writing."""
        said = list(self.word.warnings) if self.word else []
        return said + [from_json(Remark, remark) for remark in self.remarks]
