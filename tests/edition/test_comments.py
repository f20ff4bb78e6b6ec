"""Readers' comments are baked with the page: seen at once when shown, gone at once when removed."""

from __future__ import annotations

from typing import Any

import pytest

from articles import reader_comments, record
from articles.models import Article, Issue, ReaderComment
from journal.edition import due, going_back, receivers, store
from journal.edition.bake import bake
from tests.edition.conftest import Door
from tests.edition.test_corrections import newly_baked
from tests.factories import Cast, make_journal, make_section, printed_issue
from tests.public.conftest import set_fields

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "缆绳那一段写得好。"


@pytest.fixture
def cast(db: None) -> Cast:
    make_journal(name="澜江", publication_type="serial", comments="everybody")
    return Cast()


@pytest.fixture
def issue(cast: Cast) -> Issue:
    issue = printed_issue(cast, 4, year=2026, number="7")
    for article in issue.articles.all():
        set_fields(article, section=make_section())
    bake()
    return issue


@pytest.fixture
def article(issue: Issue) -> Article:
    found: Article = issue.articles.in_page_order()[1]  # type: ignore[attr-defined]
    return found


def came_in(article: Article, text: str = WORDS) -> ReaderComment:
    with record.performing():
        return ReaderComment.objects.create(article=article, name="江边人", text=text)


def seen(article: Article) -> str:
    """The page as the files have it: database and application are down."""
    answer = Door(store.root()).get(article.get_absolute_url())
    assert answer.status == 200
    return answer.body.decode()


def decide(action: str, comment: ReaderComment, cast: Cast, reason: str = "本人要求") -> None:
    reader_comments.decide(action, [comment.pk], cast.editor, reason=reason)


def group_of(article: Article) -> str:
    return f"public {article.get_absolute_url()}"


def test_a_comment_is_on_the_page_when_it_is_shown_and_off_when_it_is_removed(
    cast: Cast, article: Article
) -> None:
    comment = came_in(article)
    assert WORDS not in seen(article)
    decide("show_comment", comment, cast)
    assert WORDS in seen(article)
    assert newly_baked() == {group_of(article)}
    decide("remove_comment", comment, cast)
    assert WORDS not in seen(article)
    assert newly_baked() == {group_of(article)}


def test_what_is_sent_or_refused_bakes_nothing(cast: Cast, article: Article) -> None:
    before = store.current()
    decide("refuse_comment", came_in(article), cast)
    assert store.current() == before
    assert not due.is_behind()


def test_many_decisions_at_once_are_one_edition(cast: Cast, issue: Issue) -> None:
    before = store.current() or 0
    keys = [came_in(article).pk for article in issue.articles.all()]
    reader_comments.decide("show_comment", keys, cast.editor)
    assert store.current() == before + 1
    assert all(WORDS in seen(article) for article in issue.articles.all())


def test_closing_an_article_bakes_its_page_alone(cast: Cast, article: Article) -> None:
    assert "/comments/" in seen(article)
    reader_comments.set_closed(article, True, cast.editor)
    assert "/comments/" not in seen(article)
    assert newly_baked() == {group_of(article)}


def test_the_switch_bakes_the_articles_and_nothing_else(cast: Cast, issue: Issue, article: Article) -> None:
    make_journal(comments="off")
    assert 'id="comments"' not in seen(article)
    assert newly_baked() == {group_of(other) for other in issue.articles.all()}


def test_a_bake_that_fails_is_told_and_made_up_for(
    cast: Cast, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**words: Any) -> None:
        raise OSError("no room")

    comment = came_in(article)
    with monkeypatch.context() as patch:
        patch.setattr(receivers, "bake", broken)
        decide("show_comment", comment, cast)
    assert WORDS not in seen(article)
    assert due.is_behind()
    assert due.catch_up() is not None
    assert WORDS in seen(article)
    assert not due.is_behind()


def test_nobody_goes_back_to_a_comment_that_was_removed(cast: Cast, article: Article) -> None:
    comment = came_in(article)
    decide("show_comment", comment, cast)
    shown = store.current()
    assert shown is not None
    assert going_back.would_bring_back(shown - 1) == []
    decide("remove_comment", comment, cast)
    assert len(going_back.would_bring_back(shown)) == 1
    assert going_back.would_bring_back(shown - 1) == []


def test_the_comments_of_an_issue_for_signed_in_readers_are_in_no_public_file(cast: Cast) -> None:
    make_journal(publication_type="internal", cn_number="")
    article = printed_issue(cast, 1, year=2026, number="8").articles.get()
    bake()
    decide("show_comment", came_in(article), cast)
    top = store.folder(store.current() or 0)
    holding = [path for path in top.rglob("*.html") if WORDS in path.read_text(encoding="utf-8")]
    assert {path.relative_to(top).parts[0] for path in holding} == {"members"}


def test_nobody_goes_back_to_comments_that_were_switched_off(cast: Cast, article: Article) -> None:
    before = store.current()
    decide("show_comment", came_in(article), cast)
    shown = store.current()
    make_journal(comments="off")
    assert before is not None
    assert shown is not None
    assert len(going_back.would_bring_back(shown)) == 1
    assert going_back.would_bring_back(before) == []
    make_journal(comments="everybody")
    assert going_back.would_bring_back(shown) == []
