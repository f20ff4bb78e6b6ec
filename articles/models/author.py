from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.codes import unique_code
from articles.validators import validate_article_code

__all__ = ["Author", "AuthorKind", "GroupMember", "normalise_name"]


def normalise_name(name: str) -> str:
    """Fold the padding of Chinese names: ``李 伟`` is ``李伟``; Latin names keep their spaces."""
    name = re.sub(r"[\s\u3000]+", " ", name).strip()
    return re.sub(r"(?<=[\u3400-\u9fff·]) (?=[\u3400-\u9fff·])", "", name)


class AuthorKind(models.TextChoices):
    PERSON = "person", _("Person")
    CORPORATE = "corporate", _("Organisation")
    GROUP = "group", _("Group")


class AuthorManager(models.Manager["Author"]):
    def named(self, name: str, unit: str = "", kind: str = AuthorKind.PERSON, post: str = "") -> Author:
        """The author of this name and unit, made when new: namesakes of other units stay apart.

        A name printed without its unit is the one known author of that name; with several namesakes, or
        none, it is somebody not yet told apart (``unit`` empty).
        """
        name = normalise_name(name)
        namesakes = self.filter(name=name, kind=kind)
        if not unit and (known := list(namesakes[:2])) and len(known) == 1:
            return known[0]
        found = namesakes.filter(unit=unit).first()
        if found is None:
            found = self.create(
                name=name,
                unit=unit,
                kind=kind,
                post=post,
                code=unique_code(self.model, f"{name} {unit[:12]}"),
            )
        return found


class Author(models.Model):
    """A person, an organisation or a group; namesakes are told apart by ``unit``."""

    kind = models.CharField(_("kind"), max_length=10, choices=AuthorKind, default=AuthorKind.PERSON)
    name = models.CharField(pgettext_lazy("of an author", "name"), max_length=100)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    post = models.CharField(_("post"), max_length=100, blank=True)
    code = models.CharField(_("code"), max_length=80, unique=True, validators=[validate_article_code])
    biography = models.TextField(_("about the author"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
    )

    objects = AuthorManager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["name", "unit", "kind"], name="author_unique_name_unit_kind"),
            models.CheckConstraint(condition=~models.Q(name=""), name="author_has_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）" if self.unit else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = normalise_name(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("public:author", args=[self.code])


class GroupMember(models.Model):
    """One member of a group author with the role printed for them: 组长 副组长 成员 执笔."""

    group = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="members")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, default="成员")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("group member")
        verbose_name_plural = _("group members")
        ordering = ["group", "position"]
        constraints = [
            models.UniqueConstraint(fields=["group", "author", "role"], name="group_member_unique_role"),
            models.CheckConstraint(
                condition=~models.Q(group=models.F("author")), name="group_not_its_own_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.author.name}"
