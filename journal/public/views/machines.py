"""What search engines read: the map of the site and the house rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.models import Article, Author, Issue, Section
from articles.series import codes
from journal.public.answer import reader_page
from journal.public.views.corrections import notices_in

__all__ = ["PART", "robots", "sitemap", "sitemap_part"]

#: Addresses a file; the protocol allows 50,000 and 50 MB.
PART = 20_000
Entry = tuple[str, datetime | None]


def entries() -> list[Entry]:
    """Every page for everybody with the time of its last change: publication or the last correction."""
    articles = (
        Article.objects.for_everyone()
        .annotate(changed=Greatest("published_at", Coalesce(Max("errata__at"), "published_at")))
        .order_by("-issue__year", "-issue__sort_number", "first_page", "pk")
        .values_list("pk", "code", "issue_id", "section_id", "changed", "series", "issue__year")
    )
    rows = list(articles)
    return [
        *standing_entries(max((row[4] for row in rows), default=None)),
        *issue_entries(rows),
        *grouped(Section.objects.values_list("pk", "code"), last_by_section(rows), "section"),
        *series_entries(rows),
        *year_entries(rows),
        *grouped(Author.objects.values_list("pk", "code"), author_changes(), "author"),
    ]


def standing_entries(newest: datetime | None) -> Iterator[Entry]:
    """Pages that are always there; how to contribute changes with no article, so it has no date."""
    for name in ("home", "archive", "sections", "about"):
        yield reverse(f"public:{name}"), newest
    yield reverse("public:contribute"), None
    if put_right := notices_in(Issue.objects.for_everyone()).aggregate(last=Max("at"))["last"]:
        yield reverse("public:corrections"), put_right


#: Key, code, issue, section, last change, series and year of an article.
Row = tuple[int, str, int | None, int | None, datetime, str, int]


def series_entries(rows: list[Row]) -> Iterator[Entry]:
    """Each serial with the last change of one of its parts."""
    changes: dict[str, datetime] = {}
    for row in rows:
        if row[5]:
            changes[row[5]] = max(row[4], changes.get(row[5], row[4]))
    if changes:
        yield reverse("public:all-series"), max(changes.values())
    for name, code in codes().items():
        if name in changes:
            yield reverse("public:series", args=[code]), changes[name]


def year_entries(rows: list[Row]) -> Iterator[Entry]:
    """The index of each year."""
    changes: dict[int, datetime] = {}
    for *_, changed, _series, year in rows:
        changes[year] = max(changed, changes.get(year, changed))
    for year, changed in sorted(changes.items(), reverse=True):
        yield reverse("public:index", args=[year]), changed


def issue_entries(rows: list[Row]) -> Iterator[Entry]:
    """Each issue, then its articles."""
    inside: dict[int, list[tuple[str, datetime]]] = {}
    for _, code, issue_id, _, changed, *_ in rows:
        if issue_id is not None:
            inside.setdefault(issue_id, []).append((code, changed))
    issues = Issue.objects.for_everyone().newest_first()
    for pk, year, number, published_at in issues.values_list("pk", "year", "number", "published_at"):
        articles = inside.get(pk, [])
        yield (
            reverse("public:issue", args=[year, number]),
            max((changed for _, changed in articles), default=published_at),
        )
        for code, changed in articles:
            yield reverse("public:article", args=[year, number, code]), changed


def last_by_section(rows: list[Row]) -> dict[int | None, datetime]:
    changes: dict[int | None, datetime] = {}
    for row in rows:
        changes[row[3]] = max(row[4], changes.get(row[3], row[4]))
    return changes


def author_changes() -> dict[int | None, datetime]:
    pairs = (
        Article.objects.for_everyone().values_list("bylines__author_id").annotate(last=Max("published_at"))
    )
    return dict(pairs)


def grouped(rows: object, changes: dict[int | None, datetime], name: str) -> Iterator[Entry]:
    for pk, code in rows:  # type: ignore[attr-defined]
        if pk in changes:
            yield reverse(f"public:{name}", args=[code]), changes[pk]


def answer(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")


@reader_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses, or, beyond one file's worth, where the parts are."""
    found = entries()
    if len(found) <= PART:
        return answer(request, "public/sitemap.xml", {"entries": found, "site": settings.SITE_URL})
    parts = range(1, (len(found) - 1) // PART + 2)
    paths = [reverse("public:sitemap-part", args=[part]) for part in parts]
    response = answer(request, "public/sitemap_parts.xml", {"paths": paths, "site": settings.SITE_URL})
    response.headers["Link"] = f'<{paths[0]}>; rel="next"'
    return response


@reader_page
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    found = entries()
    chosen = found[(part - 1) * PART : part * PART] if part else []
    if not chosen or len(found) <= PART:
        raise Http404
    response = answer(request, "public/sitemap.xml", {"entries": chosen, "site": settings.SITE_URL})
    if part * PART < len(found):
        response.headers["Link"] = f'<{reverse("public:sitemap-part", args=[part + 1])}>; rel="next"'
    return response


@reader_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /members/",
        "Disallow: /oai/",
        "Disallow: /search/",
        "Disallow: /visits/",
        f"Sitemap: {settings.SITE_URL}{reverse('public:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
