"""The stages of a manuscript and of an issue: two lists of words that everything else is built on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["IssueStage", "Stage"]


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

    @classmethod
    def text_closed(cls) -> tuple[Stage, ...]:
        """The stages in which a text changes only through a recorded action, never by saving it."""
        return (cls.RELEASED, cls.PUBLISHED, cls.REJECTED, cls.RECALLED, cls.RETRACTED)

    @classmethod
    def decided(cls) -> tuple[Stage, ...]:
        """The stages at which the work on a manuscript has come to its end."""
        return (cls.PUBLISHED, cls.REJECTED, cls.RECALLED, cls.RETRACTED)

    @classmethod
    def under_way(cls) -> tuple[Stage, ...]:
        """The stages between being sent in and being decided."""
        return tuple(stage for stage in cls if stage not in (cls.DRAFT, *cls.decided()))

    @classmethod
    def in_review(cls) -> tuple[Stage, ...]:
        """The stages of the three reviews."""
        return (cls.FIRST_REVIEW, cls.SECOND_REVIEW, cls.FINAL_REVIEW)


class IssueStage(models.TextChoices):
    """Where an issue stands."""

    PLANNING = "planning", _("Planning")
    CONTENTS_APPROVED = "contents_approved", _("Contents approved")
    TYPESET = "typeset", _("Typeset")
    PROOFING = "proofing", _("Proofing")
    READING = "reading", _("Final reading")
    SIGNED = "signed", _("Signed for press")
    PUBLISHED = "published", _("Out")
    ARCHIVED = "archived", _("Archived")

    @classmethod
    def out_stages(cls) -> tuple[IssueStage, ...]:
        """The stages in which readers may open an issue."""
        return (cls.PUBLISHED, cls.ARCHIVED)

    @classmethod
    def closed_stages(cls) -> tuple[IssueStage, ...]:
        """The stages in which nothing may be put in, moved or taken out: signed for press and later."""
        return (cls.SIGNED, cls.PUBLISHED, cls.ARCHIVED)
