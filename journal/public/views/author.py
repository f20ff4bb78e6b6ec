"""An author: what they published here, and namesakes told apart."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles.models import Article, Author
from articles.models.article import ArticleQuerySet
from journal.public.answer import reader_page
from journal.public.paging import page_of
from journal.public.views.lists import list_page, newest_first

__all__ = ["author", "works_of"]


def works_of(author: Author) -> ArticleQuerySet:
    """What everybody may read by this author, alone or in a group."""
    theirs = Q(bylines__author=author) | Q(bylines__author__members__author=author)
    return Article.objects.for_everyone().filter(theirs).distinct()


@reader_page
def author(request: HttpRequest, code: str, number: int = 1) -> HttpResponse:
    found = get_object_or_404(Author, code=code)
    paged = page_of(newest_first(works_of(found)), number, "public:author", [code])
    if not paged.count:
        raise Http404
    namesakes = [
        other
        for other in Author.objects.filter(name=found.name, kind=found.kind).exclude(pk=found.pk)
        if works_of(other).exists()
    ]
    signed = Author.objects.filter(bylines__article__in=Article.objects.for_everyone())
    context = {
        "room": "authors",
        "author": found,
        "namesakes": namesakes,
        "memberships": found.memberships.filter(group__in=signed).select_related("group"),
    }
    return list_page(request, "public/author.html", paged, context)
