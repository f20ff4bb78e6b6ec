from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["Phrase"]


class Phrase(models.Model):
    """A piece of wording the office keeps for its reports and reasons; a person starts from it and edits."""

    class Use(models.TextChoices):
        FIRST = "first", _("report of the first review")
        SECOND = "second", _("report of the second review")
        FINAL = "final", _("report of the final review")
        RETURN = "return", _("reason for returning")
        REFUSE = "refuse", _("reason for refusing")

    use = models.CharField(_("used for"), max_length=10, choices=Use)
    title = models.CharField(_("title"), max_length=50)
    text = models.TextField(_("wording"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        ordering = ["use", "position", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="phrase_has_text")]

    def __str__(self) -> str:
        return self.title
