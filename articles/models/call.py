from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

__all__ = ["Call"]


class Call(models.Model):
    """A call for papers on the page about contributing; ``text`` is plain, a paragraph a line."""

    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"))
    due_on = models.DateField(_("manuscripts until"), null=True, blank=True)
    shown = models.BooleanField(_("on the site"), default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("call for papers")
        verbose_name_plural = _("calls for papers")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not self.text.strip():
            raise ValidationError({"text": gettext("Say what you are looking for.")})
