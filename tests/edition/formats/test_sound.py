"""What stops every format before it begins, each with the place where it is to be mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from journal.edition.formats.sound import read_picture, refuse_empty, refuse_unsound, refuse_without_text
from journal.edition.formats.text import ArticleText, IssueText
from journal.edition.store import EditionError
from tests.edition.formats.making import Picture, article, figure, issue, note, paragraph

pytestmark = pytest.mark.database_free


def test_a_sound_issue_is_let_through(full_issue: IssueText) -> None:
    refuse_unsound(full_issue, *full_issue.articles)
    refuse_empty(full_issue)
    refuse_without_text(full_issue.articles)


@pytest.mark.parametrize(
    "broken",
    [
        article("bell", "铃\x07声", paragraph("正文")),
        article("bell", "铃声", paragraph("响了", note(1, "三\x0b下"))),
        article("bell", "铃声", paragraph("半个字\ud83d")),
        article("bell", "铃声", paragraph("正文"), keywords=("铃\ufffe",)),
    ],
)
def test_a_control_character_is_refused_with_its_place(broken: ArticleText) -> None:
    with pytest.raises(EditionError, match=r"(?s)《铃▯?声》.*U\+") as caught:
        refuse_unsound(issue(broken), broken)
    assert str(caught.value).isprintable()


def test_a_control_character_of_the_issue_names_the_issue() -> None:
    with pytest.raises(EditionError, match=r"2027年第1期.*U\+0001"):
        refuse_unsound(issue(slogans=("记事\x01",)))


def test_an_issue_without_articles_is_refused() -> None:
    with pytest.raises(EditionError, match="2027年第1期"):
        refuse_empty(issue())


def test_an_article_without_text_is_refused_by_name() -> None:
    empty = article("empty", "只有题目", paragraph(" "), first_page=7)
    with pytest.raises(EditionError, match="《只有题目》（第7页）"):
        refuse_without_text((empty,))


def test_a_photo_story_needs_no_words() -> None:
    story = article("story", "早市", loose_figures=(figure("fish"),))
    refuse_without_text((story,))


def lost(data: bytes | None) -> ArticleText:
    shown = replace(figure("fish", alternative="鱼摊"), file=Picture("figures/fish.jpg", data))
    return article("market", "早市", loose_figures=(shown,), first_page=24)


WHOLE = figure("fish").file.open().read()


@pytest.mark.parametrize("data", [None, b"", b"no picture", WHOLE[: len(WHOLE) // 2], WHOLE[:-300]])
def test_a_missing_or_damaged_picture_is_refused_with_its_name_and_place(data: bytes | None) -> None:
    story = lost(data)
    with pytest.raises(EditionError, match="《早市》（第24页）") as caught:
        refuse_without_text((story,))
    assert "鱼摊" in str(caught.value)


def test_a_picture_is_given_as_it_was_stored() -> None:
    assert read_picture(figure("fish"), "《早市》") == WHOLE
