"""The search: a form, hits with what was found in them, and what they can be narrowed by.

The one public page made for each reader anew: it is never baked, and shows what this reader may open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models import Article, Author, Byline, GroupMember
from articles.models.article import ArticleQuerySet
from articles.models.journal import Visibility
from articles.search import CANDIDATES, Page, Piece, Value, marked, pattern, search, snippet, terms, text_of
from journal.public.answer import journal_now, page, reader_page
from journal.security import reader_of

__all__ = ["LONGEST", "PAGE_SIZE", "description", "search_page"]

PAGE_SIZE = 10
#: Characters of a query that are looked at.
LONGEST = 100
#: Characters shown of an abstract or a text in which nothing was found.
BEGINNING = 90
CODE = re.compile(r"[-\w]{1,80}")
YEAR = re.compile(r"\d{4}", re.ASCII)
FILTERS = ("section", "year", "author")
#: Of what follows a hit, what stands in one piece in the text: no mark, no blank, no figure of a note.
FOLLOWING = re.compile(r"[\u3400-\u9fff]{0,6}")
#: Authors that are offered for a query that is their name.
MOST_AUTHORS = 5


@dataclass(frozen=True)
class Link:
    """A value to narrow by, or the one narrowed by, with the address that does or undoes it."""

    name: str
    address: str
    count: int = 0


@dataclass(frozen=True)
class Hit:
    article: Article
    title: SafeString
    names: SafeString
    text: SafeString
    #: Where the words stand, for browsers that go there (``#:~:text=``); empty for the page's beginning.
    at: str


class Asked:
    """What a request asks for; whatever was sent, a question that can be answered."""

    def __init__(self, sent: QueryDict) -> None:
        typed = " ".join(sent.get("q", "").replace("\0", " ").split())
        self.query, self.shortened = typed[:LONGEST], len(typed) > LONGEST
        self.filters = {name: value for name in FILTERS if (value := sent.get(name, "")[:80].strip("\0 "))}
        self.newest_first = sent.get("sort") == "newest"
        number = sent.get("page", "1")
        self.here = reverse("public:search")
        self.page = int(number) if re.fullmatch(r"[1-9]\d{0,5}", number, re.ASCII) else 1

    @cached_property
    def has_words(self) -> bool:
        return bool(terms(self.query))

    def among(self, readable: ArticleQuerySet) -> ArticleQuerySet:
        """What is looked through; nothing for a filter that names nothing."""
        section, year, author = (self.filters.get(name) for name in FILTERS)
        if any(value and not CODE.fullmatch(value) for value in (section, author)):
            return readable.none()
        if year and not YEAR.fullmatch(year):
            return readable.none()
        if section:
            readable = readable.filter(section__code=section)
        if year:
            readable = readable.filter(issue__year=year)
        if author:
            readable = readable.filter(pk__in=Byline.objects.filter(author__code=author).values("article"))
        return readable

    def address(self, **changed: str | int | None) -> str:
        """The address of this search with some of it changed; what is changed to nothing is left out.

        A page is of one search only: with anything else changed it begins with the first.
        """
        parts: dict[str, str | int | None] = {"q": self.query, **self.filters}
        parts["sort"] = "newest" if self.newest_first else None
        sent = {name: value for name, value in {**parts, **changed}.items() if value}
        return f"{self.here}?{urlencode(sent)}"


@reader_page
def search_page(request: HttpRequest) -> HttpResponse:
    if index := getattr(request, "index_of_bundle", ""):  # the bundle asks: nobody will answer there
        names = getattr(request, "names_of_bundle", "")
        return page(request, "public/search_bundle.html", {"room": "search", "index": index, "names": names})
    asked, reader = Asked(request.GET), reader_of(request)
    request.is_for_few = reader.opens != {Visibility.PUBLIC}  # type: ignore[attr-defined]
    found = Page()
    if asked.has_words:
        found = search(
            asked.query,
            among=asked.among(Article.objects.readable_by(reader)),
            limit=PAGE_SIZE,
            offset=(asked.page - 1) * PAGE_SIZE,
            newest_first=asked.newest_first,
            bodies=True,
        )
    last = max(1, (found.count - 1) // PAGE_SIZE + 1)
    beyond = asked.page > last
    context = {
        "room": "search",
        "asked": asked,
        "found": found,
        "hits": hits_of(found, asked.query),
        "beyond": asked.address(page=last) if beyond else "",
        "last": last,
        "newer": asked.address(page=asked.page - 1) if 1 < asked.page <= last else "",
        "older": asked.address(page=asked.page + 1) if asked.page < last else "",
        "facets": facets_of(asked, found),
        "chosen": chosen(asked, found),
        "unfiltered": asked.address(**dict.fromkeys(FILTERS)),
        "by_rank": asked.address(sort=None),
        "by_date": asked.address(sort="newest"),
        "shorter": shorter(asked) if not found.count else [],
        "authors": authors_named(asked, found) if asked.page == 1 else [],
        "most": CANDIDATES,
    }
    if found.count:  # a hint for who found nothing: not worth two queries beside hits
        context["has_issues_for_few"] = request.is_for_few  # type: ignore[attr-defined]
    response = page(request, "public/search.html", context, status=404 if beyond else 200)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def hits_of(found: Page, query: str) -> list[Hit]:
    where = pattern(query)
    return [hit_of(article, found.names.get(article.pk, []), where) for article in found.hits]


def hit_of(article: Article, names: list[str], where: re.Pattern[str] | None) -> Hit:
    shown = shown_of(article, where)
    title = marked(article.title_line + article.part_mark, where)
    in_title = any(is_hit for _words, is_hit in title)
    return Hit(
        article,
        as_html(title),
        as_html(marked(" ".join(names), where)),
        as_html(shown),
        "" if in_title else place_of(shown),
    )


def place_of(shown: list[Piece]) -> str:
    """The first words found, and what follows them up to a mark: seldom twice in a text."""
    for (words, is_hit), (after, _) in zip(shown, [*shown[1:], ("", False)], strict=True):
        if is_hit:
            following = FOLLOWING.match(after)
            text = words + (following[0] if following else "")
            return "#:~:text=" + quote(text, safe="").replace("-", "%2D")
    return ""


def shown_of(article: Article, where: re.Pattern[str] | None) -> list[Piece]:
    """Where the words stand in the text, else in what stands before it; else how it begins."""
    text = text_of(article.body)
    for words in (text, article.abstract, article.subtitle, article.kicker, *article.keywords):
        if pieces := snippet(words, where):
            return pieces
    begins = " ".join((article.abstract or text[: 2 * BEGINNING]).split())
    return [(begins[:BEGINNING] + ("……" if len(begins) > BEGINNING else ""), False)]


def as_html(pieces: list[Piece]) -> SafeString:
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if hit else part,) for part, hit in pieces)
    )


def facets_of(asked: Asked, found: Page) -> list[tuple[str, str, list[Link]]]:
    """What hits can still be narrowed by, with the parameter's name; not what would leave all of them."""

    def links(name: str, values: list[Value]) -> list[Link]:
        if name in asked.filters or len(values) < 2:
            return []
        return [Link(value.name, asked.address(**{name: value.code}), value.count) for value in values]

    offered = (
        ("section", gettext("Section"), found.facets.sections),
        ("year", gettext("Year of issue"), found.facets.years),
        ("author", gettext("Author"), found.facets.authors),
    )
    return [
        (name, label, found_links) for name, label, values in offered if (found_links := links(name, values))
    ]


