"""One issue: cover, contents as in print, slogans, masthead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from articles.models import Article
from journal.public.answer import is_for_members, issue_for, journal_now, page, reader_page
from journal.public.contents import contents_of
from journal.public.listing import in_issue
from journal.public.metadata import JsonLd, issue_ld

__all__ = ["issue"]


@reader_page
def issue(request: HttpRequest, year: int, number: str) -> HttpResponse:
    found = issue_for(request, year, number)
    journal = journal_now()
    readable = Article.objects.readable_by(request.user).filter(issue=found)
    contents = contents_of(in_issue(readable, bodies=True))
    members = is_for_members(found, journal)
    # The public page is the same for everybody, so its neighbours are those everybody may open.
    before, after = found.neighbours(request.user if members else None)
    context = {
        "journal": journal,
        "room": "archive",
        "issue": found,
        "contents": contents,
        "masthead": list(found.masthead.all()),
        "before": before,
        "after": after,
        "members_only": members,
        "canonical": found.get_absolute_url(),
        "structured": JsonLd(issue_ld(found, journal, contents.in_order)),
    }
    return page(request, "public/issue.html", context)
