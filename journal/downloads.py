"""Files as they were sent in: always a download, never shown as a page, for whoever the view let through.

With ``ORIGINALS_ACCEL`` (an internal location of nginx over the folder of originals) nginx sends the bytes
and the application only says which; else the application streams them.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

__all__ = ["KIND", "attachment"]

#: Of no particular kind: no browser opens it by itself.
KIND = "application/octet-stream"


def attachment(file: Any, name: str) -> HttpResponseBase:
    """The answer with a file of the private store, under the name its sender gave it."""
    if not settings.ORIGINALS_ACCEL:
        answer: HttpResponseBase = FileResponse(
            file.open("rb"), as_attachment=True, filename=name, content_type=KIND
        )
    else:
        answer = HttpResponse(content_type=KIND)
        answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        answer.headers["X-Accel-Redirect"] = settings.ORIGINALS_ACCEL + quote(file.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
