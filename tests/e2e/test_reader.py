"""A reader in a real browser: from the home page through the contents to every article and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.axe import violations
from tests.e2e.comforts import open_settings
from tests.e2e.conftest import Site, Watch
from tests.e2e.pages import PAGES, REPORT, besides

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_a_reader_walks_from_home_through_the_contents_to_every_article_and_back(
    page: Page, site: Site
) -> None:
    watch = Watch(site.base)
    watch.attach(page)
    walked = 0
    page.goto(site.base)
    page.goto(site.base + "/issues/")
    issues = page.locator(".place").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(issues) == 3
    for issue in issues:
        page.goto(site.base + issue)
        links = page.locator(".entry-line, .story-line").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        assert len(links) == 13
        for address in links:
            page.locator(f'.contents a[href="{address}"]').click()
            page.wait_for_url(site.base + address)
            assert page.locator("h1").inner_text().strip()
            assert len(page.locator(".article").inner_text()) > 200
            assert page.locator(".end-mark").count() == 1
            page.locator(".turn-contents").click()
            page.wait_for_url(site.base + issue)
            walked += 1
    assert walked == 39
    watch.assert_quiet()


def test_the_issue_can_be_read_from_first_to_last_page_by_key(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/issues/2026/9/")
    first = page.locator(".entry-line").first
    address = first.get_attribute("href") or ""
    first.click()
    page.wait_for_url(site.base + address)
    seen = [page.url]
    while page.locator('a[rel="next"]').count():
        page.keyboard.press("ArrowRight")
        page.wait_for_url(lambda url: url != seen[-1])
        seen.append(page.url)
    assert len(set(seen)) == 13
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(seen[-2])
    page.keyboard.press("t")
    page.wait_for_url(f"{site.base}/issues/2026/9/")


def test_keys_do_nothing_while_a_table_is_scrolled(page: Page, site: Site) -> None:
    page.goto(site.base + REPORT)
    page.locator(".table-box").focus()
    page.keyboard.press("ArrowRight")
    assert page.url == site.base + REPORT


def test_the_skip_link_is_first_and_leads_to_the_text(page: Page, site: Site) -> None:
    page.goto(site.base + REPORT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_stop_of_a_tab_walk_shows_its_focus(page: Page, site: Site) -> None:
    page.goto(site.base + REPORT)
    stops = 0
    while stops < 80:
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => { const e = document.activeElement; if (!e || e === document.body) return null;
                const s = getComputedStyle(e), r = e.getBoundingClientRect();
                return [e.outerHTML.slice(0, 80), s.outlineStyle, parseFloat(s.outlineWidth),
                        r.width * r.height]; }"""
        )
        if state is None:
            break
        name, style, width, area = state
        assert style != "none", name
        assert width >= 2, name
        assert area > 0, name
        stops += 1
    assert stops > 15


def test_a_note_opens_at_its_reference_and_closes_with_escape(page: Page, site: Site) -> None:
    page.goto(site.base + REPORT)
    reference = page.locator("a.note-ref").first
    reference.focus()
    page.keyboard.press("Enter")
    box = page.locator(".note-popover")
    assert box.is_visible()
    assert "站月" in box.inner_text()
    page.keyboard.press("Escape")
    assert not box.is_visible()
    assert reference.evaluate("link => link === document.activeElement")


def test_notes_and_figures_are_there_without_scripts(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(site.base + REPORT)
    assert page.locator("a.note-ref").count() == page.locator(".notes li").count() == 4
    page.locator("a.note-ref").first.click()
    assert page.url.endswith("#note-1")
    page.locator(".note-back").first.click()
    assert page.url.endswith("#ref-1")
    assert page.locator(".article figure img").count() == 1
    assert page.locator(".themes:visible").count() == 0


def test_a_chosen_theme_is_remembered_and_is_there_before_the_first_paint(page: Page, site: Site) -> None:
    page.goto(site.base)
    open_settings(page).locator('[data-choose="theme"][value="dark"]').click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.add_init_script(
        """new PerformanceObserver(list => { for (const e of list.getEntries()) if (e.name === 'first-paint')
            window.themeAtPaint = document.documentElement.dataset.theme;
        }).observe({type: 'paint', buffered: true});"""
    )
    page.goto(site.base + REPORT)
    at_paint = page.evaluate(
        "async () => { while (!('themeAtPaint' in window)) await new Promise(requestAnimationFrame);"
        " return window.themeAtPaint; }"
    )
    assert at_paint == "dark"
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark == "rgb(24, 23, 21)"
    open_settings(page).locator('[data-choose="theme"][value=""]').click()
    assert page.evaluate("document.documentElement.dataset.theme") is None


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 375), *besides(("dark", 1280), ("light", 375))]
)
def test_no_template_breaks_the_guidelines(
    new_context: Callable[..., BrowserContext], site: Site, scheme: Any, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    found = []
    for path in PAGES.values():
        page.goto(site.base + path)
        for details in page.locator("details").all():
            details.evaluate("element => { element.open = true; }")
        found += violations(page)
    assert found == []


@pytest.mark.slow
def test_the_paper_theme_keeps_the_guidelines(page: Page, site: Site) -> None:
    page.goto(site.base)
    open_settings(page).locator('[data-choose="theme"][value="paper"]').click()
    found = []
    for name in ("home", "issue", "report", "section", "lost"):
        page.goto(site.base + PAGES[name])
        assert page.evaluate("document.documentElement.dataset.theme") == "paper"
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("width", [320, 1280, *besides(375, 768)])
def test_no_page_scrolls_sideways(new_context: Callable[..., BrowserContext], site: Site, width: int) -> None:
    page = new_context(viewport={"width": width, "height": 700}).new_page()
    for path in PAGES.values():
        page.goto(site.base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_wider_spacing_of_the_text_loses_nothing(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    """WCAG 1.4.12, put in by the driver because the page's policy allows no style of others."""
    page = new_context(viewport={"width": 375, "height": 700}, bypass_csp=True).new_page()
    spacing = "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    for name in ("home", "issue", "report", "archive"):
        page.goto(site.base + PAGES[name])
        page.add_style_tag(content=spacing + "p{margin-bottom:2em!important}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, name
        clipped = page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(e => !e.closest('svg, .visually-hidden')
                && getComputedStyle(e).overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 1).length"""
        )
        assert clipped == 0, name


def test_every_template_is_quiet_and_fetches_only_from_home(page: Page, site: Site) -> None:
    watch = Watch(site.base)
    watch.attach(page)
    for path in PAGES.values():
        page.goto(site.base + path, wait_until="networkidle")
    lost = ("/nothing/here/", "/members/")
    watch.complaints = [line for line in watch.complaints if not any(path in line for path in lost)]
    watch.assert_quiet()


def test_things_to_press_are_large_enough_for_a_finger(
    new_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = new_context(viewport={"width": 375, "height": 812}, has_touch=True).new_page()
    for name in ("home", "issue", "article", "archive", "lost"):
        page.goto(site.base + PAGES[name])
        small = page.locator(
            "nav a:visible, button:visible, .entry-line:visible, .place:visible, .spread-links a:visible"
        ).evaluate_all("all => all.filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)")
        assert small == [], name


def test_structured_data_is_read_by_the_browser_as_json(page: Page, site: Site) -> None:
    page.goto(site.base + REPORT)
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert data["@type"] == "Article"
    assert data["isPartOf"]["issueNumber"] == "9"
    assert data["author"][0] == {"@type": "Organization", "name": "岚江市水文中心课题组"}
