from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from articles.models.base import AppendOnly, AppendOnlyQuerySet
from articles.proofs import leading_to

if TYPE_CHECKING:
    from articles.models.article import Article

__all__ = ["ERROR_WEIGHTS", "ErrorClass", "ProofCorrection", "ProofMark", "ProofRound", "ProofSignature"]


class ErrorClass(models.TextChoices):
    """What kind of error a proof mark is (national rule of 2020 on editing quality)."""

    CHARACTER = "character", _("one wrong, missing or extra character")
    CHARACTERS = "characters", _("two to five characters")
    PASSAGE = "passage", _("more than five characters")
    SENSE = "sense", _("fact, logic or grammar")
    NUMBER = "number", _("number usage")
    PUNCTUATION = "punctuation", _("punctuation")
    FORMAT = "format", _("format")
    SCRIPT = "script", _("simplified and traditional mixed")
    FIGURE = "figure", _("figure misplaced")
    FIGURE_TEXT = "figure-text", _("figure and text disagree")


#: How many errors a mark counts as, unless the office or the proofreader weighs it otherwise.
ERROR_WEIGHTS = {
    ErrorClass.CHARACTER: Decimal(1),
    ErrorClass.CHARACTERS: Decimal(2),
    ErrorClass.PASSAGE: Decimal(4),
    ErrorClass.SENSE: Decimal(1),
    ErrorClass.NUMBER: Decimal("0.1"),
    ErrorClass.PUNCTUATION: Decimal("0.1"),
    ErrorClass.FORMAT: Decimal("0.1"),
    ErrorClass.SCRIPT: Decimal("0.5"),
    ErrorClass.FIGURE: Decimal(1),
    ErrorClass.FIGURE_TEXT: Decimal(2),
}


class ProofRound(AppendOnly):
    """One reading of the whole issue in proof: 一校, 二校, 三校 …"""

    FILLED_LATER = frozenset({"closed_at", "pages_changed"})

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
            models.UniqueConstraint(
                fields=["issue"], condition=Q(closed_at__isnull=True), name="proof_round_one_open_an_issue"
            ),
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


class ProofMarkQuerySet(AppendOnlyQuerySet):
    def open_required(self) -> ProofMarkQuerySet:
        """The marks that stop the press order."""
        return self.filter(required=True, settled_at__isnull=True)

    def weighed(self) -> Decimal:
        """What all of them count, doubled where they count double (``ProofMark.counts``)."""
        double = Case(When(Q(important=True) | Q(part__in=DOUBLED), then=Value(2)), default=Value(1))
        found = self.aggregate(found=Sum(F("weight") * double, output_field=models.DecimalField()))["found"]
        return Decimal(found or 0)


#: The parts of an issue where every error counts double.
DOUBLED = ("cover", "spine")


class ProofMark(AppendOnly):
    """An error found on a proof, at its place; a required one stops the press order until it is settled."""

    FILLED_LATER = frozenset({"settled_at", "settled_by", "outcome"})

    class Outcome(models.TextChoices):
        CORRECTED = "corrected", _("corrected")
        STET = "stet", _("stands as it is")

    class Part(models.TextChoices):
        TEXT = "text", _("in an article")
        COVER = "cover", _("on the cover")
        SPINE = "spine", _("on the spine")
        CONTENTS = "contents", _("on the contents page")
        MASTHEAD = "masthead", _("in the masthead")

    round = models.ForeignKey(ProofRound, on_delete=models.PROTECT, related_name="marks")
    # None outside the articles: on the cover, the spine, the contents page or in the masthead.
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="proof_marks"
    )
    part = models.CharField(_("part of the issue"), max_length=8, choices=Part, default=Part.TEXT)
    page = models.PositiveSmallIntegerField(_("page"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    kind = models.CharField(_("kind of error"), max_length=12, choices=ErrorClass)
    wrong = models.TextField(_("as it stands"), blank=True)
    right = models.TextField(_("as it should be"), blank=True)
    # In an important name, date or picture: counts double, as everything on the cover and the spine does.
    important = models.BooleanField(_("in an important place"), default=False)
    weight = models.DecimalField(_("weight"), max_digits=4, decimal_places=1, default=1)
    required = models.BooleanField(_("must be corrected"), default=True)
    for_whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proof_marks")
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)

    objects = ProofMarkQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("proof mark")
        verbose_name_plural = _("proof marks")
        ordering = ["round", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="proof_mark_weight_not_negative"),
            models.CheckConstraint(
                condition=Q(part="text", article__isnull=False) | (~Q(part="text") & Q(article__isnull=True)),
                name="proof_mark_stands_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="proof_mark_settled_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"

    @property
    def factor(self) -> int:
        """2 on the cover, on the spine and in an important name, date or picture; else 1."""
        return 2 if self.important or self.part in DOUBLED else 1

    @property
    def counts(self) -> Decimal:
        """How many errors this one is."""
        return self.weight * self.factor

    @property
    def is_of_form(self) -> bool:
        """An error of form 出版形式差错: what cover, spine, contents page or masthead must show."""
        return self.part != self.Part.TEXT and self.kind == ErrorClass.FORMAT


class ProofCorrectionQuerySet(AppendOnlyQuerySet):
    def leads_from(self, article: Article, signed_hash: str) -> bool:
        """Whether logged corrections alone lead from the signed text to the article's text now."""
        return signed_hash in self.hashes_leading_to(article)

    def hashes_leading_to(self, article: Article) -> set[str]:
        """The texts from which logged corrections alone lead to the article's text now, itself included."""
        steps: dict[str, set[str]] = {}
        for before, after in self.filter(article=article).values_list("before_hash", "after_hash"):
            steps.setdefault(after, set()).add(before)
        return leading_to(article.text_hash, steps)


class ProofCorrection(AppendOnly):
    """A change made on a proof: logged with both hashes, so that the reviews stay in force."""

    round = models.ForeignKey(ProofRound, on_delete=models.PROTECT, related_name="corrections")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, related_name="proof_corrections"
    )
    mark = models.ForeignKey(
        ProofMark, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
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

    objects = ProofCorrectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("proof correction")
        verbose_name_plural = _("proof corrections")
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"
