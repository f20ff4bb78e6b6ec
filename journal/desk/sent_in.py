"""What came with a manuscript and is for the office alone: who sent it, how to reach them, the files.

Open to who writes to authors; readers, co-authors and the other roles see nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_safe

from articles.models import Article
from journal.desk.review import article_of
from journal.downloads import attachment
from journal.intake.models import CoverLetter, ReceivedFile
from journal.intake.word.understood import WordManuscript

__all__ = ["RIGHT", "SentIn", "sent_in", "sent_in_urls"]

RIGHT = "notices.view_notice"
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class SentIn:
    """``word`` is what was understood of the newest file that could be read."""

    sender: Any
    files: list[ReceivedFile] = field(default_factory=list)
    word: WordManuscript | None = None
    letters: list[CoverLetter] = field(default_factory=list)


def sent_in(article: Article, user: Any) -> SentIn | None:
    """Two queries at most; ``None`` for who may not see it, and for a text nobody sent in."""
    if not user.has_perm(RIGHT) or article.submitter_id is None:
        return None
    files = list(ReceivedFile.objects.filter(article=article).select_related("by")[:MOST_FILES])
    word = next((row.word for row in files if row.understood), None)
    return SentIn(article.submitter, files, word, letters_of(article))


def letters_of(article: Article) -> list[CoverLetter]:
    """The words of mails it came with; the office takes those in, no contributor does."""
    if not getattr(article.submitter, "is_staff", False):
        return []
    return list(CoverLetter.objects.filter(files__article=article).distinct()[:MOST_FILES])


def guarded(request: HttpRequest, pk: int) -> Article:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    return article_of(request, pk)


@require_safe
def received(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The file a manuscript was read from, as it was sent."""
    row = get_object_or_404(guarded(request, pk).received_files, pk=number)
    return attachment(row.file, row.name)


@require_safe
def photo(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """A picture as it was sent: in full size, with what the camera wrote."""
    figure = get_object_or_404(guarded(request, pk).figures, pk=number)
    return attachment(figure.original, figure.original_name or f"{figure.pk}")


def sent_in_urls(site: Any) -> list[Any]:
    """The addresses, to stand before those of the manuscript's admin."""
    return [
        path("<int:pk>/files/<int:number>/", site.admin_view(received), name="articles_article_received"),
        path(
            "<int:pk>/figures/<int:number>/original/", site.admin_view(photo), name="articles_article_photo"
        ),
    ]
