"""How an issue moves, from planning to the archive (domain §4), as one table and one door."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["IssueStage"]


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
