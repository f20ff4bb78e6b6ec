"""Members' pages from their files, after the domain's own gate has been asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from articles.models import Article, Figure, Issue
from journal.edition.serve import TYPES

__all__ = ["MembersPages"]


class MembersPages:
    """Answers a members' page from the edition (``EditionFiles`` says where it is) to who may read it.

    Anybody else goes on to the view, which says what it says to them. Stands after the authentication.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        file = request.META.get("kanwu.members_file")
        if file and may_read(request):
            return answer(Path(file))
        return self.get_response(request)


def may_read(request: HttpRequest) -> bool:
    """Signed in, and the issue, article or picture at this address is readable by them."""
    if not request.user.is_authenticated:
        return False
    try:
        place = resolve(request.path_info).kwargs
    except Resolver404:
        return False
    if "name" in place:
        article = Article.objects.readable_by(request.user)
        figures = Figure.objects.named(place["name"])
        return (
            figures.filter(article__in=article).exists()
            or figures.filter(issue__in=Issue.objects.readable_by(request.user)).exists()
        )
    if "year" not in place:
        return True
    issues = Issue.objects.readable_by(request.user).filter(year=place["year"], number=place["number"])
    if "code" not in place:
        return issues.exists()
    return Article.objects.readable_by(request.user).filter(issue__in=issues, code=place["code"]).exists()


def answer(path: Path) -> HttpResponseBase:
    """The file for this one reader: never kept by a shared cache."""
    response = FileResponse(path.open("rb"), content_type=TYPES.get(path.suffix[1:]))
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
