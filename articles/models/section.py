from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.validators import validate_article_code

__all__ = ["Section"]


class Section(models.Model):
    """A standing section; its order inside an issue follows the pages, not ``position``."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    code = models.CharField(_("code"), max_length=50, unique=True, validators=[validate_article_code])
    position = models.PositiveSmallIntegerField(_("usual order"), default=0)
    characters_per_page = models.PositiveSmallIntegerField(_("characters a page"), default=1600)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(characters_per_page__gt=0), name="section_characters_per_page_positive"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:section", args=[self.code])
