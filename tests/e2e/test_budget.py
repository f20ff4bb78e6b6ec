"""What a reader's page may cost: bytes, what holds up the first paint, what moves while it loads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from tests.e2e.conftest import Site

BrowserContexts = Callable[..., BrowserContext]

#: Bytes an article's page may take over the line, compressed, without its pictures.
BUDGET = 60_000
#: A theme must not flash and a page not stand naked: one script, one sheet; a list has a sheet of its own.
BLOCKING = {"longest": 2, "issue": 3, "home": 3, "archive": 3}
#: The sum of layout shifts below which nothing is seen to move (web.dev calls 0.1 good).
SHIFT = 0.02
TELEPHONE = {"viewport": {"width": 375, "height": 800}, "device_scale_factor": 2}

COUNT_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
}).observe({type: "layout-shift", buffered: true});
"""
BLOCKED = """() => performance.getEntriesByType("resource")
  .filter((one) => one.renderBlockingStatus === "blocking").map((one) => one.name)"""
UNMEASURED = """() => [...document.images]
  .filter((one) => one.currentSrc && !(one.getAttribute("width") && one.getAttribute("height")))
  .map((one) => one.src)"""


class Line:
    """Counts what comes over the line, by kind; the browser's own figures, headers included."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        self.session.on("Network.responseReceived", self.begun)
        self.session.on("Network.loadingFinished", self.finished)
        self.session.send("Network.enable")
        self.session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def begun(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def finished(self, event: dict[str, Any]) -> None:
        kind = self.kinds.get(event["requestId"], "Other")
        self.bytes[kind] = self.bytes.get(kind, 0) + int(event["encodedDataLength"])


@pytest.fixture(scope="module")
def addresses(site: Site) -> dict[str, str]:
    """The pages looked at, the longest text and the one with most pictures among them."""
    told = site.shell(
        "from django.db.models import Count\n"
        "from django.db.models.functions import Length\n"
        "shown = Article.objects.for_everyone()\n"
        "print(shown.order_by(Length('body').desc())[0].get_absolute_url())\n"
        "print(shown.annotate(n=Count('figures')).order_by('-n')[0].get_absolute_url())\n"
        "print(Issue.objects.for_everyone().newest_first()[0].get_absolute_url())"
    ).split()
    return {"longest": told[-3], "pictures": told[-2], "issue": told[-1], "home": "/", "archive": "/issues/"}


def opened(site: Site, contexts: BrowserContexts, address: str, **options: Any) -> tuple[Page, Line]:
    page = contexts(**options).new_page()
    page.add_init_script(COUNT_SHIFTS)
    line = Line(page)
    page.goto(site.base + address, wait_until="networkidle")
    return page, line


@pytest.mark.parametrize("which", ["longest", "pictures"])
def test_an_article_costs_few_bytes_besides_its_pictures(
    site: Site, new_context: BrowserContexts, addresses: dict[str, str], which: str
) -> None:
    _page, line = opened(site, new_context, addresses[which])
    words = {kind: size for kind, size in line.bytes.items() if kind not in ("Image", "Media")}
    assert words["Document"] > 0
    assert sum(words.values()) <= BUDGET, words


@pytest.mark.parametrize("which", BLOCKING)
def test_few_files_hold_up_the_first_paint(
    site: Site, new_context: BrowserContexts, addresses: dict[str, str], which: str
) -> None:
    page, _line = opened(site, new_context, addresses[which])
    assert len(page.evaluate(BLOCKED)) <= BLOCKING[which]


@pytest.mark.parametrize("options", [{}, TELEPHONE], ids=["computer", "telephone"])
@pytest.mark.parametrize("which", ["longest", "pictures", "issue", "home"])
def test_nothing_moves_while_a_page_loads_and_is_read(
    site: Site, new_context: BrowserContexts, addresses: dict[str, str], which: str, options: Any
) -> None:
    page, _line = opened(site, new_context, addresses[which], **options)
    for _screen in range(40):
        page.mouse.wheel(0, 800)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(page.locator("footer").last).to_be_in_viewport()
    assert page.evaluate("shifted") < SHIFT
    assert page.evaluate(UNMEASURED) == []


def test_a_telephone_fetches_smaller_pictures_in_a_newer_format(
    site: Site, new_context: BrowserContexts, addresses: dict[str, str]
) -> None:
    page, line = opened(site, new_context, addresses["pictures"], **TELEPHONE)
    shown = page.locator(".article img").first
    expect(shown).to_have_js_property("complete", True)
    assert page.evaluate("one => one.currentSrc", shown.element_handle()).endswith("-960.avif")
    whole = (
        site.data
        / "media"
        / page.evaluate("one => new URL(one.src).pathname.replace('/media/', '')", shown.element_handle())
    )
    assert line.bytes["Image"] < whole.stat().st_size
