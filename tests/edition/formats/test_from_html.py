"""A cleaned body becomes blocks: every word in its order, every mark with its meaning."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.richtext import clean_html, plain_text
from journal.edition.formats.blocks import (
    Block,
    Break,
    Cell,
    FigureText,
    Heading,
    Inline,
    ListBlock,
    Note,
    Paragraph,
    PictureBlock,
    Quote,
    Ruby,
    Rule,
    Table,
    Words,
    inlines_in,
    plain,
)
from journal.edition.formats.from_html import blocks_of

pytestmark = pytest.mark.database_free

NAME = f"figures/{'0a' * 16}.jpg"


@dataclass(frozen=True)
class File:
    name: str

    def open(self) -> BinaryIO:
        return io.BytesIO()


def read(html: str, **words: str) -> tuple[Block, ...]:
    caption = (Words(words["caption"]),) if "caption" in words else ()
    return blocks_of(
        clean_html(html), lambda name: FigureText(File(name), 300, 200, caption, words.get("credit", ""))
    )


def test_a_paragraph_keeps_its_marks_and_its_link() -> None:
    (block,) = read('<p>茶<em>山</em>的<a href="https://example.org/">路<strong>长</strong></a></p>')
    assert block == Paragraph(
        (
            Words("茶"),
            Words("山", frozenset({"em"})),
            Words("的"),
            Words("路", href="https://example.org/"),
            Words("长", frozenset({"strong"}), "https://example.org/"),
        )
    )


def test_white_space_is_folded_and_a_forced_break_stays() -> None:
    (block,) = read("<p>  第一行 <br>\n  第二 行\n</p>\n")
    assert block == Paragraph((Words("第一行"), Break(), Words("第二 行")))


def test_headings_count_from_one_inside_the_article() -> None:
    assert [
        (b.level, plain(b.content)) for b in read("<h2>一、</h2><h4>1.</h4>") if isinstance(b, Heading)
    ] == [
        (1, "一、"),
        (3, "1."),
    ]


@pytest.mark.parametrize(
    ("html", "align", "indent", "sign"),
    [
        ('<p style="text-align:right">甲</p>', "right", True, False),
        ('<p class="no-indent">甲</p>', "", False, False),
        ('<p style="text-indent:0">甲</p>', "", False, False),
        ('<p class="sign">甲</p>', "", True, True),
    ],
)
def test_how_a_paragraph_stands_is_kept(html: str, align: str, indent: bool, sign: bool) -> None:
    assert read(html) == (Paragraph((Words("甲"),), align, indent, sign),)  # type: ignore[arg-type]


def test_notes_are_numbered_through_the_whole_text() -> None:
    html = (
        '<p>一<sup class="footnote">甲<em>注</em></sup></p>'
        '<table><caption>表<sup class="footnote">乙</sup></caption>'
        '<tr><td>二<sup class="footnote">丙</sup></td></tr></table><p>x<sup>2</sup></p>'
    )
    notes = [inline for inline in inlines_in(read(html)) if isinstance(inline, Note)]
    assert [(note.number, plain(note.content)) for note in notes] == [(1, "甲注"), (2, "乙"), (3, "丙")]


def test_a_list_knows_its_first_number_and_a_list_inside_it() -> None:
    (block,) = read('<ol start="3"><li>三</li><li>四<ul><li>点</li></ul></li></ol>')
    flat = [Paragraph((Words("三"),), indent=False)]
    inside = ListBlock(((Paragraph((Words("点"),), indent=False),),))
    assert block == ListBlock((tuple(flat), (Paragraph((Words("四"),), indent=False), inside)), 3)


def test_a_table_keeps_spans_head_and_alignment() -> None:
    html = (
        '<table class="wide"><caption>表一</caption><thead><tr><th colspan="2">头</th></tr></thead>'
        '<tbody><tr><td rowspan="2" style="text-align:center">甲</td><td>1</td></tr>'
        "<tr><td>2</td></tr></tbody></table>"
    )
    (table,) = read(html)
    assert isinstance(table, Table)
    assert (table.head, table.wide, plain(table.caption)) == (1, True, "表一")
    assert [[(cell.columns, cell.rows, cell.align) for cell in row] for row in table.rows] == [
        [(2, 1, "")],
        [(1, 2, "center"), (1, 1, "")],
        [(1, 1, "")],
    ]
    assert table.rows[0][0] == Cell((Paragraph((Words("头"),), indent=False),), header=True, columns=2)


def test_the_words_under_a_picture_are_its_text_s_with_the_credit_apart() -> None:
    under = "<figcaption>桥<em>上</em>　郁青 摄</figcaption>"
    html = f'<figure class="half"><img src="/media/{NAME}" alt="一座桥">{under}</figure>'
    (block,) = read(html, caption="旧图说")
    assert isinstance(block, PictureBlock)
    assert (plain(block.caption), block.credit, block.width) == ("桥上", "郁青 摄", "half")
    assert block.pictures[0].file.name == NAME
    assert block.pictures[0].alternative == "一座桥"


def test_a_picture_without_words_in_the_text_has_those_of_its_row() -> None:
    (block,) = read(f'<p><img src="/media/{NAME}"></p>', caption="桥", credit="郁青 摄")
    assert isinstance(block, PictureBlock)
    assert (plain(block.caption), block.credit) == ("桥", "郁青 摄")


def test_ruby_quotes_and_rules() -> None:
    rule, quote = read("<hr><blockquote><p><ruby>刊<rt>kān</rt></ruby>务</p></blockquote>")
    assert rule == Rule()
    assert quote == Quote((Paragraph((Ruby("刊", "kān"), Words("务"))),))


def test_an_empty_body_has_no_blocks() -> None:
    assert read("<p> </p><p><br></p>") == ()


TAGS = ["p", "h2", "h3", "blockquote", "ul", "li", "strong", "em", "a", "table", "tr", "td", "sup", "figure"]
PIECES = st.one_of(
    st.text("茶山路长a1 <&>'\"\n　", max_size=8).map(lambda words: words.replace("<", "&lt;")),
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS] + ["<br>", "<hr>"]),
    st.sampled_from(
        [
            f'<img src="/media/{NAME}">',
            '<sup class="footnote">',
            "<figcaption>",
            "</figcaption>",
            "<ruby>",
            "<rt>",
            "</ruby>",
        ]
    ),
)


@given(st.lists(PIECES, max_size=30))
def test_no_word_is_lost_whatever_the_mark_up(pieces: list[str]) -> None:
    """Every visible sign of the cleaned body stands in the blocks, in its order."""
    body = clean_html("".join(pieces))
    inlines = inlines_in(blocks_of(body, lambda name: FigureText(File(name), 1, 1)))
    assert "".join("".join(map(sign, inlines)).split()) == "".join(plain_text(body).split())


def sign(inline: Inline) -> str:
    match inline:
        case Words():
            return inline.text
        case Ruby():
            return inline.base + inline.reading
    return ""