def authors_named(asked: Asked, found: Page) -> list[Author]:
    """Those with a page of their own whose name is asked for, or of whose name a part is."""
    words = ["".join(term) for term in terms(asked.query)]
    if asked.filters or not words:
        return []
    codes = [author.code for author in found.facets.authors if any(word in author.name for word in words)]
    signed = Byline.objects.filter(article__in=Article.objects.for_everyone()).values("author")
    named = Author.objects.filter(Q(name__in=words) | Q(code__in=codes))
    of_groups = Q(pk__in=GroupMember.objects.filter(group__in=signed).values("author"))
    return list(named.filter(Q(pk__in=signed) | of_groups).order_by("name", "unit")[:MOST_AUTHORS])


def chosen(asked: Asked, found: Page) -> list[Link]:
    """What the hits are narrowed by, each with the way out of it."""
    known = {value.code: value.name for value in (*found.facets.sections, *found.facets.authors)}
    return [
        Link(known.get(value, value), asked.address(**{name: None})) for name, value in asked.filters.items()
    ]


def shorter(asked: Asked) -> list[Link]:
    """What may be found where the whole was not: each of several terms, or a long one in words of two."""
    asked_for = terms(asked.query)
    if len(asked_for) > 1:
        tries = ["".join(term) for term in asked_for]
    elif asked_for and len(asked_for[0]) > 2:
        term = asked_for[0]
        pieces = ["".join(term[at : at + 2]) for at in range(0, len(term) - 1, 2)]
        tries = [" ".join(pieces), *pieces] if len(pieces) > 1 else pieces
    else:
        tries = []
    return [Link(words, asked.address(q=words)) for words in dict.fromkeys(tries[:6])]


@reader_page
def description(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description: browsers offer the journal's search in their address bar."""
    context = {"journal": journal_now(), "site": settings.SITE_URL}
    kind = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "public/opensearch.xml", context, content_type=kind)
