"""One issue: cover, contents as in print, slogans, masthead."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse

from articles.contents import contents_of
from articles.models import Article, Erratum, Issue
from articles.workflow import Stage
from journal.public.answer import for_whom, issue_for, journal_now, page, reader_page
from journal.public.listing import in_issue
from journal.public.metadata import JsonLd, issue_ld
from journal.security import reader_of

__all__ = ["issue"]


@reader_page
def issue(request: HttpRequest, year: int, number: str) -> HttpResponse:
    found = issue_for(request, year, number)
    journal = journal_now()
    readable = Article.objects.readable_by(reader_of(request)).filter(issue=found)
    contents = contents_of(in_issue(readable, bodies=True))
    before, after = found.neighbours()
    context = {
        "journal": journal,
        "room": "archive" if after or for_whom(found) else "home",
        "issue": found,
        "contents": contents,
        "taken_down": taken_down_in(found),
        "corrections": corrections_in(contents.in_order),
        "masthead": list(found.masthead.all()),
        "files": list(found.files.offered().order_by("-format")),
        "before": before,
        "after": after,
        "for_whom": for_whom(found),
        "canonical": found.get_absolute_url(),
        "structured": JsonLd(issue_ld(found, journal, contents.in_order)),
    }
    return page(request, "public/issue.html", context)


def corrections_in(articles: list[Article]) -> list[Erratum]:
    """The dated corrections of what stands in the contents, the newest first."""
    notices = Erratum.objects.filter(article__in=articles, kind=Erratum.Kind.CORRECTION).order_by("-at")
    found, by_key = list(notices), {article.pk: article for article in articles}
    for notice in found:
        notice.article = by_key[notice.article_id]
    return found


def taken_down_in(issue: Issue) -> list[Article]:
    """What stood in the issue and was taken down: it leaves the contents, but not in silence."""
    notices = Erratum.objects.filter(kind=Erratum.Kind.RETRACTION).order_by("at")
    gone = Article.objects.filter(issue=issue, stage=Stage.RETRACTED).in_page_order()
    named = gone.defer("body", "raw_body").prefetch_related(
        Prefetch("errata", queryset=notices, to_attr="dated_notices")
    )
    articles = [article for article in named if article.dated_notices]
    for article in articles:
        article.issue = issue
    return articles
