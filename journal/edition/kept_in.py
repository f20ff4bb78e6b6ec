"""Pages that are not for everybody from their files, after the domain's own gate has been asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db.models import Q
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from articles.models import Article, Figure, Issue, IssueFile
from articles.models.journal import Visibility
from journal.edition.serve import ATTACHED, TYPES
from journal.security import reader_of

__all__ = ["KeptInPages"]


class KeptInPages:
    """Answers a members' or an inside page from the edition (``EditionFiles`` names it) to its readers.

    Anybody else goes on to the view, which says what it says to them. Stands after ``Readers``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        kept_in = request.META.get("kanwu.kept_in")
        if kept_in:
            audience, file = kept_in
            if may_read(request, audience):
                return answer(Path(file))
        return self.get_response(request)


def may_read(request: HttpRequest, audience: str) -> bool:
    """The issue, article or picture at this address is readable by them, and still kept for this audience."""
    try:
        place = resolve(request.path_info).kwargs
    except Resolver404:
        return False
    allowed = reader_of(request).opens & {Visibility(audience)}
    articles, issues = Article.objects.seen_as(allowed), Issue.objects.seen_as(allowed)
    if "name" in place:
        of_these = Q(article__in=articles) | Q(issue__in=issues)
        return Figure.objects.named(place["name"]).filter(of_these).exists()
    if not {"year", "number"} <= place.keys():
        return False
    if "code" in place:
        of_issue = articles.filter(issue__year=place["year"], issue__number=place["number"])
        return of_issue.filter(code=place["code"]).exists()
    issue = issues.filter(year=place["year"], number=place["number"])
    if "file" in place:
        return IssueFile.objects.offered().filter(issue__in=issue, name=place["file"]).exists()
    return issue.exists()


def answer(path: Path) -> HttpResponseBase:
    """The file for this one reader: never kept by a shared cache."""
    kind = path.suffix[1:]
    response = FileResponse(path.open("rb"), as_attachment=kind in ATTACHED, content_type=TYPES.get(kind))
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
