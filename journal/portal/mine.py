"""The contributor's gate: signed in, and only what they sent in themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from articles import workflow
from articles.models import Article, CoAuthor, Journal
from articles.models.article import ArticleQuerySet
from articles.stages import Stage
from journal.intake.models import ReceivedFile

__all__ = [
    "SIGNS_FOR_UNIT",
    "contributor_page",
    "files_of",
    "manuscripts_of",
    "may_write",
    "one_of_mine",
    "one_to_see",
    "page",
    "received_by",
    "to_sign_for_unit",
]

SIGNS_FOR_UNIT = "articles.sign_for_unit"


def manuscripts_of(user: Any) -> ArticleQuerySet:
    """What this person sent in or was invited to as a co-author; the query is the permission."""
    invited = CoAuthor.objects.filter(person=user).values("article")
    return Article.objects.filter(Q(submitter=user) | Q(pk__in=invited))


def one_to_see(request: HttpRequest, pk: int) -> Article:
    """The manuscript, or ``Http404``: a stranger cannot tell another's manuscript from none."""
    found = manuscripts_of(request.user).select_related("section", "issue", "editor").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def one_of_mine(request: HttpRequest, pk: int) -> Article:
    """The same, for its sender alone: a co-author follows, and sends or recalls nothing."""
    article = one_to_see(request, pk)
    if article.submitter_id != request.user.pk:
        raise PermissionDenied
    return article


def may_write(request: HttpRequest, article: Article) -> bool:
    """Whether this is the sender and the text is in their hands; an editor's rights open nothing here."""
    return article.submitter_id == request.user.pk and workflow.may_edit_text(article, request.user)


def received_by(request: HttpRequest) -> QuerySet[ReceivedFile]:
    """The files this person sent."""
    user: Any = request.user
    return ReceivedFile.objects.filter(by=user)


def files_of(article: Article) -> QuerySet[ReceivedFile]:
    """The files this manuscript was read from, newest first."""
    return ReceivedFile.objects.filter(article=article, by=article.submitter_id)


def to_sign_for_unit(user: Any) -> ArticleQuerySet:
    """What others of this person's unit sent in and the unit has to sign before the office sees it."""
    if not user.has_perm(SIGNS_FOR_UNIT) or not user.unit:
        return Article.objects.none()
    waits = Article.objects.filter(stage=Stage.UNIT_CHECK, submitter__unit=user.unit)
    return waits.exclude(submitter=user).exclude(bylines__author__user=user)


def contributor_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Signed in, never from a cache: these pages show what nobody else may see."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return never_cache(login_required(wrapped))


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, template, {"journal": Journal.objects.current(), **context}, status=status)
