"""Reading without a network: the list of what a browser has saved, and the worker that answers for it.

Both are the same for everybody; what is saved where is known to the browser alone.
"""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse

from journal.public.answer import page, reader_page

__all__ = ["offline", "worker"]

#: The worker is one file at the top of the site: only from there may it answer for all pages.
PARTS = ("js/saved.js", "js/sw.js")


@reader_page
def offline(request: HttpRequest) -> HttpResponse:
    return page(request, "public/offline.html", {"room": "", "canonical": "/offline/"})


@reader_page
def worker(request: HttpRequest) -> HttpResponse:
    sources = [Path(str(finders.find(name))).read_text(encoding="utf-8") for name in PARTS]
    return HttpResponse("\n".join(sources), content_type="text/javascript; charset=utf-8")
