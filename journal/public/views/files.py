"""The files of an issue its readers are offered: the PDF, the EPUB."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from journal.public.answer import FOR_THIS_READER, for_whom, issue_for

__all__ = ["file"]

TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}


@require_safe
def file(request: HttpRequest, year: int, number: str, file: str) -> HttpResponseBase:
    """A download, for whoever may open the issue; 404 for what is not offered."""
    issue = issue_for(request, year, number)
    found = get_object_or_404(issue.files.offered(), name=file)
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    kind = TYPES[file.rsplit(".", 1)[1]]
    answer = FileResponse(opened, as_attachment=True, filename=file, content_type=kind)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if for_whom(issue):
        answer.headers["Cache-Control"] = FOR_THIS_READER
    return answer
