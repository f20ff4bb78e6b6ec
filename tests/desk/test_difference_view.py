"""How a difference is drawn: numbered, folded, told to the ear, and no word ever read as mark-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from lxml import html as lxml_html

from articles.difference import compare, compare_text

pytestmark = pytest.mark.database_free

PICTURES = [f"/media/figures/{digit * 32}.jpg" for digit in "ab"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def drawn(old: str, new: str, fields: Any = (), **query: str) -> Any:
    request = RequestFactory().get("/", query)
    context = {"difference": compare(old, new), "fields": fields}
    return lxml_html.fromstring(render_to_string("desk/_difference.html", context, request=request))


def body(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def seen(element: Any) -> str:
    """The words as they stand in the text: without what is for the ear or is a mere sign."""
    parts = [element.text or ""]
    for child in element:
        hidden = child.get("aria-hidden") == "true" or "visually-hidden" in child.get("class", "")
        parts += ["" if hidden else seen(child), child.tail or ""]
    return "".join(parts)


def without_gone(element: Any) -> Any:
    for gone in element.xpath(".//del"):
        gone.text, gone[:] = "", []
    return element


def numbers(page: Any) -> list[int]:
    return [int(number) for number in page.xpath("//@data-change")]


def test_every_change_has_a_number_and_the_sum_is_said() -> None:
    old = body("一二三四", "五六七八", "九十")
    new = body("一二三五", "五六七八", "九十", "新添的一段") + "<h2>尾</h2>"
    page = drawn(old, new, [("Title", compare_text("灯", "桥"))])
    assert numbers(page) == [1, 2, 3, 4]
    assert page.xpath("string(//*[@class='difference-count']/strong)") == "4 changes in this round"
    assert page.xpath("//@id[starts-with(., 'change-')]") == [f"change-{n}" for n in (1, 2, 3, 4)]


def test_one_change_is_said_in_the_singular() -> None:
    page = drawn(body("一二三四"), body("一二三五"))
    assert page.xpath("string(//*[@class='difference-count']/strong)") == "1 change in this round"


def test_a_change_is_told_to_the_ear_and_marked_with_a_sign() -> None:
    page = drawn(body("灯亮了"), body("灯灭了"))
    went, came = page.xpath("//*[contains(@class, 'after')]//del")[0], page.xpath("//ins")[0]
    assert went.text_content() == "[deleted: 亮]"
    assert came.text_content() == "[added: 灭]"
    assert (went.get("data-sign"), came.get("data-sign")) == ("-", "+")


def test_the_words_of_a_text_are_never_read_as_markup() -> None:
    page = drawn(body("&lt;b&gt;旧 &amp; &quot;"), body("&lt;script&gt;新 &amp; &quot;"))
    assert not page.xpath("//script | //b")
    assert seen(page.xpath("//*[contains(@class, 'before')]")[0]) == '<b>旧 & "'
    assert seen(without_gone(page.xpath("//*[@data-block]")[0])) == '<script>新 & "'


def test_both_sides_hold_their_own_words() -> None:
    page = drawn(body("灯是夜里亮的。"), body("桥灯是夜里亮了。"))
    (before,), (after,) = page.xpath("//*[contains(@class, 'before')]"), page.xpath("//*[@data-block]")
    assert seen(before) == "灯是夜里亮的。"
    assert seen(without_gone(after)) == "桥灯是夜里亮了。"


def test_each_block_of_the_text_has_one_anchor() -> None:
    old = body("灯是夜里亮的，没有人鼓掌。", "换一根电缆，料钱一千元。", "去掉的话")
    page = drawn(old, body("灯是夜里亮的，没有人鼓掌。换一根电缆，料钱一千元。") + "<p>新的段落</p>")
    anchors = page.xpath("//@id[starts-with(., 'block-')]")
    assert anchors == ["block-1", "block-2"]
    assert page.xpath("//@data-block") == ["1", "1", "2"]


def test_what_stands_far_from_a_change_is_folded() -> None:
    texts = [f"第{n}段，说的是渡口的事。" for n in range(20)]
    page = drawn(body(*texts), body(*texts[:10], texts[10] + "又添一句。", *texts[11:]))
    folds = page.xpath("//details")
    assert [len(fold.xpath("./div")) for fold in folds] == [8, 7]
    assert not any("open" in fold.attrib for fold in folds)
    assert folds[0].xpath("string(summary)") == "8 unchanged paragraphs"
    assert len(page.xpath("//*[@data-block]")) == 20


def test_a_text_without_changes_stands_open() -> None:
    texts = [f"第{n}段" for n in range(20)]
    page = drawn(body(*texts), body(*texts))
    assert not page.xpath("//details | //form | //ins | //del")
    assert "Nothing has changed" in page.text_content()


@pytest.mark.parametrize(
    ("asked", "shown"), [({"view": "clean"}, "clean"), ({"view": "no such"}, "side"), ({}, "side")]
)
def test_the_view_is_a_plain_address(asked: dict[str, str], shown: str) -> None:
    page = drawn(body("一二"), body("一三"), against="4", **asked)
    assert page.get("data-view") == shown
    assert page.xpath("//input[@type='radio'][@checked]/@value") == [shown]
    assert page.xpath("//form/@method") == ["get"]
    assert page.xpath("//input[@type='hidden']/@name") == ["against"]
    assert page.xpath("//input[@type='hidden']/@value") == ["4"]


def test_the_clean_view_folds_nothing_away() -> None:
    texts = [f"第{n}段，说的是渡口的事。" for n in range(20)]
    page = drawn(body(*texts), body("开头", *texts), view="clean")
    assert all("open" in fold.attrib for fold in page.xpath("//details"))


def test_formatting_is_told_in_words_and_the_words_stand_once() -> None:
    page = drawn("<p>灯亮了</p>", '<p>灯<strong>亮</strong>了</p><p class="sign">我</p>')
    (look,) = page.xpath("//ins[contains(@class, 'look')]")
    assert look.get("title") == "plain → bold"
    assert "[formatting, before plain, now bold:" in look.text_content()
    assert seen(page.xpath("//*[@id='block-1']")[0]) == "灯亮了"


@pytest.mark.parametrize(
    ("old", "new", "was", "now"),
    [
        ("<p>甲乙</p>", "<h2>甲乙</h2>", "paragraph", "heading"),
        ("<p>甲乙</p>", '<p class="sign">甲乙</p>', "paragraph", "paragraph, signature line"),
        ("<p>甲乙</p>", '<p style="text-align:center">甲乙</p>', "paragraph", "paragraph, centred"),
        (
            "<ul><li>甲</li></ul>",
            '<ol start="3"><li>甲</li></ol>',
            "list item, in a bulleted list",
            "list item, numbers from 3, in a numbered list",
        ),
        (
            "<ul><li>甲</li><li>乙</li></ul>",
            "<ul><li>甲</li></ul><ul><li>乙</li></ul>",
            "list item, in a bulleted list, goes on what stands before",
            "list item, in a bulleted list, begins anew",
        ),
    ],
)
def test_a_block_that_became_something_else_is_told(old: str, new: str, was: str, now: str) -> None:
    (told,) = drawn(old, new).xpath("//*[@class='line-look']")
    assert re.sub(r"\s+", " ", told.text_content()) == f"before: {was} → now: {now}"


def test_a_changed_picture_is_shown_as_it_was_and_as_it_is() -> None:
    figure = '<figure><img src="{}" alt="桥"><figcaption>图</figcaption></figure>'
    page = drawn(figure.format(PICTURES[0]), figure.format(PICTURES[1]))
    (after,) = page.xpath("//*[@data-block]")
    assert after.xpath(".//del//img/@src") == PICTURES[:1]
    assert after.xpath(".//ins//img/@src") == PICTURES[1:]
    assert after.xpath(".//ins//img/@alt") == ["桥"]


def test_a_line_that_came_without_words_has_a_name() -> None:
    page = drawn("<p>甲</p>", "<p>甲</p><hr>")
    assert "dividing line" in page.xpath("//ins")[0].text_content()


def test_fields_may_come_as_they_were_compared() -> None:
    page = drawn(body("甲"), body("甲"), {"title": compare_text("桥头那盏灯", "桥头这盏灯")})
    assert page.xpath("string(//*[@class='line-label'])") == "title"
    assert numbers(page) == [1]
