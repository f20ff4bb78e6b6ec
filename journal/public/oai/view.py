"""The address of the protocol."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from journal.public.answer import in_its_language
from journal.public.oai.answers import answer

__all__ = ["oai"]


# Harvesters ask by GET or POST as they like and have no token; nothing is changed here.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@in_its_language
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a harvester; what is asked wrongly is answered as the protocol says, with 200."""
    given = request.POST if request.method == "POST" else request.GET
    response = HttpResponse(answer(given), content_type="text/xml; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
