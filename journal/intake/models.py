"""What was sent in, kept untouched, with what was understood of it and what was decided about it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .accept import accept_issue, accept_page
from .article_page.page import PageManuscript
from .decisions import Decision, NotADecision, answers, apply
from .deliveries import CoverLetter, DeliveredFile, Delivery
from .limited import read_in_child
from .manuscript import IssueManuscript, NotAManuscript
from .readers import RESULTS
from .received import ReceivedFile
from .stored import from_json

__all__ = ["CoverLetter", "DeliveredFile", "Delivery", "IssueImport", "Outdated", "ReceivedFile"]

MOST_DECISIONS = 5_000


class Outdated(Exception):
    """Somebody else decided in the meantime, or all is decided; the message is one sentence."""


def originals() -> Storage:
    return storages["originals"]


def file_name(instance: IssueImport, filename: str) -> str:
    """A random name; what the sender called the file is data, kept in ``name``."""
    return f"imports/{secrets.token_hex(16)}"


class IssueImportManager(models.Manager["IssueImport"]):
    def to_check(self) -> models.QuerySet[IssueImport]:
        """What waits for an editor."""
        return self.filter(state=IssueImport.State.TO_CHECK)

    def receive(self, data: bytes, name: str, kind: str, by: Any) -> IssueImport:
        """Keep the file, then try to read it; a file that cannot be read is kept with the reason."""
        row = self.model(
            kind=kind, name=name[:255], size=len(data), sha256=hashlib.sha256(data).hexdigest(), by=by
        )
        row.file.save(name, ContentFile(data), save=False)
        row.read(data)
        return row


class IssueImport(models.Model):
    """One file sent in: a printed issue, or a page with articles."""

    class Kind(models.TextChoices):
        ISSUE = "issue", _("a whole issue")
        PAGE = "page", _("articles of one page")

    class State(models.TextChoices):
        UNREADABLE = "unreadable", _("could not be read")
        TO_CHECK = "to-check", _("to be checked")
        ACCEPTED = "accepted", _("accepted")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ISSUE)
    file = models.FileField(_("file"), storage=originals, upload_to=file_name, max_length=120)
    name = models.CharField(_("name of the file"), max_length=255)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports", verbose_name=_("by")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNREADABLE)
    problem = models.TextField(blank=True)
    understood = models.JSONField(null=True)
    # In the order they were made; each with who and when beside what ``decisions.apply`` reads.
    decisions = models.JSONField(default=list)
    # The token of the page an editor sees: it moves with each decision.
    version = models.PositiveIntegerField(default=0)
    issue = models.ForeignKey(
        "articles.Issue", on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    articles = models.ManyToManyField("articles.Article", related_name="imports", blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = IssueImportManager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["state", "-at"], name="import_state_at")]

    def __str__(self) -> str:
        return self.name

    def read(self, data: bytes) -> None:
        """Let a limited child read the file, and save what came of it."""
        try:
            self.understood = read_in_child(self.kind, data, self.name)
            self.state = self.State.TO_CHECK
        except NotAManuscript as refusal:
            self.problem = str(refusal)
        self.save()

    @cached_property
    def base(self) -> IssueManuscript | PageManuscript:
        """What the reader understood, before any decision."""
        return from_json(RESULTS[self.kind], self.understood)

    def result(self, decisions: Sequence[Decision] | None = None) -> Any:
        """What is to be accepted: the base with the decisions carried out."""
        base: Any = self.base
        return apply(base, self.decisions if decisions is None else decisions)

    @property
    def answered(self) -> dict[str, str]:
        """Question id → value, for the questions the base asks."""
        return answers(self.decisions)

    def decide(self, wanted: Sequence[Decision], version: int, by: Any) -> IssueImport:
        """Add decisions made together and return the row as it is then.

        Raises ``NotADecision`` (nothing is stored) when one does not fit, ``Outdated`` when the page is old.
        """

        def add(row: IssueImport) -> list[Any]:
            stamp = {"who": by.pk, "name": str(by), "when": timezone.now().isoformat(), "step": row.version}
            new = [{**d, **stamp} for d in wanted]
            again = {d["question"] for d in new if d["do"] == "answer"}
            kept = [d for d in row.decisions if d["do"] != "answer" or d["question"] not in again]
            if len(kept) + len(new) > MOST_DECISIONS:
                raise NotADecision(gettext("There are too many decisions on this file. Accept it as it is."))
            try:
                row.result(kept)
            except NotADecision:
                raise NotADecision(
                    gettext("Later decisions build on your earlier answer. Undo them, then answer anew.")
                ) from None
            return kept + new

        return self._change(add, version)

    def undo(self, version: int) -> IssueImport:
        """Take the decisions made last, together, back; raises ``Outdated`` when the page is old."""

        def remove(row: IssueImport) -> list[Any]:
            last = row.decisions[-1]["step"] if row.decisions else None
            return [d for d in row.decisions if d["step"] != last]

        return self._change(remove, version)

    def _change(self, change: Callable[[IssueImport], list[Any]], version: int) -> IssueImport:
        with transaction.atomic():
            row = IssueImport.objects.select_for_update().get(pk=self.pk)
            row.refuse_outdated(version)
            decisions = change(row)
            row.result(decisions)
            row.decisions = decisions
            row.version += 1
            row.save(update_fields=["decisions", "version"])
        return row

    def refuse_outdated(self, version: int) -> None:
        if self.state != self.State.TO_CHECK:
            raise Outdated(gettext("This import is settled already; nothing of yours was stored."))
        if version != self.version:
            names = [d["name"] for d in self.decisions[-1:]]
            raise Outdated(
                gettext(
                    "%(person)s decided something here in the meantime; your entry was not stored. "
                    "Load the newest state, then decide again."
                )
                % {"person": names[0] if names else gettext("Somebody else")}
            )

    def accept(self, version: int, by: Any, *, replace: bool = False) -> IssueImport:
        """Write the drafts and settle the import.

        Raises ``Outdated``, or ``NotAccepted`` with one sentence; then nothing was written.
        """
        with transaction.atomic():
            row = IssueImport.objects.select_for_update().get(pk=self.pk)
            row.refuse_outdated(version)
            result = row.result()
            if row.kind == self.Kind.ISSUE:
                row.issue = accept_issue(result, replace=replace, by=by)
                articles = list(row.issue.articles.all())
            else:
                articles = accept_page(result, by=by)
            row.state = self.State.ACCEPTED
            row.accepted_by, row.accepted_at = by, timezone.now()
            row.version += 1
            row.save()
            row.articles.set(articles)
        return row
