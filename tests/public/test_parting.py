"""A title of two lines is not parted inside a word: the text under it says what its words are."""

from __future__ import annotations

import pytest
from django.test import Client

from journal.public.parting import pieces, spans
from tests.public.conftest import Shelf, set_fields

TEXT = "水位站的水位资料。白苎河的水位，白苎河的资料，一致性不好，查勘。下游的下游。三站，三站。"
TEXT += "最后的木船，木船最后。"


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        ("白苎河下游三站水位资料", "白苎河|下游|三站|水位|资料"),
        ("最后一条木船", "最后|一条|木船"),
        ("花盆底下的钥匙", "花盆底下的钥匙"),
        ("水位", "水位"),
        ("箍", "箍"),
        ("", ""),
    ],
)
def test_a_line_is_parted_where_the_text_ties_its_characters_least(line: str, parted: str) -> None:
    assert pieces(line, TEXT) == parted.split("|")


@pytest.mark.parametrize("line", ["资料的水位了", "水位，资料", "水位2026资料", "水位 资料", "Water水位资料"])
def test_nothing_is_lost_and_no_piece_is_a_single_character(line: str) -> None:
    found = pieces(line, TEXT)
    assert "".join(found) == line
    assert all(len(piece) > 1 for piece in found)
    assert all(piece[0] not in "的了" for piece in found)


def test_from_year_to_year_stays_on_one_line() -> None:
    assert spans("以1996—2025年逐月") == [("以", False), ("1996—2025年", True), ("逐月", False)]
    assert spans("年表") == [("年表", False)]


@pytest.mark.django_db
def test_the_title_of_an_article_says_where_it_may_be_parted(shelf: Shelf, client: Client) -> None:
    set_fields(shelf.article, title="三站水位资料\n一次查勘", body=f"<p>{TEXT}</p>", subtitle="木船<&")
    page = client.get(shelf.article.get_absolute_url()).content.decode()
    assert '<span class="parted">三站<wbr>水位<wbr>资料</span><br>' in page
    assert "木船&lt;&amp;" in page
    assert page.count("三站水位资料") >= 1  # in the page's name and the metas as it was written
