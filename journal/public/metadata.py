"""What machines read in the head of a page: Highwire, Dublin Core, government metas, Open Graph, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles import richtext
from articles.credits import signing
from articles.models import Article, Figure, Issue, Journal
from articles.models.author import AuthorKind
from journal.public.cite import pages_of

__all__ = [
    "JsonLd",
    "article_ld",
    "article_metas",
    "description_of",
    "issue_ld",
    "periodical",
]

LANGUAGE = "zh-CN"


class JsonLd(str):
    """Data for a ``<script type="application/ld+json">``; nothing in it can close the element."""

    __slots__ = ()

    ESCAPES = {
        ord("<"): "\\u003C",
        ord(">"): "\\u003E",
        ord("&"): "\\u0026",
        0x2028: "\\u2028",
        0x2029: "\\u2029",
    }

    def __new__(cls, data: dict[str, Any]) -> JsonLd:
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return super().__new__(cls, text.translate(cls.ESCAPES))

    def __html__(self) -> str:
        """Not escaped again: in a script element entities would stay as they are."""
        return self


def description_of(article: Article, length: int = 120) -> str:
    """The abstract, or the beginning of the text, on one line."""
    words = " ".join((article.abstract or richtext.plain_text(article.body)).split())
    return words if len(words) <= length else words[: length - 1] + "…"


def printed_on(issue: Issue) -> str:
    """The date of the printed issue as machines write it, or its year alone."""
    return issue.publication_date.isoformat() if issue.publication_date else str(issue.year)


def article_metas(article: Article, journal: Journal, picture: Figure | None) -> list[tuple[str, str, str]]:
    """``(attribute, name, content)`` for each ``<meta>``; empty contents are left out."""
    metas = [
        *highwire(article, journal),
        *dublin_core(article, journal),
        *government(article, journal),
        *open_graph(article, journal, picture),
    ]
    return [(attribute, name, content) for attribute, name, content in metas if content]


def highwire(article: Article, journal: Journal) -> Iterator[tuple[str, str, str]]:
    """The tags Google Scholar and Zotero read; a unit follows the author it belongs to."""
    assert article.issue is not None
    issue, address = article.issue, settings.SITE_URL + article.get_absolute_url()
    yield "name", "citation_title", article.title_line
    for byline in signing(article):
        yield "name", "citation_author", byline.name
        yield "name", "citation_author_institution", byline.printed_unit or byline.author.unit
    yield "name", "citation_journal_title", journal.name
    yield "name", "citation_publisher", journal.organiser
    yield "name", "citation_issn", journal.issn
    yield "name", "citation_issue", issue.number
    yield "name", "citation_publication_date", printed_on(issue).replace("-", "/")
    yield "name", "citation_firstpage", str(article.first_page or "")
    yield "name", "citation_lastpage", str(article.last_page or article.first_page or "")
    yield "name", "citation_language", "zh"
    yield "name", "citation_keywords", "; ".join(map(str, article.keywords))
    yield "name", "citation_abstract_html_url", address
    yield "name", "citation_fulltext_html_url", address


def dublin_core(article: Article, journal: Journal) -> Iterator[tuple[str, str, str]]:
    assert article.issue is not None
    yield "name", "DC.title", article.title_line
    for byline in signing(article):
        yield "name", "DC.creator", byline.name
    yield "name", "DC.publisher", journal.organiser or journal.name
    yield "name", "DC.date", printed_on(article.issue)
    yield "name", "DC.type", "Text"
    yield "name", "DC.language", LANGUAGE
    yield "name", "DC.identifier", settings.SITE_URL + article.get_absolute_url()
    yield "name", "DC.source", article.source or f"{journal.name} {article.issue}"
    yield "name", "DC.description", description_of(article)


def government(article: Article, journal: Journal) -> Iterator[tuple[str, str, str]]:
    """The page tags of the State Council's guide for government sites (国办发〔2017〕47号)."""
    published = article.published_at
    yield "name", "SiteName", journal.name
    yield "name", "ColumnName", article.section.name if article.section else ""
    yield "name", "ArticleTitle", article.title_line
    yield "name", "PubDate", timezone.localtime(published).strftime("%Y-%m-%d %H:%M") if published else ""
    yield "name", "ContentSource", article.source or journal.name
    yield "name", "Author", " ".join(byline.name for byline in signing(article))
    yield "name", "Keywords", ",".join(map(str, article.keywords))
    yield "name", "Description", description_of(article)


