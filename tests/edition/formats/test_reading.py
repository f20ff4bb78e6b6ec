"""An issue is read whole, in a fixed number of queries, and for readers only what is published."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles import workflow
from articles.models import Issue
from journal.edition.formats.blocks import Paragraph, Words
from journal.edition.formats.reading import read_issue
from tests.factories import printed_issue
from tests.public.conftest import Shelf, add_author, add_figure, set_fields, shelf

__all__ = ["shelf"]


def test_an_article_is_read_with_all_it_is_printed_with(shelf: Shelf) -> None:
    add_author(shelf.article, "顾晓川", "澜江区志办", role="本刊记者")
    figure = add_figure(shelf.article, caption="老桥", photographer="郁青", credit="摄")
    set_fields(
        shelf.article,
        title="河边\n的事",
        body="<p>一句话。</p>",
        closing_notes=["甲注"],
        series="河",
        series_part="上",
    )
    issue = read_issue(shelf.new, published=True)
    article = next(one for one in issue.articles if one.pk == shelf.article.pk)
    assert (article.title, article.part_mark, article.closing_notes) == (
        ("河边", "的事"),
        "（上）",
        ("甲注",),
    )
    assert article.blocks == (Paragraph((Words("一句话。"),)),)
    assert article.credits[-1].before == "本刊记者"
    assert article.names[-1] == "顾晓川"
    assert [(p.file.name, p.credit) for p in article.loose_figures] == [(figure.image.name, "郁青 摄")]
    assert issue.label == shelf.new.label
    assert [[a.pk for a in group.articles] for group in issue.groups] == [[a.pk for a in issue.articles]]


def test_it_is_read_in_the_journal_s_language_whoever_asks(shelf: Shelf) -> None:
    with translation.override("en"):
        assert read_issue(shelf.new, published=True).name == "2026年第9-10期"


def test_readers_get_nothing_that_was_taken_down(shelf: Shelf) -> None:
    chief, publisher = shelf.cast.chief, shelf.cast.publisher
    workflow.perform("approve_retraction", shelf.article, chief, notice="撤下", reason="有误")
    workflow.perform("take_down", shelf.article, publisher)
    for published in (True, False):
        issue = read_issue(shelf.new, published=published)
        assert shelf.article.pk not in [article.pk for article in issue.articles]


def test_the_desk_reads_what_is_not_out_yet(shelf: Shelf) -> None:
    issue = Issue.objects.get(pk=shelf.hidden.pk)
    assert len(read_issue(issue, published=False).articles) == issue.articles.count()  # type: ignore[attr-defined]
    assert read_issue(issue, published=True).articles == ()


def test_the_queries_do_not_grow_with_the_articles(shelf: Shelf) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        read_issue(shelf.old, published=True)
    long = printed_issue(shelf.cast, 12, year=2025, number="5")
    for article in long.articles.all():  # type: ignore[attr-defined]
        add_author(article, "顾晓川")
        add_figure(article)
    with CaptureQueriesContext(connection) as many:
        assert len(read_issue(long, published=True).articles) == 12
    assert len(many) <= len(few) + 1  # the sections' row, where the first had none
