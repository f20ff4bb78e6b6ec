"""Take out of the edition on show, at once, what readers may no longer see: a bake takes time, and may fail.

When the office narrows who may read an issue, or takes an article down, its files for everybody leave the
edition before that is committed, and with them the pages that list it. They are set aside below ``withdrawn``
in the edition's own folder, where no server looks; whoever asks for them gets to the application, which
answers by the record. So no harm is done when the decision is not committed after all: the application shows
what the file has shown, and the next bake writes the file again.

What must hold after a crash at any moment: no page is served from its file that the record, once committed,
keeps from its reader. A bake that was under way meanwhile may have read the record as it was before, so what
it shows is looked through again after its switch. Pages that merely name a closed issue – those of the issue
before it, related reading – wait for the bake that follows the decision.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db.models import QuerySet
from django.urls import reverse

from articles import renditions
from articles.models import Article, Author, Figure, Issue, Section
from articles.offered_files import ENDINGS
from articles.stages import Stage
from journal import variants
from journal.edition import store
from journal.edition.manifest import WITHDRAWN
from journal.edition.plan import PUBLIC

__all__ = ["withdraw", "withdraw_articles", "withdraw_issues"]

#: A page for who asks for its address, then the copies a server sends in its place.
FORMS = ("", ".gz", ".br")


def withdraw() -> None:
    """Look through all issues that are not for everybody and all articles taken down."""
    withdraw_issues(Issue.objects.all())
    withdraw_articles(Article.objects.all())


def withdraw_issues(issues: QuerySet[Issue]) -> None:
    """Set aside those that are out, but not for everybody as this connection sees them."""
    for top in edition_on_show():
        for issue in issues.filter(pk__in=Issue.objects.out()).exclude(pk__in=Issue.objects.for_everyone()):
            folder = issue.get_absolute_url().strip("/")
            if is_there(top, folder):
                inside = Article.objects.filter(issue=issue)
                of_issue = Figure.objects.filter(issue=issue) | Figure.objects.filter(article__in=inside)
                set_aside(top, [*pictures(of_issue), *lists(top, issue, inside), folder])


def withdraw_articles(articles: QuerySet[Article]) -> None:
    """Set aside those taken down: in their place stands a page that says so, without a citation beside it."""
    for top in edition_on_show():
        down = articles.filter(stage=Stage.RETRACTED, issue__in=Issue.objects.out()).select_related("issue")
        for article in down.defer("body", "raw_body"):
            set_aside_article(top, article)


def set_aside_article(top: Path, article: Article) -> None:
    issue, folder = article.issue, article.get_absolute_url().strip("/")
    if issue is not None and (top / PUBLIC / folder / f"{article.code}.bib").exists():
        listing = lists(top, issue, Article.objects.filter(pk=article.pk))
        of_issue = contents_and_files(top, issue)
        set_aside(top, [*pictures(Figure.objects.filter(article=article)), *listing, *of_issue, folder])


def contents_and_files(top: Path, issue: Issue) -> Iterator[str]:
    """The page of an issue, and what of it readers may download: the whole of it, with every article."""
    folder = issue.get_absolute_url().strip("/")
    yield f"{folder}/index.html"
    files = (path for path in (top / PUBLIC / folder).glob("*") if path.suffix in ENDINGS)
    yield from (f"{folder}/{path.name}" for path in files)


def edition_on_show() -> Iterator[Path]:
    """Its folder, or nothing before the first."""
    shown = store.current()
    if shown is not None:
        yield store.folder(shown)


def prefixes() -> list[str]:
    """Before the addresses of each variant, those of the simplified edition first."""
    return ["", *(f"{variant.prefix}/" for variant in variants.shown())]


def is_there(top: Path, folder: str) -> bool:
    return any((top / PUBLIC / f"{prefix}{folder}").exists() for prefix in prefixes())


def pictures(figures: QuerySet[Figure]) -> Iterator[str]:
    for image, width in figures.values_list("image", "width"):
        yield f"media/{image}"
        yield from (f"media/{one.name}" for one in renditions.of(image, width))


def lists(top: Path, issue: Issue, articles: QuerySet[Article]) -> Iterator[str]:
    """The pages and folders of pages that list them, titles, abstracts and all, with their feeds."""
    yield from ("index.html", "issues/index.html", "sections/index.html", "feed", "series", "corrections")
    yield from (f"issues/{issue.year}/index.html", f"issues/{issue.year}/index")
    yield from (path.name for path in (top / PUBLIC).glob("sitemap*.xml"))
    for code in Section.objects.filter(articles__in=articles).values_list("code", flat=True).distinct():
        yield reverse("public:section", args=[code]).strip("/")
    signed = Author.objects.filter(bylines__article__in=articles)
    members = Author.objects.filter(memberships__group__in=signed)
    for code in {*signed.values_list("code", flat=True), *members.values_list("code", flat=True)}:
        yield reverse("public:author", args=[code]).strip("/")


def set_aside(top: Path, names: Iterable[str]) -> None:
    """Move files and folders, of every variant; what is not there is passed over."""
    for name in names:
        for prefix in prefixes():
            for form in FORMS:
                move(
                    top / PUBLIC / f"{prefix}{name}{form}", top / WITHDRAWN / PUBLIC / f"{prefix}{name}{form}"
                )


def move(source: Path, target: Path) -> None:
    """A folder of which a part was set aside before follows in pieces."""
    if source.is_dir() and target.is_dir():
        for inner in sorted(source.iterdir()):
            move(inner, target / inner.name)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)
