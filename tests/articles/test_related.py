"""The rule of related articles: keywords, hands, section; never younger, never hidden, always the same."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, Byline
from articles.related import MOST, REACH, Line, Relations, related_to
from tests.public.conftest import Shelf, add_author, set_fields, shelf

__all__ = ["shelf"]


def line(pk: int, issue: int, **fields: object) -> Line:
    values = {"page": 1, "section": None, "series": "", "keywords": (), "authors": ()}
    return Line(pk, (2020 + issue // 12, issue % 12 + 1), **{**values, **fields})  # type: ignore[arg-type]


def of(own: Line, others: Iterable[Line]) -> list[int]:
    lines = [own, *others]
    return Relations(lines, {one.issue for one in lines}).of(own)


def test_what_shares_the_most_keywords_comes_first() -> None:
    own = line(1, 5, keywords=("渡口", "公交"))
    others = [
        line(2, 4, keywords=("渡口",)),
        line(3, 3, keywords=("渡口", "公交")),
        line(4, 4, keywords=("桥",)),
    ]
    assert of(own, others) == [3, 2]


def test_then_the_same_hand_then_the_section_each_the_newest_first() -> None:
    own = line(1, 5, keywords=("渡口",), authors=(7,), section=3)
    others = [
        line(2, 4, section=3),
        line(3, 1, authors=(7,)),
        line(4, 2, authors=(8, 7)),
        line(5, 3, keywords=("渡口",)),
    ]
    assert of(own, others) == [5, 4, 3, 2]


def test_neighbours_of_its_own_section_and_issue_need_more_than_that() -> None:
    own = line(1, 5, section=3)
    assert of(own, [line(2, 5, section=3), line(3, 4, section=3)]) == [3]


def test_parts_of_its_series_are_left_out() -> None:
    own = line(1, 5, series="上溯", authors=(7,))
    assert of(own, [line(2, 4, series="上溯", authors=(7,)), line(3, 3, authors=(7,))]) == [3]


def test_keywords_reach_a_year_back_and_hands_without_end() -> None:
    issues = [line(100 + number, number) for number in range(REACH + 3)]
    own = line(1, REACH + 2, keywords=("渡口",), authors=(7,))
    assert of(own, [*issues, line(2, 2, keywords=("渡口",))]) == []
    assert of(own, [*issues, line(3, 3, keywords=("渡口",)), line(4, 0, authors=(7,))]) == [3, 4]


LINES = st.builds(
    line,
    pk=st.integers(1, 30),
    issue=st.integers(0, 30),
    page=st.integers(0, 3),
    section=st.sampled_from([None, 1, 2]),
    series=st.sampled_from(["", "甲"]),
    keywords=st.lists(st.sampled_from("甲乙丙"), unique=True, max_size=3).map(tuple),
    authors=st.lists(st.integers(1, 3), unique=True, max_size=2).map(tuple),
)


@given(st.lists(LINES, unique_by=lambda one: one.pk, min_size=1, max_size=20), LINES)
def test_what_is_younger_never_changes_a_list(lines: list[Line], newer: Line) -> None:
    own = lines[0]
    if newer.issue <= own.issue or newer.pk in {one.pk for one in lines}:
        return
    found = of(own, lines)
    assert found == of(own, [*lines, newer])
    assert len(found) == len(set(found)) <= MOST
    assert own.pk not in found


@pytest.mark.django_db
def test_asked_for_one_the_answer_is_that_for_all(shelf: Shelf) -> None:
    """The page asks for one article, the plan for all at once."""
    writer = None
    for article in Article.objects.filter(issue__in=[shelf.old, shelf.new]):
        set_fields(article, keywords=["渡口"] if article.first_page == 1 else [])
        if article.first_page == 2:
            writer = add_author(article, "顾晓川", "澜江杂志社")
    assert writer is not None
    everything = Article.objects.for_everyone().select_related("issue").prefetch_related("bylines")
    lines = {
        article.pk: Line(
            article.pk,
            (article.issue.year, article.issue.sort_number),  # type: ignore[union-attr]
            article.first_page or 0,
            article.section_id,
            article.series,
            tuple(article.keywords),
            tuple(byline.author_id for byline in article.bylines.all()),
        )
        for article in everything
    }
    all_at_once = Relations(lines.values(), {one.issue for one in lines.values()})
    found = {article.pk: related_to(article) for article in everything}
    assert found == {pk: all_at_once.of(one) for pk, one in lines.items()}
    assert any(found.values())


@pytest.mark.django_db
def test_what_is_not_for_everybody_is_never_named(shelf: Shelf) -> None:
    for article in (shelf.secret, shelf.article):
        set_fields(article, keywords=["渡口"])
        Byline.objects.filter(article=article).delete()
        add_author(article, "顾晓川", "澜江杂志社")
    newest = shelf.new.articles.in_page_order().last()  # type: ignore[attr-defined]
    set_fields(newest, keywords=["渡口"])
    assert shelf.secret.pk not in related_to(Article.objects.get(pk=newest.pk))
    assert shelf.article.pk in related_to(Article.objects.get(pk=shelf.secret.pk))
