"""The reader's addresses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from journal.public.converters import FileName, IssueNumber, PictureName
from journal.public.dressing import dressed
from journal.public.oai import view as oai
from journal.public.views import (
    about,
    archive,
    article,
    author,
    comments,
    contribute,
    corrections,
    feeds,
    files,
    home,
    issue,
    machines,
    media,
    offline,
    preview,
    search,
    sections,
    series,
    visits,
)
from journal.variants import APP, VARIANTS, Variant

__all__ = ["app_name", "urlpatterns", "variants"]

#: What machines read has no variant, nor have pictures and the ways in and out of a preview.
WITHOUT_VARIANT = {
    *("feed", "section-feed", "series-feed", "author-feed", "citation", "file"),
    *("sitemap", "sitemap-part", "robots", "opensearch", "oai"),
    *("figure", "preview", "preview-leave"),
    *("visit", "visits-of-issue", "most-read-figures"),
    "worker",
}

register_converter(IssueNumber, "issue_number")
register_converter(PictureName, "picture_name")
register_converter(FileName, "file_name")

app_name = "public"
ISSUE = "issues/<int:year>/<issue_number:number>/"
ARTICLE = ISSUE + "<slug:code>/"
#: Never baked: the form needs a token of its reader's own.
COMMENTS = "comments/<int:year>/<issue_number:number>/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("members/", home.members, name="members"),
    path("issues/", archive.archive, name="archive"),
    path("issues/<int:year>/", archive.archive, name="year"),
    path("issues/<int:year>/index/", archive.index, name="index"),
    path(ISSUE, issue.issue, name="issue"),
    path(ISSUE + "<file_name:file>", files.file, name="file"),
    path(ARTICLE, article.article, name="article"),
    path(ARTICLE + "<slug:cited>.<str:ending>", article.citation, name="citation"),
    path("sections/", sections.sections, name="sections"),
    path("sections/<slug:code>/", sections.section, name="section"),
    path("sections/<slug:code>/<int:number>/", sections.section, name="section"),
    path("sections/<slug:code>/feed/", feeds.section_feed, name="section-feed"),
    path("sections/<slug:code>/feed/<str:form>", feeds.section_feed, name="section-feed"),
    path("series/", series.all_series, name="all-series"),
    path("series/<slug:code>/", series.series, name="series"),
    path("series/<slug:code>/feed/", feeds.series_feed, name="series-feed"),
    path("authors/<slug:code>/", author.author, name="author"),
    path("authors/<slug:code>/<int:number>/", author.author, name="author"),
    path("authors/<slug:code>/feed/", feeds.author_feed, name="author-feed"),
    path("about/", about.about, name="about"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/<int:number>/", corrections.corrections, name="corrections"),
    path("contribute/", contribute.contribute, name="contribute"),
    path(COMMENTS, comments.comment, name="comment"),
    path(COMMENTS + "sent/", comments.sent, name="comment-sent"),
    path("most-read/", visits.most_read, name="most-read"),
    path("visits/", visits.visit, name="visit"),
    path("visits/most-read.json", visits.most_read_figures, name="most-read-figures"),
    path("visits/<int:year>/<issue_number:number>.json", visits.of_issue, name="visits-of-issue"),
    path("feed/", feeds.feed, name="feed"),
    path("feed/<str:form>", feeds.feed, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", machines.sitemap_part, name="sitemap-part"),
    path("offline/", offline.offline, name="offline"),
    path("sw.js", offline.worker, name="worker"),
    path("search/", search.search_page, name="search"),
    path("opensearch.xml", search.description, name="opensearch"),
    path("oai/", oai.oai, name="oai"),
    path("robots.txt", machines.robots, name="robots"),
    path("preview/leave/", preview.leave, name="preview-leave"),
    path("preview/<str:key>/", preview.enter, name="preview"),
    path("media/figures/<picture_name:name>", media.figure, name="figure"),
]


def variants() -> list[URLResolver]:
    """The same pages under the prefix of each variant, dressed."""
    return [path(f"{one.prefix}/", include((pages_of(one), APP), namespace=one.prefix)) for one in VARIANTS]


def pages_of(variant: Variant) -> list[URLPattern]:
    return [
        URLPattern(page.pattern, dressed(page.callback, variant), page.default_args, page.name)
        for page in urlpatterns
        if page.name not in WITHOUT_VARIANT
    ]
