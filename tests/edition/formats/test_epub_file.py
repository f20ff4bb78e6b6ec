"""The EPUB as a file: what it says about itself, its bytes, and what is refused before there is one."""

from __future__ import annotations

import datetime
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError
from tests.edition.formats.books import Make
from tests.edition.formats.making import (
    Picture,
    article,
    figure,
    issue,
    paragraph,
)

pytestmark = pytest.mark.database_free


# What the book says about itself.


def test_the_package_tells_who_and_what_and_when(make_epub: Make, full_issue: IssueText) -> None:
    book = make_epub(full_issue)
    assert book.core("title") == ["岚江 2027年第1期（总第133期）"]
    assert book.core("language") == ["zh-CN"]
    assert book.core("publisher") == book.core("creator") == ["岚江杂志社"]
    assert book.core("date") == ["2027-01-05"]
    assert book.metas("dcterms:modified") == ["2027-01-12T01:00:00Z"]  # the correction
    assert book.metas("belongs-to-collection") == ["岚江"]
    assert book.metas("group-position") == ["133"]
    assert book.metas("schema:accessModeSufficient") == ["textual"]
    assert {"alternativeText", "pageNavigation"} <= set(book.metas("schema:accessibilityFeature"))


def test_who_signs_an_article_is_its_creator_and_others_contributed(
    make_epub: Make, full_issue: IssueText
) -> None:
    book = make_epub(full_issue, full_issue.articles[5])
    assert (book.core("creator"), book.core("contributor")) == (["安·沃特斯"], ["许知远舟"])
    assert book.metas("role") == ["aut", "trl"]


def test_each_issue_and_article_has_a_name_of_its_own(make_epub: Make, full_issue: IssueText) -> None:
    names = [make_epub(full_issue).core("identifier")]
    names += [make_epub(full_issue, one).core("identifier") for one in full_issue.articles[:2]]
    names.append(
        make_epub(replace(full_issue, address="https://lanjiang.example/issues/2027/2/")).core("identifier")
    )
    assert len({name for (name,) in names}) == 4
    assert all(name.startswith("urn:uuid:") for (name,) in names)


def test_pictures_without_words_are_not_called_accessible(make_epub: Make) -> None:
    mute = article("mute", "无言", loose_figures=(figure("mute"),))
    book = make_epub(issue(mute))
    assert book.metas("schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in book.metas("schema:accessibilityFeature")


# The file.


def test_the_same_issue_gives_the_same_bytes(make_epub: Make, full_issue: IssueText) -> None:
    assert make_epub(full_issue).path.read_bytes() == make_epub(full_issue).path.read_bytes()


def test_the_media_type_stands_first_and_as_it_is(make_epub: Make, full_issue: IssueText) -> None:
    book = make_epub(full_issue)
    first = book.zip.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert {each.date_time for each in book.zip.infolist()} == {(2027, 1, 12, 1, 0, 0)}


def test_before_1980_a_zip_begins_in_1980(make_epub: Make) -> None:
    old = article(
        "old", "旧", paragraph("字"), published_at=datetime.datetime(1956, 1, 1, tzinfo=datetime.UTC)
    )
    assert make_epub(issue(old)).zip.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


# Bad input.


def lost(data: bytes | None) -> ArticleText:
    shown = replace(figure("fish", alternative="鱼摊"), file=Picture("figures/fish.jpg", data))
    return article("market", "早市", loose_figures=(shown,), first_page=24)


@pytest.mark.parametrize(
    ("one", "named"),
    [
        (lost(None), ("鱼摊", "《早市》（第24页）")),
        (lost(b"no picture"), ("鱼摊", "《早市》（第24页）")),
        (article("empty", "只有题目", first_page=7), ("《只有题目》（第7页）",)),
        (article("bell", "铃声", paragraph("响\x07了")), ("《铃声》", "U+0007")),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_left(
    make_epub: Make, tmp_path: Path, one: ArticleText, named: tuple[str, ...]
) -> None:
    with pytest.raises(EditionError) as refused:
        make_epub(issue(one))
    assert all(words in str(refused.value) for words in named)
    assert list(tmp_path.glob("*book*")) == []


def test_a_lost_cover_is_named_with_the_issue(make_epub: Make, full_issue: IssueText, tmp_path: Path) -> None:
    assert full_issue.cover
    cover = replace(full_issue.cover, file=Picture("figures/cover.jpg", None))
    with pytest.raises(EditionError, match="晨雾里的上渡码头") as refused:
        make_epub(replace(full_issue, cover=cover))
    assert full_issue.label in str(refused.value)
    assert list(tmp_path.glob("*book*")) == []