def open_graph(article: Article, journal: Journal, picture: Figure | None) -> Iterator[tuple[str, str, str]]:
    yield "property", "og:type", "article"
    yield "property", "og:site_name", journal.name
    yield "property", "og:title", article.title_line
    yield "property", "og:description", description_of(article)
    yield "property", "og:url", settings.SITE_URL + article.get_absolute_url()
    yield "property", "og:locale", "zh_CN"
    if picture:
        yield "property", "og:image", settings.SITE_URL + picture.image.url
        yield "property", "og:image:width", str(picture.width)
        yield "property", "og:image:height", str(picture.height)
        yield "property", "og:image:alt", picture.alternative or picture.caption
    if article.published_at:
        yield "property", "article:published_time", article.published_at.isoformat(timespec="seconds")


def periodical(journal: Journal) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Periodical",
        "name": journal.name,
        "url": f"{settings.SITE_URL}/",
        "inLanguage": LANGUAGE,
    }
    if journal.issn:
        data["issn"] = journal.issn
    if journal.organiser:
        data["publisher"] = {"@type": "Organization", "name": journal.organiser}
    return data


def home_ld(journal: Journal) -> dict[str, Any]:
    """``schema.org/Periodical`` and, for its search, ``WebSite``."""
    address = f"{settings.SITE_URL}{reverse('public:search')}?q={{search_term_string}}"
    site = {
        "@type": "WebSite",
        "name": journal.name,
        "url": f"{settings.SITE_URL}/",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": address},
            "query-input": "required name=search_term_string",
        },
    }
    return {"@context": "https://schema.org", "@graph": [periodical(journal), site]}


def issue_ld(issue: Issue, journal: Journal, articles: list[Article] | None = None) -> dict[str, Any]:
    """``schema.org/PublicationIssue``."""
    data: dict[str, Any] = {
        "@type": "PublicationIssue",
        "issueNumber": issue.number,
        "datePublished": printed_on(issue),
        "url": settings.SITE_URL + issue.get_absolute_url(),
        "isPartOf": periodical(journal),
    }
    if articles is not None:
        data = {"@context": "https://schema.org", "name": f"{journal.name} {issue.label}", **data}
        data["hasPart"] = [
            {
                "@type": "Article",
                "headline": article.title_line,
                "url": settings.SITE_URL + article.get_absolute_url(),
            }
            for article in articles
        ]
    return data


def article_ld(article: Article, journal: Journal, picture: Figure | None) -> dict[str, Any]:
    """``schema.org/Article``."""
    assert article.issue is not None
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title_line,
        "url": settings.SITE_URL + article.get_absolute_url(),
        "inLanguage": LANGUAGE,
        "isPartOf": issue_ld(article.issue, journal),
        "author": [
            {
                "@type": "Person" if byline.author.kind == AuthorKind.PERSON else "Organization",
                "name": byline.name,
            }
            for byline in signing(article)
        ],
        "description": description_of(article),
    }
    corrected = max((erratum.at for erratum in article.errata.all()), default=None)
    optional = {
        "pageStart": article.first_page,
        "pageEnd": article.last_page or article.first_page,
        "pagination": pages_of(article),
        "alternativeHeadline": article.subtitle,
        "dateModified": corrected and corrected.isoformat(timespec="seconds"),
        "articleSection": article.section.name if article.section else None,
        "keywords": article.keywords,
        "datePublished": article.published_at and article.published_at.isoformat(timespec="seconds"),
        "image": picture and settings.SITE_URL + picture.image.url,
    }
    return data | {name: value for name, value in optional.items() if value}
