from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.base import AppendOnly, AppendOnlyQuerySet

if TYPE_CHECKING:
    from articles.models.article import Article

__all__ = ["ProofCorrection", "ProofRound", "ProofSignature"]


class ProofRound(models.Model):
    """One reading of the whole issue in proof: 一校, 二校, 三校 …"""

    issue = models.ForeignKey("articles.Issue", on_delete=models.PROTECT, related_name="proof_rounds")
    number = models.PositiveSmallIntegerField(_("round"))
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    pages_changed = models.PositiveSmallIntegerField(_("pages changed"), default=0)

    class Meta:
        verbose_name = _("proof round")
        verbose_name_plural = _("proof rounds")
        ordering = ["issue", "number"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="proof_round_unique_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="proof_round_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.issue} {self.number}"


class ProofSignature(AppendOnly):
    """One article read in one round, signed by name, with the characters read and the errors found."""

    round = models.ForeignKey(ProofRound, on_delete=models.PROTECT, related_name="signatures")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="proof_signatures")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proof_signatures"
    )
    person_name = models.CharField(max_length=150)
    characters = models.PositiveIntegerField(_("characters read"))
    errors = models.DecimalField(_("weighted errors"), max_digits=7, decimal_places=1, default=0)
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("proof signature")
        verbose_name_plural = _("proof signatures")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "article"], name="proof_signature_once_a_round"),
            models.CheckConstraint(condition=Q(errors__gte=0), name="proof_signature_errors_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.person_name}"


class ProofCorrectionQuerySet(AppendOnlyQuerySet):
    def leads_from(self, article: Article, signed_hash: str) -> bool:
        """Whether logged corrections alone lead from the signed text to the article's text now."""
        steps: dict[str, set[str]] = {}
        for before, after in self.filter(article=article).values_list("before_hash", "after_hash"):
            steps.setdefault(before, set()).add(after)
        now, reached, queue = article.text_hash, {signed_hash}, [signed_hash]
        while queue and now not in reached:
            fresh = steps.get(queue.pop(), set()) - reached
            reached |= fresh
            queue.extend(fresh)
        return now in reached


class ProofCorrection(AppendOnly):
    """A change made on a proof: logged with both hashes, so that the reviews stay in force."""

    round = models.ForeignKey(ProofRound, on_delete=models.PROTECT, related_name="corrections")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="proof_corrections"
    )
    place = models.CharField(_("place"), max_length=100, blank=True)
    wrong = models.TextField(_("as it stood"), blank=True)
    right = models.TextField(_("as corrected"), blank=True)
    weight = models.DecimalField(_("weight"), max_digits=4, decimal_places=1, default=1)
    before_hash = models.CharField(max_length=64)
    after_hash = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proof_corrections"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects = ProofCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof correction")
        verbose_name_plural = _("proof corrections")
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"
