"""The review screen in a real browser: remarks by selection, the signature they stop, the bar, the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch

PHONE = {"width": 375, "height": 760}


def sit_down(page: Page, site: Site, who: str) -> None:
    page.goto(f"{site.base}/desk/login/")
    page.fill("input[name=username]", who)
    page.fill("input[name=password]", site.password)
    page.press("input[name=password]", "Enter")
    expect(page.locator("#user-tools")).to_be_visible()


def number_of(site: Site, stage: str) -> str:
    """The first manuscript of a stage that nobody has remarked on yet."""
    found = f"Article.objects.filter(stage='{stage}', comments=None).order_by('pk')"
    code = f"print({found}.first().pk)"
    return site.shell(code).strip().splitlines()[-1]


def address(site: Site, number: str) -> str:
    return f"{site.base}/desk/articles/article/{number}/review/"


def select(page: Page, words: str) -> None:
    """Select the first occurrence of ``words`` in the text as it stands now, as a mouse would."""
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const node = walker.currentNode, at = node.data.indexOf(words);
            if (at < 0 || !node.parentElement.closest("[data-block]")) continue;
            getSelection().setBaseAndExtent(node, at, node, at + words.length);
            return;
          }
          throw new Error(`not in the text: ${words}`);
        }""",
        words,
    )


def some_words(page: Page) -> str:
    """Six characters of the second paragraph."""
    return str(page.locator("[data-block]").nth(1).evaluate("block => block.textContent.slice(3, 9)"))


@pytest.fixture
def watched(new_context: Callable[..., BrowserContext], fresh_site: Site) -> Iterator[Page]:
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    watch = Watch(fresh_site.base)
    watch.attach(page)
    yield page
    watch.assert_quiet()


def test_a_required_remark_stops_the_signature_until_it_is_settled(watched: Page, fresh_site: Site) -> None:
    page, number = watched, number_of(fresh_site, "first_review")
    sit_down(page, fresh_site, "editor")
    page.goto(address(fresh_site, number))
    words = some_words(page)
    page.locator("#step-pass_up summary").click()
    page.locator("#step-pass_up textarea").fill("看过一遍，基本可用。")
    select(page, words)
    page.locator("#remark-here").click()
    form = page.locator("#new-remark form")
    expect(form.get_by_label("引用原文")).to_have_value(words)
    expect(form.get_by_label("段落")).to_have_value("2")
    form.get_by_label("批注", exact=True).fill("请注明出处。")
    form.get_by_label("必改").check()
    form.get_by_role("button").click()
    thread = page.locator(".thread")
    expect(thread).to_contain_text("请注明出处。")
    expect(thread).to_contain_text("必改")
    assert page.evaluate("CSS.highlights.get('remarks').size") == 1
    assert violations(page) == []
    page.locator("#step-pass_up summary").click()
    expect(page.locator("#step-pass_up .refused")).to_contain_text("批注")
    thread.get_by_role("button", name="解决").click()
    expect(page.locator(".settled > summary")).to_contain_text("1")
    # What was written into the opinion before the two reloads is still there.
    page.locator("#step-pass_up summary").click()
    expect(page.locator("#step-pass_up textarea")).to_have_value("看过一遍，基本可用。")
    page.locator("#step-pass_up").get_by_label("采用", exact=True).check()
    page.locator("#step-pass_up form button").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert page.url == f"{fresh_site.base}/desk/"
    assert (
        fresh_site.shell(f"print(Article.objects.get(pk={number}).stage)").strip().endswith("second_review")
    )


def test_wordings_go_to_the_opinion_and_keys_reach_everything(page: Page, site: Site) -> None:
    watch = Watch(site.base)
    watch.attach(page)
    sit_down(page, site, "chief")
    page.goto(address(site, number_of(site, "final_review")))
    select(page, some_words(page))
    page.keyboard.press("c")
    expect(page.get_by_label("批注", exact=True)).to_be_focused()
    page.keyboard.type("字里有c和n也照打")
    expect(page.get_by_label("批注", exact=True)).to_have_value("字里有c和n也照打")
    page.keyboard.press("Alt+3")
    expect(page.locator("#bar")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    opinion = page.locator("#step-accept textarea")
    expect(opinion).to_be_focused()
    page.locator("#step-accept .phrases a").first.click()
    expect(opinion).not_to_have_value("")
    expect(opinion).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(opinion).to_be_hidden()
    expect(page.locator("#step-accept summary")).to_be_focused()
    watch.assert_quiet()


def test_the_bar_never_lies_on_the_last_words(new_context: Callable[..., BrowserContext], site: Site) -> None:
    page = new_context(viewport=PHONE).new_page()
    watch = Watch(site.base)
    watch.attach(page)
    sit_down(page, site, "section")
    page.goto(address(site, number_of(site, "second_review")))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    bar, side = page.locator("#bar").bounding_box(), page.locator("#side").bounding_box()
    assert bar is not None
    assert side is not None
    assert side["y"] + side["height"] <= bar["y"] + 1
    assert bar["height"] < PHONE["height"] / 5
    assert violations(page) == []
    watch.assert_quiet()


@pytest.mark.parametrize("name", ["review/sheet", "release-slip"])
def test_a_form_prints_on_one_page(
    new_context: Callable[..., BrowserContext], site: Site, name: str, tmp_path: Any
) -> None:
    page = new_context().new_page()
    watch = Watch(site.base)
    watch.attach(page)
    sit_down(page, site, "chief")
    page.goto(f"{site.base}/desk/articles/article/{number_of(site, 'published')}/{name}/")
    assert violations(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".sheet-tools")).to_be_hidden()
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/") == 1
    watch.assert_quiet()
