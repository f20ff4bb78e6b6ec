from __future__ import annotations

import secrets
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles import renditions

__all__ = ["Figure"]


def originals() -> Storage:
    return storages["originals"]


def original_name(figure: Figure, filename: str) -> str:
    """A random name; what the sender called the file is data, kept in ``original_name``."""
    return f"figures/{secrets.token_hex(16)}"


def image_name(figure: Figure, filename: str) -> str:
    """A random name with the extension of the format it was re-encoded to."""
    extension = {"jpeg": "jpg", "jpg": "jpg", "png": "png", "webp": "webp"}[
        filename.rsplit(".", 1)[-1].lower()
    ]
    return f"figures/{secrets.token_hex(16)}.{extension}"


class FigureQuerySet(models.QuerySet["Figure"]):
    def named(self, file: str) -> FigureQuerySet:
        """The picture published under this file name, or of which a rendition has it."""
        if stem := renditions.source_of(f"figures/{file}"):
            return self.filter(image__startswith=stem)
        return self.filter(image=f"figures/{file}")


class Figure(models.Model):
    """A picture: the original stays private and untouched, the derivative is what is published."""

    class Role(models.TextChoices):
        BODY = "body", _("in the text")
        COVER = "cover", _("cover")

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, blank=True, related_name="figures"
    )
    issue = models.ForeignKey(
        "articles.Issue", on_delete=models.CASCADE, null=True, blank=True, related_name="figures"
    )
    role = models.CharField(
        pgettext_lazy("of a figure", "use"), max_length=10, choices=Role, default=Role.BODY
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    original = models.FileField(
        _("original"), storage=originals, upload_to=original_name, max_length=120, blank=True
    )
    original_name = models.CharField(_("name of the original file"), max_length=255, blank=True)
    image = models.ImageField(
        _("picture"), upload_to=image_name, width_field="width", height_field="height", max_length=120
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    photographer = models.CharField(_("photographer or supplier"), max_length=100, blank=True)
    credit = models.CharField(_("kind of credit"), max_length=10, blank=True, default="")  # 摄, 供图
    alternative = models.CharField(_("alternative text"), max_length=500, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["article", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, issue__isnull=True)
                | Q(article__isnull=True, issue__isnull=False),
                name="figure_has_one_home",
            ),
            models.CheckConstraint(
                condition=~Q(role="cover") | Q(issue__isnull=False), name="figure_cover_belongs_to_issue"
            ),
            models.UniqueConstraint(
                fields=["issue"], condition=Q(role="cover"), name="figure_one_cover_an_issue"
            ),
        ]

    def __str__(self) -> str:
        return self.caption or self.original_name or str(self.pk)

    def open_named(self, file: str) -> Any:
        """The published file of this name, a rendition made if it has to be. ``FileNotFoundError``: none."""
        name = f"figures/{file}"
        if name != self.image.name and name not in renditions.made(str(self.image.name)):
            raise FileNotFoundError(name)
        return self.image.storage.open(name, "rb")

    @property
    def credit_line(self) -> str:
        """``郁青 摄``, as it stands behind a caption."""
        return f"{self.photographer} {self.credit}".strip()
