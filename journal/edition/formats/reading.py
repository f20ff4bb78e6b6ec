"""Reads an issue from the database for the formats: the one place where rows become ``IssueText``.

The number of queries does not depend on the articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Prefetch, QuerySet
from django.utils import timezone, translation

from articles.contents import contents_of
from articles.credits import credits_of, members_of, signing
from articles.file_fingerprints import GONE
from articles.models import Article, Author, Byline, Erratum, Figure, Issue, Journal
from articles.models.journal import PublicationType
from articles.stages import Stage
from journal.edition.formats.blocks import FigureText, Words, pictures_in
from journal.edition.formats.from_html import blocks_of
from journal.edition.formats.text import (
    ArticleText,
    Credit,
    Group,
    IssueText,
    JournalText,
    Line,
    Notice,
    Person,
)

__all__ = ["read_articles", "read_issue"]


def read_issue(issue: Issue, *, published: bool) -> IssueText:
    """The issue as text, in the journal's own language.

    ``published``: what readers may have, only what is published, with the notices of corrections; else what
    stands in the issue at the desk, whatever its stage.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return issue_text(issue, published=published)


def read_articles(articles: QuerySet[Article]) -> Iterator[tuple[ArticleText, IssueText]]:
    """Published articles of any issues, in their order, each with what its issue says of itself: that is
    without contents, cover and masthead.
    """
    with translation.override(settings.LANGUAGE_CODE):
        journal = journal_text(Journal.objects.current())
        for row in with_everything(articles, published=True).select_related("section", "issue"):
            assert row.issue is not None
            yield article_text(row, row.issue), bare_issue(row.issue, journal, published=True)


def issue_text(issue: Issue, *, published: bool) -> IssueText:
    rows = list(articles_of(issue, published=published))
    texts = {row.pk: article_text(row, issue) for row in rows}
    contents = contents_of(rows)
    cover = issue.figures.filter(role=Figure.Role.COVER).first()
    return replace(
        bare_issue(issue, journal_text(Journal.objects.current()), published=published),
        masthead=tuple(
            Line(line.label, tuple(map(str, line.values)), line.kind == line.Kind.PEOPLE)
            for line in issue.masthead.all()
        ),
        cover=figure_text(cover) if cover else None,
        articles=tuple(texts.values()),
        groups=tuple(
            Group(group.section.name if group.section else "", tuple(texts[a.pk] for a in group.articles))
            for group in contents.groups
        ),
        photo_stories=tuple(texts[story.pk] for story in contents.photo_stories),
    )


def bare_issue(issue: Issue, journal: JournalText, *, published: bool) -> IssueText:
    """What the issue says of itself."""
    return IssueText(
        pk=issue.pk,
        journal=journal,
        year=issue.year,
        number=issue.number,
        serial_number=issue.serial_number,
        name=str(issue),
        label=issue.label,
        address=settings.SITE_URL + issue.get_absolute_url(),
        publication_date=issue.publication_date,
        page_count=issue.page_count,
        fixed_pages={int(page): str(words) for page, words in issue.fixed_pages.items()},
        slogans=tuple(map(str, issue.slogans)),
        masthead=(),
        cover=None,
        articles=(),
        groups=(),
        photo_stories=(),
        published=published,
    )


def articles_of(issue: Issue, *, published: bool) -> QuerySet[Article]:
    """The articles in the order of their pages with all they are printed with."""
    found = Article.objects.filter(issue=issue)
    found = found.filter(stage=Stage.PUBLISHED) if published else found.exclude(stage__in=GONE)
    return with_everything(found.in_page_order(), published=published)


def with_everything(articles: QuerySet[Article], *, published: bool) -> QuerySet[Article]:
    notices = Erratum.objects.filter(kind=Erratum.Kind.CORRECTION) if published else Erratum.objects.none()
    return (
        articles.select_related("section")
        .defer("raw_body")
        .prefetch_related(
            Prefetch("bylines", queryset=Byline.objects.select_related("author").order_by("position")),
            "bylines__author__members__author",
            Prefetch("figures", queryset=Figure.objects.order_by("position", "pk")),
            Prefetch("errata", queryset=notices.order_by("at"), to_attr="corrections"),
        )
    )


