"""Keeps the index in step with every write, inside the same transaction.

``keep(articles)`` is the one door: it compares a digest of what would be indexed with what is, and rewrites
only the rows of articles that differ; a manuscript that merely moves on costs two reads. The signals of
``listen()`` and the query sets' bulk writes call it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save

from articles import richtext
from articles.search.tables import ROWS, Row, table
from articles.search.words import rows

__all__ = ["BYLINE_FIELDS", "TEXT_FIELDS", "forget", "keep", "listen", "rebuild"]

#: Moves when rows are made in another way: ``manage.py rebuild_search`` then makes them anew.
RULES = 3
HEAD = ("manuscript_number", "title", "kicker", "subtitle", "toc_title", "abstract", "source", "series")
LISTS = ("keywords", "closing_notes")
TEXT_FIELDS = (*HEAD, *LISTS, "body")
BYLINE_FIELDS = ("printed_name", "printed_unit", "printed_post", "author__name", "author__unit")
BATCH = 250


def keep(articles: Iterable[int]) -> None:
    """Bring the rows of these articles (keys) in step with what is stored."""
    from articles.models import Article

    pks = sorted(set(articles))
    for start in range(0, len(pks), BATCH):
        with transaction.atomic(savepoint=False):
            # Two change two bylines of one article at once: the second reads what the first has written.
            batch = Article.objects.filter(pk__in=pks[start : start + BATCH]).order_by("pk")
            keep_these(list(batch.select_for_update(no_key=True).values("pk", *TEXT_FIELDS)))


def keep_these(articles: list[dict[str, Any]]) -> None:
    pks = [article["pk"] for article in articles]
    store, names = table(), names_of(pks)
    known: dict[int, dict[int, str]] = {pk: {} for pk in pks}
    for number, mark in store.digests(pks).items():
        known[number // ROWS][number] = mark
    gone: list[int] = []
    new: list[Row] = []
    for article in articles:
        old = known[article["pk"]]
        head, body = head_of(article, names.get(article["pk"], [])), article["body"]
        mark = digest([head, body])
        if not old or any(other != mark for other in old.values()):
            gone += old
            new += rows_of(article["pk"], mark, head, body)
    store.replace(gone, new)


def head_of(article: dict[str, Any], names: list[str]) -> list[str]:
    fields = [str(article[f] or "") for f in HEAD]
    return fields + [str(word) for f in LISTS for word in article[f]] + names


def rows_of(pk: int, mark: str, head: list[str], body: str) -> Iterator[Row]:
    """One row, under the article's first number; of a very long text several, under those that follow it."""
    texts, heads = rows([richtext.plain_text(body)]), rows(head)
    made = [(text or [], units or []) for text, units in zip_longest(texts, heads)]
    first = pk * ROWS + (len(made) > 1)
    for number, (text, units) in enumerate(made[: ROWS - 1], first):
        yield Row(number, mark, text, units)


def names_of(pks: list[int]) -> dict[int, list[str]]:
    """Names, units and posts of the bylines of each article, each once, in their order."""
    from articles.models import Byline

    found: dict[int, dict[str, None]] = {}
    lines = Byline.objects.filter(article__in=pks).order_by("article", "position")
    for pk, *words in lines.values_list("article", *BYLINE_FIELDS):
        found.setdefault(pk, {}).update(dict.fromkeys(filter(None, words)))
    return {pk: list(words) for pk, words in found.items()}


def digest(made_from: Any) -> str:
    return hashlib.sha256(json.dumps([RULES, made_from]).encode()).hexdigest()[:32]


def forget(article: int) -> None:
    store = table()
    store.replace(store.digests([article]), [])


def rebuild(progress: Callable[[int], object] = bool) -> int:
    """Make the whole index anew, the newest first; returns how many. Meanwhile a search finds less.

    ``progress`` is called with the number done after each batch.
    """
    from articles.models import Article

    with transaction.atomic():
        table().clear()
    done, before = 0, None
    while True:
        older = Article.objects.filter(pk__lt=before) if before else Article.objects.all()
        pks = list(older.order_by("-pk").values_list("pk", flat=True)[:BATCH])
        if not pks:
            table().tidy()
            return done
        with transaction.atomic():
            table().write_many()
            keep(pks)
        done, before = done + len(pks), pks[-1]
        progress(done)


def listen() -> None:
    """Connect the writes that change what is found."""
    from django.apps import apps

    from articles.models import Article, Author, Byline

    post_save.connect(article_saved, Article, dispatch_uid="search-article")
    post_delete.connect(article_deleted, Article, dispatch_uid="search-article-gone")
    post_save.connect(byline_written, Byline, dispatch_uid="search-byline")
    post_delete.connect(byline_written, Byline, dispatch_uid="search-byline-gone")
    post_save.connect(author_saved, Author, dispatch_uid="search-author")
    post_migrate.connect(fill, apps.get_app_config("articles"), dispatch_uid="search-fill")


def fill(**kwargs: Any) -> None:
    """What was there before there was an index is found, too."""
    from articles.models import Article

    if not Article.objects.exists():
        return
    if table().is_empty():
        rebuild()
    else:
        table().take_stock()


def article_saved(instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    if update_fields is None:  # the row is locked by the save, and what it says is in our hands
        keep_these([{"pk": instance.pk, **{f: getattr(instance, f) for f in TEXT_FIELDS}}])
    elif set(update_fields) & set(TEXT_FIELDS):
        keep([instance.pk])


def article_deleted(instance: Any, **kwargs: Any) -> None:
    forget(instance.pk)


def byline_written(instance: Any, **kwargs: Any) -> None:
    keep([instance.article_id])


def author_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    if not created:
        keep(instance.bylines.values_list("article", flat=True))
