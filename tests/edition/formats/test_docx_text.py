"""The text of an article in Word: marks, notes, lists, tables, pictures, links, each as Word's own."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from PIL import Image

from journal.edition.formats.blocks import PictureBlock, Quote, Table
from journal.edition.formats.text import IssueText
from journal.edition.store import EditionError
from tests.edition.formats.making import Picture, article, cell, figure, marked, paragraph, plain_list
from tests.edition.formats.word_files import W, found, in_style, of_article, parts, root, words_in

pytestmark = pytest.mark.database_free


@pytest.fixture
def ferries(full_issue: IssueText) -> bytes:
    return of_article(full_issue.articles[1])


def test_an_article_begins_with_its_head_in_order(ferries: bytes) -> None:
    lines = docx.Document(io.BytesIO(ferries)).paragraphs
    styles = [line.style.name for line in lines[:9] if line.style]
    assert styles == ["引题", "正题", "副题", "署名", "署名", "署名", "提要", "提要", "关键词"]
    assert lines[1].text == "十一个渡口\n还剩几条船（上）"
    assert [line.text for line in lines[3:6]] == [
        "渡口调查组 岚江市航道管理所",
        "组长：沈砚秋；成员：陆小满 何田 欧阳砚；执笔：何田",
        "郁青（本刊 摄影记者） 摄",
    ]


def test_marks_are_words_own(ferries: bytes) -> None:
    body = root(ferries)
    for text, path in {
        "11个": "w:b",
        "只剩4个": "w:em[@w:val='dot']",
        "Upper Ferry": "w:i",
        "上渡": "w:u",
        "上埠": "w:strike",
        "2": "w:vertAlign[@w:val='subscript' or @w:val='superscript']",
    }.items():
        assert found(body, f"//w:r[w:t='{text}']/w:rPr/{path}"), text


def test_a_reading_stands_over_its_words(ferries: bytes) -> None:
    readings = [
        (words_in(r.find(f"{W}rubyBase")), words_in(r.find(f"{W}rt")))
        for r in found(root(ferries), "//w:ruby")
    ]
    assert readings == [("垟", "yáng"), ("白箸", "bái zhù")]


def test_notes_are_words_own_and_in_order(ferries: bytes) -> None:
    ids = found(root(ferries), "//w:footnoteReference/@w:id")
    notes = {n.get(f"{W}id"): words_in(n).strip() for n in root(ferries, "word/footnotes.xml")}
    assert [notes[id] for id in ids] == [
        "据岚江市航运志，1998年。",
        "摄于2026年11月3日清晨。",
        "2026年10月平均数。",
        "其中两处尚在商议。",
    ]
    assert set(notes) == {"-1", "0", *ids}
    assert found(root(ferries, "word/settings.xml"), "//w:footnotePr/w:footnote/@w:id") == ["-1", "0"]


def test_each_list_counts_for_itself() -> None:
    data = of_article(
        article(
            "a",
            "题",
            plain_list("甲", "乙", start=1),
            paragraph("间"),
            plain_list("丙", start=5),
            plain_list("丁"),
        )
    )
    body, numbering = root(data), root(data, "word/numbering.xml")
    ids = [found(p, ".//w:numId/@w:val")[0] for p in found(body, "//w:p[.//w:numPr]")]
    assert ids == ["1", "1", "2", "3"]
    kinds = found(numbering, "//w:num/w:abstractNumId/@w:val")
    counting = "//w:abstractNum[@w:abstractNumId='{}']/w:lvl[1]/w:numFmt/@w:val"
    assert [found(numbering, counting.format(kind))[0] for kind in kinds] == ["decimal", "decimal", "bullet"]
    assert found(numbering, "//w:startOverride/@w:val") == ["1", "5"]


def test_cells_that_span_stand_once_and_the_head_is_repeated(ferries: bytes) -> None:
    table = docx.Document(io.BytesIO(ferries)).tables[0]
    assert [len(row.cells) for row in table.rows] == [3] * 6
    assert table.cell(0, 1).text == table.cell(0, 2).text == "每日乘客"
    assert table.cell(0, 0).text == table.cell(1, 0).text == "渡口"
    assert table.cell(4, 0).text == table.cell(5, 0).text == "垟口"
    heads = found(root(ferries), "//w:tr[w:trPr/w:tblHeader]")
    assert len(heads) == 2
    grid = found(root(ferries), "//w:tblGrid/w:gridCol/@w:w")
    assert len(grid) == 3


@pytest.mark.parametrize(
    "rows",
    [
        ((cell("甲", rows=9), cell("乙", columns=2)), (cell("丙"),)),
        ((cell("甲", columns=3),), (cell("乙", rows=2), cell("丙"), cell("丁")), (cell("戊", columns=5),)),
        ((), (cell("甲"), cell("乙"))),
    ],
)
def test_a_table_of_any_shape_has_rows_of_one_width(rows: Any) -> None:
    data = of_article(article("a", "题", Table(rows)))
    across = {
        sum(int((found(tc, "./w:tcPr/w:gridSpan/@w:val") or [1])[0]) for tc in found(tr, "./w:tc"))
        for tr in found(root(data), "//w:tr")
    }
    assert len(across) == 1
    assert all(found(tc, "./*[last()][self::w:p]") for tc in found(root(data), "//w:tc"))
    assert docx.Document(io.BytesIO(data)).tables


def test_a_table_wider_than_word_opens_is_refused_with_its_place() -> None:
    wide = article("a", "宽表", Table((tuple(cell(str(n)) for n in range(64)),)), first_page=3)
    with pytest.raises(EditionError, match=r"《宽表》（第3页）.*64"):
        of_article(wide)


def test_a_short_table_stays_on_one_page_and_a_long_one_may_not() -> None:
    for rows, kept in ((12, 11), (13, 0)):
        data = of_article(article("a", "题", Table(tuple((cell(str(n)),) for n in range(rows)))))
        assert len(found(root(data), "//w:tc/w:p[w:pPr/*[2][self::w:keepNext]]")) == kept


def test_two_tables_in_a_row_stay_two() -> None:
    one = Table(((cell("甲"),),))
    body = found(root(of_article(article("a", "题", one, one))), "//w:body")[0]
    tags = [child.tag.removeprefix(W) for child in body]
    assert "tbl tbl" not in " ".join(tags)


def test_pictures_keep_their_words_and_are_what_word_shows(ferries: bytes) -> None:
    held = parts(ferries)
    kinds = {Image.open(io.BytesIO(data)).format for name, data in held.items() if "/media/" in name}
    assert kinds == {"JPEG", "PNG"}
    told = found(root(ferries), "//wp:docPr/@descr")
    assert told == ["一条渡船靠在石阶边", "渡口徽记", "左岸的石阶", "右岸的石阶", "一张旧船票"]
    lines = docx.Document(io.BytesIO(ferries)).paragraphs
    at = next(n for n, line in enumerate(lines) if line.text == "上渡码头的早班船（郁青 摄）")
    assert lines[at].style.name == "图说"  # type: ignore[union-attr]
    assert lines[at - 1].paragraph_format.keep_with_next


def test_a_missing_picture_is_refused_with_its_place() -> None:
    lost = replace(figure("fish", alternative="鱼摊"), file=Picture("figures/fish.jpg", None))
    with pytest.raises(EditionError, match="《早市》") as caught:
        of_article(article("market", "早市", PictureBlock((lost,))))
    assert "鱼摊" in str(caught.value)


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://example.org/?a=1&b=2#c", "https://example.org/?a=1&b=2#c"),
        ("/issues/2027/1/", "https://lanjiang.example/issues/2027/1/"),
        ("mailto:tougao@lanjiang.example", "mailto:tougao@lanjiang.example"),
        ("https://example.org/渡口 船", "https://example.org/%E6%B8%A1%E5%8F%A3%20%E8%88%B9"),
    ],
)
def test_a_link_leads_outside(href: str, target: str) -> None:
    data = of_article(article("a", "题", paragraph(marked("字", href=href))))
    assert f'Target="{target.replace("&", "&amp;")}"' in parts(data)["word/_rels/document.xml.rels"].decode()
    assert words_in(found(root(data), "//w:hyperlink")[0]) == "字"


@pytest.mark.parametrize(
    "href", ["#f1", "https://[bad", "https://a:port/", "javascript:alert(1)", "file:///etc"]
)
def test_what_leads_nowhere_is_only_words(href: str) -> None:
    data = of_article(article("a", "题", paragraph(marked("字", href=href))))
    assert found(root(data), "//w:hyperlink") == []
    assert "External" not in parts(data)["word/_rels/document.xml.rels"].decode()


def test_a_quoted_line_a_signature_and_a_flush_line_have_their_styles() -> None:
    data = of_article(
        article(
            "a",
            "题",
            paragraph("顶格", indent=False),
            Quote((paragraph("引来的话"),)),
            paragraph("编辑部", sign=True),
        )
    )
    assert in_style(data, "文章正文顶格") == ["顶格"]
    assert in_style(data, "引文") == ["引来的话"]
    assert in_style(data, "落款") == ["编辑部"]
