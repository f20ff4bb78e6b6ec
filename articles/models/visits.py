"""How often an article was read: figures only. Who read it is nowhere in the database."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["VisitBatch", "VisitDay", "VisitTotal"]


class VisitDay(models.Model):
    """An article's visits on one day of the office's calendar."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="visit_days")
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("visits"), default=0)

    class Meta:
        verbose_name = _("visits of a day")
        verbose_name_plural = _("visits of a day")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "day"], name="visit_day_once"),
        ]
        # What a list over a span of days needs, in the index itself.
        indexes = [models.Index(fields=["day", "article", "count"], name="visit_day_span")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day} {self.count}"


class VisitTotal(models.Model):
    """An article's visits since it came out: the sum of its days, kept so that no list adds them up."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="visits"
    )
    count = models.PositiveIntegerField(_("visits"), default=0, db_index=True)

    class Meta:
        verbose_name = _("visits")
        verbose_name_plural = _("visits")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.article_id} {self.count}"


class VisitBatch(models.Model):
    """A spool file that has been counted, by its name: written with its figures, so none is counted twice."""

    name = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("counted batch of visits")
        verbose_name_plural = _("counted batches of visits")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
