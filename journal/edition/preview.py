"""The whole issue before it is out, for who holds its private link: at its own addresses, as it will be.

The link ``/preview/<key>/`` gives the browser a signed cookie. From then on the very addresses the issue will
have answer that browser with the page publishing would write: the same view asked by the same stranger, over
rows that are published for the length of one transaction that is rolled back (``going_out.as_if_out``). So
nothing is rewritten, every link inside the issue leads to the preview of the next page, and all that differs
from the page readers will get is one banner, put in after the page was made.

Readers' files are not touched: an issue that is not out has none, so its addresses come here anyway.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation

from articles.going_out import as_if_out, hour_of
from articles.models import Article, Figure, Issue
from articles.stages import IssueStage, Stage
from journal.edition.ask import ask
from journal.edition.serve import TYPES
from journal.edition.store import EditionError
from journal.variants import APP

__all__ = ["COOKIE", "HEADERS", "PreviewPages", "find_by_key", "ticket_for"]

COOKIE = "__Host-preview" if settings.HTTPS else "preview"
SALT = "journal.edition.preview"
#: Of the answers to a private link, and of every page it opens.
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
OF_ISSUE = {"issue", "article", "citation", "file"}
BEGINNING = re.compile(rb"<body[^>]*>\n<a class=\"skip\"[^>]*>[^<]*</a>|<body[^>]*>")


def find_by_key(key: str) -> Issue | None:
    """The issue a key opens. All keys are compared, each in constant time: the time tells nothing."""
    found = None
    for issue in Issue.objects.exclude(preview_key=""):
        if secrets.compare_digest(issue.preview_key.encode(), key.encode()):
            found = issue
    return found


def ticket_for(issue: Issue) -> str:
    """What the browser keeps: which issue, and a print of the key, so that a new key ends it."""
    return signing.dumps([issue.pk, fingerprint(issue)], salt=SALT)


def fingerprint(issue: Issue) -> str:
    return hashlib.sha256(issue.preview_key.encode()).hexdigest()


def issue_of(request: HttpRequest) -> Issue | None:
    """The issue this browser may see beforehand; none once it is out or its link is closed or renewed."""
    try:
        key, proof = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    issue = Issue.objects.exclude(preview_key="").exclude(stage__in=IssueStage.out_stages())
    found = issue.filter(pk=key).first()
    if found is None or not secrets.compare_digest(fingerprint(found), str(proof)):
        return None
    return found


class PreviewPages:
    """Answers a page of the issue to who may see it beforehand; everybody and everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if COOKIE in request.COOKIES and request.method in {"GET", "HEAD"}:
            place = place_of(request.path_info)
            issue = issue_of(request) if place else None
            if place and issue and belongs(place, issue):
                page = picture(place[1]["name"]) if place[0] == "figure" else render(request, issue)
                if page is not None:
                    return page
        return self.get_response(request)


def place_of(path: str) -> tuple[str, dict[str, Any]] | None:
    """The name and arguments of a reader's address."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return (match.url_name or "", match.kwargs) if match.app_names in (["public"], [APP]) else None


def belongs(place: tuple[str, dict[str, Any]], issue: Issue) -> bool:
    """A page of the issue, one of its pictures, or the page of an author who will have their first one."""
    name, words = place
    if name in OF_ISSUE:
        return (words["year"], words["number"]) == (issue.year, issue.number)
    if name == "figure":
        pictures = Figure.objects.named(words["name"])
        return pictures.filter(article__issue=issue).exists() or pictures.filter(issue=issue).exists()
    return name == "author"


def picture(name: str) -> HttpResponseBase:
    """The file itself, as the bake copies it."""
    file = Figure.objects.named(name).get().open_named(name)
    return FileResponse(file, content_type=TYPES[name.rsplit(".", 1)[1]], headers=HEADERS)


def render(request: HttpRequest, issue: Issue) -> HttpResponse | None:
    """The page publishing would write, with the banner; ``None`` where it would write none."""
    try:
        with as_if_out(issue):
            answer = ask(request.path_info, issue.effective_visibility)
    except EditionError:
        return None
    body = answer.body
    if answer.content_type.startswith("text/html"):
        body = BEGINNING.sub(lambda found: found[0] + banner(request, issue), body, count=1)
    headers = dict(HEADERS)
    if answer.attachment:
        headers["Content-Disposition"] = "attachment"
    return HttpResponse(body, content_type=answer.content_type, headers=headers)


def banner(request: HttpRequest, issue: Issue) -> bytes:
    """One line above the page; what it counts would still change the issue."""
    unready = Article.objects.filter(issue=issue).exclude(stage=Stage.RELEASED).count()
    words = {"issue": issue, "hour": hour_of(issue), "unready": unready}
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string("public/_preview.html", words, request).strip().encode()
