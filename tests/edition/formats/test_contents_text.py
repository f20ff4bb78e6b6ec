"""The contents page as text: what it lists, how a line is set, and that it says what authors typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from journal.edition.formats import contract
from journal.edition.formats.contents import WIDTH, columns
from journal.edition.formats.text import IssueText
from journal.edition.store import EditionError
from tests.edition.formats.making import article, figure, issue, paragraph, person, words, written_by
from tests.edition.formats.payloads import LITERALS

pytestmark = pytest.mark.database_free

Write = Callable[[IssueText], list[str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """The lines of the file; each ends with one line feed."""

    def lines(text: IssueText) -> list[str]:
        out = tmp_path / "contents.txt"
        contract.build("contents", text, out)
        said = out.read_bytes().decode("utf-8")
        assert said.endswith("\n")
        assert "\r" not in said
        return said.removesuffix("\n").split("\n")

    return lines


def entry_of(title: str, lines: list[str]) -> str:
    return next(line for line in lines if line.startswith(title))


def test_journal_issue_and_date_stand_above_the_list(write: Write, full_issue: IssueText) -> None:
    name, number, date, *_rest = write(full_issue)
    assert (name, number) == ("岚江　Lanjiang", "2027年第1期（总第133期）")
    assert "2027年1月5日" in date


def test_sections_are_headings_in_the_order_of_the_pages(write: Write, full_issue: IssueText) -> None:
    lines = write(full_issue)
    sections = [line for before, line in pairwise(lines) if not before]
    assert sections[1:7] == ["卷首", "本期关注", "人物", "手艺", "读书", "文摘"]


def test_an_entry_names_everybody_and_the_page_it_begins_on(write: Write, full_issue: IssueText) -> None:
    entry = entry_of("一枚船钉", write(full_issue))
    assert entry.startswith("一枚船钉 三道火 ……")
    assert entry.endswith("…  何田，郁青，段小北  19")


def test_a_serial_is_marked_and_the_subtitle_belongs_to_the_title(
    write: Write, full_issue: IssueText
) -> None:
    lines = write(full_issue)
    first = entry_of("十一个渡口", lines)
    assert first.startswith("十一个渡口还剩几条船（上）——一次从水文站出发的清点（待续） ……")
    assert entry_of("石阶", lines).startswith("石阶留给水（下）（续完） ……")


def test_a_part_is_not_marked_twice_whatever_its_brackets(write: Write) -> None:
    form = {"part_mark": "（上）", "series": "水", "series_part": "上"}
    one = article("one", "水（上）", contents_title="水(上)", **form)
    two = article("two", "水落", contents_title="水落", **form)
    assert write(issue(one, two))[-2:] == ["水(上)", "水落（上）"]


def test_a_subtitle_without_its_dash_is_parted_by_a_colon(write: Write) -> None:
    one = article("one", "甲题", paragraph("字"), subtitle="副题", first_page=4)
    assert entry_of("甲题", write(issue(one))).startswith("甲题：副题 …")


def test_page_numbers_stand_below_each_other(write: Write, full_issue: IssueText) -> None:
    entries = [line for line in write(full_issue) if line[-1:].isdecimal() and "…" in line]
    wide = [line for line in entries if columns(line) > WIDTH]
    assert len(entries) == 10
    assert [line[:5] for line in wide] == ["十一个渡口"]  # too long for one line: two dots are left
    assert {columns(line) for line in entries if line not in wide} == {WIDTH}


def test_photo_stories_stand_behind_the_articles_and_the_cover_last(
    write: Write, full_issue: IssueText
) -> None:
    lines = write(full_issue)
    assert lines.index(entry_of("码头早市", lines)) > lines.index(entry_of("本刊征稿启事", lines))
    assert lines[-1].endswith("郁青 摄")


def test_the_cover_is_listed_by_its_words(write: Write) -> None:
    one = article("one", "甲", paragraph("字"))
    cover = figure("cover", caption=words("晨雾"))
    assert write(issue(one, cover=cover))[-1].endswith("：晨雾")
    assert write(issue(one, cover=figure("cover")))[-1] == "甲"


def test_an_article_without_pages_and_people_is_its_title(write: Write) -> None:
    assert write(issue(article("one", "甲", paragraph("字"))))[-1] == "甲"


def test_what_authors_typed_is_there_as_they_typed_it(write: Write) -> None:
    articles = [
        article(f"text-{number}", text, credits=written_by(person(text)), first_page=number + 1)
        for number, text in enumerate(LITERALS)
    ]
    entries = write(issue(*articles))[-len(LITERALS) :]
    for number, (line, text) in enumerate(zip(entries, LITERALS, strict=True), 1):
        title, people = line.removesuffix(f" {number}").rstrip().split(" ……", 1)
        assert (title, people.lstrip("…").strip()) == (text, text.strip())


def test_a_line_break_inside_a_field_breaks_no_entry(write: Write) -> None:
    one = article("one", "甲\u2028乙", contents_title="甲\n乙", first_page=4)
    assert write(issue(one))[-1].startswith("甲 乙 …")


def test_the_same_issue_gives_the_same_lines(write: Write, full_issue: IssueText) -> None:
    assert write(full_issue) == write(replace(full_issue))


def test_a_supplement_has_no_date_to_print(write: Write, supplement: IssueText) -> None:
    assert write(supplement)[1:3] == ["2027年增刊第1期", ""]


def test_a_control_character_is_refused_with_its_place(write: Write, tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="《铃声》"):
        write(issue(article("bell", "铃\x07声")))
    assert list(tmp_path.glob("*contents*")) == []
