"""A text on proof: lines and pages that can be named, words that are found again and changed in place."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.galley import NOT_FIRST, NOT_LAST, Galley, corrected, galley_of, width
from articles.models import Article, Journal
from articles.refusals import Refused
from articles.richtext import clean_html, plain_text

pytestmark = pytest.mark.database_free


def an_article(body: str = "", **fields: Any) -> Article:
    article = Article(**{"pk": 1, "title": "渡口", "body": body, **fields})
    article._prefetched_objects_cache = {"bylines": []}  # type: ignore[attr-defined]
    return article


def set_in(article: Article, characters: int = 10, lines: int = 5) -> Galley:
    return galley_of(article, Journal(characters_per_line=characters, lines_per_page=lines))


def texts(galley: Galley) -> list[str]:
    return [line.text for line in galley.lines]


def test_running_text_begins_two_signs_in_and_fills_its_lines() -> None:
    galley = set_in(an_article("<p>一二三四五六七八九十甲乙丙丁</p><h2>一、码头</h2>"))
    assert texts(galley) == ["渡口", "　　一二三四五六七八", "九十甲乙丙丁", "一、码头"]
    assert [line.number for line in galley.lines] == [1, 2, 3, 4]
    assert [line.kind for line in galley.lines] == ["title", "text", "text", "heading"]


def test_two_narrow_signs_are_one() -> None:
    assert texts(set_in(an_article("<p>一二三四12345678</p>")))[1] == "　　一二三四12345678"


@pytest.mark.parametrize(
    ("words", "second"),
    [
        ("一二三四五六七八，九", "八，九"),
        ("一二三四五六七《八九》", "《八九》"),
        ("一二三四五六WHOLE", "WHOLE"),
    ],
)
def test_no_mark_begins_a_line_no_bracket_ends_one_no_word_is_torn(words: str, second: str) -> None:
    assert texts(set_in(an_article(f"<p>{words}</p>")))[2] == second


def test_pages_begin_where_the_article_does_and_end_where_it_ends() -> None:
    galley = set_in(an_article("<p>甲</p>" * 20, first_page=7, last_page=9))
    assert [galley.page_of(n) for n in (1, 5, 6, 10, 11, 15, 16, 21)] == [7, 7, 8, 8, 9, 9, 9, 9]
    assert [line.number for line in galley.lines if line.opens_page] == [6, 11]
    assert set_in(an_article("<p>甲</p>")).page_of(1) is None


def test_tables_notes_items_and_pictures_keep_their_words() -> None:
    body = (
        "<table><tbody><tr><td>年</td><td><p>趟次</p></td></tr></tbody></table><ul><li>甲</li></ul>"
        '<p>话<sup class="footnote">注</sup>完<br>又</p><figure><figcaption>码头</figcaption></figure>'
    )
    assert texts(set_in(an_article(body)))[1:] == ["年　趟次", "· 甲", "　　话〔注〕完", "又", "码头"]


def test_words_are_found_where_they_stand_nearest() -> None:
    galley = set_in(an_article("<p>船来了</p><p>人走了</p><p>船来了</p>"))
    assert [found[0] for near in (1, 2, 4) if (found := galley.find("船来了", near))] == [2, 2, 4]
    assert galley.find("了人") is None
    assert galley.find("") is None


def correct(article: Article, wrong: str, right: str, near: int = 1) -> dict[str, Any]:
    found = set_in(article).find(wrong, near)
    assert found is not None
    return corrected(article, found[1], right)


@pytest.mark.parametrize(
    ("body", "wrong", "right", "now"),
    [
        ("<p>缆绳又绕了一圈。</p>", "缆绳", "缆索", "<p>缆索又绕了一圈。</p>"),
        ("<p>缆<strong>绳又</strong>绕</p>", "缆绳又", "缆索又", "<p>缆<strong>索又</strong>绕</p>"),
        ("<p>缆<strong>绳</strong>绕</p>", "缆绳绕", "缆绕", "<p>缆<strong></strong>绕</p>"),
        ("<p>又绕圈</p>", "绕圈", "绕一圈", "<p>又绕一圈</p>"),
        ("<p>甲&amp;乙</p>", "甲&乙", "甲<乙", "<p>甲&lt;乙</p>"),
        ("<p>去年去年</p>", "去年去年", "去年", "<p>去年</p>"),
    ],
)
def test_a_correction_changes_the_wrong_signs_and_no_mark_up(
    body: str, wrong: str, right: str, now: str
) -> None:
    assert correct(an_article(body), wrong, right) == {"body": now}


def test_of_the_same_words_those_at_the_line_are_changed() -> None:
    article = an_article("<p>船来了</p><p>船来了</p>")
    assert correct(article, "船", "舟", near=3) == {"body": "<p>船来了</p><p>舟来了</p>"}


def test_titles_and_closing_notes_are_corrected_in_their_fields() -> None:
    article = an_article("<p>文</p>", title="渡口\n纪事", closing_notes=["甲", "责任编缉"])
    assert correct(article, "纪事", "记事") == {"title": "渡口\n记事"}
    assert correct(article, "编缉", "编辑") == {"closing_notes": ["甲", "责任编辑"]}


def test_words_out_of_two_fields_are_no_one_piece() -> None:
    article = an_article("<p>文</p>", kicker="甲")
    signs = tuple(s for line in set_in(article).lines for s in line.signs if s.field)
    with pytest.raises(Refused):
        corrected(article, signs, "乙")


words = st.text(st.sampled_from("船缆绳圈，。《》（）“”AB12 &<"), max_size=60)
marked_up = st.lists(words, max_size=6).map(
    lambda parts: clean_html(
        "".join(f"<p>{p.replace('&', '&amp;').replace('<', '&lt;')}<strong>甲</strong></p>" for p in parts)
    )
)


@given(marked_up, st.integers(4, 30))
def test_every_sign_stands_on_the_proof_once_and_no_line_is_too_long(body: str, characters: int) -> None:
    galley = set_in(an_article(body), characters)
    said = "".join(text for line in galley.lines[1:] for text in line.text.split())
    assert said == "".join(plain_text(body).split())
    assert all(sum(width(s.sign) for s in line.signs) <= 2 * characters for line in galley.lines)


@given(marked_up, st.data())
def test_putting_in_and_putting_back_gives_the_text_again(body: str, data: Any) -> None:
    article = an_article(body)
    galley = set_in(article)
    line = data.draw(st.sampled_from(galley.lines))
    wrong = " ".join("".join(s.sign for s in line.signs if s.field).split())
    found = galley.find(wrong, line.number)
    if found is None:
        return
    (name, value), *_rest = corrected(article, found[1], "舟" * 3).items()
    changed = an_article(**{"body": body, "title": article.title, name: value})
    back = set_in(changed).find("舟舟舟", line.number)
    assert back is not None
    assert plain_text(corrected(changed, back[1], wrong)[name]) == plain_text(getattr(article, name))


def test_the_marks_that_may_not_begin_and_end_a_line_are_two_sets() -> None:
    assert not NOT_FIRST & NOT_LAST
