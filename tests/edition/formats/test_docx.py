"""Word files as packages: whole, the same every time, with named styles, and data that stays data."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from journal.edition.formats.contract import build
from journal.edition.formats.text import IssueText
from journal.edition.store import EditionError
from tests.edition.formats.making import article, heading, issue, note, paragraph, person, written_by
from tests.edition.formats.payloads import LITERALS
from tests.edition.formats.word_files import (
    W,
    faults,
    found,
    in_style,
    of_article,
    of_issue,
    packed,
    parts,
    root,
    words_in,
)

pytestmark = pytest.mark.database_free


@pytest.fixture
def whole(full_issue: IssueText) -> bytes:
    return of_issue(full_issue)


@pytest.fixture
def ferries(full_issue: IssueText) -> bytes:
    return of_article(full_issue.articles[1])


# The package.


def test_every_part_is_typed_and_every_reference_leads_somewhere(whole: bytes, ferries: bytes) -> None:
    assert list(faults(whole)) == list(faults(ferries)) == []


def test_what_leads_nowhere_is_found() -> None:
    """The check itself: a style, a relation and a part that are not there."""
    held = parts(of_article(article("a", "题", paragraph("文"))))
    held["word/document.xml"] = held["word/document.xml"].replace(b'"Body"', b'"Nobody"')
    del held["word/footer.xml"]
    assert {fault.split(":")[0] for fault in faults(packed(held))} == {
        "footer.xml",
        "Nobody",
        "/word/footer.xml",
    }


def test_ids_are_used_once(whole: bytes) -> None:
    for path in ("//w:footnoteReference/@w:id", "//wp:docPr/@id", "//w:bookmarkStart/@w:id"):
        ids = found(root(whole), path)
        assert ids
        assert len(ids) == len(set(ids))


def test_the_same_text_gives_the_same_bytes(full_issue: IssueText) -> None:
    assert of_issue(full_issue) == of_issue(full_issue)
    with zipfile.ZipFile(io.BytesIO(of_issue(full_issue))) as archive:
        assert {row.date_time[:3] for row in archive.infolist()} == {(2027, 1, 12)}  # its last correction


def test_an_issue_without_a_date_has_a_file_too(supplement: IssueText) -> None:
    assert docx.Document(io.BytesIO(of_issue(supplement))).core_properties.title == supplement.title


def test_properties_name_the_journal_and_nobody(full_issue: IssueText) -> None:
    told = docx.Document(io.BytesIO(of_article(full_issue.articles[1]))).core_properties
    assert told.title == "十一个渡口 还剩几条船"
    assert told.author == told.last_modified_by == full_issue.journal.name


# Styles.


def test_styles_are_named_in_chinese(whole: bytes) -> None:
    names = {style.name for style in docx.Document(io.BytesIO(whole)).styles}
    wanted = (
        "引题 正题 副题 署名 提要 关键词 文章正文 一级标题 二级标题 三级标题 图说 表题 表头 表文 引文 落款"
    )
    assert set(f"{wanted} 文末注 来源 栏目 目录项 版位".split()) <= names


def test_a_heading_is_found_in_words_navigation() -> None:
    data = of_article(
        article("a", "题", paragraph("文"), heading(1, "一"), heading(2, "二"), heading(3, "三"))
    )
    styles = {style.style_id: style for style in docx.Document(io.BytesIO(data)).styles}
    outline = []
    for line in docx.Document(io.BytesIO(data)).paragraphs:
        base = styles[line.style.style_id].base_style  # type: ignore[union-attr]
        outline.append((line.text, base.name if base is not None else ""))
    assert ("题", "Heading 1") in outline
    assert outline[-3:] == [("一", "Heading 2"), ("二", "Heading 3"), ("三", "Heading 4")]


def test_chinese_signs_have_chinese_faces(whole: bytes) -> None:
    styles = root(whole, "word/styles.xml")
    assert set(found(styles, "//w:rFonts/@w:eastAsia")) == {"宋体", "黑体", "楷体"}
    fonts = root(whole, "word/fontTable.xml")
    assert "SimSun,Noto Serif CJK SC" in found(fonts, "//w:font[@w:name='宋体']/w:altName/@w:val")


def test_indents_are_counted_in_signs_and_never_typed(whole: bytes) -> None:
    body = found(root(whole, "word/styles.xml"), "//w:style[@w:styleId='Body']")[0]
    assert found(body, ".//w:ind/@w:firstLineChars") == ["200"]
    assert [text for text in found(root(whole), "//w:t/text()") if text.startswith("\u3000")] == []


def test_chinese_rules_of_lines_are_on(whole: bytes) -> None:
    usual = found(root(whole, "word/styles.xml"), "//w:docDefaults//w:pPr")[0]
    names = {child.tag.removeprefix(W) for child in usual}
    assert {"widowControl", "kinsoku", "overflowPunct"} <= names
    settings = root(whole, "word/settings.xml")
    assert found(settings, "//w:characterSpacingControl/@w:val") == ["compressPunctuation"]
    assert "。" in found(settings, "//w:noLineBreaksBefore/@w:val")[0]


# The issue.


def test_contents_lead_to_the_pages_planned(whole: bytes) -> None:
    entries = in_style(whole, "目录项")
    assert entries[:3] == [
        "新的水文年  本刊编辑部\t1",
        "十一个渡口还剩几条船（上）  渡口调查组 岚江市航道管理所 郁青\t4",
        "石阶留给水（下）  顾晓川 李　伟 闻秋\t10",
    ]
    entry = found(root(whole, "word/styles.xml"), "//w:style[w:name/@w:val='目录项']")[0]
    assert found(entry, ".//w:tab/@w:leader") == ["dot"]


def test_each_article_tells_the_printer_its_place(whole: bytes) -> None:
    assert in_style(whole, "版位") == [
        "卷首 · 第1页",
        "本期关注 · 第4—9页",
        "本期关注 · 第10—13页",
        "人物 · 第14—18页",
        "手艺 · 第19—21页",
        "读书 · 第22页",
        "文摘 · 第23页",
        "文摘 · 第23页",
        "图片故事 · 第24—25页",
        "第30页",
    ]


def test_the_running_head_names_the_section_and_notes_begin_anew(whole: bytes) -> None:
    document = docx.Document(io.BytesIO(whole))
    heads = [part.header.paragraphs[0].text for part in document.sections]
    assert heads[1] == "卷首\t岚江 2027年第1期（总第133期）"
    assert len(document.sections) == 11
    assert {round(part.page_height.mm) for part in document.sections if part.page_height} == {285}
    assert set(found(root(whole), "//w:sectPr/w:footnotePr/w:numRestart/@w:val")) == {"eachSect"}


def test_the_cover_says_what_an_internal_publication_has_to(internal_issue: IssueText) -> None:
    assert "准印证号 岚内资准字〔2027〕第9号 · 内部资料 免费交流" in in_style(
        of_issue(internal_issue), "封面文字"
    )


# Data stays data.


def test_two_hundred_texts_come_out_literally_and_nothing_becomes_a_field() -> None:
    pieces = [
        article(f"a{n}", text, paragraph(text, note(1, text)), kicker=text, credits=written_by(person(text)))
        for n, text in enumerate(LITERALS)
    ]
    data = of_issue(issue(*pieces, slogans=tuple(LITERALS)))
    assert in_style(data, "正题") == LITERALS
    assert in_style(data, "引题") == LITERALS
    assert in_style(data, "署名") == LITERALS
    assert in_style(data, "文章正文") == LITERALS
    notes = [words_in(n)[1:] for n in root(data, "word/footnotes.xml") if int(n.get(f"{W}id")) > 0]
    assert notes == LITERALS
    for name, part in parts(data).items():
        if name.endswith(".xml") and "footer" not in name:
            assert b"instrText" not in part, name
            assert b"fldSimple" not in part, name
            assert b"altChunk" not in part, name


def test_a_control_character_is_refused_with_its_place_and_nothing_is_left(tmp_path: Path) -> None:
    bad = article("a", "题", paragraph("响\x07声"))
    with pytest.raises(EditionError, match="《题》"):
        build("docx", issue(bad), tmp_path / "a.docx", article=bad)
    assert [*tmp_path.glob("*.docx*"), *tmp_path.glob(".*")] == []
