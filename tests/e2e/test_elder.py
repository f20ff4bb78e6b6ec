"""The mode for the elderly: large type and targets, strong contrast, nothing that pops up, on every page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.axe import violations
from tests.e2e.comforts import ELDER, THEMES, open_settings, pixels, remembering, root
from tests.e2e.conftest import Site
from tests.e2e.pages import PAGES, PHOTO_STORY, REPORT, besides

SMALL_TYPE = """() => {
    const found = new Set(), all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (all.nextNode()) {
      const e = all.currentNode.parentElement;
      if (!all.currentNode.textContent.trim()) continue;
      if (e.closest('svg, script, noscript, .visually-hidden')) continue;
      if (e.checkVisibility({visibilityProperty: true}) && parseFloat(getComputedStyle(e).fontSize) < 24)
        found.add(e.outerHTML.slice(0, 90));
    } return [...found]; }"""
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, select, textarea, input')]
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .filter(e => !e.matches('.skip, [type=checkbox], [type=radio]'))
    .filter(e => { const box = e.getBoundingClientRect(); return box.height < 60 || box.width < 60; })
    .map(e => e.outerHTML.slice(0, 90))"""
CROWDED = """() => [...document.querySelectorAll('.article p, .entry-line, .abstract p')].filter(e => {
      const style = getComputedStyle(e);
      return parseFloat(style.lineHeight) < 1.3 * parseFloat(style.fontSize);
    }).map(e => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("width", [375, *besides(1280, 320)])
def test_for_the_elderly_type_and_targets_are_large_on_every_page(
    new_context: Callable[..., BrowserContext], site: Site, width: int
) -> None:
    page = remembering(new_context(viewport={"width": width, "height": 900}), ELDER)
    for name, path in PAGES.items():
        page.goto(site.base + path)
        open_settings(page)
        page.locator("details").evaluate_all("all => all.forEach(e => { e.open = true; })")
        assert page.evaluate(SMALL_TYPE) == [], name
        assert page.evaluate(SMALL_TARGETS) == [], name
        assert page.evaluate(CROWDED) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
def test_for_the_elderly_words_stand_out_at_seven_to_one(
    new_context: Callable[..., BrowserContext], site: Site, theme: str
) -> None:
    page = remembering(new_context(), {**ELDER, **THEMES[theme]})
    page.goto(site.base + REPORT)
    paper = luminance(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
    for selector in (".article p", ".section-name a", ".provenance li", "figcaption", ".foot p", ".label"):
        ink = luminance(page.locator(selector).first.evaluate("e => getComputedStyle(e).color"))
        light, dark = max(ink, paper), min(ink, paper)
        assert (light + 0.05) / (dark + 0.05) >= 7, selector


def test_for_the_elderly_nothing_pops_up(new_context: Callable[..., BrowserContext], site: Site) -> None:
    page = remembering(new_context(), ELDER)
    page.goto(site.base + REPORT)
    page.locator("a.note-ref").first.click()
    assert page.url.endswith("#note-1")
    assert page.locator(".note-popover:popover-open").count() == 0
    page.locator("a.picture").first.click()
    page.wait_for_url("**/media/figures/**")


def test_the_mode_for_the_elderly_is_one_press_from_any_page_and_back(page: Page, site: Site) -> None:
    page.goto(site.base)
    button = page.locator('.foot [data-choose="elder"][data-toggle]')
    page.locator('.masthead [data-choose="elder"][data-toggle]').click()
    assert pixels(page, "body") == 24
    page.goto(site.base + "/about/")
    assert pixels(page, "body") == 24
    button.click()
    assert pixels(page, "body") == 16
    page.reload()
    assert "elder" not in root(page)
    for name, path in PAGES.items():
        page.goto(site.base + path)
        expect(page.locator(".masthead").get_by_role("button", name="长者模式")).to_be_visible(), name


# -- for everybody


@pytest.mark.parametrize(
    ("choices", "width"),
    [
        (ELDER, 375),
        (ELDER, 1280),
        (THEMES["paper"], 375),
        *besides(*((theme, width) for theme in THEMES.values() for width in (1280, 375))),
    ],
)
def test_no_choice_breaks_the_guidelines(
    new_context: Callable[..., BrowserContext], site: Site, choices: dict[str, str], width: int
) -> None:
    page = remembering(new_context(viewport={"width": width, "height": 900}), choices)
    found: list[str] = []
    for name in ("home", "issue", "report", "offline", "archive", "lost"):
        page.goto(site.base + PAGES[name])
        for opener in page.locator("[aria-controls^=reading]").all():
            opener.click()
        found += violations(page)
    page.goto(site.base + PHOTO_STORY)
    if choices != ELDER:
        page.locator("a.picture").first.click()
        found += violations(page)
    assert found == []


@pytest.mark.parametrize(
    ("choices", "width"),
    [
        ({"size": "larger", "elder": "on"}, 320),
        *besides(
            ({"size": "larger"}, 320), ({"size": "larger", "elder": "on"}, 1280), ({"size": "small"}, 320)
        ),
    ],
)
def test_no_size_of_type_scrolls_sideways(
    new_context: Callable[..., BrowserContext], site: Site, choices: dict[str, str], width: int
) -> None:
    page = remembering(new_context(viewport={"width": width, "height": 700}), choices)
    for name, path in PAGES.items():
        page.goto(site.base + path)
        open_settings(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
