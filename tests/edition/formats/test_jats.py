"""JATS: valid by the DTD, every word in its place, and nothing typed becomes an element."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from journal.edition.formats.blocks import (
    Block,
    Break,
    Heading,
    Inline,
    ListBlock,
    Note,
    Paragraph,
    PictureBlock,
    Quote,
    Ruby,
    Table,
    Words,
)
from journal.edition.formats.contract import build
from journal.edition.formats.jats import FORMAT
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError
from tests import schemas
from tests.edition.formats import making as make
from tests.edition.formats.payloads import LITERALS

pytestmark = pytest.mark.database_free


def file_of(article: ArticleText, issue: IssueText) -> bytes:
    out = io.BytesIO()
    assert FORMAT.article
    FORMAT.article(article, issue, out, lambda _said: None)
    return out.getvalue()


def xml_of(article: ArticleText, issue: IssueText | None = None) -> Any:
    return etree.fromstring(file_of(article, issue or make.issue(article)))


def parcel_of(issue: IssueText) -> bytes:
    out = io.BytesIO()
    assert FORMAT.issue
    FORMAT.issue(issue, out, lambda _said: None)
    return out.getvalue()


def article_of(issue: IssueText, code: str) -> ArticleText:
    return next(article for article in issue.articles if article.code == code)


def texts(tree: Any, path: str) -> list[str]:
    return ["".join(found.itertext()) for found in tree.iterfind(path)]


def test_every_article_is_valid(full_issue: IssueText) -> None:
    for article in full_issue.articles:
        assert schemas.jats(xml_of(article, full_issue)) == [], article.code


@pytest.mark.parametrize("kind", ["supplement", "internal_issue"])
def test_an_issue_without_number_date_or_issn_is_valid(kind: str, request: pytest.FixtureRequest) -> None:
    issue = request.getfixturevalue(kind)
    assert schemas.jats(xml_of(issue.articles[1], issue)) == []


# The words.


def spoken(content: tuple[Inline, ...]) -> Iterator[str]:
    for inline in content:
        match inline:
            case Words():
                yield inline.text
            case Ruby():
                yield inline.base + inline.reading
            case Note():
                yield str(inline.number)


def told(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every word of these blocks in order, as a reader of the file's text meets them."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield from spoken(block.content)
            case Quote():
                yield from told(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from told(item)
            case PictureBlock():
                yield from (*spoken(block.caption), block.credit)
            case Table():
                yield from spoken(block.caption)
                for cell in (cell for row in block.rows for cell in row):
                    yield from told(cell.blocks)


def test_the_words_of_the_text_are_all_there_and_in_order(full_issue: IssueText) -> None:
    for article in full_issue.articles:
        body = xml_of(article, full_issue).find("body")
        etree.strip_elements(body, "label", "alt-text", with_tail=False)
        assert "".join(body.itertext()).replace("\n", "") == "".join(told(article.blocks))


def test_no_blank_comes_between_words(full_issue: IssueText) -> None:
    article = article_of(full_issue, "last-ferries-1")
    assert (
        texts(xml_of(article, full_issue), "body/p")[0] == "岚江境内原有渡口11个，2026年底还在开的只剩4个1。"
    )


def test_what_was_typed_comes_out_as_it_was_typed() -> None:
    for said in LITERALS:
        paragraph = make.paragraph(said, make.marked(said, "em"), make.note(1, said))
        fields = {"kicker": said, "subtitle": said, "source": said, "section": said, "closing_notes": (said,)}
        people = make.written_by(make.person(said, unit=said))
        article = make.article("typed", said, paragraph, credits=people, **fields)
        tree = xml_of(article)
        assert texts(tree, "body/p") == [f"{said}{said}1"]
        assert texts(tree, ".//fn/p") == texts(tree, "back/notes/p")[:1] == [said]
        for path in ("article-title", "subtitle", "alt-title[@alt-title-type='kicker']"):
            assert texts(tree, f".//{path}") == [said]
        for path in ("string-name", "institution", "subject"):
            assert texts(tree, f".//{path}") == [said]
        assert schemas.jats(tree) == [], said


# Where things stand.


def test_sections_nest_by_rank_even_where_one_is_left_out() -> None:
    ranks = [(2, "甲"), (3, "乙"), (1, "丙"), (3, "丁"), (2, "戊"), (1, "己")]
    tree = xml_of(make.article("ranks", "级", *(make.heading(level, words) for level, words in ranks)))
    parents = {sec.findtext("title"): sec.getparent().findtext("title") for sec in tree.iterfind("body//sec")}
    assert parents == {"甲": None, "乙": "甲", "丙": None, "丁": "丙", "戊": "丙", "己": None}
    assert schemas.jats(tree) == []


def test_a_line_break_is_one_in_a_title_and_a_new_paragraph_in_the_text() -> None:
    text = make.paragraph("上一行", Break(), "下一行")
    tree = xml_of(make.article("broken", ("上", "下"), text))
    assert [child.tag for child in tree.find(".//article-title")] == ["break"]
    assert [(p.text, p.get("content-type")) for p in tree.iterfind("body/p")] == [
        ("上一行", None),
        ("下一行", "line"),
    ]


def test_the_front_says_where_it_was_printed(full_issue: IssueText) -> None:
    meta = xml_of(article_of(full_issue, "last-ferries-1"), full_issue).find("front/article-meta")
    assert meta.findtext("article-id") == "last-ferries-1"
    assert (meta.findtext("issue"), meta.findtext("issue-id"), meta.find("volume")) == ("1", "133", None)
    assert (meta.findtext("fpage"), meta.findtext("lpage")) == ("4", "9")
    assert meta.findtext(".//series-title") == "岚江渡口调查"
    assert texts(meta, "kwd-group/kwd") == ["渡口", "航运", "地方交通"]
    assert [date.get("iso-8601-date") for date in meta.iterfind("pub-date")] == ["2027-01-05", "2027-01-05"]
    companion = meta.find("related-article").get("{http://www.w3.org/1999/xlink}href")
    assert companion == article_of(full_issue, "last-ferries-2").address


def test_a_group_names_its_members_and_what_they_did(full_issue: IssueText) -> None:
    tree = xml_of(article_of(full_issue, "last-ferries-1"), full_issue)
    members = [
        (texts(each, "name")[0], each.findtext("role")) for each in tree.iterfind(".//collab//contrib")
    ]
    assert members[0] == ("沈砚秋", "组长")
    assert ("欧阳砚", "成员") in members
    double = [name for name in tree.iterfind(".//name") if name.findtext("surname") == "欧阳"]
    assert [name.findtext("given-names") for name in double] == ["砚"]


def test_who_translated_is_no_author_and_a_foreign_name_is_not_cut(full_issue: IssueText) -> None:
    tree = xml_of(article_of(full_issue, "letters-from-the-lock"), full_issue)
    kinds = {each.get("contrib-type"): "".join(each[1].itertext()) for each in tree.iterfind(".//contrib")}
    assert kinds == {"author": "安·沃特斯", "translator": "许知远舟"}
    assert tree.get("article-type") == "reprint"


def test_a_correction_is_told_with_its_day(full_issue: IssueText) -> None:
    tree = xml_of(article_of(full_issue, "lamp-keeper"), full_issue)
    notes = tree.find("back/notes[@notes-type='correction']")
    assert "2027-01-12" in notes.findtext("title")
    assert notes.findtext("p") == "文中“二十三座”应为“三十二座”。"
    assert tree.find(".//history/date").get("iso-8601-date") == "2027-01-12"
    assert len(tree.find("floats-group")) == 2


def test_the_pictures_of_an_article_are_those_of_the_readers_page(full_issue: IssueText) -> None:
    tree = xml_of(article_of(full_issue, "wharf-market"), full_issue)
    href = "{http://www.w3.org/1999/xlink}href"
    assert all(
        graphic.get(href).startswith(f"{make.SITE}/media/figures/") for graphic in tree.iter("graphic")
    )


# The parcel.


def test_a_parcel_holds_every_article_and_picture_and_says_what_it_holds(full_issue: IssueText) -> None:
    parcel = zipfile.ZipFile(io.BytesIO(parcel_of(full_issue)))
    told = json.loads(parcel.read("manifest.json"))
    assert set(parcel.namelist()) == {"manifest.json", *told["files"]}
    assert all(hashlib.sha256(parcel.read(name)).hexdigest() == told["files"][name] for name in told["files"])
    assert told["articles"] == [f"{article.code}.xml" for article in full_issue.articles]
    href = "{http://www.w3.org/1999/xlink}href"
    for name in told["articles"]:
        tree = etree.fromstring(parcel.read(name))
        assert schemas.jats(tree) == [], name
        named = {graphic.get(href) for graphic in tree.iter("graphic", "inline-graphic")}
        assert named <= set(told["files"])


def test_the_same_issue_is_the_same_bytes(full_issue: IssueText, supplement: IssueText) -> None:
    assert parcel_of(full_issue) == parcel_of(full_issue)
    assert parcel_of(supplement) == parcel_of(supplement) != parcel_of(full_issue)
    article = full_issue.articles[1]
    assert file_of(article, full_issue) == file_of(article, full_issue)


def test_the_files_are_named_for_what_they_are(full_issue: IssueText) -> None:
    article = full_issue.articles[0]
    assert FORMAT.file_name(full_issue) == "2027-01.zip"
    assert FORMAT.file_name(full_issue, article) == "2027-01-new-water-year.xml"


# What cannot be written.


def faults() -> dict[str, ArticleText]:
    lost = replace(make.figure("lost"), file=make.Picture("figures/lost.jpg", None))
    return {
        "empty": make.article("a", "没有正文的一篇", first_page=4),
        "lost": make.article("b", "丢了图的一篇", make.paragraph("有字。"), loose_figures=(lost,)),
        "control": make.article("c", "有怪字符的一篇", make.paragraph("前\x0b后")),
    }


@pytest.mark.parametrize("fault", ["empty", "lost", "control"])
def test_what_cannot_be_written_is_named_and_leaves_no_file(fault: str, tmp_path: Path) -> None:
    article, out = faults()[fault], tmp_path / "out" / "file"
    out.parent.mkdir()
    issue = make.issue(make.article("whole", "好的一篇", make.paragraph("好。")), article)
    for one in (article, None):
        with pytest.raises(EditionError, match=article.title_line):
            build("jats", issue, out, article=one)
    assert list(out.parent.iterdir()) == []
