"""The difference a reviewer sees: exact in Chinese, whole in Latin and numbers, nothing lost or hidden."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.difference import Difference, Row, Run, blocks, compare, compare_text, compare_texts
from articles.models.article import SIGNED_FIELDS
from articles.richtext import clean_html, plain_text
from journal.sample.content import issues

pytestmark = pytest.mark.database_free

PICTURES = [f"/media/figures/{digit * 32}.jpg" for digit in "ab"]
#: Every other segmentation is coarser: digits, letters, and each other character for itself.
WORD = re.compile(r"\d+|[A-Za-z]+|.", re.DOTALL)


def shown(runs: Iterable[Run]) -> str:
    """``甲[-乙-]{+丙+}丁``; a paragraph's end is ¶."""
    frame = {"same": "{}", "del": "[-{}-]", "ins": "{{+{}+}}"}
    return "".join(frame[run.kind].format("¶" if run.mark == "break" else run.text) for run in runs)


def text_diff(old: str, new: str) -> str:
    return shown(compare_text(old, new))


def rows_of(old: str, new: str) -> list[tuple[str, str]]:
    return [(row.kind, shown(row.merged)) for row in compare(old, new).rows]


def old_text(rows: Iterable[Row]) -> list[str]:
    return texts((row.old_index, row.old) for row in rows)


def new_text(rows: Iterable[Row]) -> list[str]:
    return texts((row.new_index, row.new) for row in rows)


def texts(sides: Iterable[tuple[int | None, tuple[Run, ...]]]) -> list[str]:
    """The blocks of one side; the pieces of a split one put together again."""
    found: dict[int, str] = {}
    for index, runs in sides:
        if index is not None:
            found[index] = found.get(index, "") + "".join(run.text for run in runs)
    assert list(found) == sorted(found)
    return [found[index] for index in sorted(found)]


def body(*paragraphs: str) -> str:
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)


# -- characters


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # one Chinese character, and nothing beside it
        ("电工把闸推上去", "电工把门推上去", "电工把[-闸-]{+门+}推上去"),
        ("灯坏了七个月", "灯坏了个月", "灯坏了[-七-]个月"),
        # words and numbers whole
        ("换成LED灯", "换成LCD灯", "换成[-LED-]{+LCD+}灯"),
        ("料钱1240元", "料钱1340元", "料钱[-1240-]{+1340+}元"),
        ("the ferry", "the fery", "the [-ferry-]{+fery+}"),
        ("第１２期", "第１３期", "第[-１２-]{+１３+}期"),
        ("Кино", "Кина", "[-Кино-]{+Кина+}"),
        # where a word falls apart or grows together by one character, that character alone
        ("now here", "nowhere", "now[- -]here"),
        ("LED", "L灯D", "L[-E-]{+灯+}D"),
        ("20 24", "2024", "20[- -]24"),
        # signs are no letters
        ("见注①②", "见注①③", "见注①[-②-]{+③+}"),
        # a change is never carried over a mark that stayed
        ("天亮了，船开走。", "天黑了，车开来。", "天[-亮-]{+黑+}了，[-船开走-]{+车开来+}。"),
        ("甲乙丙，丁戊己", "庚辛，壬癸", "[-甲乙丙-]{+庚辛+}，[-丁戊己-]{+壬癸+}"),
        # one character left between two rewritten ones is no island
        ("灯杆很旧了", "灯柱很新了", "灯[-杆很旧-]{+柱很新+}了"),
        # but two insertions stay two
        ("我去", "我们去了", "我{+们+}去{+了+}"),
        # a sentence put in is that sentence, not half of two
        ("灯亮。人散。", "灯亮。狗叫。人散。", "灯亮。{+狗叫。+}人散。"),
        ("我们的路", "我们走过的是他们的路", "我们{+走过的是他们+}的路"),
        ("编辑：某", "编辑：某\n校对：某", "编辑：某{+\n校对：某+}"),
        ("", "甲", "{+甲+}"),
        ("甲", "", "[-甲-]"),
        ("甲", "甲", "甲"),
        ("", "", ""),
    ],
)
def test_a_change_marks_what_changed_and_no_more(old: str, new: str, expected: str) -> None:
    assert text_diff(old, new) == expected


WORDS = st.text(st.sampled_from("的的一桥灯路，。；“”\n AbCé12３①"), max_size=40)


