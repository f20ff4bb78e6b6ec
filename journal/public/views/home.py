"""The current issue, and the door for signed-in readers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from articles.models import Article, Issue
from journal.public.answer import journal_now, page, reader_page
from journal.public.contents import contents_of
from journal.public.listing import in_issue
from journal.public.metadata import JsonLd, periodical
from journal.public.shelves import issues_on_shelf, shelves_of

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
        "issue": issue,
        "before": before,
        "contents": contents_of(articles),
        "journal": journal,
        "structured": JsonLd({"@context": "https://schema.org", **periodical(journal)}),
        "canonical": "/",
    }
    return page(request, "public/home.html", context)


@reader_page
def members(request: HttpRequest) -> HttpResponse:
    """Every issue a signed-in reader may open; anybody else is told to sign in."""
    if not request.user.is_authenticated:
        raise PermissionDenied(gettext("This page is for signed-in readers."))
    issues = issues_on_shelf(Issue.objects.readable_by(request.user)).newest_first()
    return page(request, "public/members.html", {"room": "members", "shelves": shelves_of(issues)})
