"""Published pictures, for those who may see what they belong to."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from articles.models import Article, Figure, Issue
from journal.security import reader_of

__all__ = ["figure"]

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}


@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponseBase:
    """A derivative or one of its renditions.

    404 for every other name, so that a stranger cannot tell hidden from missing.
    """
    row = Figure.objects.named(name).select_related("issue").first()
    if row is None or not may_see(request, row):
        raise Http404
    try:
        file = row.open_named(name)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(file, content_type=TYPES[name.rsplit(".", 1)[1]])
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Names are random and never used twice, so a browser may keep the picture; a shared cache may not.
    response.headers["Cache-Control"] = "private, max-age=86400"
    modified = row.image.storage.get_modified_time(f"figures/{name}")
    response.headers["Last-Modified"] = http_date(modified.timestamp())
    return response


def may_see(request: HttpRequest, row: Figure) -> bool:
    """Whoever may open the article, or the issue the picture is of; those who work on issues see theirs."""
    if row.article_id is not None:
        return Article.objects.visible_to(reader_of(request)).filter(pk=row.article_id).exists()
    if request.user.has_perm("articles.view_issue"):
        return True
    return Issue.objects.readable_by(reader_of(request)).filter(pk=row.issue_id).exists()
