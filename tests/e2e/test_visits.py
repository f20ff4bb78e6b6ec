"""A visit in a real browser: told once after a while, counted once, and shown without anything moving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.e2e.axe import violations
from tests.e2e.conftest import Site, Watch

pytestmark = pytest.mark.browser

CODE = "last-ferry-at-six"
ARTICLE = f"/issues/2026/9/{CODE}/"
#: What Chromium calls itself when somebody sits before it.
READER = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
#: Counts as if the minute of the last visit were over.
COUNT = (
    "import time; from articles.visits.count import count_visits; print(count_visits(now=time.time() + 120))"
)
SHIFT = """() => new Promise(done => new PerformanceObserver((list) => done(
    list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
)).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done(0), 500))"""


def read(page: Page, address: str) -> int:
    """Stay at an article until it tells; the status of the answer."""
    with page.expect_response(lambda answer: answer.url.endswith("/visits/")) as told:
        page.goto(address)
    return int(told.value.status)


def test_one_reader_is_one_visit_and_everybody_then_sees_it(
    fresh_site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    site, watch = fresh_site, Watch(fresh_site.base)
    reader = new_context(user_agent=READER, viewport={"width": 1280, "height": 900})
    page = reader.new_page()
    watch.attach(page)
    assert read(page, site.base + ARTICLE) == 204
    assert not page.locator(".visits").is_visible()
    assert page.evaluate(f"sessionStorage.getItem('read {CODE}')") == "1"  # a reload tells nothing
    assert read(reader.new_page(), site.base + ARTICLE) == 204  # another tab does, and is the same reader
    program = new_context(user_agent="Mozilla/5.0 (compatible; Examplebot/1.0)").new_page()
    assert read(program, site.base + ARTICLE) == 204
    assert site.shell(COUNT).strip() == "1"

    later = new_context(user_agent=READER, viewport={"width": 1280, "height": 900}).new_page()
    watch.attach(later)
    later.goto(site.base + ARTICLE)
    later.wait_for_selector(".visits.known")
    assert later.locator(".visits span").inner_text() == "1"
    assert later.evaluate(SHIFT) == 0
    assert violations(later) == []
    later.locator(".visits a").click()
    assert later.locator(".ranks li").count() == 2  # lately and ever; the newest issue is another
    assert violations(later) == []
    later.goto(site.base)
    later.locator(".most-read summary").click()
    later.locator(f'.most-read li a[href="{ARTICLE}"]').wait_for()
    assert violations(later) == []
    watch.assert_quiet()


def test_without_scripts_or_figures_the_page_shows_nothing_of_it(
    site: Site, new_context: Callable[..., BrowserContext]
) -> None:
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(site.base + ARTICLE)
    assert not plain.locator(".visits").is_visible()
    errors: list[Any] = []
    page = new_context().new_page()
    page.on("pageerror", lambda error: errors.append(error))
    page.route("**/visits/**", lambda route: route.abort())
    with page.expect_request("**/visits/2026/9.json"):
        page.goto(site.base + ARTICLE)
    page.locator(".visits").wait_for(state="hidden")
    assert errors == []
