"""What a change bakes again where pages name other pages: those that show it, and no others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from articles.models import Article, Erratum
from journal.edition.plan import make_plan
from tests.factories import printed_issue
from tests.public.conftest import Shelf, add_author, set_fields

pytestmark = pytest.mark.django_db


def fingerprints() -> dict[str, str]:
    return {group.key: group.fingerprint for group in make_plan("the same code").groups()}


def changed_by(change: Callable[[], object]) -> set[str]:
    """Names of the public groups a change touches, new and lost ones too."""
    before = fingerprints()
    change()
    after = fingerprints()
    differ = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return {key.removeprefix("public ") for key in differ if key.startswith("public ")}


def articles_of(shelf: Shelf) -> tuple[list[Article], list[Article]]:
    return list(shelf.old.articles.in_page_order()), list(shelf.new.articles.in_page_order())  # type: ignore[attr-defined]


def test_a_new_issue_reaches_what_was_the_current_issue_and_no_older_article(shelf: Shelf) -> None:
    """Its pages said 本期; what came before it says nothing that could change."""
    old, new = articles_of(shelf)
    for article in (*old, *new):
        set_fields(article, keywords=["渡口"])

    def publish() -> None:
        issue = printed_issue(shelf.cast, 2, year=2027, number="1", serial_number=20)
        for article in issue.articles.all():
            set_fields(article, keywords=["渡口"], section=shelf.section)

    changed = changed_by(publish)
    assert "/" in changed
    assert {article.get_absolute_url() for article in new} <= changed
    assert not changed & {article.get_absolute_url() for article in old}


def test_a_corrected_title_reaches_the_pages_that_name_it_as_related(shelf: Shelf) -> None:
    old, new = articles_of(shelf)
    set_fields(old[0], keywords=["渡口"])
    set_fields(new[0], keywords=["渡口"])
    changed = changed_by(lambda: set_fields(old[0], title="改过的题目"))
    assert new[0].get_absolute_url() in changed
    changed = changed_by(lambda: set_fields(old[0], body="<p>只改了正文。</p>"))
    assert new[0].get_absolute_url() not in changed


def test_a_corrected_title_of_a_younger_article_does_not_reach_back(shelf: Shelf) -> None:
    old, new = articles_of(shelf)
    add_author(old[0], "顾晓川", "澜江杂志社")
    add_author(new[0], "顾晓川", "澜江杂志社")
    changed = changed_by(lambda: set_fields(new[0], title="改过的题目", keywords=["渡口"]))
    assert not changed & {article.get_absolute_url() for article in old}


def test_a_series_has_its_pages_as_long_as_somebody_may_read_a_part(shelf: Shelf) -> None:
    old, new = articles_of(shelf)
    begun = changed_by(lambda: set_fields(old[0], series="白苎河上溯", series_part="上"))
    assert {"/series/", "/series/bai-zhu-he-shang-su/", "/sections/", old[0].get_absolute_url()} <= begun
    joined = changed_by(lambda: set_fields(new[0], series="白苎河上溯", series_part="下"))
    assert {"/series/bai-zhu-he-shang-su/", old[0].get_absolute_url()} <= joined
    changed = changed_by(lambda: set_fields(shelf.secret, series="白苎河上溯"))
    assert "/series/bai-zhu-he-shang-su/" not in changed


def test_a_correction_is_listed_and_leaves_related_pages_alone(shelf: Shelf) -> None:
    old, new = articles_of(shelf)
    set_fields(old[0], keywords=["渡口"])
    set_fields(new[0], keywords=["渡口"])

    def correct() -> None:
        Erratum.objects.create(article=old[0], notice="一处更正。", reason="核对", by=shelf.cast.chief)

    changed = changed_by(correct)
    assert {"/corrections/", old[0].get_absolute_url(), shelf.old.get_absolute_url()} <= changed
    assert not changed & {article.get_absolute_url() for article in new}


def test_the_feeds_are_baked_in_every_form(shelf: Shelf) -> None:
    pages = {page for group in make_plan("the same code").groups() for page in group.pages}
    assert {"/feed/", "/feed/rss.xml", "/feed/feed.json"} <= pages
    assert {f"/sections/people/feed/{form}" for form in ("", "rss.xml", "feed.json")} <= pages