@given(WORDS, WORDS)
def test_runs_give_both_texts_back(old: str, new: str) -> None:
    runs = compare_text(old, new)
    assert "".join(run.text for run in runs if run.kind != "ins") == old
    assert "".join(run.text for run in runs if run.kind != "del") == new
    assert all(run.text for run in runs)
    assert (old == new) == all(run.kind == "same" for run in runs)


@given(WORDS, WORDS)
def test_no_change_holds_a_mark_that_stands_on_both_sides(old: str, new: str) -> None:
    """Between two equal stretches, what went and what came share no punctuation."""
    gone = come = ""
    for run in (*compare_text(old, new), Run("same", "")):
        if run.kind == "same":
            marks = {c for c in gone if not c.isalnum()} & {c for c in come if not c.isalnum()}
            assert not marks - {"é"}
            gone = come = ""
        elif run.kind == "del":
            gone += run.text
        else:
            come += run.text


def edited(text: str, place: int, kind: str, char: str) -> str:
    return text[:place] + ("" if kind == "delete" else char) + text[place + (kind != "insert") :]


def word_at(text: str, place: int) -> str:
    """The word around ``text[place]``, by the finest segmentation there is."""
    return next(word[0] for word in WORD.finditer(text) if word.start() <= place < word.end())


def assert_marked_within_the_word(old: str, place: int, kind: str, char: str) -> tuple[int, int]:
    """One edit is one change, as long as the word it stands in; returns lengths marked and allowed."""
    new = edited(old, place, kind, char)
    runs = [run for run in compare_text(old, new) if run.kind != "same"]
    went = "".join(run.text for run in runs if run.kind == "del")
    came = "".join(run.text for run in runs if run.kind == "ins")
    before = "" if kind == "insert" else word_at(old, place)
    after = "" if kind == "delete" else word_at(new, place)
    around = max((len(w) for w in (before, after)), default=1)
    assert runs
    assert len(runs) <= 2
    assert len(went) <= max(len(before), around)
    assert len(came) <= max(len(after), around)
    if around == 1:
        assert len(went) == (kind != "insert")
        assert len(came) == (kind != "delete")
    return max(len(went), len(came)), around


