"""How a manuscript moves: draft → review → publish (domain §3), as one table and one door."""

from __future__ import annotations

from contextvars import ContextVar

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Stage", "is_performing"]

_performing: ContextVar[bool] = ContextVar("performing", default=False)


def is_performing() -> bool:
    """Whether ``perform()`` is at work in this thread: only then may a stage change be saved."""
    return _performing.get()


class Stage(models.TextChoices):
    """Where a manuscript stands; the labels are the office's own words."""

    DRAFT = "draft", _("Draft")
    UNIT_CHECK = "unit_check", _("Waiting for the unit")
    RETURNED = "returned", _("Returned for revision")
    SUBMITTED = "submitted", _("Received")
    FIRST_REVIEW = "first_review", _("First review")
    SECOND_REVIEW = "second_review", _("Second review")
    FINAL_REVIEW = "final_review", _("Final review")
    RESERVE = "reserve", _("In reserve")
    ACCEPTED = "accepted", _("Accepted")
    EDITING = "editing", _("Copy-editing")
    RELEASED = "released", _("Released to press")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Rejected")
    RECALLED = "recalled", _("Recalled by the author")
    RETRACTED = "retracted", _("Taken down")
