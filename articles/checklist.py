"""What must be there before a manuscript is submitted (required fields) or released to press (齐清定)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from articles import richtext

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["duplicates", "for_press", "for_submission", "joined", "same_elsewhere"]


def joined(problems: Iterable[Any]) -> str:
    """Several findings as one clause of a sentence."""
    return pgettext("between the findings of a list", "; ").join(str(problem) for problem in problems)


def for_submission(article: Article) -> list[Any]:
    """Missing required fields, each a lazy phrase; an empty list when everything is there."""
    problems: list[Any] = []
    if not article.title.strip():
        problems.append(_("the title is missing"))
    if not richtext.plain_text(article.body) and not article.photo_story:
        problems.append(_("the text is empty"))
    if article.photo_story and not article.figures.exists():
        problems.append(_("a photo story needs a picture"))
    return problems


def for_press(article: Article) -> list[Any]:
    """What keeps a text from the press: words, bylines or source, and each figure with its caption."""
    problems = for_submission(article)
    if not article.source and not article.bylines.exists():
        problems.append(_("neither an author nor a source is given"))
    figures = list(article.figures.all())
    for number, figure in enumerate(figures, start=1):
        if not figure.caption.strip():
            problems.append(_("figure %(number)s has no caption") % {"number": number})
        if not figure.image or not figure.image.storage.exists(figure.image.name):
            problems.append(_("the file of figure %(number)s is missing") % {"number": number})
    known = {figure.image.name for figure in figures}
    for name in richtext.figure_names(article.body):
        if name not in known:
            problems.append(
                _("the text shows a picture that is not among its figures: %(name)s") % {"name": name}
            )
    return problems


def same_elsewhere(article: Article) -> list[Article]:
    """Other manuscripts with the same title or the same text; at most ten, without their bodies."""
    from django.db.models import Q

    from articles.models import Article as Articles
    from articles.models import Revision

    same_text = Revision.objects.filter(text_hash=article.text_hash).values("article")
    found = Articles.objects.filter(Q(title=article.title) | Q(pk__in=same_text)).exclude(pk=article.pk)
    return list(found.defer("body", "raw_body").order_by("pk")[:10])


def duplicates(article: Article) -> list[str]:
    """The same manuscripts as "number title"."""
    found = same_elsewhere(article)
    return [f"{other.manuscript_number or ''} {other.title_line}".strip() for other in found]