@given(st.text(st.sampled_from("的一桥，。 AbC12"), min_size=1, max_size=30), st.data())
def test_one_typed_character_never_marks_more_than_its_word(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    kind = data.draw(st.sampled_from(["insert", "delete", "substitute"]))
    char = data.draw(st.sampled_from([c for c in "的灯，xA7 " if c != text[place]]))
    assert_marked_within_the_word(text, place, kind, char)


def measured(paragraphs: list[str], seed: int) -> str:
    """200 seeded one-character edits of ``paragraphs``; the figures for the record."""
    dice = random.Random(seed)
    pool = sorted(set("".join(paragraphs)) - set("\n\t"))
    lengths: list[tuple[int, int]] = []
    kinds = {"insert": 0, "delete": 0, "substitute": 0}
    while len(lengths) < 200:
        text = dice.choice(paragraphs)
        place, kind, char = dice.randrange(len(text)), dice.choice(list(kinds)), dice.choice(pool)
        if char == text[place]:
            continue
        kinds[kind] += 1
        lengths.append(assert_marked_within_the_word(text, place, kind, char))
    single = sum(marked == 1 for marked, _ in lengths)
    return f"{kinds}: {single} of 200 marked one character, longest {max(lengths)[0]}, all within their word"


def paragraphs_of(bodies: Iterable[str]) -> list[str]:
    lines = (line for html in bodies for line in plain_text(html).split("\n"))
    return [line for line in lines if len(line) > 20]


def test_200_edits_of_the_sample_journal_stay_within_their_word() -> None:
    bodies = [article.body for issue in issues() for article in issue.articles]
    print(measured(paragraphs_of(clean_html(html) for html in bodies), seed=20261122))


def test_200_edits_of_a_real_issue_stay_within_their_word(shared: Path) -> None:
    files = sorted((shared / "import").glob("**/bodies/*.txt"))
    assert files
    lines = [line for file in files for line in file.read_text(encoding="utf-8").split("\n")]
    print(measured([line for line in lines if len(line) > 20], seed=20240701))


# -- blocks


def test_the_same_body_has_no_difference() -> None:
    html = body("甲", "乙") + f'<figure><img src="{PICTURES[0]}"></figure><hr>'
    found = compare(html, html)
    assert found.is_empty
    assert not found.unseen
    assert {row.kind for row in found.rows} == {"same"}


def test_a_paragraph_put_in_at_the_start_leaves_the_others_alone() -> None:
    texts = [f"第{n}段的话说了又说" for n in range(30)]
    found = compare(body(*texts), body("新写的开头一段", *texts))
    assert [row.kind for row in found.rows] == ["added"] + ["same"] * 30
    assert found.changes == 1


def test_an_edit_in_one_paragraph_of_many_is_one_change() -> None:
    texts = [f"渡口的第{n}班船清早开出去，傍晚开回来。" for n in range(60)]
    found = compare(body(*texts), body(*texts[:40], texts[40].replace("清早", "清晨"), *texts[41:]))
    assert [row.new_index for row in found.rows if row.kind != "same"] == [40]
    assert found.changes == 1


def test_a_split_paragraph_shows_only_the_new_break() -> None:
    old = body("灯是夜里亮的，没有人鼓掌。换一根电缆，料钱一千元。")
    new = body("灯是夜里亮的，没有人鼓掌。", "换一根电缆，料钱两千元。")
    assert rows_of(old, new) == [
        ("changed", "灯是夜里亮的，没有人鼓掌。{+¶+}"),
        ("changed", "换一根电缆，料钱[-一-]{+两+}千元。"),
    ]
    assert [(row.old_index, row.new_index) for row in compare(old, new).rows] == [(0, 0), (0, 1)]


def test_joined_paragraphs_show_only_the_lost_break() -> None:
    old = body("头一段", "灯是夜里亮的，没有人鼓掌。", "换一根电缆，料钱一千元。", "末一段")
    new = body("头一段", "灯是夜里亮的，没有人鼓掌。换一根电缆，料钱一千元。", "末一段")
    assert rows_of(old, new)[1:3] == [
        ("changed", "灯是夜里亮的，没有人鼓掌。[-¶-]"),
        ("same", "换一根电缆，料钱一千元。"),
    ]
    assert compare(old, new).changes == 1


def test_a_moved_paragraph_goes_in_one_place_and_comes_in_another() -> None:
    kinds = [
        kind for kind, _ in rows_of(body("一甲甲", "二乙乙", "三丙丙"), body("三丙丙", "一甲甲", "二乙乙"))
    ]
    assert sorted(kinds) == ["added", "removed", "same", "same"]


TABLE = "<table>{}<tbody><tr><td>渡口</td><td>120</td></tr><tr><td>桥</td><td>45</td></tr></tbody></table>"
FIGURE = '<figure><img src="{}"{}><figcaption>{}</figcaption></figure>'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # words inside every kind of block
        ("<h2>一、灯</h2>", "<h2>二、灯</h2>", [("h2", "[-一-]{+二+}、灯")]),
        ("<ul><li>甲乙</li><li>丙丁</li></ul>", "<ul><li>甲乙</li></ul>", [("li", "[-丙丁-]")]),
        ("<blockquote><p>前人说</p></blockquote>", "<blockquote><p>古人说</p></blockquote>",
         [("blockquote", "[-前-]{+古+}人说")]),
        (TABLE.format(""), TABLE.format("").replace("45", "46"), [("tr", "\t桥\t[-45-]{+46+}")]),
        (TABLE.format("<caption>客流</caption>"), TABLE.format("<caption>车流</caption>"),
         [("table", "[-客-]{+车+}流")]),
        (FIGURE.format(PICTURES[0], "", "老桥"), FIGURE.format(PICTURES[0], "", "新桥"),
         [("figure", "\ufffc\n[-老-]{+新+}桥")]),
        ('<p>渡口<sup class="footnote">卷三</sup>减班</p>', '<p>渡口<sup class="footnote">卷四</sup>减班</p>',
         [("p", "渡口卷[-三-]{+四+}减班")]),
        ("<p>甲<br>乙</p>", "<p>甲<br>丙</p>", [("p", "甲\n[-乙-]{+丙+}")]),
        # what has no words
        ("<p>甲</p>", "<p>甲</p><hr>", [("hr", "")]),
        ("<p>甲</p>", "<p>甲</p><p></p>", [("p", "")]),
        (FIGURE.format(PICTURES[0], "", "桥"), FIGURE.format(PICTURES[1], "", "桥"),
         [("figure", "[-\ufffc-]{+\ufffc+}\n桥")]),
        ("<p>甲</p>", '<p>甲<sup class="footnote"></sup></p>', [("p", "甲{+\ufffc+}")]),
        # formatting
        ("<p>灯亮了</p>", "<p>灯<strong>亮</strong>了</p>", [("p", "灯[-亮-]{+亮+}了")]),
        ('<p><a href="https://a.example/">灯</a></p>', '<p><a href="https://b.example/">灯</a></p>',
         [("p", "[-灯-]{+灯+}")]),
        (FIGURE.format(PICTURES[0], "", "桥"), FIGURE.format(PICTURES[0], ' alt="木桥"', "桥"),
         [("figure", "[-\ufffc-]{+\ufffc+}\n桥")]),
        (TABLE.format(""), TABLE.format("").replace("<td>45", '<td colspan="2">45'),
         [("tr", "\t桥[-\t-]{+\t+}45")]),
    ],
)  # fmt: skip
def test_every_kind_of_block_shows_its_change(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = compare(clean_html(old), clean_html(new))
    assert [(row.tag, shown(row.merged)) for row in found.rows if row.kind != "same"] == expected
    assert found.changes == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>顾晓川</p>", '<p class="sign">顾晓川</p>'),
        ("<p>顾晓川</p>", '<p class="no-indent">顾晓川</p>'),
        ("<p>灯归谁管</p>", "<h2>灯归谁管</h2>"),
        ("<p>灯归谁管</p>", '<p style="text-align:center">灯归谁管</p>'),
        ("<p>灯归谁管</p>", "<blockquote><p>灯归谁管</p></blockquote>"),
        ("<ul><li>甲</li></ul>", "<ol><li>甲</li></ol>"),
        ("<ol><li>甲</li></ol>", '<ol start="3"><li>甲</li></ol>'),
        ("<ul><li>甲</li><li>乙</li></ul>", "<ul><li>甲</li></ul><ul><li>乙</li></ul>"),
        ("<ul><li><p>甲</p><p>乙</p></li></ul>", "<ul><li><p>甲</p></li><li><p>乙</p></li></ul>"),
        ("<ul><li>甲</li><li>乙</li></ul>", "<ul><li>甲<ul><li>乙</li></ul></li></ul>"),
        (TABLE.format(""), TABLE.format("").replace("<table>", '<table class="wide">')),
        (
            f'<figure class="half"><img src="{PICTURES[0]}"></figure>',
            f'<figure class="wide"><img src="{PICTURES[0]}"></figure>',
        ),
    ],
)
def test_a_block_that_stands_as_something_else_is_a_change_without_marked_words(old: str, new: str) -> None:
    found = compare(clean_html(old), clean_html(new))
    changed = [row for row in found.rows if row.kind != "same"]
    assert len(changed) == found.changes == 1
    assert changed[0].look_changed
    assert {run.kind for run in changed[0].merged} <= {"same"}


