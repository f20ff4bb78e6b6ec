from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import search
from articles.models.author import Author

__all__ = ["Byline", "BylineRole"]


class BylineRole(models.TextChoices):
    """How a contribution is printed; the values are the trade's own words."""

    AUTHOR = "作者", _("author")
    STAFF = "本刊记者", _("staff reporter")
    REPORTER = "本报记者", _("reporter")
    CORRESPONDENT = "通讯员", _("correspondent")
    TEXT = "文", pgettext_lazy("credit of a byline", "text")
    PHOTOGRAPH = "摄", _("photograph")
    SUPPLIED = "供图", _("picture supplied")
    DRAWING = "图", _("drawing")
    ORAL = "口述", _("told by")
    INTERVIEWED = "受访", _("interviewed")
    INTERVIEWER = "采访", _("interviewer")
    COMPILED = "整理", _("compiled by")
    TRANSLATED = "译", _("translated by")
    COMMENTARY = "点评", _("commentary")


class BylineQuerySet(models.QuerySet["Byline"]):
    """Writes in bulk send no signals: the search is told here."""

    def bulk_create(self, objs: Iterable[Byline], *args: Any, **kwargs: Any) -> list[Byline]:
        with transaction.atomic(using=self.db):
            made = super().bulk_create(list(objs), *args, **kwargs)
            search.keep(byline.article_id for byline in made)
        return made

    def bulk_update(self, objs: Iterable[Byline], *args: Any, **kwargs: Any) -> int:
        objs = list(objs)
        with transaction.atomic(using=self.db):
            changed = super().bulk_update(objs, *args, **kwargs)
            search.keep(byline.article_id for byline in objs)
        return changed

    def update(self, **kwargs: Any) -> int:
        with transaction.atomic(using=self.db):
            touched = list(self.values_list("article", flat=True))
            changed = super().update(**kwargs)
            search.keep(touched)
        return changed


class Byline(models.Model):
    """Joins author and article: order, role, and name, unit and post as printed that time."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    role = models.CharField(_("role"), max_length=20, choices=BylineRole, default=BylineRole.AUTHOR)
    printed_name = models.CharField(_("name as printed"), max_length=100, blank=True)
    printed_unit = models.CharField(_("unit as printed"), max_length=200, blank=True)
    printed_post = models.CharField(_("post as printed"), max_length=100, blank=True)

    objects = BylineQuerySet.as_manager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "author", "role"], name="byline_unique_author_role"),
            models.UniqueConstraint(fields=["article", "position"], name="byline_unique_position"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.printed_name or self.author.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.printed_name = self.printed_name or self.author.name
        super().save(*args, **kwargs)
