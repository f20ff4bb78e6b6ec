"""Back issues: a year's covers, and its index by section and by author."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from articles.contents import contents_of
from articles.models import Article, Issue
from articles.models.journal import Frequency
from journal.public.alphabet import by_letter
from journal.public.answer import journal_now, page, reader_page
from journal.public.listing import for_lists
from journal.public.shelves import A_YEAR, issues_on_shelf, shelf_of

__all__ = ["archive", "index"]


def years() -> list[int]:
    """The years with an issue for everybody, newest first."""
    return list(Issue.objects.for_everyone().order_by("-year").values_list("year", flat=True).distinct())


@reader_page
def archive(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year's shelf; without a year the newest. Past years show what is missing to their end."""
    known = years()
    if year is not None and year not in known:
        raise Http404
    journal = journal_now()
    newest = known[0] if known else None
    shown = year or newest
    shelf = None
    if shown is not None:
        issues = issues_on_shelf(Issue.objects.for_everyone().filter(year=shown)).in_order()
        past = shown != newest
        shelf = shelf_of(shown, issues, A_YEAR.get(Frequency(journal.frequency), 0) if past else 0)
    context = {
        "journal": journal,
        "room": "archive",
        "here": "archive" if year is None else "",
        "years": known,
        "shelf": shelf,
        # The newest year has one address, that of the back issues.
        "canonical": f"/issues/{shown}/" if shown != newest else "/issues/",
    }
    return page(request, "public/archive.html", context)


@reader_page
def index(request: HttpRequest, year: int) -> HttpResponse:
    """总目录: everything of a year, by section and by author."""
    if year not in years():
        raise Http404
    articles = for_lists(Article.objects.for_everyone().filter(issue__year=year)).order_by(
        "issue__sort_number", "first_page", "position", "pk"
    )
    contents = contents_of(articles)
    context = {"room": "archive", "year": year, "contents": contents, "letters": by_letter(contents.in_order)}
    return page(request, "public/index.html", context | {"canonical": f"/issues/{year}/index/"})
