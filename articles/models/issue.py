from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.base import OneDoor, OneDoorQuerySet
from articles.models.journal import Journal, Visibility
from articles.press import IssueStage
from articles.readers import Reader
from articles.validators import validate_issue_number

__all__ = ["Issue", "MastheadLine"]


class IssueQuerySet(OneDoorQuerySet):
    """The vocabulary of the contents room: what is out, and for whom."""

    def out(self) -> IssueQuerySet:
        """Issues that have been published, archived ones included."""
        return self.filter(stage__in=IssueStage.out_stages())

    def seen_as(self, allowed: Collection[Visibility]) -> IssueQuerySet:
        """Issues out, of these visibilities: the one decided for the issue, else the journal's."""
        among = Q(visibility__in=allowed)
        if Journal.objects.current().default_visibility in allowed:
            among |= Q(visibility="")
        return self.out().filter(among)

    def for_everyone(self) -> IssueQuerySet:
        """Issues out and open to anybody."""
        return self.seen_as({Visibility.PUBLIC})

    def readable_by(self, who: Any) -> IssueQuerySet:
        """Issues out that this ``Reader`` may open; an account alone is a reader outside."""
        return self.seen_as(Reader.of(who).opens)

    def readable_with(self, visibility: Visibility) -> IssueQuerySet:
        """What everybody may open who may open an issue of this visibility: all that its pages may name."""
        return self.seen_as({Visibility.PUBLIC, visibility})

    def before(self, issue: Issue) -> IssueQuerySet:
        """Those that came before, the nearest first."""
        earlier = Q(year=issue.year, sort_number__lt=issue.sort_number) | Q(year__lt=issue.year)
        return self.filter(earlier).newest_first()

    def after(self, issue: Issue) -> IssueQuerySet:
        """Those that came after, the nearest first."""
        later = Q(year=issue.year, sort_number__gt=issue.sort_number) | Q(year__gt=issue.year)
        return self.filter(later).in_order()

    def in_order(self) -> IssueQuerySet:
        return self.order_by("year", "sort_number")

    def newest_first(self) -> IssueQuerySet:
        return self.order_by("-year", "-sort_number")


def sort_number(number: str) -> int:
    """Order inside a year: the first number of a merged issue; supplements after all numbers."""
    match = re.match(r"(S?)(\d+)", number)
    if not match:
        return 0
    return int(match[2]) + (1000 if match[1] else 0)


class Issue(OneDoor):
    DOOR_FIELDS = frozenset(
        {"stage", "visibility", "published_at", "publish_at", "scheduled_by", "preview_key"}
    )

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.CharField(_("number"), max_length=7, validators=[validate_issue_number])
    sort_number = models.PositiveSmallIntegerField(editable=False)
    serial_number = models.PositiveIntegerField(_("serial number"), null=True, blank=True, unique=True)
    publication_date = models.DateField(_("publication date"), null=True, blank=True)
    page_count = models.PositiveSmallIntegerField(_("pages"), default=48)
    cover_pages = models.PositiveSmallIntegerField(_("cover pages"), default=4)  # counted apart
    slogans = models.JSONField(_("slogans"), default=list, blank=True)
    # Blank means: what the publication type says. A value is a recorded decision (press.perform).
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, blank=True, default="", editable=False
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=IssueStage, default=IssueStage.PLANNING, editable=False
    )
    delivery_date = models.DateField(_("day of delivery"), null=True, blank=True)  # T of the back-schedule
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Pages that carry something other than an article: {"48": "advertisement"}; they are no gap.
    fixed_pages = models.JSONField(_("pages without articles"), default=dict, blank=True)
    # How a page counts in the error rate, when not as a page of text: {"12": "picture"}.
    page_kinds = models.JSONField(_("kinds of pages"), default=dict, blank=True)
    # When a signed issue is to come out by itself, and by whose order.
    publish_at = models.DateTimeField(_("comes out at"), null=True, blank=True, editable=False)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    # The secret of the private link to the preview; blank: there is none. A new one ends the old one.
    preview_key = models.CharField(max_length=43, blank=True, default="", editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["-year", "-sort_number"]
        base_manager_name = "objects"
        permissions = [
            ("approve_contents", "May approve the contents page"),
            ("assemble_issue", "May assemble an issue and send it to be typeset"),
            ("sign_proof", "May sign a proof round"),
            ("read_issue", "May sign the final reading"),
            ("sign_for_press", "May sign an issue for press"),
            ("publish_issue", "May publish a signed issue"),
            ("open_issue", "May decide who can read an issue"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="issue_unique_year_number"),
            models.CheckConstraint(condition=Q(year__gte=1800, year__lte=2200), name="issue_year_plausible"),
            models.CheckConstraint(condition=Q(page_count__gt=0), name="issue_page_count_positive"),
            models.CheckConstraint(
                condition=Q(serial_number__isnull=True) | Q(serial_number__gt=0),
                name="issue_serial_number_positive",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["published", "archived"]) | Q(published_at__isnull=False),
                name="issue_published_has_time",
            ),
        ]

    def __str__(self) -> str:
        if self.number.startswith("S"):
            return gettext("%(year)s supplement %(number)s") % {"year": self.year, "number": self.number[1:]}
        return gettext("%(year)s No. %(number)s") % {"year": self.year, "number": self.number}

    @property
    def label(self) -> str:
        """``2024年第7期（总第243期）``"""
        if self.serial_number is None:
            return str(self)
        return gettext("%(issue)s (No. %(serial)s overall)") % {
            "issue": str(self),
            "serial": self.serial_number,
        }

    @property
    def effective_visibility(self) -> Visibility:
        return (
            Visibility(self.visibility) if self.visibility else Journal.objects.current().default_visibility
        )

    @property
    def is_out(self) -> bool:
        return self.stage in IssueStage.out_stages()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_number = sort_number(self.number)
        self.slogans = list(self.slogans or [])
        super().save(*args, **kwargs)

    @classmethod
    def door_sentence(cls) -> str:
        return gettext("The stage moves only through press.perform().")

    def get_absolute_url(self) -> str:
        return reverse("public:issue", args=[self.year, self.number])

    def neighbours(self) -> tuple[Issue | None, Issue | None]:
        """The issue before and the issue after among those every reader of this one may open."""
        issues = Issue.objects.readable_with(self.effective_visibility)
        return issues.before(self).first(), issues.after(self).first()


class MastheadLine(models.Model):
    """One line of the masthead: a role with its names, or a label with its value."""

    class Kind(models.TextChoices):
        PEOPLE = "people", _("role and names")
        FACT = "fact", _("label and value")

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="masthead")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PEOPLE)
    label = models.CharField(_("label"), max_length=50)
    values = models.JSONField(_("names or value"), default=list)

    class Meta:
        verbose_name = _("masthead line")
        verbose_name_plural = _("masthead")
        ordering = ["issue", "position"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "label"], name="masthead_unique_label"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {' '.join(self.values)}"
