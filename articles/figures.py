"""The pictures of an article: taken in, put in order, described, removed; each noted in the record.

Who may do it is asked by the caller (``workflow.may_edit_text`` and the right to the verb). What the text
says of a picture it shows goes through the text (``articles.captions``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles import captions, renditions, richtext, workflow
from articles.pictures_in_child import derive_in_child
from articles.record import write_event
from articles.refusals import Refused
from articles.stages import Stage

if TYPE_CHECKING:
    from articles.models import Article, Figure

__all__ = ["MOST", "add_figure", "describe_figure", "move_figure", "remove_figure"]

#: Pictures one article may hold.
MOST = 100


def add_figure(article: Article, data: bytes, name: str, by: Any, **words: str) -> Figure:
    """Keep ``data`` untouched in private, publish its derivative; returns the new last figure.

    ``words`` are ``caption``, ``photographer``, ``credit``, ``alternative``. Raises ``ValidationError`` with
    a sentence for what is no picture, ``Refused`` when the manuscript has moved on from the stage ``article``
    had when the right was asked (decoding takes its time); then nothing is stored, neither row nor file.
    """
    from articles.models import Article, Figure

    derived = derive_in_child(data)
    kept: list[Any] = []
    try:
        with transaction.atomic():
            locked = Article.objects.select_for_update().get(pk=article.pk)
            refuse_closed(locked)
            if locked.stage != article.stage:
                raise workflow.moved_on(locked)
            if locked.figures.count() >= MOST:
                raise ValidationError(
                    _("This manuscript has 100 pictures already. Remove one that is not used, then add this.")
                )
            last = locked.figures.aggregate(Max("position"))["position__max"] or 0
            figure = Figure(article=locked, position=last + 1, original_name=file_name(name), **words)
            figure.original.save("original", ContentFile(data), save=False)
            kept.append(figure.original)
            figure.image.save(str(derived.name), derived, save=False)
            kept.append(figure.image)
            figure.full_clean(exclude=["article", "issue", "original", "image"])
            figure.save()
            write_event("figure_added", by, article=locked, data=told(figure))
    except BaseException:
        for file in kept:
            file.storage.delete(file.name)
        raise
    return figure


def describe_figure(
    figure: Figure, words: captions.Words, alternative: str, *, version: int | None, by: Any
) -> None:
    """Give a picture its words: in the text where the text shows it, else in its row.

    ``version`` is the token of the page the person saw. The record tells who changed which words, the
    old ones included: a picture behind the text has no other history. Raises ``Refused`` for an old page
    and where the text is closed, ``ValidationError`` for words that are too long; then nothing has changed.
    """
    from articles.models import Article, Figure

    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=figure.article_id)
        refuse_closed(article)
        if version is not None and version != article.version:
            raise Refused(
                _("Somebody else saved this manuscript in the meantime. Nothing was stored: look again."),
                code="stale",
                kind="conflict",
            )
        was = told(Figure.objects.get(pk=figure.pk))["words"]
        figure.caption, figure.photographer, figure.credit = words
        figure.alternative = alternative
        figure.full_clean(exclude=["article", "issue", "original", "image"])
        figure.save()
        if was != words.line:
            write_event("figure_described", by, article=article, data={**told(figure), "was": was})
        body = captions.rewritten(article.body, str(figure.image.name), words, alternative)
        if body != article.body:
            article.body = body
            article.save()


def move_figure(figure: Figure, step: int, by: Any) -> None:
    """Go ``step`` places up (negative) or down among the pictures the text does not show.

    The order of the others is the text's. The record tells from which place to which.
    """
    from articles.models import Article, Figure

    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=figure.article_id)
        refuse_closed(article)
        shown = set(richtext.figure_names(article.body))
        rows = list(article.figures.order_by("position", "pk"))
        loose = [row for row in rows if row.image.name not in shown]
        at = next((place for place, row in enumerate(loose) if row.pk == figure.pk), None)
        if at is None or not step or not 0 <= at + step < len(loose):
            return
        loose.insert(at + step, loose.pop(at))
        order = [row for row in rows if row.image.name in shown] + loose
        for position, row in enumerate(order, start=1):
            row.position = position
        Figure.objects.bulk_update(order, ["position"])
        places = {"was": str(at + 1), "now": str(at + step + 1)}
        write_event("figure_moved", by, article=article, data={**told(figure), **places})


def remove_figure(figure: Figure, by: Any) -> None:
    """Remove a picture the text does not show; raises ``Refused`` while it does.

    The private original stays in its store, and so does a derivative an earlier version shows: the record
    names both.
    """
    from articles.models import Article

    with transaction.atomic():
        article = Article.objects.select_for_update().get(pk=figure.article_id)
        refuse_closed(article)
        name = str(figure.image.name)
        if name in richtext.figure_names(article.body):
            raise Refused(
                _("The text still shows this picture. Take it out there and save, then remove it here."),
                code="figure-shown",
                kind="conflict",
            )
        write_event("figure_removed", by, article=article, data=told(figure))
        image, in_record = figure.image, article.revisions.filter(content__body__icontains=name).exists()
        figure.delete()
        if not in_record:
            transaction.on_commit(lambda: drop(image.storage, name), robust=True)


def drop(storage: Any, name: str) -> None:
    renditions.delete(name)
    storage.delete(name)


def refuse_closed(article: Article) -> None:
    if article.stage in Stage.text_closed():
        raise Refused(
            _("This text is closed, and its pictures with it: they change only by a recorded correction."),
            code="text-closed",
            kind="conflict",
        )


def file_name(name: str) -> str:
    """What the sender called the file, without folders and control characters; at most 255 characters."""
    base = richtext.storable(name).replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in base if sign.isprintable()).strip()[:255]


def told(figure: Figure) -> dict[str, Any]:
    """What the record keeps of a picture."""
    return {
        "image": str(figure.image.name),
        "original": str(figure.original.name),
        "name": figure.original_name,
        "words": captions.Words(figure.caption, figure.photographer, figure.credit).line,
    }
