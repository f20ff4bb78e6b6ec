"""The walk through Word's mark-up: numbers, fields, spans, boxes; and whatever somebody mangled."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.intake.manuscript import NotAManuscript
from journal.intake.word import read_word
from journal.intake.word.drawings import ORNAMENT
from journal.intake.word.layout import Layout, Paragraph, Table
from journal.intake.word.package import Package
from journal.intake.word.walk import walk

from .build import File, p, r, table, tag
from .habits import HABITS

pytestmark = pytest.mark.database_free


def walked(file: File, *blocks: str) -> Layout:
    return walk(Package.of_zip(file.save(*blocks)))


def texts(layout: Layout) -> list[str]:
    return [item.label + item.text for item in layout.items if isinstance(item, Paragraph)]


@pytest.mark.parametrize(
    ("kind", "text", "third"),
    [
        ("chineseCountingThousand", "%1、", "三、"),
        ("taiwaneseCountingThousand", "（%1）", "（三）"),
        ("decimal", "%1.", "3."),
        ("decimalEnclosedCircle", "%1", "③"),
        ("ideographTraditional", "%1、", "丙、"),
        ("chineseLegalSimplified", "%1、", "叁、"),
        ("upperRoman", "%1.", "III."),
        ("lowerLetter", "%1)", "c)"),
    ],
)
def test_word_s_own_counting_is_computed(kind: str, text: str, third: str) -> None:
    file = File()
    count = file.list((kind, text))
    assert texts(walked(file, *[p("甲", number=(count, 0))] * 3))[2] == f"{third}甲"


def test_a_deeper_level_begins_anew_under_each_higher_one() -> None:
    file = File()
    count = file.list(("decimal", "%1."), ("decimal", "%1.%2"))
    blocks = [p("x", number=(count, level)) for level in (0, 1, 1, 0, 1)]
    assert texts(walked(file, *blocks)) == ["1.x", "1.1x", "1.2x", "2.x", "2.1x"]


def test_fields_show_their_result_and_never_their_instruction() -> None:
    def field(instruction: str, shown: str) -> str:
        begin, middle, end = (tag("r", tag("fldChar", fldCharType=k)) for k in ("begin", "separate", "end"))
        return begin + tag("r", tag("instrText", instruction)) + middle + r(shown) + end

    blocks = p(
        r("见"), field(' HYPERLINK "https://lanjiang.example" ', "此处"), field(" PAGE ", "7"), r("。")
    )
    layout = walked(File(), blocks)
    assert texts(layout) == ["见此处。"]
    assert isinstance(layout.items[0], Paragraph)
    assert [run.link for run in layout.items[0].runs] == ["", "https://lanjiang.example", ""]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begin = tag("r", tag("fldChar", fldCharType="begin")) + tag("r", tag("instrText", " TOC "))
    assert texts(walked(File(), p(begin), p("还在"))) == ["", "还在"]


def test_cells_that_span_stand_once() -> None:
    layout = walked(
        File(),
        table(
            [("甲", {"merge": "restart"}), ("乙", {"span": "2"})],
            [("", {"merge": "continue"}), "丙", "丁"],
        ),
    )
    found = layout.items[0]
    assert isinstance(found, Table)
    assert [[(c.text, c.colspan, c.rowspan) for c in row] for row in found.rows] == [
        [("甲", 1, 2), ("乙", 2, 1)],
        [("丙", 1, 1), ("丁", 1, 1)],
    ]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    file = File()
    layout = walked(file, p(r("前"), file.box(p("框"))), p("后"))
    assert texts(layout) == ["前", "框", "后"]
    assert len(layout.not_taken) == 1


def test_struck_out_words_and_paragraph_ends_are_gone() -> None:
    ended = tag("p", tag("pPr", tag("rPr", tag("del", id=1))), r("前半，"))
    assert texts(walked(File(), ended, p(r("后半。"), tag("del", r("删"))))) == ["前半，后半。"]


def test_ruby_symbols_and_special_hyphens() -> None:
    ruby = tag("ruby", tag("rt", r("lán")), tag("rubyBase", r("岚")))
    signs = tag("r", tag("sym", char="F0FE"), "<w:noBreakHyphen/><w:softHyphen/>", tag("t", "江"))
    assert texts(walked(File(), p(tag("r", ruby), signs))) == ["岚☑-江"]


def test_one_picture_at_two_places_is_two_pictures_an_ornament_is_one_more() -> None:
    file = File()
    picture = file.picture()
    assert len(walked(file, p(picture), p(picture)).pictures) == 2
    assert len(walked(file, *[p(picture)] * 40).pictures) == ORNAMENT


ATTRIBUTE = re.compile(rb'(w:(?:val|id|ilvl|numId|char|type|styleId|abstractNumId|fldCharType))="[^"]*"')
STRANGE = st.sampled_from(
    [b"", b"-1", b"1e309", b"nan", b"99999999999", "²".encode(), b"F0FFFFFF", b"D800", b"true", b"x" * 300]
)
NAMES = sorted(HABITS)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NAMES), st.data())
def test_mangled_files_are_read_or_refused(name: str, data: st.DataObject) -> None:
    """Attributes with nonsense in them, tags left out or doubled: a manuscript or a sentence, no crash."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(HABITS[name].data())) as whole,
        zipfile.ZipFile(buffer, "w") as mangled,
    ):
        for part in whole.namelist():
            xml = whole.read(part)
            places = list(ATTRIBUTE.finditer(xml)) if part.startswith("word/") else []
            for place in data.draw(st.lists(st.sampled_from(places), max_size=4)) if places else []:
                strange = data.draw(STRANGE)
                xml = xml.replace(place.group(), place[1] + b'="' + strange + b'"')
            mangled.writestr(part, xml)
    with contextlib.suppress(NotAManuscript):
        word = read_word(buffer.getvalue(), "稿件.docx", keep=dict[str, bytes]().__setitem__)
        assert word.filename == "稿件.docx"
