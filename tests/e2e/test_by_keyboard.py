"""Passing a review without a mouse, from signing in to the signature, and always seeing what is in hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site
from tests.e2e.office import rows

pytestmark = pytest.mark.browser

#: Where the next key goes: its words, whether it is drawn as focused, whether it is in sight.
IN_HAND = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const seen = box.height > 0 && box.top < innerHeight && box.bottom > 0;
  const words = (one.labels?.[0] ?? one).textContent || one.value || "";
  const shown = seen && (drawn || style.boxShadow !== "none");
  return { tag: one.tagName, name: one.name ?? "", words: words.trim(), shown };
}"""


def tab_to(page: Page, wanted: Callable[[dict[str, str]], bool], *, most: int = 60) -> dict[str, str]:
    """Press Tab until ``wanted`` is in hand; everything on the way must show that it is."""
    for _press in range(most):
        page.keyboard.press("Tab")
        one = page.evaluate(IN_HAND)
        if one["tag"] == "BODY":
            continue
        assert one["shown"], f"nobody sees that this is in hand: {one}"
        if wanted(one):
            return dict(one)
    raise AssertionError(f"not reached in {most} presses: {page.url}")


def test_a_review_is_passed_with_the_keyboard_alone(page: Page, fresh_site: Site) -> None:
    page.set_default_timeout(45_000)
    waiting = "SELECT id, title FROM articles_article WHERE stage = 'second_review' ORDER BY id LIMIT 1"
    ((key, title),) = rows(fresh_site, waiting)
    page.goto(f"{fresh_site.base}/desk/")
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type("section")
    page.keyboard.press("Tab")
    page.keyboard.type(fresh_site.password)
    page.keyboard.press("Enter")
    expect(page.locator("#waiting-title")).to_be_visible()

    tab_to(page, lambda one: one["words"] == title.replace("\n", ""))
    page.keyboard.press("Enter")
    expect(page.locator("#bar")).to_be_visible()
    page.keyboard.press("Alt+3")
    expect(page.locator("#bar")).to_be_focused()
    tab_to(page, lambda one: one["words"] == "送终审", most=1)
    page.keyboard.press("Enter")
    expect(page.locator("#step-pass_up [name=opinion]")).to_be_focused()
    page.keyboard.type("同意初审意见。")
    tab_to(page, lambda one: one["name"] == "verdict", most=3)
    page.keyboard.press("Space")
    expect(page.locator("#step-pass_up [value=use]")).to_be_checked()
    tab_to(page, lambda one: one["words"] == "送终审" and one["tag"] == "BUTTON", most=3)
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("已完成")
    signed = "SELECT level, verdict, opinion, person_name FROM articles_signoff WHERE article_id = ?"
    assert rows(fresh_site, signed + " ORDER BY id", key)[-1] == ("second", "use", "同意初审意见。", "何砚")
    assert rows(fresh_site, "SELECT stage FROM articles_article WHERE id = ?", key) == [("final_review",)]
