"""What makes reading easy: chosen once, remembered, there before the first paint, all of it by key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.comforts import open_settings, pixels, remembering, root
from tests.e2e.conftest import Site, Watch
from tests.e2e.pages import ISSUE, PHOTO_STORY, REPORT

#: Notes what the root says before any script but the one in the head has run, and when the page is painted.
WITNESS = """
    document.addEventListener('readystatechange', () => {
      if (document.readyState === 'interactive') window.atFirst = {...document.documentElement.dataset};
    });
    new PerformanceObserver(list => { for (const e of list.getEntries()) if (e.name === 'first-paint')
      window.atPaint = {...document.documentElement.dataset};
    }).observe({type: 'paint', buffered: true});
"""
#: A voice of the device: it arrives late and says when each sentence ends only when it is asked to.
VOICE = """
    const said = window.said = [], waiting = [];
    const voices = [];
    const heard = new EventTarget();
    Object.assign(heard, {
      getVoices: () => voices,
      speak: one => { said.push(one.text); waiting.push(one); },
      cancel: () => { waiting.length = 0; window.cancelled = (window.cancelled ?? 0) + 1; },
    });
    window.endSentence = () => waiting.shift()?.onend?.();
    window.arrive = lang => {
      voices.push({lang, name: lang});
      heard.dispatchEvent(new Event('voiceschanged'));
    };
    Object.defineProperty(window, 'speechSynthesis', {value: heard});
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


# -- choices


def test_what_is_chosen_is_there_after_a_reload_before_anything_is_painted(page: Page, site: Site) -> None:
    page.goto(site.base)
    panel = open_settings(page)
    panel.locator('[data-choose="theme"][value="dark"]').click()
    panel.locator('[data-choose="face"][value="hei"]').click()
    panel.locator('[data-step="1"]').click()
    panel.locator('[data-step="1"]').click()
    page.add_init_script(WITNESS)
    page.goto(site.base + REPORT)
    page.wait_for_function("() => 'atPaint' in window")
    chosen = {"theme": "dark", "face": "hei", "size": "larger", "scripted": ""}
    assert page.evaluate("window.atFirst") == chosen
    assert page.evaluate("window.atPaint") == chosen
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(24, 23, 21)"
    assert "PingFang SC" in str(page.locator(".article").evaluate("e => getComputedStyle(e).fontFamily"))


def test_type_grows_in_four_steps_and_stops_at_the_ends(page: Page, site: Site) -> None:
    page.goto(site.base + REPORT)
    panel = open_settings(page)
    less, more = panel.locator('[data-step="-1"]'), panel.locator('[data-step="1"]')
    sizes = []
    less.click()
    for _step in range(4):
        sizes.append(pixels(page, ".article"))
        more.focus()
        page.keyboard.press("Enter")
    assert sizes == sorted(set(sizes))
    assert pixels(page, ".article") == sizes[-1]
    assert panel.locator(".size-now").inner_text() == "特大"
    assert more.get_attribute("aria-disabled") == "true"


