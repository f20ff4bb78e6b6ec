"""The contributor's gate: signed in, and only what they sent in themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from articles.models import Article, Journal
from articles.models.article import ArticleQuerySet
from journal.intake.models import ReceivedFile

__all__ = ["contributor_page", "manuscripts_of", "one_of_mine", "page", "received_by"]


def manuscripts_of(user: Any) -> ArticleQuerySet:
    """What this person sent in; the query is the permission."""
    return Article.objects.filter(submitter=user)


def one_of_mine(request: HttpRequest, pk: int) -> Article:
    """The manuscript, or ``Http404``: a stranger cannot tell another's manuscript from none."""
    found = manuscripts_of(request.user).select_related("section", "issue", "editor").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def received_by(request: HttpRequest) -> QuerySet[ReceivedFile]:
    """The files this person sent."""
    user: Any = request.user
    return ReceivedFile.objects.filter(by=user)


def contributor_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Signed in, never from a cache: these pages show what nobody else may see."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    return never_cache(login_required(wrapped))


def page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, template, {"journal": Journal.objects.current(), **context}, status=status)
