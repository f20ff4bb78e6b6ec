"""Atom feeds: everything, a section, an author. Members' issues are never in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed

from articles.models import Article, Author, Section
from articles.models.article import ArticleQuerySet
from journal.public.answer import journal_now, reader_page
from journal.public.bylines import names_of
from journal.public.listing import for_lists
from journal.public.metadata import description_of
from journal.public.views.author import works_of

__all__ = ["author_feed", "feed", "section_feed"]

LENGTH = 40
#: XML 1.0 has no place for these, not even escaped.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """The newest entry's date; an empty feed has the beginning of time, not the clock's."""
        dates = [item["updateddate"] for item in self.items if item["updateddate"]]
        return max(dates, default=datetime(1970, 1, 1, tzinfo=UTC))


def text(words: str) -> str:
    return CONTROLS.sub("", words)


def answer(title: str, path: str, own: str, articles: ArticleQuerySet) -> HttpResponse:
    """The newest articles as Atom; ``path`` is the page the feed belongs to, ``own`` its own address."""
    journal = journal_now()
    feed = Feed(
        title=text(title or journal.name),
        link=settings.SITE_URL + path,
        feed_url=settings.SITE_URL + own,
        description=text(journal.organiser),
        language="zh-Hans",
        author_name=text(journal.name),
    )
    # Distinct rows first (an author may stand in a byline twice), the newest of them after.
    newest = for_lists(Article.objects.filter(pk__in=articles.values("pk")), bodies=True)
    newest = newest.annotate(corrected=Max("errata__at")).order_by("-published_at", "first_page", "pk")
    for article in newest[:LENGTH]:
        add(feed, article)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def add(feed: Feed, article: Article) -> None:
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
def feed(request: HttpRequest) -> HttpResponse:
    return answer("", "/", request.path, Article.objects.for_everyone())


@reader_page
def section_feed(request: HttpRequest, code: str) -> HttpResponse:
    section = get_object_or_404(Section, code=code)
    articles = Article.objects.for_everyone().filter(section=section)
    return answer(
        f"{journal_now().name} · {section.name}", section.get_absolute_url(), request.path, articles
    )


@reader_page
def author_feed(request: HttpRequest, code: str) -> HttpResponse:
    author = get_object_or_404(Author, code=code)
    works = works_of(author)
    if not works.exists():
        raise Http404
    return answer(f"{journal_now().name} · {author.name}", author.get_absolute_url(), request.path, works)
