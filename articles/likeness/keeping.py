"""Keeps the fingerprints in step with every write of a body, inside the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_migrate, post_save

from articles import richtext
from articles.likeness.marks import fingerprint, folded

__all__ = ["keep", "listen", "rebuild"]

BATCH = 200


def keep(texts: Iterable[tuple[int, str]]) -> None:
    """Replace the fingerprints of these articles: pairs of key and body."""
    from articles.models import Fingerprint

    marks = {pk: fingerprint(folded(richtext.plain_text(body))) for pk, body in texts}
    with transaction.atomic(savepoint=False):
        Fingerprint.objects.filter(article__in=marks).delete()
        rows = [Fingerprint(article_id=pk, value=value) for pk, values in marks.items() for value in values]
        Fingerprint.objects.bulk_create(rows)


def rebuild(progress: Callable[[int], object] = bool) -> int:
    """Make all fingerprints anew; returns of how many articles. ``progress`` hears the number done so far."""
    from articles.models import Article

    done, after = 0, 0
    while True:
        rows = Article.objects.filter(pk__gt=after).order_by("pk")[:BATCH]
        with transaction.atomic():
            texts = list(rows.select_for_update(no_key=True).values_list("pk", "body"))
            keep(texts)
        if not texts:
            return done
        done, after = done + len(texts), texts[-1][0]
        progress(done)


def listen() -> None:
    """Connect the writes that change a text."""
    from django.apps import apps

    from articles.models import Article

    post_save.connect(article_saved, Article, dispatch_uid="likeness-article")
    post_migrate.connect(fill, apps.get_app_config("articles"), dispatch_uid="likeness-fill")


def fill(**kwargs: Any) -> None:
    """What was there before there were fingerprints is found, too."""
    from articles.models import Article, Fingerprint

    if not Fingerprint.objects.exists() and Article.objects.exists():
        rebuild()


def article_saved(instance: Any, created: bool, update_fields: Any = None, **kwargs: Any) -> None:
    if update_fields is not None and "body" not in update_fields:
        return
    before = "" if created else instance.stored_before.body
    if before != instance.body:
        keep([(instance.pk, instance.body)])
