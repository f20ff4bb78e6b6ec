"""Feeds: everything and a section as Atom, RSS and JSON, a series and an author as Atom.

Only what everybody may read is ever in them.
"""

from __future__ import annotations

import re
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles.credits import names_of
from articles.models import Article, Author
from articles.models.article import ArticleQuerySet
from articles.series import named
from journal.public.answer import journal_now, reader_page
from journal.public.listing import for_lists
from journal.public.metadata import description_of
from journal.public.syndication import FORMS, Dated
from journal.public.views.author import works_of
from journal.public.views.sections import section_for
from journal.public.views.series import parts_of

__all__ = ["author_feed", "feed", "section_feed", "series_feed"]

LENGTH = 40
#: XML 1.0 has no place for these, not even escaped.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def text(words: str) -> str:
    return CONTROLS.sub("", words)


def answer(
    title: str, path: str, request: HttpRequest, articles: ArticleQuerySet, form: str = ""
) -> HttpResponse:
    """The newest articles; ``path`` is the page the feed belongs to."""
    if form not in FORMS:
        raise Http404
    journal = journal_now()
    feed = FORMS[form](
        title=text(" · ".join(filter(None, (journal.name, title)))),
        link=settings.SITE_URL + path,
        feed_url=settings.SITE_URL + request.path,
        description=text(journal.organiser or journal.name),
        language="zh-Hans",
        author_name=text(journal.name),
    )
    # Distinct rows first (an author may stand in a byline twice), the newest of them after.
    newest = for_lists(Article.objects.filter(pk__in=articles.order_by().values("pk")), bodies=True)
    newest = newest.annotate(corrected=Max("errata__at")).order_by("-published_at", "first_page", "pk")
    for article in newest[:LENGTH]:
        add(feed, article)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.mime_type)


def add(feed: Dated, article: Article) -> None:
    address = settings.SITE_URL + article.get_absolute_url()
    corrected: datetime | None = getattr(article, "corrected", None)
    feed.add_item(
        title=text(article.title_line),
        link=address,
        description=text(description_of(article)),
        author_name=text("，".join(names_of(article))) or None,
        pubdate=article.published_at,
        updateddate=corrected or article.published_at,
        unique_id=address,
        categories=[text(article.section.name)] if article.section else [],
    )


@reader_page
def feed(request: HttpRequest, form: str = "") -> HttpResponse:
    return answer("", "/", request, Article.objects.for_everyone(), form)


@reader_page
def section_feed(request: HttpRequest, code: str, form: str = "") -> HttpResponse:
    section = section_for(code)
    articles = Article.objects.for_everyone().filter(section=section)
    return answer(section.name, section.get_absolute_url(), request, articles, form)


@reader_page
def series_feed(request: HttpRequest, code: str) -> HttpResponse:
    name = named(code)
    if name is None or not parts_of(name).exists():
        raise Http404
    return answer(name, reverse("public:series", args=[code]), request, parts_of(name))


@reader_page
def author_feed(request: HttpRequest, code: str) -> HttpResponse:
    author = get_object_or_404(Author, code=code)
    works = works_of(author)
    if not works.exists():
        raise Http404
    return answer(author.name, author.get_absolute_url(), request, works)
