"""The parts of a serial are marked as print marks them."""

from __future__ import annotations

import pytest

from articles.models import Article

pytestmark = pytest.mark.database_free


@pytest.mark.parametrize(
    ("title", "mark"), [("白苎河上溯", "（上）"), ("难抵诱惑（上）", ""), ("难抵诱惑(上)", "")]
)
def test_a_part_is_marked_once(title: str, mark: str) -> None:
    assert Article(title=title, series="白苎河上溯", series_part="上").part_mark == mark


def test_an_article_outside_a_series_has_no_mark() -> None:
    assert Article(title="渡口", series_part="上").part_mark == ""
