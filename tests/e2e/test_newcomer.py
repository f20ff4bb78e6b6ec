"""A newcomer who knows the address of the front page only, and goes by the words to be seen.

Three things are wanted from a journal's site: a back issue, an article by a name, the citation of an article.
Each takes three clicks at most, on a wide screen and on a phone, and none needs a mouse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Site
from tests.e2e.hands import Hand, Keyboard, Mouse, count_pointers

MOST_CLICKS = 3
SCREENS = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 812}}
#: What is looked for: an author of a back issue, a person a text tells of, two remembered characters.
NAMES = {"何田": "一张床四千个眼", "成玉莲": "书还在架上 门开到几点", "恐龙": "书还在架上 门开到几点"}
PRINTED = "季明珠. 书还在架上 门开到几点[J]. 岚江，2026（11）：4-9."


@dataclass
class CountedMouse(Mouse):
    """A mouse that counts its clicks; to write somewhere takes one as well."""

    clicks: int = 0

    def press(self, target: Locator) -> None:
        self.clicks += 1
        super().press(target)

    def write(self, target: Locator, words: str) -> None:
        self.clicks += 1
        super().write(target, words)


def link(page: Page, words: str, *, exact: bool = True) -> Locator:
    return page.get_by_role("link", name=words, exact=exact)


def headline(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def find_back_issue(page: Page, hand: Hand) -> None:
    hand.press(link(page, "上一期：2026年第10期"))
    expect(headline(page)).to_contain_text("2026年第10期")


def find_back_issue_on_the_shelf(page: Page, hand: Hand) -> None:
    hand.press(link(page, "往期"))
    hand.press(link(page, "第10期", exact=False))
    expect(headline(page)).to_contain_text("2026年第10期")


def search(page: Page, hand: Hand, words: str) -> None:
    hand.write(page.get_by_role("searchbox"), words)
    page.keyboard.press("Enter")
    expect(headline(page)).to_have_text("搜索")


def find_by(words: str) -> Callable[[Page, Hand], None]:
    def find(page: Page, hand: Hand) -> None:
        search(page, hand, words)
        hand.press(link(page, NAMES[words]))
        expect(page.get_by_role("article")).to_contain_text(words)
        expect(headline(page)).to_have_text(as_title(NAMES[words]))

    return find


def as_title(words: str) -> re.Pattern[str]:
    """A title in two lines is one line in a list."""
    return re.compile(r"^" + r"\s*".join(map(re.escape, words.split())) + r"$")


def cite(page: Page, hand: Hand) -> None:
    hand.press(link(page, NAMES["恐龙"], exact=False))
    hand.press(link(page, "引用"))
    expect(page.get_by_text("GB/T 7714—2025 印刷版")).to_be_visible()
    expect(page.get_by_text(PRINTED)).to_be_in_viewport()
    with page.expect_download() as coming:
        hand.press(link(page, "BibTeX"))
    entry = Path(coming.value.path()).read_text(encoding="utf-8")
    assert entry.startswith("@article{")
    assert f"title = {{{{{NAMES['恐龙']}}}}}" in entry


def cite_a_hit(page: Page, hand: Hand) -> None:
    find_by("成玉莲")(page, hand)
    hand.press(link(page, "引用"))
    expect(page.get_by_text(PRINTED)).to_be_in_viewport()


def subscribe_to_a_section(page: Page, hand: Hand) -> None:
    hand.press(link(page, "栏目"))
    hand.press(link(page, "调查", exact=False))
    address = link(page, "订阅本栏目（Atom）").get_attribute("href")
    answer = page.request.get(urljoin(page.url, address))
    assert answer.ok
    assert "夜里谁起来" in answer.text()


def find_corrections(page: Page, hand: Hand) -> None:
    hand.press(link(page, "更正"))
    expect(headline(page)).to_have_text("更正")


WALKS: dict[str, Callable[[Page, Hand], None]] = {
    "back-issue": find_back_issue,
    "back-issue-on-the-shelf": find_back_issue_on_the_shelf,
    "article-by-its-author": find_by("何田"),
    "article-by-a-person-in-it": find_by("成玉莲"),
    "article-by-two-characters": find_by("恐龙"),
    "citation": cite,
    "citation-of-a-hit": cite_a_hit,
    "feed-of-a-section": subscribe_to_a_section,
    "corrections": find_corrections,
}
MAIN_WALKS = ("back-issue", "article-by-its-author", "article-by-a-person-in-it", "citation")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("walk", WALKS)
def test_what_is_wanted_is_three_clicks_from_the_front_page(
    walk: str, screen: str, site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport=SCREENS[screen]).new_page()
    page.goto(f"{site.base}/")
    mouse = CountedMouse()
    WALKS[walk](page, mouse)
    assert 0 < mouse.clicks <= MOST_CLICKS


@pytest.mark.parametrize("walk", MAIN_WALKS)
def test_what_is_wanted_is_found_with_the_keyboard_alone(walk: str, page: Page, site: Site) -> None:
    pointers: list[str] = []
    count_pointers(page, pointers)
    page.goto(f"{site.base}/")
    keyboard = Keyboard()
    WALKS[walk](page, keyboard)
    assert keyboard.presses > 0
    assert keyboard.unseen == []
    assert pointers == []
