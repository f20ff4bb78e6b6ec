"""Two people, one text: what one changed is taken, what both changed is asked, nothing is ever lost."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.difference import merge
from articles.difference.merge import Merge, elements
from articles.richtext import clean_html, plain_text
from tests.articles.test_difference import BODY, FIGURE, PICTURES

pytestmark = pytest.mark.database_free

PARAGRAPHS = [f"第{n}段说的是渡口第{n}班船的事。" for n in "一二三四五六"]


def body(*paragraphs: str) -> str:
    return "\n".join(f"<p>{text}</p>" for text in paragraphs)


def changed(place: int, text: str) -> str:
    return body(*PARAGRAPHS[:place], text, *PARAGRAPHS[place + 1 :])


def kinds(found: Merge) -> list[str]:
    return [piece.kind for piece in found.pieces if piece.kind != "same"]


BASE = body(*PARAGRAPHS)


def test_changes_in_different_paragraphs_come_together() -> None:
    mine = changed(1, PARAGRAPHS[1] + "我添的。")
    theirs = changed(4, PARAGRAPHS[4] + "他添的。")
    found = merge(BASE, mine, theirs)
    assert found.clean
    assert kinds(found) == ["mine", "theirs"]
    assert found.html() == changed(1, PARAGRAPHS[1] + "我添的。").replace(
        PARAGRAPHS[4], PARAGRAPHS[4] + "他添的。"
    )


def test_changes_in_neighbouring_paragraphs_are_no_conflict() -> None:
    found = merge(BASE, changed(2, PARAGRAPHS[2] + "我添的。"), changed(3, PARAGRAPHS[3] + "他添的。"))
    assert kinds(found) == ["mine", "theirs"]
    assert "我添的。</p>\n<p>第四段说的是渡口第四班船的事。他添的。" in found.html()


def test_the_same_change_twice_is_taken_once() -> None:
    both = changed(2, PARAGRAPHS[2] + "添的。")
    found = merge(BASE, both, both)
    assert kinds(found) == ["both"]
    assert found.html() == both


def test_one_paragraph_changed_by_both_is_asked() -> None:
    mine, theirs = PARAGRAPHS[2] + "我添的。", PARAGRAPHS[2] + "他添的。"
    found = merge(BASE, changed(2, mine), changed(2, theirs))
    assert not found.clean
    number = next(n for n, piece in enumerate(found.pieces) if piece.kind == "conflict")
    assert found.html({number: "mine"}) == changed(2, mine)
    assert found.html({number: "theirs"}) == changed(2, theirs)
    assert found.html({number: "base"}) == BASE
    kept = body(*PARAGRAPHS[:2], mine, theirs, *PARAGRAPHS[3:])
    assert found.html({number: "both"}) == found.html() == kept


def test_a_choice_overrules_what_would_be_taken() -> None:
    found = merge(BASE, changed(2, "我改写的一段，面目全非了。"), BASE)
    numbers = [n for n, piece in enumerate(found.pieces) if piece.kind == "mine"]
    assert found.html(dict.fromkeys(numbers, "base")) == BASE


def test_a_paragraph_one_removed_and_the_other_changed_is_asked() -> None:
    found = merge(BASE, body(*PARAGRAPHS[:2], *PARAGRAPHS[3:]), changed(2, PARAGRAPHS[2] + "他添的。"))
    assert kinds(found) == ["conflict"]
    assert "他添的。" in found.html()


def test_a_paragraph_one_split_and_the_other_changed_stays_in_one_question() -> None:
    """Else taking theirs would leave the second half of mine behind."""
    base = body("头", "灯是夜里亮的，没有人鼓掌。换一根电缆，料钱一千元。", "尾")
    mine = body("头", "灯是夜里亮的，没有人鼓掌。", "换一根电缆，料钱一千元。", "尾")
    theirs = body("头", "灯是夜里亮的，没有人鼓掌。换三根电缆，料钱一千元。", "尾")
    found = merge(base, mine, theirs)
    assert kinds(found) == ["conflict"]
    number = [piece.kind for piece in found.pieces].index("conflict")
    assert found.html({number: "theirs"}) == theirs
    assert found.html({number: "mine"}) == mine


def test_two_paragraphs_put_in_at_the_same_place_are_asked_and_both_kept() -> None:
    mine = body(PARAGRAPHS[0], "我的新段落", *PARAGRAPHS[1:])
    theirs = body(PARAGRAPHS[0], "他写的另一段", *PARAGRAPHS[1:])
    found = merge(BASE, mine, theirs)
    assert kinds(found) == ["conflict"]
    assert found.html() == body(PARAGRAPHS[0], "我的新段落", "他写的另一段", *PARAGRAPHS[1:])


TABLE = "<table><tbody><tr><td>渡口</td><td>120</td></tr><tr><td>桥</td><td>45</td></tr></tbody></table>"
LIST = "<ul><li>甲乙丙</li><li>丁戊己</li><li>庚辛壬</li></ul>"
QUOTE = "<blockquote><p>前人说过的话</p><p>后人又说一遍</p></blockquote>"


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        (TABLE, ("120", "121"), ("45", "46")),
        (LIST, ("甲乙丙", "甲乙丁"), ("庚辛壬", "庚辛")),
        (LIST, ("<li>丁戊己</li>", ""), ("庚辛壬", "庚辛")),
        (QUOTE, ("前人", "古人"), ("一遍", "两遍")),
    ],
)
def test_rows_items_and_quoted_paragraphs_are_merged_one_by_one(
    base: str, mine: tuple[str, str], theirs: tuple[str, str]
) -> None:
    found = merge(base, base.replace(*mine), base.replace(*theirs))
    assert found.clean
    assert found.html() == base.replace(*mine).replace(*theirs)


def test_an_empty_list_goes_with_its_last_item() -> None:
    base = body("头") + "\n<ul><li>甲乙</li><li>丙丁</li></ul>"
    found = merge(base, base.replace("<li>甲乙</li>", ""), base.replace("<li>丙丁</li>", ""))
    assert found.html() == body("头")


def test_what_comes_from_a_browser_is_cleaned() -> None:
    found = merge("<p>甲</p>", '<p onclick="x()">甲乙<script>alert(1)</script></p>', "<p>甲</p>")
    assert found.html() == "<p>甲乙</p>"


def test_outermost_blocks_are_found_with_their_source() -> None:
    html = (
        f"松散<b>字</b><p>一</p>\n<hr>字<ul><li>二<p>三</p></li></ul>{FIGURE.format(PICTURES[0], '', '图')}"
    )
    found = elements(html)
    assert [e.tag for e in found] == ["", "p", "hr", "", "ul", "figure"]
    assert "".join(e.source for e in found) == html
    assert (found[4].start, found[4].inner, found[4].end) == ("<ul>", "<li>二<p>三</p></li>", "</ul>")


@settings(deadline=None)
@given(BODY)
def test_elements_leave_nothing_out(html: str) -> None:
    assert "".join(element.source for element in elements(html)) == html


@settings(deadline=None)
@given(BODY, BODY)
def test_who_changed_nothing_gets_the_others_text(base: str, changed: str) -> None:
    for found in (merge(base, base, changed), merge(base, changed, base), merge(base, changed, changed)):
        assert found.clean
        assert found.html() == changed


def edits(dice: random.Random, paragraphs: list[str], name: str) -> list[str]:
    found = list(paragraphs)
    for number in range(dice.randrange(1, 4)):
        place = dice.randrange(len(found))
        if dice.random() < 0.5:
            found.insert(place, f"{name}新写了第{number}段")
        else:
            found[place] += f"{name}添{number}"
    return found


@pytest.mark.parametrize("seed", range(60))
def test_undecided_nothing_anybody_wrote_is_lost(seed: int) -> None:
    dice = random.Random(seed)
    mine, theirs = edits(dice, PARAGRAPHS, "甲"), edits(dice, PARAGRAPHS, "乙")
    merged = plain_text(merge(BASE, body(*mine), body(*theirs)).html())
    for paragraph in {*mine, *theirs} - set(PARAGRAPHS):
        assert paragraph in merged
    for paragraph in set(mine) & set(theirs):
        assert merged.count(paragraph) == 1


@settings(deadline=None)
@given(BODY, BODY, BODY, st.sampled_from(["mine", "theirs", "both", "base", None]))
def test_any_merge_is_a_clean_body(base: str, mine: str, theirs: str, choice: str | None) -> None:
    found = merge(base, mine, theirs)
    html = found.html(dict.fromkeys(range(len(found.pieces)), choice) if choice else {})  # type: ignore[arg-type]
    assert clean_html(html) == html


@settings(deadline=None)
@given(BODY, BODY, BODY)
def test_everything_of_mine_gives_my_words(base: str, mine: str, theirs: str) -> None:
    found = merge(base, mine, theirs)
    taken = found.html(dict.fromkeys(range(len(found.pieces)), "mine"))
    assert plain_text(taken).split() == plain_text(mine).split()
