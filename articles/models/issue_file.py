from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

__all__ = ["IssueFile"]


def private() -> Storage:
    """Beside the originals, outside the web root: every download asks for the right first."""
    return storages["originals"]


def file_name(file: IssueFile, filename: str) -> str:
    """A random name; what people call the file is in ``name``."""
    return f"files/{secrets.token_hex(16)}"


class IssueFileQuerySet(models.QuerySet["IssueFile"]):
    def in_making(self) -> IssueFileQuerySet:
        return self.filter(state__in=[IssueFile.State.ASKED, IssueFile.State.RUNNING])

    def made(self) -> IssueFileQuerySet:
        return self.filter(state=IssueFile.State.MADE)

    def offered(self) -> IssueFileQuerySet:
        """What readers of its issue are offered, while they may open that."""
        return self.made().filter(offered_at__isnull=False)

    def newest_first(self) -> IssueFileQuerySet:
        return self.order_by("-pk")


class IssueFile(models.Model):
    """One making of a file: the PDF, the EPUB … of an issue, or the Word file of one article in it.

    A row is written by ``articles.issue_files`` alone; what was made once is never made anew in its place.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        RUNNING = "running", _("being made")
        MADE = "made", _("made")
        REFUSED = "refused", _("not made")

    issue = models.ForeignKey("articles.Issue", on_delete=models.CASCADE, related_name="files")
    # None: of the whole issue.
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    format = models.SlugField(_("format"), max_length=20)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.ASKED)
    # While it is made the last step, then nothing, or why it was not made.
    sentence = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField(auto_now_add=True)
    # None: by a command.
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(null=True, blank=True)
    # Of all it is made from, read when it was begun (``articles.issue_files.fingerprint``).
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    file = models.FileField(storage=private, upload_to=file_name, max_length=120, blank=True)
    name = models.CharField(_("file name"), max_length=120, blank=True, default="")
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    # Where its setting put each article: {"articles": {"12": [5, 8]}, "pages": 48}; empty: no pages are set.
    landing = models.JSONField(default=dict, blank=True)
    # Since when readers are offered it: a recorded decision (press.perform).
    offered_at = models.DateTimeField(null=True, blank=True)

    objects = IssueFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an issue")
        verbose_name_plural = _("files of an issue")
        ordering = ["issue", "-pk"]
        default_permissions = ()
        constraints = [
            # Two people press at once: one making.
            models.UniqueConstraint(
                fields=["issue", "format"],
                condition=Q(state__in=["asked", "running"], article__isnull=True),
                name="issue_file_made_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["article", "format"],
                condition=Q(state__in=["asked", "running"], article__isnull=False),
                name="issue_file_of_article_made_once",
            ),
            models.UniqueConstraint(
                fields=["issue", "format"],
                condition=Q(offered_at__isnull=False),
                name="issue_file_one_offered",
            ),
            models.CheckConstraint(
                condition=~Q(state="made") | (Q(made_at__isnull=False) & ~Q(file="") & Q(size__gt=0)),
                name="issue_file_made_is_there",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True) | Q(state="made", article__isnull=True),
                name="issue_file_offered_is_made",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.issue} {self.format}"

    def get_absolute_url(self) -> str:
        """Where readers get it while it is on offer."""
        return reverse("public:file", args=[self.issue.year, self.issue.number, self.name])

    @property
    def in_making(self) -> bool:
        return self.state in {self.State.ASKED, self.State.RUNNING}

    @property
    def pages(self) -> dict[int, tuple[int, int]]:
        """Key of each article → first and last page it takes in this setting."""
        placed: dict[str, Any] = self.landing.get("articles", {})
        return {int(key): (int(first), int(last)) for key, (first, last) in placed.items()}
