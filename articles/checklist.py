"""What must be there before a manuscript is submitted (required fields) or released to press (齐清定)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from articles import richtext
from articles.likeness import alike

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["Same", "duplicates", "for_press", "for_submission", "joined", "same_elsewhere"]


#: Findings of the duplicate check that are told.
MOST = 10


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


@dataclass(frozen=True)
class Same:
    """Another manuscript that came in before; ``share`` is the per cent of the shorter text that stands in
    the other, 0 where the two have but their title in common."""

    article: Article
    share: int
    same_title: bool

    def __str__(self) -> str:
        words = f"{self.article.manuscript_number or ''} {self.article.title_line}"
        return f"{words} {self.share}%".strip() if self.share else words.strip()


def same_elsewhere(article: Article) -> list[Same]:
    """Other manuscripts with the same title or nearly the same text, the most alike first; at most ten.

    Texts are not loaded. A part of the same series may have its title: then the text alone counts. What a
    contributor has not sent in yet is nobody's to compare with.
    """
    from articles.models import Article as Articles
    from articles.models import Revision
    from articles.models.sight import UNSENT

    shares = alike(article.body, but=article.pk)
    revisions = Revision.objects.filter(text_hash=article.text_hash).exclude(article=article.pk).order_by()
    shares = dict.fromkeys(revisions.values_list("article", flat=True)[:MOST], 100) | shares
    titled = Articles.objects.filter(title=article.title).exclude(pk=article.pk).order_by("-pk")
    rows = titled.values_list("pk", "series", "series_part")[: 10 * MOST]
    titles = [pk for pk, *part in rows if not is_other_part(article, *part)][:MOST]
    unsent = UNSENT & ~Q(submitter=article.submitter_id)
    found = Articles.objects.filter(pk__in={*shares, *titles}).exclude(unsent).defer("body", "raw_body")
    same = [Same(other, shares.get(other.pk, 0), other.title == article.title) for other in found]
    return sorted(same, key=lambda one: (-one.share, one.article.pk))[:MOST]


def is_other_part(article: Article, series: str, part: str) -> bool:
    return bool(series) and series == article.series and part != article.series_part


def duplicates(article: Article) -> list[str]:
    """The same manuscripts, each as "number title" with the share of its text."""
    return [str(same) for same in same_elsewhere(article)]