def test_two_notes_side_by_side_are_not_one() -> None:
    one = '<p>甲<sup class="footnote">乙丙</sup></p>'
    two = '<p>甲<sup class="footnote">乙</sup><sup class="footnote">丙</sup></p>'
    assert compare(one, two).changes == 1


def test_markup_nobody_sees_is_told_apart_from_no_difference() -> None:
    found = compare("<p>灯<strong>亮了</strong></p>", "<p>灯<strong>亮</strong><strong>了</strong></p>")
    assert found.is_empty
    assert found.unseen


def test_the_words_are_those_of_the_plain_text() -> None:
    for issue in issues():
        for article in issue.articles:
            html = clean_html(article.body)
            assert lines("\n".join(block.text for block in blocks(html))) == lines(plain_text(html))


def lines(text: str) -> list[str]:
    text = text.replace("\ufffc", "")
    found = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return [line for line in found if line]


INLINE = st.recursive(
    st.text(st.sampled_from('的桥灯，。<&" \tAb12\u3000'), max_size=6).map(escape),
    lambda inner: (
        st.tuples(
            st.sampled_from(
                ["strong", "em", 'a href="https://a.example/"', 'sup class="footnote"', "sub", "u"]
            ),
            st.lists(inner, max_size=3).map("".join),
        ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>")
        | st.sampled_from(["<br>", f'<img src="{PICTURES[0]}">'])
    ),
    max_leaves=6,
)
BLOCK = st.recursive(
    st.tuples(st.sampled_from(["p", 'p class="sign"', "h2", "h3", "li", "td"]), INLINE).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"
    )
    | INLINE
    | st.sampled_from(["<hr>", FIGURE.format(PICTURES[0], "", "图"), "\n"]),
    lambda inner: st.tuples(
        st.sampled_from(["ul", "ol", "blockquote", "table", "tbody", "tr", "li", "td"]),
        st.lists(inner, max_size=3).map("".join),
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
    max_leaves=8,
)
BODY = st.lists(BLOCK, max_size=5).map(lambda parts: clean_html("".join(parts)))


@settings(deadline=None)
@given(BODY)
def test_any_body_is_read_as_the_house_reads_it(html: str) -> None:
    unwrapped = html.replace("\n", " ")  # a browser reads a newline in the source as a space
    assert lines("\n".join(block.text for block in blocks(html))) == lines(plain_text(unwrapped))
    assert compare(html, html).is_empty


@settings(deadline=None)
@given(BODY, BODY)
def test_rows_give_both_bodies_back(old: str, new: str) -> None:
    found = compare(old, new)
    assert old_text(found.rows) == [block.text for block in blocks(old)]
    assert new_text(found.rows) == [block.text for block in blocks(new)]
    assert found.changes == sum(row.changes for row in found.rows)
    for row in found.rows:
        assert (row.kind == "same") == (row.changes == 0)
        assert row.old == tuple(run for run in row.merged if run.kind != "ins")
        assert row.new == tuple(run for run in row.merged if run.kind != "del")


@settings(deadline=None)
@given(BODY, BODY)
def test_there_and_back_see_a_change_alike(old: str, new: str) -> None:
    there, back = compare(old, new), compare(new, old)
    assert there.is_empty == back.is_empty
    assert there.unseen == back.unseen


def test_entities_are_characters() -> None:
    assert rows_of("<p>A&amp;B &lt;i&gt;</p>", "<p>A&amp;C &lt;i&gt;</p>") == [
        ("changed", "A&[-B-]{+C+} <i>")
    ]


# -- bounds


def unrelated(seed: int, length: int, *, marks: str = "，。") -> str:
    dice = random.Random(seed)
    return "".join(
        dice.choice(marks) if marks and k % 12 == 11 else chr(dice.randrange(0x4E00, 0x9FA5))
        for k in range(length)
    )


@pytest.mark.parametrize("marks", ["，。", ""])
def test_two_unrelated_long_paragraphs_are_shown_whole(marks: str) -> None:
    old, new = unrelated(1, 30_000, marks=marks), unrelated(2, 30_000, marks=marks)
    runs = compare_text(old, new)
    assert "".join(run.text for run in runs if run.kind != "ins") == old
    assert "".join(run.text for run in runs if run.kind != "del") == new


def test_a_very_long_paragraph_is_still_compared_by_character() -> None:
    old = unrelated(3, 60_000)
    new = "首" + old[:30_000].replace(old[20_000], "灯", 1) + "，中" + old[30_000:] + "尾"
    marked = [run.text for run in compare_text(old, new) if run.kind != "same"]
    assert len(marked) <= 8
    assert max(map(len, marked)) <= 2


# -- fields


def content(**changed: Any) -> dict[str, Any]:
    return {**dict.fromkeys(SIGNED_FIELDS, ""), "closing_notes": [], **changed}


def test_only_the_fields_that_differ_are_told() -> None:
    old = content(title="桥头那盏灯", body=body("甲"), closing_notes=["责任编辑：某"])
    new = content(title="桥头这盏灯", body=body("乙"), closing_notes=["责任编辑：某", "校对：某"])
    found = compare_texts(old, new)
    assert list(found) == ["title", "body", "closing_notes"]
    assert isinstance(found["body"], Difference)
    assert shown(found["title"]) == "桥头[-那-]{+这+}盏灯"  # type: ignore[arg-type]
    assert shown(found["closing_notes"]) == "责任编辑：某{+\n校对：某+}"  # type: ignore[arg-type]


def test_equal_contents_differ_in_nothing() -> None:
    assert compare_texts(content(title="灯"), content(title="灯")) == {}
