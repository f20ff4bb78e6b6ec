"""Ask the house for a page as a reader would, without a network and without a session."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.urls import resolve
from django.utils.translation import gettext as _

from articles.models import Journal
from articles.models.journal import Visibility
from articles.readers import Reader
from journal.edition.store import EditionError

__all__ = ["Answer", "SignedInReader", "ask"]

NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')


class SignedInReader(AnonymousUser):
    """Nobody in particular, but signed in: what any reader with an account may see, and no more."""

    @property
    def is_authenticated(self) -> Any:
        return True

    @property
    def is_anonymous(self) -> Any:
        return False


@dataclass
class Answer:
    body: bytes
    content_type: str
    next: str | None
    attachment: bool


#: Whom a page is made for → who asks for it: nobody in particular, and no more than that audience may see.
READERS = {
    Visibility.PUBLIC: Reader(AnonymousUser()),
    Visibility.MEMBERS: Reader(SignedInReader()),
    Visibility.INSIDE: Reader(AnonymousUser(), inside=True),
}


def request_for(path: str, reader: Reader = READERS[Visibility.PUBLIC]) -> WSGIRequest:
    site = urlsplit(settings.SITE_URL)
    port = str(site.port or (443 if site.scheme == "https" else 80))
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": "",
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": site.netloc,
            "wsgi.url_scheme": site.scheme or "http",
            "wsgi.input": io.BytesIO(),
        }
    )
    request.user, request.reader = reader.user, reader  # type: ignore[attr-defined]
    return request


def ask(path: str, audience: str = Visibility.PUBLIC) -> Answer:
    """The page at ``path`` as everybody sees it, or as those do whom ``audience`` names.

    Raises ``EditionError`` for anything but a plain 200: an edition with a hole is not made.
    """
    request = request_for(path, READERS[Visibility(audience)])
    request.resolver_match = match = resolve(path)
    try:
        with Journal.objects.read_once():
            response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    except Http404 as error:
        raise EditionError(_("The page %(path)s is not there.") % {"path": path}) from error
    if response.status_code != 200 or response.cookies:
        raise EditionError(
            _("The page %(path)s answered %(status)s.") % {"path": path, "status": response.status_code}
        )
    body = b"".join(response) if isinstance(response, StreamingHttpResponse) else response.content  # type: ignore[attr-defined]
    following = NEXT.search(response.headers.get("Link", ""))
    return Answer(
        body,
        response.headers["Content-Type"],
        following[1] if following else None,
        "Content-Disposition" in response.headers,
    )
