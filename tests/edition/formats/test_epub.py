"""The EPUB of an issue and of an article: what readers find in it, and what the checker says."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from journal.edition.formats.epub.book import Entry
from journal.edition.formats.epub.navigation import nested
from journal.edition.formats.text import ArticleText, IssueText, notes_of
from tests.edition.formats.books import Make, of_type, said
from tests.edition.formats.epubcheck import messages
from tests.edition.formats.making import (
    article,
    figure,
    issue,
    journal,
    marked,
    note,
    paragraph,
    person,
    picture,
    written_by,
)
from tests.edition.formats.payloads import LITERALS

pytestmark = pytest.mark.database_free


# The checker.


def test_the_checker_finds_nothing_in_a_whole_issue(make_epub: Make, full_issue: IssueText) -> None:
    assert messages(make_epub(full_issue).path) == []


def test_the_checker_finds_nothing_in_one_article(make_epub: Make, full_issue: IssueText) -> None:
    assert messages(make_epub(full_issue, full_issue.articles[1]).path) == []


def test_a_supplement_of_a_journal_nobody_has_described_yet_is_sound(
    make_epub: Make, supplement: IssueText
) -> None:
    book = make_epub(
        replace(supplement, journal=journal(name="", pinyin_name="", organiser="", authority=""))
    )
    assert messages(book.path) == []
    assert book.core("title") == ["2027年增刊第1期"]
    assert book.core("publisher") == []


def test_the_checker_does_find_what_is_wrong(make_epub: Make, full_issue: IssueText, tmp_path: Path) -> None:
    book = make_epub(full_issue)
    with zipfile.ZipFile(tmp_path / "broken.epub", "w") as broken:
        for name in book.zip.namelist():
            broken.writestr(name, book.zip.read(name).replace(b"article-boat-nail", b"article-nowhere"))
    assert {each.severity for each in messages(tmp_path / "broken.epub")} >= {"ERROR"}


def test_an_internal_publication_says_what_it_is(make_epub: Make, internal_issue: IssueText) -> None:
    page = said(make_epub(internal_issue).page("title.xhtml"))
    assert "内部资料" in page
    assert "岚内资准字〔2027〕第9号" in page
    assert "ISSN" not in page


# Author text is data.


TRICKY = "<b>&amp;</b> ]]> {{ x }} \"'"


def test_markup_comes_out_as_it_was_typed(make_epub: Make) -> None:
    plain = [
        article(f"text-{number}", text, paragraph(text, note(1, text)))
        for number, text in enumerate(LITERALS)
    ]
    book = make_epub(issue(*plain, tricky(), slogans=(TRICKY,)))
    listed = [said(each) for each in book.page("contents.xhtml").find_class("entry-title")]
    assert listed == [*LITERALS, TRICKY]
    for number, text in enumerate(LITERALS):
        piece = book.piece(f"text-{number}")
        assert said(piece.get_element_by_id("title")) == text
        assert said(piece.find_class("text")[0]).removesuffix("■") == text + "①"
        assert said(piece.get_element_by_id("note-1")) == "① " + text
    assert said(book.piece("tricky").body).count(TRICKY) == 13
    assert TRICKY in said(book.page("title.xhtml"))
    assert TRICKY in book.core("contributor")
    assert messages(book.path) == []


def tricky() -> ArticleText:
    """Mark-up in every field there is."""
    return article(
        "tricky",
        TRICKY,
        paragraph(TRICKY),
        kicker=TRICKY,
        subtitle=TRICKY,
        abstract=(TRICKY,),
        keywords=(TRICKY,),
        source=TRICKY,
        closing_notes=(TRICKY,),
        section=TRICKY,
        credits=written_by(person(TRICKY, unit="社" + TRICKY, post=TRICKY)),
        series_status=TRICKY,
    )


# Order.


def test_articles_are_read_in_the_order_of_the_pages(make_epub: Make, full_issue: IssueText) -> None:
    front = ["cover.xhtml", "title.xhtml", "contents.xhtml"]
    assert make_epub(full_issue).spine == [
        *front,
        *(f"article-{each.code}.xhtml" for each in full_issue.articles),
    ]


def test_a_section_that_returns_is_named_twice_where_one_reads_on(make_epub: Make) -> None:
    parts = [
        article("first", "一", paragraph("甲"), section="人物"),
        article("second", "二", paragraph("乙"), section="读书"),
        article("third", "三", paragraph("丙"), section="人物"),
    ]
    book = make_epub(issue(*parts))
    spans = [said(each) for each in of_type(book.page("nav.xhtml"), "toc")[0].iter("span")]
    assert spans == ["人物", "读书", "人物"]
    headings = [said(each) for each in book.page("contents.xhtml").find_class("section-name")]
    assert headings == ["人物", "读书"]
    assert messages(book.path) == []


def test_the_contents_page_says_what_the_printed_one_says(make_epub: Make, full_issue: IssueText) -> None:
    entries = make_epub(full_issue).page("contents.xhtml").find_class("entry")
    assert [said(each) for each in entries][
        1
    ] == "十一个渡口还剩几条船（上） 渡口调查组 岚江市航道管理所 郁青 4"
    assert said(entries[-1]) == "码头早市 郁青 24"


def test_first_pages_of_the_printed_issue_can_be_found(make_epub: Make, full_issue: IssueText) -> None:
    book = make_epub(full_issue)
    listed = {
        said(each): each.get("href") for each in of_type(book.page("nav.xhtml"), "page-list")[0].iter("a")
    }
    assert list(listed) == ["1", "4", "10", "14", "19", "22", "23", "24", "30"]
    assert listed["23"] == "article-tide-table.xhtml#page-23"
    assert book.piece("tide-table").get_element_by_id("page-23").get("role") == "doc-pagebreak"
    assert of_type(book.piece("spare-oar"), "pagebreak") == []


def test_headings_of_a_single_article_are_its_contents(make_epub: Make, full_issue: IssueText) -> None:
    book = make_epub(full_issue, full_issue.articles[1])
    assert book.spine == ["article-last-ferries-1.xhtml"]
    toc = of_type(book.page("nav.xhtml"), "toc")[0]
    title, *headings = [said(each) for each in toc.iter("a")]
    assert (title, headings) == ("十一个渡口 还剩几条船", ["一、渡口在哪里", "（一）还在开的", "1.沙田渡"])
    assert len(toc.xpath(".//ol/li/ol/li/ol/li/ol/li")) == 1


def test_headings_out_of_rank_stay_below_the_nearest_higher_one() -> None:
    second, first, third = Entry("二级"), Entry("一级"), Entry("三级")
    assert nested([(2, second), (1, first), (3, third)]) == [
        Entry("二级"),
        Entry("一级", below=[Entry("三级")]),
    ]


# The text.


def test_notes_and_their_places_lead_to_each_other(make_epub: Make, full_issue: IssueText) -> None:
    book = make_epub(full_issue)
    for one in full_issue.articles:
        piece = book.piece(one.code)
        there = {each.get("id"): each.get("href") for each in of_type(piece, "noteref")}
        back = {each.get("id"): each.find(".//a").get("href") for each in of_type(piece, "footnote")}
        assert len(there) == len(back) == len(notes_of(one))
        assert all(back[href[1:]] == f"#{place}" for place, href in there.items())


def test_every_part_of_the_printed_article_is_there_in_its_order(
    make_epub: Make, full_issue: IssueText
) -> None:
    piece = make_epub(full_issue).piece("last-ferries-1")
    order = [each.get("class") for each in piece.xpath("//section[@role='doc-chapter']//*[@class]")]
    wanted = [
        "section-name",
        "kicker",
        "subtitle",
        "byline",
        "abstract",
        "keywords",
        "text",
        "notes",
        "closing",
    ]
    assert [name for name in order if name in wanted] == wanted
    assert [each.text for each in piece.find_class("members")[0]] == [
        "组长 沈砚秋",
        "成员 陆小满 何田 欧阳砚",
        "执笔 何田",
    ]
    assert [each.get("start") for each in piece.iter("ol")] == ["3", None]
    assert len(piece.find(".//h1").findall("br")) == 1


def test_tables_keep_their_spans_and_heading_rows(make_epub: Make, full_issue: IssueText) -> None:
    table = make_epub(full_issue).piece("last-ferries-1").find(".//table")
    assert len(table.find("thead").findall("tr")) == 2
    spans = [(each.get("rowspan"), each.get("colspan")) for each in table.iter("th")]
    assert spans == [("2", None), (None, "2"), (None, None), (None, None)]


def test_a_correction_stands_above_the_text_with_its_date(make_epub: Make, full_issue: IssueText) -> None:
    notice = make_epub(full_issue).piece("lamp-keeper").find_class("notices")[0]
    assert said(notice) == "更正 2027年1月12日 文中“二十三座”应为“三十二座”。"


def test_a_picture_of_any_name_gets_one_that_every_system_can_read(make_epub: Make) -> None:
    shown = figure("market", alternative="早市")
    shown = replace(shown, file=replace(shown.file, name="figures/晨雾 (1).jpg"))
    book = make_epub(issue(article("one", "甲", loose_figures=(shown,))))
    (name,) = [each.get("src") for each in book.piece("one").iter("img")]
    assert name.isascii()
    assert " " not in name
    assert f"EPUB/{name}" in book.zip.namelist()


def test_a_picture_is_kept_once_and_as_it_was(make_epub: Make) -> None:
    shown = figure("market", "WEBP", alternative="早市")
    one = article("one", "甲", paragraph("字", shown), loose_figures=(shown,))
    book = make_epub(issue(one, article("two", "乙", paragraph("字"), loose_figures=(shown,))))
    pictures = [name for name in book.zip.namelist() if name.endswith(".webp")]
    assert len(pictures) == 1
    assert book.zip.read(pictures[0]) == picture("market", "WEBP").data
    assert [each.get("alt") for each in book.piece("one").iter("img")] == ["早市", "早市"]


ADDRESSES = {
    "/issues/2027/1/two/": "article-two.xhtml",
    "/about/": "https://lanjiang.example/about/",
    "#部分": "https://lanjiang.example/issues/2027/1/one/#%E9%83%A8%E5%88%86",
    "https://例子.example/水 位?q=一": "https://xn--fsqu00a.example/%E6%B0%B4%20%E4%BD%8D?q=%E4%B8%80",
    "https://x.example/100%#<二>": "https://x.example/100%25#%3C%E4%BA%8C%3E",
    "mailto:a@b.example": "mailto:a@b.example",
}
NO_ADDRESSES = ("http://[::1", "https://", "https://a b/", "javascript:alert(1)", "https://" + "长" * 80)


def test_links_lead_where_a_reader_can_follow(make_epub: Make) -> None:
    links = [paragraph(marked("看这里", href=href)) for href in (*ADDRESSES, *NO_ADDRESSES)]
    one = article("one", "甲", *links)
    book = make_epub(issue(one, article("two", "乙", paragraph("字"))))
    text = book.piece("one").find_class("text")[0]
    assert [each.get("href") for each in text.iter("a")] == list(ADDRESSES.values())
    assert said(text).count("看这里") == len(links)
    assert messages(book.path) == []