def test_a_choice_that_is_not_one_of_ours_is_passed_over(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = remembering(new_context(), {"theme": "neon", "size": "9", "elder": "yes"})
    page.goto(site.base)
    assert root(page) == {"scripted": ""}


def test_the_settings_are_worked_by_key_alone(page: Page, site: Site) -> None:
    page.goto(site.base + REPORT)
    opener = page.locator('[aria-controls="reading-article"]')
    opener.focus()
    page.keyboard.press("Enter")
    assert opener.get_attribute("aria-expanded") == "true"
    page.locator('#reading-article [data-choose="theme"][value="paper"]').focus()
    page.keyboard.press("Space")
    assert root(page)["theme"] == "paper"
    page.keyboard.press("Escape")
    assert page.locator("#reading-article").is_hidden()
    assert opener.evaluate("e => e === document.activeElement")


def test_the_question_mark_shows_the_keys(page: Page, site: Site) -> None:
    for path, panel in ((REPORT, "#reading-article"), ("/issues/", "#reading-foot")):
        page.goto(site.base + path)
        page.keyboard.press("?")
        assert page.locator(f"{panel} .keys").is_visible()
        assert page.locator(panel).evaluate("e => e === document.activeElement")


def test_two_windows_agree(new_context: Callable[..., BrowserContext], site: Site) -> None:
    context = new_context()
    one, other = context.new_page(), context.new_page()
    one.goto(site.base)
    other.goto(site.base + REPORT)
    open_settings(one).locator('[data-choose="theme"][value="paper"]').click()
    other.wait_for_function("() => document.documentElement.dataset.theme === 'paper'")


def test_nothing_that_wants_a_script_shows_without_one(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    for path in (REPORT, ISSUE, "/"):
        page.goto(site.base + path)
        assert (
            page.locator(".tools:visible, .reading:visible, dialog:visible, main button:visible").count() == 0
        )
    page.goto(site.base + REPORT)
    assert page.locator(".qr-code").is_visible()
    page.locator("a.picture").first.click()
    assert "/media/figures/" in page.url
    page.goto(site.base + "/offline/")
    assert "脚本" in page.locator("noscript").inner_text()


# -- pictures


def test_pictures_open_over_the_page_and_give_the_focus_back(page: Page, site: Site) -> None:
    watch = Watch(site.base)
    watch.attach(page)
    page.goto(site.base + PHOTO_STORY)
    opener = page.locator("a.picture").first
    captions = page.locator(".article figcaption").all_inner_texts()
    opener.focus()
    page.keyboard.press("Enter")
    box = page.locator("dialog.lightbox")
    assert box.is_visible()
    for caption in [*captions, captions[0]]:
        assert box.locator(".lightbox-words").inner_text() == caption
        page.wait_for_function("() => document.querySelector('.lightbox img').naturalWidth > 0")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert box.locator(".lightbox-words").inner_text() == captions[0]
    assert box.locator(".lightbox-file").get_attribute("href") == opener.get_attribute("href")
    assert page.url == site.base + PHOTO_STORY
    page.keyboard.press("Escape")
    assert box.is_hidden()
    assert opener.evaluate("e => e === document.activeElement")
    watch.assert_quiet()


# -- reading aloud


def listening(context: BrowserContext, site: Site) -> Page:
    context.add_init_script(VOICE)
    page = context.new_page()
    page.goto(site.base + REPORT)
    return page


def test_there_is_no_reading_aloud_without_a_chinese_voice(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = listening(new_context(), site)
    button = page.locator(".listen button").first
    assert button.is_hidden()
    page.evaluate("window.arrive('en-US')")
    assert button.is_hidden()
    page.evaluate("window.arrive('zh-CN')")
    assert button.is_visible()


def test_an_article_is_read_paragraph_by_paragraph_without_notes_and_captions(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = listening(new_context(), site)
    page.evaluate("window.arrive('zh-CN')")
    button, end = page.locator(".listen button").all()
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator(".being-read").evaluate("e => e.matches('.piece-title')")
    seen = set()
    while page.locator(".being-read").count():
        seen.add(page.locator(".being-read").evaluate("e => e.tagName"))
        page.evaluate("window.endSentence()")
    said = "".join(page.evaluate("window.said"))
    assert {"H1", "H2", "P"} <= seen
    assert "①" not in said
    assert "■" not in said
    for silent in (".notes .note-text", "figcaption", ".table-box td"):
        assert page.locator(silent).first.inner_text() not in page.evaluate("window.said"), silent
    for paragraph in page.locator(".article > p").all():
        assert paragraph.evaluate("e => e.lastChild.textContent.slice(-12, -2)") in said
    assert end.is_hidden()


def test_reading_aloud_pauses_goes_on_and_stops_when_one_leaves(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = listening(new_context(), site)
    page.evaluate("window.arrive('zh-CN')")
    button, end = page.locator(".listen button").all()
    button.click()
    page.evaluate("window.endSentence()")
    at = page.locator(".being-read").inner_text()
    button.click()
    assert button.inner_text() == "继续"
    button.click()
    assert page.locator(".being-read").inner_text() == at
    end.click()
    assert page.locator(".being-read").count() == 0
    assert button.evaluate("e => e === document.activeElement")
    button.click()
    before = page.evaluate("window.cancelled")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("window.cancelled") > before


# -- sharing


def test_an_article_is_shared_by_the_device_or_its_address_is_copied(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site.base + REPORT)
    page.locator(".tools [data-share]").click()
    page.locator(".tools .said", has_text="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == site.address + REPORT
    page.add_init_script("navigator.share = async what => { window.shared = what; }")
    page.reload()
    page.locator(".share [data-share]").click()
    assert page.evaluate("window.shared.url") == site.address + REPORT


def test_the_address_of_a_heading_is_copied_as_it_is_gone_to(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(site.base + REPORT)
    heading = page.locator(".article a.here").nth(1)
    heading.focus()
    assert heading.evaluate("e => getComputedStyle(e, '::after').opacity") == "1"
    page.keyboard.press("Enter")
    page.locator(".tools .said", has_text="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.url.endswith(heading.get_attribute("href") or "")


# -- what it costs


@pytest.mark.parametrize("path", [REPORT, ISSUE, "/", "/offline/"])
def test_all_script_of_a_page_is_under_thirty_thousand_bytes(page: Page, site: Site, path: str) -> None:
    sources: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: sources.update({answer.url: len(answer.body())}) if ".js" in answer.url else None,
    )
    page.goto(site.base + path, wait_until="networkidle")
    assert len(sources) >= 2
    assert sum(sources.values()) < 30_000, sources


@pytest.mark.parametrize("path", [REPORT, PHOTO_STORY, ISSUE, "/"])
def test_a_page_waits_for_two_files_before_it_is_painted(page: Page, site: Site, path: str) -> None:
    page.goto(site.base + path)
    blocking = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.renderBlockingStatus === 'blocking')"
        ".map(e => e.name)"
    )
    assert 1 <= len(blocking) <= 2, blocking


# -- on paper


def test_a_printed_article_says_where_it_stands_and_leaves_the_screen_behind(page: Page, site: Site) -> None:
    page.goto(site.base + REPORT)
    open_settings(page)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".share-address").inner_text() == site.address + REPORT
    for kept in (".piece-title", ".byline", ".provenance", ".notes", ".qr-code"):
        assert page.locator(kept).first.is_visible(), kept
    for left in (".nav", ".tools", ".reading", ".turn", ".cite", ".foot-links", "button", ".related"):
        assert page.locator(f"{left}:visible").count() == 0, left
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
