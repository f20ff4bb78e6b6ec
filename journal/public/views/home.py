"""The current issue, and the readers' room."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from articles.contents import contents_of
from articles.models import Article, Issue
from articles.models.journal import Visibility
from journal.public.answer import FOR_THIS_READER, journal_now, page, reader_page
from journal.public.listing import in_issue
from journal.public.metadata import JsonLd, home_ld
from journal.public.shelves import issues_on_shelf, shelves_of
from journal.security import reader_of

__all__ = ["home", "members"]


@reader_page
def home(request: HttpRequest) -> HttpResponse:
    """The newest issue open to everybody: the same page for all, signed in or not."""
    newest = issues_on_shelf(Issue.objects.for_everyone()).newest_first()[:2]
    journal = journal_now()
    issue, before = [*newest, None, None][:2]
    articles = in_issue(Article.objects.for_everyone().filter(issue=issue)) if issue else []
    context = {
        "room": "home",
        "here": "home",
        "issue": issue,
        "before": before,
        "contents": contents_of(articles),
        "journal": journal,
        "structured": JsonLd(home_ld(journal)),
        "canonical": "/",
    }
    return page(request, "public/home.html", context)


@reader_page
def members(request: HttpRequest) -> HttpResponse:
    """Every issue this reader may open, when it is more than everybody may; else they are told to sign in."""
    reader = reader_of(request)
    if reader.opens == {Visibility.PUBLIC}:
        raise PermissionDenied(gettext("This page is for signed-in readers and for the inside network."))
    issues = issues_on_shelf(Issue.objects.readable_by(reader)).newest_first()
    response = page(request, "public/members.html", {"room": "members", "shelves": shelves_of(issues)})
    response.headers["Cache-Control"] = FOR_THIS_READER
    return response
