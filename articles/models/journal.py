from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.validators import validate_cn_number, validate_issn

__all__ = ["Commenting", "Frequency", "Journal", "PublicationType", "Visibility"]


class PublicationType(models.TextChoices):
    """The master switch: it decides masthead, checks, visibility and article numbers."""

    SERIAL = "serial", _("Serial with a CN number")
    INTERNAL = "internal", _("Internal publication with a licence")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Signed-in readers")
    INSIDE = "inside", _("Inside network")


class Commenting(models.TextChoices):
    """Who may write a comment under an article; an editor reads each before readers do."""

    OFF = "off", _("No comments")
    SIGNED_IN = "signed-in", _("Signed-in readers")
    EVERYBODY = "everybody", _("Everybody")


class Frequency(models.TextChoices):
    WEEKLY = "weekly", _("Weekly")
    TEN_DAYS = "ten-days", _("Every ten days")
    FORTNIGHTLY = "fortnightly", _("Fortnightly")
    MONTHLY = "monthly", _("Monthly")
    BIMONTHLY = "bimonthly", _("Bimonthly")
    QUARTERLY = "quarterly", _("Quarterly")
    HALF_YEARLY = "half-yearly", _("Half-yearly")
    YEARLY = "yearly", _("Yearly")
    IRREGULAR = "irregular", _("Irregular")


#: What ``read_once`` has read: nothing yet, or the journal; ``None`` where every reading is its own.
_read: ContextVar[list[Journal] | None] = ContextVar("journal", default=None)


class JournalManager(models.Manager["Journal"]):
    def current(self) -> Journal:
        """The one journal of this installation; an unsaved one with defaults before it is set up."""
        read = _read.get()
        if read is None:
            return self.first() or Journal()
        if not read:
            read.append(self.first() or Journal())
        return copy.copy(read[0])

    @contextmanager
    def read_once(self) -> Iterator[None]:
        """Inside, the row is read once: for a page, which asks for it in many places and changes nothing."""
        token = _read.set([])
        try:
            yield
        finally:
            _read.reset(token)


def default_back_schedule() -> dict[str, int]:
    """Days before delivery (T) by which each step of a monthly is due; the office changes them."""
    return {
        "accepted": 30,
        "contents_approved": 25,
        "released": 20,
        "typeset": 17,
        "proof_1": 14,
        "proof_2": 11,
        "proof_3": 8,
        "reading": 6,
        "signed": 5,
    }


class Journal(models.Model):
    """The periodical this installation makes: exactly one row."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(pgettext_lazy("of a journal", "name"), max_length=100)
    pinyin_name = models.CharField(_("name in pinyin"), max_length=200, blank=True)
    publication_type = models.CharField(
        _("publication type"), max_length=10, choices=PublicationType, default=PublicationType.INTERNAL
    )
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency, default=Frequency.MONTHLY)
    authority = models.CharField(_("authority in charge"), max_length=200, blank=True)  # 主管单位
    organiser = models.CharField(_("organiser"), max_length=200, blank=True)  # 主办单位
    issn = models.CharField("ISSN", max_length=9, blank=True, validators=[validate_issn])
    cn_number = models.CharField(_("CN number"), max_length=20, blank=True, validators=[validate_cn_number])
    licence_number = models.CharField(_("licence number"), max_length=50, blank=True)  # 准印证号
    licence_expires = models.DateField(_("licence valid until"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    telephone = models.CharField(_("telephone"), max_length=50, blank=True)
    submission_address = models.EmailField(_("submission address"), blank=True)
    about = models.TextField(_("about the journal"), blank=True)
    #: The page for contributors: plain paragraphs, ``## `` before a heading, ``- `` before an item.
    contributing = models.TextField(_("how to contribute"), blank=True)
    # Office policy (domain §3): with two people the second review is merged into the final one.
    two_person = models.BooleanField(_("two-person office"), default=False)
    same_unit_recusal = models.BooleanField(_("reviewers of the author's unit stand aside"), default=False)
    contributors_wait = models.BooleanField(_("the office approves new contributors"), default=False)
    unit_check = models.BooleanField(_("units sign their submissions first"), default=False)

    comments = models.CharField(
        _("comments of readers"), max_length=10, choices=Commenting, default=Commenting.OFF
    )

    # Step → days before the day T of delivery on which it is due (domain §4).
    back_schedule = models.JSONField(_("back-schedule"), default=default_back_schedule, blank=True)

    # The type area of a page of text, and the office's own weights of errors, by kind (domain §4).
    characters_per_line = models.PositiveSmallIntegerField(_("characters a line"), default=40)
    lines_per_page = models.PositiveSmallIntegerField(_("lines a page"), default=40)
    error_weights = models.JSONField(_("weights of errors"), default=dict, blank=True)

    objects = JournalManager()

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journal")
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="journal_only_one"),
            models.CheckConstraint(
                condition=~Q(publication_type="internal") | Q(cn_number=""), name="journal_internal_has_no_cn"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def default_visibility(self) -> Visibility:
        """Internal publications are for signed-in readers unless a recorded decision opens an issue."""
        serial = self.publication_type == PublicationType.SERIAL
        return Visibility.PUBLIC if serial else Visibility.MEMBERS

    @property
    def licence_expired(self) -> bool:
        """Whether an internal publication's licence is past its last day, in the office's time zone."""
        if self.publication_type != PublicationType.INTERNAL or self.licence_expires is None:
            return False
        return self.licence_expires < timezone.localdate()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.only = True
        super().save(*args, **kwargs)
