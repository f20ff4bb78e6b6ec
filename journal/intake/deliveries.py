"""What the office takes in itself: mails, folders, zips, single files; each kept before it is read.

One press of the button is a ``Delivery``; each file is a ``DeliveredFile`` that waits until ``take_in_next``
has read it, so a process that dies leaves nothing but files that still wait. The office enters for authors
without an account: whoever took a file in is the draft's submitter and reviews it no more than an author may.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .word.recognise import PICTURES

__all__ = ["CoverLetter", "DeliveredFile", "Delivery"]

#: A file whose reader died is read again after this time.
GIVEN_UP = timedelta(minutes=2)


def is_picture(data: bytes) -> bool:
    return data.startswith(PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def originals() -> Storage:
    return storages["originals"]


def file_name(instance: DeliveredFile, filename: str) -> str:
    """A random name; what the sender called the file is data, kept in ``name``."""
    return f"delivered/{secrets.token_hex(16)}"


class DeliveryManager(models.Manager["Delivery"]):
    def receive(self, files: Iterable[tuple[str, bytes]], by: Any) -> Delivery:
        """Keep these files: pairs of path and bytes; nothing is read yet."""
        with transaction.atomic():
            delivery = self.create(by=by)
            for path, data in files:
                folder, _slash, name = path.replace("\\", "/").strip("/").rpartition("/")
                delivery.add(data, name, folder)
        return delivery


class Delivery(models.Model):
    """What was taken in together."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = DeliveryManager()

    class Meta:
        default_permissions = ()
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"

    def add(self, data: bytes, name: str, group: str, **more: Any) -> DeliveredFile:
        row = DeliveredFile(
            delivery=self,
            name=clean(name)[:255],
            group=clean(group)[:400],
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            is_picture=is_picture(data),
            **more,
        )
        row.file.save("file", ContentFile(data), save=False)
        row.save()
        return row

    def claim(self) -> DeliveredFile | None:
        """The next file to be read, for this process alone; pictures after all others: they need a text."""
        waiting = self.files.filter(state=DeliveredFile.State.WAITING).order_by("pk")
        if waiting.filter(is_picture=False).exists():
            waiting = waiting.filter(is_picture=False)
        for row in waiting.exclude(claimed_at__gt=timezone.now() - GIVEN_UP)[:20]:
            mine = DeliveredFile.objects.filter(pk=row.pk, state=DeliveredFile.State.WAITING)
            free = Q(claimed_at=row.claimed_at) if row.claimed_at else Q(claimed_at__isnull=True)
            if mine.filter(free).update(claimed_at=timezone.now()):
                return row
        return None


def clean(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() and not "\ud800" <= sign <= "\udfff").strip()


class CoverLetter(models.Model):
    """The words of a mail that brought files: for the office alone, never printed."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="letters")
    sender = models.CharField(_("sender"), max_length=300, blank=True)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    note = models.TextField(_("words of the mail"), blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("covering letter")
        verbose_name_plural = _("covering letters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.subject or self.sender


class DeliveredFile(models.Model):
    """One file as it came, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("kept, not read yet")
        OPENED = "opened", _("opened")
        TAKEN = "taken", _("taken in")
        ADDED = "added", _("added as a picture")
        TWICE = "twice", _("came in before")
        LISTED = "listed", _("kept, no manuscript")
        UNREADABLE = "unreadable", _("could not be read")
        REFUSED = "refused", _("refused, not kept")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="files")
    letter = models.ForeignKey(
        CoverLetter, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    # What it lay in: a folder, a mail, a zip. A picture belongs to the one manuscript of its group.
    group = models.CharField(max_length=400, blank=True)
    name = models.CharField(_("name of the file"), max_length=255)
    file = models.FileField(_("file"), storage=originals, upload_to=file_name, max_length=120, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    is_picture = models.BooleanField(default=False)
    inline = models.BooleanField(default=False)  # it stands in the words of its mail
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)  # why it was not taken, or what was not taken out of it
    found = models.JSONField(default=list)  # what the duplicate check named: article key, words
    received = models.ForeignKey("intake.ReceivedFile", on_delete=models.PROTECT, null=True, related_name="+")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, related_name="delivered_files"
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("delivered file")
        verbose_name_plural = _("delivered files")
        ordering = ["pk"]
        indexes = [models.Index(fields=["delivery", "state"], name="delivered_delivery_state")]

    def __str__(self) -> str:
        return self.name

    def settle(self, state: str, said: str = "", **more: Any) -> None:
        """What became of it, stored at once."""
        self.state, self.said = state, said
        for name, value in more.items():
            setattr(self, name, value)
        self.save()
