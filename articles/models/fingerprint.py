from __future__ import annotations

from django.db import models

__all__ = ["Fingerprint"]


class Fingerprint(models.Model):
    """One mark of an article's text (``articles.likeness``); kept with the text, never edited."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["value", "article"], name="fingerprint_value")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.value}"
