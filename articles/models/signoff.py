from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.base import AppendOnly

__all__ = ["IssueSignOff", "SignOff"]


class SignOff(AppendOnly):
    """A review signed by name, given for one text (its hash); it is valid for that text only."""

    class Level(models.TextChoices):
        FIRST = "first", _("first review")
        SECOND = "second", _("second review")
        FINAL = "final", _("final review")

    class Verdict(models.TextChoices):
        USE = "use", _("use")
        RETURN = "return", _("return for revision")
        REFUSE = "refuse", _("refuse")
        BACK = "back", _("back to the review before")
        HOLD = "hold", _("hold in reserve")

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="signoffs")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="signoffs")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    opinion = models.TextField(_("opinion"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signoffs")
    person_name = models.CharField(max_length=150)
    role = models.CharField(_("role"), max_length=50, blank=True)
    delegation = models.ForeignKey("articles.Delegation", on_delete=models.PROTECT, null=True, blank=True)
    text_hash = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["article", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(opinion=""), name="signoff_has_opinion"),
        ]
        indexes = [models.Index(fields=["article", "person", "level"], name="signoff_article_person")]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.person_name}"

    @property
    def is_valid(self) -> bool:
        """True while the text is the signed one, or reached from it by logged proof corrections only."""
        from articles.models.proof import ProofCorrection

        return ProofCorrection.objects.leads_from(self.article, self.text_hash)


class IssueSignOff(AppendOnly):
    """A signature on the issue: contents approved, final reading, press order."""

    class Step(models.TextChoices):
        CONTENTS = "contents", _("contents approved")
        READING = "reading", _("final reading")
        PRESS = "press", _("signed for press")
        PRESS_AFTER = "press-after", _("signed for press after corrections")

    issue = models.ForeignKey("articles.Issue", on_delete=models.PROTECT, related_name="signoffs")
    step = models.CharField(_("step"), max_length=12, choices=Step)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="issue_signoffs"
    )
    person_name = models.CharField(max_length=150)
    note = models.TextField(blank=True)
    contents_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("issue sign-off")
        verbose_name_plural = _("issue sign-offs")
        ordering = ["issue", "pk"]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.person_name}"
