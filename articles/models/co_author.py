from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["CoAuthor"]


class CoAuthor(models.Model):
    """Somebody the sender lets follow a manuscript: they see it and are told; they send and recall nothing.

    Invited by e-mail; ``person`` is set once an account has proven that the address is its own.
    """

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="co_authors")
    email = models.EmailField(_("e-mail"))  # in lower case
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="co_authored",
        verbose_name=_("person"),
    )
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)

    class Meta:
        verbose_name = _("invited co-author")
        verbose_name_plural = _("invited co-authors")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["article", "email"], name="co_author_once")]

    def __str__(self) -> str:
        return self.email