def journal_text(journal: Journal) -> JournalText:
    return JournalText(
        name=journal.name,
        pinyin_name=journal.pinyin_name,
        serial=journal.publication_type == PublicationType.SERIAL,
        frequency=journal.get_frequency_display(),
        authority=journal.authority,
        organiser=journal.organiser,
        issn=journal.issn,
        cn_number=journal.cn_number,
        licence_number=journal.licence_number,
        address=journal.address,
        postcode=journal.postcode,
        telephone=journal.telephone,
        submission_address=journal.submission_address,
        site=settings.SITE_URL,
        doi_prefix=settings.CROSSREF_PREFIX,
        depositor=settings.CROSSREF_DEPOSITOR,
        depositor_email=settings.CROSSREF_EMAIL,
    )


def article_text(article: Article, issue: Issue) -> ArticleText:
    article.issue = issue
    figures = {str(figure.image.name): figure_text(figure) for figure in article.figures.all()}
    blocks = blocks_of(article.body, lambda name: figures.get(name) or FigureText(Stored(name), 0, 0))
    shown = {picture.file.name for picture in pictures_in(blocks)}
    corrections: list[Erratum] = article.corrections  # type: ignore[attr-defined]
    return ArticleText(
        pk=article.pk,
        code=article.code,
        address=settings.SITE_URL + article.get_absolute_url(),
        section=article.section.name if article.section else "",
        section_code=article.section.code if article.section else "",
        kicker=article.kicker,
        title=tuple(article.title.split("\n")),
        subtitle=article.subtitle,
        contents_title=article.contents_title,
        abstract=lines(article.abstract),
        keywords=tuple(map(str, article.keywords)),
        credits=credits(article),
        blocks=blocks,
        loose_figures=tuple(figure for name, figure in figures.items() if name not in shown),
        closing_notes=tuple(str(note) for note in article.closing_notes if str(note).strip()),
        source=article.source,
        series=article.series,
        series_part=article.series_part,
        part_mark=article.part_mark,
        series_status=article.series_status,
        photo_story=article.photo_story,
        first_page=article.first_page,
        last_page=article.last_page or article.first_page,
        published_at=article.published_at,
        corrected_at=max((row.at for row in corrections), default=None),
        notices=tuple(Notice(timezone.localtime(row.at).date(), row.notice) for row in corrections),
    )


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


# People.


def credits(article: Article) -> tuple[Credit, ...]:
    signed = {byline.pk for byline in signing(article)}
    said = tuple(map(str, article.closing_notes))
    return tuple(
        Credit(
            tuple(person(byline, signs=byline.pk in signed, said=said) for byline in credit.bylines),
            before=credit.before,
            after=credit.after,
        )
        for credit in credits_of(article)
    )


def person(byline: Byline, *, signs: bool, said: tuple[str, ...]) -> Person:
    author: Author = byline.author
    return Person(
        name=byline.name,
        code=author.code,
        kind=author.kind,
        role=byline.role,
        unit=byline.printed_unit,
        post=byline.printed_post,
        signs=signs,
        members=tuple((member.role, tuple(member.names)) for member in members_of(author, said)),
    )


# Pictures.


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture of the media folder."""

    name: str

    def open(self) -> BinaryIO:
        opened: BinaryIO = default_storage.open(self.name, "rb")  # type: ignore[assignment]
        return opened


def figure_text(figure: Figure) -> FigureText:
    return FigureText(
        file=Stored(str(figure.image.name)),
        width=figure.width,
        height=figure.height,
        caption=(Words(figure.caption),) if figure.caption else (),
        credit=figure.credit_line,
        alternative=figure.alternative,
    )
